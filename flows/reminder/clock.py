"""The zone from one answer, to "What time do you see here?".

A phone writes one fixed instant in its own time.  What it writes tells its offset to the minute;
who looks at the wall clock instead is off by some minutes, so answers count to the quarter hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from flows.base import Scene
from flows.reminder.changes import different, offset_of
from flows.reminder.zone import likely_zones, own_zones, prominence, zones_for

QUARTER_MIN, HOUR_MIN, DAY_MIN = 15, 60, 24 * 60
FARTHEST_MIN = (-12 * HOUR_MIN, 14 * HOUR_MIN)  # west and east
LIKELY, LIKELY_IN_A_WIDE_COUNTRY = 3, 4


def asked_of(at: datetime) -> datetime:
    """Choose the instant to ask about: the quarter of an hour nearest to now."""
    quarter = timedelta(minutes=QUARTER_MIN)
    half = quarter / 2
    past = timedelta(minutes=at.minute % QUARTER_MIN, seconds=at.second,
                     microseconds=at.microsecond)  # fmt: skip
    return at - past + (quarter if past >= half else timedelta(0))


def zones_seen(seen: time, asked_at: datetime, scene: Scene) -> tuple[str, ...]:
    """Name the zones that a time may mean, one for each clock to come; the own country's alone.

    It is first taken for what the message shows, then for what the wall clock shows now.
    """
    readings = [_offsets(seen, asked_at), _offsets(seen, scene.at)]
    own = set(own_zones(scene))
    for offsets in readings:
        if found := [zone for zone in _zones(offsets, scene) if zone in own]:
            return different(found, scene.at)
    anywhere = (different(_zones(offsets, scene), scene.at) for offsets in readings)
    return next(filter(None, anywhere), ())


def likely_times(asked_at: datetime, scene: Scene) -> tuple[time, ...]:
    """Guess what a phone shows: the clocks of the country, or of where the language is spoken."""
    offsets = _likely_offsets(scene)
    return tuple(dict.fromkeys(_shown(asked_at, offset) for offset in sorted(offsets)))


def other_times(asked_at: datetime, scene: Scene) -> tuple[time, ...]:
    """List what phones show elsewhere, a whole number of hours from here."""
    first = likely_times(asked_at, scene)
    every = (_shown(asked_at, HOUR_MIN * n) for n in range(DAY_MIN // HOUR_MIN))
    return tuple(sorted({each for each in every if each not in first}))


def _offsets(seen: time, asked_at: datetime) -> tuple[int, ...]:
    """Tell by how many minutes a clock is ahead; a day more or less cannot be seen."""
    ahead = seen.hour * HOUR_MIN + seen.minute - (asked_at.hour * HOUR_MIN + asked_at.minute)
    ahead = round(ahead / QUARTER_MIN) * QUARTER_MIN
    west, east = FARTHEST_MIN
    every = (ahead + DAY_MIN * days for days in (-2, -1, 0, 1, 2))
    return tuple(each for each in every if west <= each <= east)


def _zones(offsets: Iterable[int], scene: Scene) -> list[str]:
    return [
        zone
        for offset in offsets
        for zone in zones_for(offset, scene.country, scene.language, scene.at, scene.content)
        if prominence(zone, scene.content)  # nobody lives where there is no town
    ]


def _likely_offsets(scene: Scene) -> list[int]:
    """Take the best known clocks, and those beside the first where there are too few."""
    if scene.zone is not None:  # the user has moved, and not far perhaps
        known = [scene.zone]
    elif own := own_zones(scene):
        known = sorted(own, key=lambda zone: -prominence(zone, scene.content))
    else:
        known = list(likely_zones(scene))
    offsets = list(dict.fromkeys(_minutes(zone, scene.at) for zone in known))
    most = LIKELY_IN_A_WIDE_COUNTRY if len(offsets) > LIKELY else LIKELY
    return list(dict.fromkeys((*offsets, *_beside(offsets))))[:most]


def _beside(offsets: list[int]) -> Iterator[int]:
    first = offsets[0] if offsets else 0
    for hours in (1, 2):
        yield from (first - HOUR_MIN * hours, first + HOUR_MIN * hours)


def _minutes(zone: str, at: datetime) -> int:
    offset = offset_of(zone, at)
    return round(offset.total_seconds() / 60) if offset is not None else 0


def _shown(asked_at: datetime, offset_min: int) -> time:
    return (asked_at + timedelta(minutes=offset_min)).time()
