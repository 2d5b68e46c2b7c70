"""A count that forgives: days moved, days of rest, and days on which neither was so.

A session of two minutes is a day moved.  Holidays, illness and days that were never wished for
are rest, and count as well.  Today is not over: it counts once something was done, never against.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal

from flows.base import Frozen
from flows.progress.days import Days

WEEK = 7
ALL_DAYS = (0, 1, 2, 3, 4, 5, 6)  # Monday first
KEPT = 12  # rests
ONE = timedelta(days=1)

Mark = Literal["moved", "rest", "open"]
Why = Literal["holiday", "ill", "asked", "graduated"]


class Rest(Frozen):
    """Days on which nothing is counted; `end` is the first day after, none while it lasts."""

    why: Why
    begin: date
    end: date | None = None


Rests = tuple[Rest, ...]


def rested(rests: Rests, why: Why, today: date) -> Rests:
    """Begin a rest; one that lasts ends with it, and what lasted no day is forgotten."""
    return (*resumed(rests, today), Rest(why=why, begin=today))[-KEPT:]


def resumed(rests: Rests, today: date) -> Rests:
    """End the rest that lasts, if one does."""
    ended = (r if r.end is not None else r.model_copy(update={"end": today}) for r in rests)
    return tuple(rest for rest in ended if rest.end is None or rest.end > rest.begin)


def resting(rests: Rests) -> Rest | None:
    """Find the rest that lasts."""
    return next((rest for rest in rests if rest.end is None), None)


def is_alone(rests: Iterable[Frozen]) -> bool:
    """Whether the user goes on without us for now."""
    last = resting(tuple(rest for rest in rests if isinstance(rest, Rest)))
    return last is not None and last.why == "graduated"


def marks(
    days: Days,
    rests: Rests,
    today: date,
    *,
    first: date | None = None,
    weekdays: Sequence[int] = ALL_DAYS,
    over: int = WEEK,
) -> tuple[Mark, ...]:
    """Mark the last days, the oldest first; none from before `first`, and today only if it counts.

    `weekdays` are those wished for: the others are rest.
    """  # fmt: skip
    moved = {day.on for day in days if day.moved}
    back = [today - ONE * n for n in range(over + 1)]
    told = [(on, _mark(on, moved, rests, weekdays)) for on in reversed(back)]
    counts_today = told[-1][1] != "open"
    window = told[1:] if counts_today else told[:-1]
    return tuple(mark for on, mark in window if first is None or on >= first)


def counted(each: Iterable[Mark]) -> int:
    """Count the days that are not open: moved, or rested."""
    return sum(mark != "open" for mark in each)


def _mark(on: date, moved: set[date], rests: Rests, weekdays: Sequence[int]) -> Mark:
    if on in moved:
        return "moved"
    if on.weekday() not in weekdays or any(_is_in(on, rest) for rest in rests):
        return "rest"
    return "open"


def _is_in(on: date, rest: Rest) -> bool:
    return rest.begin <= on and (rest.end is None or on < rest.end)
