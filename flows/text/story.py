"""Long texts that tell a story, and the facts they tell: what is not found is not assumed.

The facts are shown for confirmation before they save a question; in judging they only add.
"""

from __future__ import annotations

from content.schema import Value
from flows.base import Frozen, Scene
from flows.text.ago import lasting_days
from flows.text.concepts import mentions_in
from flows.text.danger import facts_of
from flows.text.sightings import sightings_in

DURATION = "duration_days"


class Told(Frozen):
    """Facts that a text tells, what is denied in it, and by which concepts both were known."""

    facts: dict[str, Value]
    denied: tuple[str, ...] = ()  # concepts
    concepts: tuple[str, ...] = ()


def facts_told(text: str, scene: Scene) -> Told:
    """Read all facts a text tells for certain, of the writer and now."""
    danger = scene.content.danger
    seen = sightings_in(text, danger)
    mentions = mentions_in(seen, danger)
    facts = {
        name: value
        for name, value in facts_of(mentions, seen, scene).items()
        if _fits(name, value, scene)
    }
    if (days := lasting_days(seen, scene)) is not None and _fits(DURATION, days, scene):
        facts.setdefault(DURATION, days)
    return Told(
        facts=facts,
        denied=tuple(each.concept.id for each in mentions if each.standing == "denied"),
        concepts=tuple(each.concept.id for each in mentions if each.standing == "said"),
    )


def _fits(name: str, value: Value, scene: Scene) -> bool:
    """Whether a number lies where the fact can lie; others always fit."""
    fact = scene.content.facts[name]
    if fact.type != "int":
        return True
    number = int(value)
    return (fact.low is None or number >= fact.low) and (fact.high is None or number <= fact.high)
