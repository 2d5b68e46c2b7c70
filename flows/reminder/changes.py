"""When the clocks of a zone change, and which zones have the same clock from now on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

FORESEEN = timedelta(days=2 * 366)
_STRIDE = timedelta(days=14)  # no clock stays changed for less
_SECOND = timedelta(seconds=1)

clock_of = lru_cache(maxsize=1024)(ZoneInfo)  # its own cache holds eight; all are compared here

Change = tuple[datetime, timedelta | None]  # from this instant on, this offset


def changes(zone: str, first: datetime, last: datetime) -> tuple[Change, ...]:
    """List the changes of a zone's clock between two instants."""
    here, found = clock_of(zone), []
    at, before = first, _offset(first, here)
    while at < last:
        then = min(at + _STRIDE, last)
        after = _offset(then, here)
        if after != before:
            found.append((_between(at, then, here), after))
        at, before = then, after
    return tuple(found)


def different(zones: Iterable[str], at: datetime) -> tuple[str, ...]:
    """Keep the first of all zones whose clocks agree now and at every change to come."""
    kept: dict[tuple[object, ...], str] = {}
    for zone in zones:
        kept.setdefault(_from_now_on(zone, at), zone)
    return tuple(kept.values())


def offset_of(zone: str, at: datetime) -> timedelta | None:
    return _offset(at, clock_of(zone))


def _from_now_on(zone: str, at: datetime) -> tuple[object, ...]:
    to_come = (change for change in _foreseen(zone, at.year, at.month) if change[0] > at)
    return (offset_of(zone, at), *to_come)


@lru_cache(maxsize=2048)
def _foreseen(zone: str, year: int, month: int) -> tuple[Change, ...]:
    first = datetime(year, month, 1, tzinfo=UTC)
    return changes(zone, first, first + FORESEEN)


def _offset(at: datetime, here: ZoneInfo) -> timedelta | None:
    return at.astimezone(here).utcoffset()


def _between(early: datetime, late: datetime, here: ZoneInfo) -> datetime:
    """Find the first second with the later offset, by halving."""
    before = _offset(early, here)
    while late - early > _SECOND:
        middle = (early + (late - early) / 2).replace(microsecond=0)
        if _offset(middle, here) == before:
            early = middle
        else:
            late = middle
    return late
