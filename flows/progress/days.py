"""The last weeks day by day: how strong the pain was, and what the leg did.

A day is the user's own: from midnight to midnight in their zone, or in UTC while none is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from flows.base import Frozen, Leg

DAYS_KEPT = 70
ONE = timedelta(days=1)


class Day(Frozen):
    """One day on which something was told; `leg` is the gravest of its sessions."""

    on: date
    pains: tuple[int, ...] = ()
    leg: Leg | None = None
    moved: bool = False  # something was done, however short


Days = tuple[Day, ...]
LEGS: tuple[Leg, ...] = ("higher", "same", "further")  # toward danger


def day_of(at: datetime, zone: str | None) -> date:
    return (at.astimezone(ZoneInfo(zone)) if zone else at).date()


def told(days: Days, on: date, pain: int) -> Days:
    """Add a mark of pain to its day."""
    return _changed(days, on, lambda day: {"pains": (*day.pains, pain)})


def led(days: Days, on: date, leg: Leg) -> Days:
    """Add what the leg did in a session to its day."""
    return _changed(days, on, lambda day: {"leg": gravest(day.leg, leg)})


def moved(days: Days, on: date) -> Days:
    """Note that something was done on a day."""
    return _changed(days, on, lambda _: {"moved": True})


def gravest(*legs: Leg | None) -> Leg | None:
    return max((leg for leg in legs if leg is not None), key=LEGS.index, default=None)


def calm_days(days: Days, today: date, most: int) -> int:
    """Count the days running, up to today, none of whose marks is above `most`."""
    worst = {day.on: max(day.pains) for day in days if day.pains}
    back = (today - ONE * n for n in range(DAYS_KEPT))
    return len(list(takewhile(lambda on: on in worst and worst[on] <= most, back)))


def centralised_days(days: Days) -> int:
    """Count the longest run of days with an easier leg since it last went further down.

    A day without a word of the leg, or with "same", ends a run but takes none back: whoever has
    moved on to another plan is not sent back by it.
    """
    best = run = 0
    before: date | None = None
    for day in days:
        if day.leg == "further":
            best = run = 0
        elif day.leg == "higher":
            run = run + 1 if before == day.on - ONE else 1
            best, before = max(best, run), day.on
    return best


def is_down(days: Days, today: date, *, over: int, points: int, percent: int) -> bool:
    """Whether the average of the last days is so much lower than that of as many before."""
    now = _average(days, today - ONE * (over - 1), today)
    before = _average(days, today - ONE * (2 * over - 1), today - ONE * over)
    if now is None or before is None:
        return False
    return before - now >= points or (before > 0 and (before - now) * 100 >= percent * before)


def is_no_better(days: Days, today: date, *, over: int, points: int) -> bool:
    """Whether the last days are less than so many points below the first ones."""
    if not days:
        return False
    first = _average(days, days[0].on, days[0].on + ONE * (over - 1))
    now = _average(days, today - ONE * (over - 1), today)
    return first is not None and now is not None and first - now < points


def _average(days: Iterable[Day], first: date, last: date) -> float | None:
    means = [sum(d.pains) / len(d.pains) for d in days if d.pains and first <= d.on <= last]
    return sum(means) / len(means) if means else None


def _changed(days: Days, on: date, change: Callable[[Day], dict[str, object]]) -> Days:
    others: Sequence[Day] = [day for day in days if day.on != on]
    day = next((day for day in days if day.on == on), Day(on=on))
    changed = [*others, day.model_copy(update=change(day))]
    return tuple(sorted(changed, key=lambda each: each.on))[-DAYS_KEPT:]
