"""The zone from one answer: what a phone shows of an instant."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reminder.changes import changes, different
from flows.reminder.clock import asked_of, likely_times, other_times, zones_seen
from tests.flows.reminder.scenes import NOW, content, scene

LIVED_IN = [
    (place.country, zone)
    for place in content().places
    for zone, cities in place.zones.items()
    if cities
]
SUMMER = datetime(2026, 7, 6, 14, 3, tzinfo=UTC)


def on_the_phone(asked_at: datetime, zone: str) -> time:
    return asked_at.astimezone(ZoneInfo(zone)).time()


@given(
    place=st.sampled_from(LIVED_IN),
    hours=st.integers(0, 3 * 8766),
    reads_wall=st.booleans(),
    minute=st.integers(0, 59),
)
def test_whoever_reads_their_clock_gets_a_zone_that_goes_like_theirs(
    place: tuple[str, str], hours: int, minute: int, *, reads_wall: bool
) -> None:
    """Read off the message, or off the wall at the same moment: at most some minutes apart."""
    country, zone = place
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours, minutes=minute)
    asked_at = asked_of(at)
    told = on_the_phone(at if reads_wall else asked_at, zone)

    found = zones_seen(told, asked_at, scene(at, country=country))

    assert any(1 == len(different([zone, each], at)) for each in found)


@pytest.mark.parametrize(("at", "told", "country", "expected"), [
    (NOW, "08:00", "DE", ["Europe/Berlin"]),
    (NOW, "02:00", "US", ["America/New_York"]),
    (NOW, "00:00", "US", ["America/Denver", "America/Phoenix"]),
    (SUMMER, "07:00", "US", ["America/Los_Angeles", "America/Phoenix"]),
    (NOW, "12:30", "IN", ["Asia/Kolkata"]),
    (NOW, "12:45", "NP", ["Asia/Kathmandu"]),
    (NOW, "20:00", "NZ", ["Pacific/Auckland"]),  # a day ahead of those who see the same
    (NOW, "20:00", "AS", ["Pacific/Pago_Pago"]),
    (NOW, "16:00", "DE", ["Asia/Tokyo"]),  # on a journey
])  # fmt: skip
def test_a_time_tells_the_zone_the_own_country_first(
    at: datetime, told: str, country: str, expected: list[str]
) -> None:
    found = zones_seen(time.fromisoformat(told), asked_of(at), scene(at, country=country))
    assert expected == list(found)[: len(expected)]
    assert len(expected) == len(found) or country == "DE"


@pytest.mark.parametrize("off_min", [-7, -3, 0, 4, 7])
def test_a_clock_that_is_some_minutes_off_does_no_harm(off_min: int) -> None:
    told = (datetime(2026, 1, 1, 8) + timedelta(minutes=off_min)).time()  # noqa: DTZ001 - a wall
    assert ("Europe/Berlin",) == zones_seen(told, NOW, scene(country="DE"))


def test_who_reads_the_wall_half_an_hour_later_is_understood() -> None:
    later = scene(NOW + timedelta(minutes=34), country="DE")
    assert ("Europe/Berlin",) == zones_seen(time(8, 34), NOW, later)


@pytest.mark.parametrize("told", ["09:30", "08:20"])
def test_a_time_that_no_clock_shows_names_no_zone(told: str) -> None:
    assert () == zones_seen(time.fromisoformat(told), NOW, scene(country="DE"))


@pytest.mark.parametrize(("country", "expected"), [
    ("DE", ["07:00", "08:00", "09:00"]),  # the country's own, and those beside it
    ("IN", ["11:30", "12:30", "13:30"]),
    ("US", ["23:00", "00:00", "01:00", "02:00"]),  # from Pacific to Eastern
])  # fmt: skip
def test_likely_answers_are_those_of_the_country(country: str, expected: list[str]) -> None:
    found = likely_times(NOW, scene(country=country))
    assert expected == [f"{each:%H:%M}" for each in found]


def test_who_has_moved_is_first_asked_about_clocks_nearby() -> None:
    here = replace(scene(country="DE"), zone="Europe/London")
    assert [6, 7, 8] == [each.hour for each in likely_times(NOW, here)]


def test_likely_and_other_times_are_all_hours_and_none_twice() -> None:
    here = scene(country="DE")
    every = [*likely_times(NOW, here), *other_times(NOW, here)]
    assert 24 == len(every) == len(set(every))


@pytest.mark.parametrize(("minute", "expected"), [
    (0, "07:00"), (7, "07:00"), (8, "07:15"), (22, "07:15"), (23, "07:30"), (53, "08:00"),
])  # fmt: skip
def test_the_instant_is_the_nearest_quarter_of_an_hour(minute: int, expected: str) -> None:
    assert expected == f"{asked_of(NOW.replace(minute=minute, second=4)):%H:%M}"


def test_a_pause_of_summer_time_for_a_month_is_seen() -> None:
    """Morocco puts its clocks back for Ramadan, and forward again."""
    found = changes("Africa/Casablanca", SUMMER, SUMMER + timedelta(days=365))
    assert [timedelta(0), timedelta(hours=1)] == [offset for _, offset in found]
