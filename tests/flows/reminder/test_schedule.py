"""One reminder for each local date, whatever the clocks do."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.base import Settings
from flows.reminder import Wish, next_due
from flows.reminder.changes import changes
from flows.reminder.schedule import (
    following,
    instant,
    is_quiet,
    last_moment,
    quiet_hours,
    spacing,
    upcoming,
)
from tests.flows.reminder.scenes import content

ZONES = [zone for place in content().places for zone in place.zones]
ALL_ZONES = (files("tzdata") / "zones").read_text(encoding="utf-8").split()
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
RULES = content().reminders


def run_through(wish: Wish, zone: str, first: datetime, last: datetime) -> list[datetime]:
    at, found = first, []
    while (at := next_due(wish, zone, at)) < last:
        found.append(at)
    return found


def clock_changes() -> dict[str, tuple[datetime, ...]]:
    """Find all changes of all clocks in three years."""
    found = {zone: changes(zone, FIRST, LAST) for zone in ALL_ZONES}
    return {zone: tuple(at for at, _ in told) for zone, told in found.items() if told}


def test_both_clock_changes_of_every_zone_give_exactly_one_reminder_each_day() -> None:
    changing = clock_changes()
    assert 150 <= len(changing), "the tables of the zones are there"
    assert all(len(each) >= 2 for each in changing.values())
    for zone, moments in changing.items():
        for moment in moments:
            for told in times_around(moment, zone):
                assert one_each_day(zone, told, moment), (zone, told, moment)


def times_around(moment: datetime, zone: str) -> set[str]:
    """Take the wall's times at both ends of the hour that is lost or comes twice, and in it."""
    here = ZoneInfo(zone)
    before = (moment - MINUTE).astimezone(here)
    after = moment.astimezone(here)
    walls = [before, after, before + 16 * MINUTE, after - 14 * MINUTE]
    return {f"{wall:%H:%M}" for wall in walls}


def one_each_day(zone: str, told: str, moment: datetime) -> bool:
    here = ZoneInfo(zone)
    wish = Wish(times=(told,), zone=zone)
    day = moment.astimezone(here).date()
    first = datetime.combine(day - DAY, time(0), tzinfo=here).astimezone(UTC) - MINUTE
    rung = run_through(wish, zone, first, first + 4 * DAY)
    dates = Counter(each.astimezone(here).date() for each in rung)
    return all(dates[day + DAY * n] == 1 for n in (-1, 0, 1))


@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    told=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    passed=st.timedeltas(timedelta(0), timedelta(hours=30)),
)
def test_anywhere_and_any_day_the_next_one_is_the_wish_or_the_end_of_a_gap(
    zone: str, day: date, told: time, passed: timedelta
) -> None:
    wish = Wish(times=(told.strftime("%H:%M"),), zone=zone)
    after = datetime.combine(day, time(0), tzinfo=UTC) + passed

    due = next_due(wish, zone, after)

    local = due.astimezone(ZoneInfo(zone))
    exists = instant(local.date(), told, ZoneInfo(zone)) == due
    assert due > after
    assert due - after <= timedelta(hours=26)
    assert exists
    if local.time() < told:  # the clocks went over it, and over midnight
        assert (due + MINUTE).astimezone(ZoneInfo(zone)).date() > local.date()
    elif local.time() != told:  # the clocks went over it
        just_before = (due - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
        assert just_before.utcoffset() != local.utcoffset()
        assert just_before.time() < told < local.time()


@pytest.mark.parametrize(("zone", "day", "told", "utc"), [
    ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00"),  # no such time: at 03:00
    ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),  # twice: the first
    ("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:00"),
    ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30"),
    ("Australia/Lord_Howe", "2026-10-04", "02:10", "2026-10-03T15:30"),  # half an hour is lost
    ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45"),
    ("America/Santiago", "2026-09-06", "00:30", "2026-09-06T04:00"),  # midnight itself is lost
    ("Asia/Tehran", "2026-03-22", "00:30", "2026-03-21T21:00"),  # no change any more
])  # fmt: skip
def test_a_clock_change_neither_loses_nor_doubles(zone: str, day: str, told: str, utc: str) -> None:
    expected = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert expected == instant(date.fromisoformat(day), time.fromisoformat(told), ZoneInfo(zone))


def test_only_the_chosen_weekdays_are_taken() -> None:
    wish = Wish(times=("08:00",), zone="Europe/Berlin", weekdays=(0, 3))
    first = datetime(2026, 11, 22, tzinfo=UTC)

    found = run_through(wish, wish.zone, first, first + timedelta(days=14))

    assert [0, 3, 0, 3] == [each.astimezone(ZoneInfo(wish.zone)).weekday() for each in found]


def test_several_times_a_day_come_in_order() -> None:
    wish = Wish(times=("19:00", "08:00"), zone="UTC")
    found = run_through(wish, "UTC", datetime(2026, 1, 1, tzinfo=UTC),
                        datetime(2026, 1, 3, tzinfo=UTC))  # fmt: skip
    assert [8, 19, 8, 19] == [each.hour for each in found]


def test_every_third_day_counts_local_days_over_a_clock_change() -> None:
    wish = Wish(times=("00:30",), zone="Europe/Berlin")
    rung = datetime(2026, 10, 23, 22, 30, tzinfo=UTC)  # 24 October, 00:30

    due = following(wish.model_copy(update={"ignored": 3}), rung, RULES)

    assert date(2026, 10, 27) == due.astimezone(ZoneInfo(wish.zone)).date()


def test_the_last_moment_of_a_day_is_in_it() -> None:
    at = datetime(2026, 3, 29, 12, tzinfo=UTC)
    last = last_moment(at, "Europe/Berlin").astimezone(ZoneInfo("Europe/Berlin"))
    assert (date(2026, 3, 29), 23, 59) == (last.date(), last.hour, last.minute)


@pytest.mark.parametrize(("own", "local", "quiet"), [
    (None, "21:29", False), (None, "21:30", True), (None, "23:59", True), (None, "00:00", True),
    (None, "07:29", True), (None, "07:30", False), (None, "12:00", False),
    (("09:00", "17:00"), "08:59", False), (("09:00", "17:00"), "12:00", True),  # a night worker
    (("09:00", "17:00"), "17:00", False), (("09:00", "17:00"), "23:00", False),
])  # fmt: skip
def test_quiet_hours_are_the_users_own_and_may_go_over_midnight(
    own: tuple[str, str] | None, local: str, *, quiet: bool
) -> None:
    settings = Settings(quiet_from=own[0], quiet_until=own[1]) if own else Settings()
    here = ZoneInfo("Asia/Tokyo")
    at = datetime.combine(date(2026, 5, 5), time.fromisoformat(local), tzinfo=here)
    assert quiet == is_quiet(at, "Asia/Tokyo", quiet_hours(settings, RULES))


@pytest.mark.parametrize(("every_days", "ignored", "expected"), [
    (1, 0, 1), (1, 2, 1), (1, 3, 3), (3, 0, 3), (7, 3, 7), (7, 0, 7),
])  # fmt: skip
def test_of_two_reasons_for_fewer_the_greater_counts(
    every_days: int, ignored: int, expected: int
) -> None:
    wish = Wish(times=("08:00",), zone="UTC", every_days=every_days, ignored=ignored)
    assert expected == spacing(wish, RULES)


def test_a_changed_wish_keeps_its_distance_from_the_last_one_sent() -> None:
    rung = datetime(2026, 11, 23, 8, tzinfo=UTC)
    wish = Wish(times=("09:00",), zone="UTC", every_days=7, rung_at=rung)
    assert datetime(2026, 11, 30, 9, tzinfo=UTC) == upcoming(wish, rung + DAY, RULES)
    daily = wish.model_copy(update={"every_days": 1})
    assert datetime(2026, 11, 24, 9, tzinfo=UTC) == upcoming(daily, rung + DAY, RULES)
