"""What a few typed words mean under a plan, where no label was typed."""

from __future__ import annotations

from flows.base import Event, Scene
from flows.offer.today import WHOLE, short_one
from flows.offer.vocabulary import NotToday, Start, WhyThis
from flows.session import plan
from flows.text import OutOfRange, whole_number
from flows.text.listed import is_listed

AN_HOUR = 60


def read(sequence: plan.Sequence, text: str, scene: Scene) -> Event | None:
    told: tuple[tuple[str, Event], ...] = (
        ("start", Start(minutes=WHOLE)),
        ("short", Start(minutes=short_one(sequence, scene))),
        ("not", NotToday()),
        ("why", WhyThis()),
    )
    found = (event for key, event in told if is_listed(text, f"typed.offer.{key}", scene))
    return next(found, None) or _of_minutes(sequence, text, scene)


def _of_minutes(sequence: plan.Sequence, text: str, scene: Scene) -> Event | None:
    """Read "five minutes", of the plan or of a part of it; a bare number is a button's."""
    *words, unit = text.split() or ("",)
    if not words or not is_listed(unit, "typed.minutes", scene):
        return None
    wanted = whole_number(" ".join(words), 1, AN_HOUR, scene)
    if wanted is None or isinstance(wanted, OutOfRange):
        return None
    if wanted == plan.minutes(sequence):
        return Start(minutes=WHOLE)
    return Start(minutes=wanted) if wanted in plan.shorter(sequence, scene.content) else None
