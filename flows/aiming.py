"""Own activities over the weeks: when they are asked about, and whether a change is real.

The numbers are content's; one week says nothing yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from content.catalogue import Catalogue
from flows.base import Activity, Aims, Scene


def is_due(scene: Scene) -> bool:
    """Whether to ask at the end of this session: once a week, and not in the first days."""
    rules, aims = scene.content.aims, scene.aims
    if scene.sessions_done < rules.from_session or not _is_calm(scene):
        return False
    if aims.asked_at is None:
        return True
    week = timedelta(days=rules.every_days)
    return bool(aims.activities) and scene.at - aims.asked_at >= week


def scored(activity: Activity, score: int) -> Activity:
    first = score if activity.first is None else activity.first
    return activity.model_copy(update={"first": first, "last": score})


def change_of(aims: Aims, scene: Scene) -> str:
    """Name the change since the first scores, as `aims.<change>`; "early" while it says nothing."""
    apart = timedelta(days=scene.content.measures.activity_apart_days)
    if aims.first_at is None or scene.at - aims.first_at < apart:
        return "early"
    both = [a for a in aims.activities if a.first is not None and a.last is not None]
    return grade(_mean([a.last or 0 for a in both]) - _mean([a.first or 0 for a in both]),
                 scene.content)  # fmt: skip


def grade(change: float, content: Catalogue) -> str:
    scale = content.measures.activity
    if change <= -scale.small:
        return "down"
    steps = (("large", scale.large), ("medium", scale.medium), ("small", scale.small))
    return next((name for name, least in steps if change >= least), "same")


def _mean(scores: Sequence[int]) -> float:
    return sum(scores) / len(scores) if scores else 0.0


def _is_calm(scene: Scene) -> bool:
    return scene.verdict is not None and scene.verdict.stretch != "blocked"
