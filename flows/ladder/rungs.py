"""Up and down a ladder, as plain functions: all numbers are content's."""

from __future__ import annotations

from content.catalogue import Catalogue
from flows.base import Climb, Scene


def remembered(climb: Climb, *, worse: bool, content: Catalogue) -> tuple[Climb, str]:
    """Close the last practice by the day after it: the ladder, and what is said of it."""
    rules, steps = content.climbing, len(content.ladders[climb.ladder].steps)
    over = climb.model_copy(update={"done_at": None, "pain": None})
    if worse:
        return lower(over), "climb.worse"
    was_fine = climb.pain is not None and climb.pain <= rules.pain_at_most
    good = climb.good + 1 if was_fine else 0
    if good < rules.practices:
        return over.model_copy(update={"good": good}), ""
    if climb.step + 1 >= steps:
        return over.model_copy(update={"good": good}), "climb.top"
    return over.model_copy(update={"step": climb.step + 1, "good": 0}), "climb.rises"


def practised(climb: Climb, pain: int, scene: Scene) -> tuple[Climb, str]:
    """Keep a practice and its pain; what was too much goes a step down at once."""
    if pain > scene.content.climbing.pain_at_most:
        told = "climb.sore" if is_over(pain, scene.content) else "climb.falls"
        return lower(climb).model_copy(update={"done_at": scene.at, "pain": pain}), told
    return climb.model_copy(update={"done_at": scene.at, "pain": pain}), "climb.stays"


def lower(climb: Climb) -> Climb:
    return climb.model_copy(update={"step": max(climb.step - 1, 0), "good": 0})


def is_over(pain: int, content: Catalogue) -> bool:
    return pain >= content.climbing.over_at
