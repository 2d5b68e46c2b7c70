"""The course of one move: which hold follows which, how long each is, and what was held so far.

Plain arithmetic over a step of the plan.  What was held is never written down on the way: it
follows from the place, so a hold that is done again, or broken off, cannot be counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from content.catalogue import Catalogue
from flows.session import plan
from flows.session.vocabulary import NOTHING, Extra, Past, Place, Session

Gap = Literal["between", "change", "rest", "end"]


def following(step: plan.Step, place: Place) -> tuple[Gap, Place]:
    """Find the hold after this one and what lies between: repeats, then the side, then the set."""
    if place.repeat + 1 < bells(step):
        return "between", place.model_copy(update={"repeat": place.repeat + 1})
    if step.sides == "both" and place.side == 0:
        return "change", place.model_copy(update={"side": 1, "repeat": 0})
    after = Place(move=place.move, set_no=place.set_no + 1)
    return ("rest" if after.set_no < step.sets else "end"), after


def bells(step: plan.Step) -> int:
    """Count the holds of a side that end with a bell; quick repeats are one block."""
    return 1 if step.quick else step.reps


def hold_of(step: plan.Step, place: Place, extra: tuple[Extra, ...], move_s: int) -> timedelta:
    """Measure one hold, or one block of quick repeats."""
    if step.quick:
        return timedelta(seconds=step.reps * (step.hold_s + move_s))
    added = sum(e.seconds for e in extra if (e.set_no, e.repeat) == (place.set_no, place.repeat))
    return timedelta(seconds=step.hold_s + added)


def move_s(step: plan.Step, content: Catalogue) -> int:
    """To get in and out of the position, once for each repeat."""
    timing = content.timing
    exercise = content.exercises.get(step.exercise)  # a newer release may have dropped it
    if exercise is not None and exercise.family == "strength":
        return timing.move_strength_s
    return timing.move_quick_s if step.quick else timing.move_other_s


def coming(session: Session, content: Catalogue) -> timedelta:
    """How long the next hold is to last: what was left of it, or all."""
    return session.left if session.left is not None else whole(session, content)


def whole(session: Session, content: Catalogue) -> timedelta:
    seconds = move_s(session.step, content)
    return hold_of(session.step, session.place, session.extra, seconds)


def remaining(session: Session, at: datetime) -> timedelta | None:
    """Reckon what is left of a hold that is broken off now, or was before."""
    if session.phase != "active_hold" or session.ends_at is None:
        return session.left
    return max(session.ends_at - at, timedelta(seconds=1))  # a hold of nothing does not exist


def held(session: Session, at: datetime, content: Catalogue) -> tuple[int, int]:
    """Seconds held of the present move, on the first side and on the second."""
    step = session.step
    sides = [NOTHING, NOTHING]
    seconds = move_s(step, content)
    for place in _before(step, session.place):
        sides[place.side] += hold_of(step, place, session.extra, seconds)
    if not session.is_complete and (left := remaining(session, at)) is not None:
        sides[session.place.side] += max(NOTHING, whole(session, content) - left)
    return round(sides[0].total_seconds()), round(sides[1].total_seconds())


def past_of(session: Session, at: datetime, content: Catalogue) -> Past:
    """Tell what has become of the present move by now."""
    seconds = held(session, at, content)
    how: Literal["done", "short", "skipped"] = "short" if any(seconds) else "skipped"
    step = session.step
    return Past(
        exercise=step.exercise, how="done" if session.is_complete else how, held_s=seconds,
        first=None if step.sides == "none" else step.first,
    )  # fmt: skip


def has_room(session: Session, content: Catalogue) -> bool:
    """Whether more time may be added to the hold that is counted, or comes next.

    On the second side it may not: that side gets what the first one had.
    """
    step = session.step
    if step.quick or session.place.side == 1 or session.is_complete:
        return False
    limit = next((li for li in content.limits if step.exercise in li.exercises), None)
    most = timedelta(seconds=limit.hold_s[1]) if limit else NOTHING
    return whole(session, content) + timedelta(seconds=content.timing.plus_s) <= most


def _before(step: plan.Step, place: Place) -> Iterator[Place]:
    here = Place(move=place.move)
    while here != place:
        yield here
        here = following(step, here)[1]
