"""One reminder for each local date, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reminder import Wish, next_due
from flows.reminder.schedule import instant, is_quiet, last_moment, next_on_third_day
from tests.flows.reminder.scenes import content

ZONES = [zone for place in content().places for zone in place.zones]
CHANGING = [
    "Europe/Berlin", "Europe/London", "America/New_York", "America/Santiago", "America/Havana",
    "Australia/Lord_Howe", "Australia/Sydney", "Africa/Casablanca", "Africa/Cairo",
    "Asia/Tehran", "Asia/Beirut", "Asia/Jerusalem", "Pacific/Auckland", "Pacific/Chatham",
    "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati", "America/Asuncion",
]  # fmt: skip
TIMES = ["00:00", "00:30", "01:30", "02:00", "02:15", "02:30", "02:59", "03:00", "08:00", "23:30"]


def run_through(wish: Wish, zone: str, first: datetime, last: datetime) -> list[datetime]:
    at, found = first, []
    while (at := next_due(wish, zone, at)) < last:
        found.append(at)
    return found


@pytest.mark.parametrize("zone", CHANGING)
@pytest.mark.parametrize("told", TIMES)
def test_through_all_clock_changes_there_is_one_reminder_each_date(zone: str, told: str) -> None:
    wish = Wish(times=(told,), zone=zone)
    here = ZoneInfo(zone)
    first = datetime(2026, 1, 1, tzinfo=here).astimezone(UTC) - timedelta(microseconds=1)
    last = datetime(2028, 1, 1, tzinfo=here).astimezone(UTC)

    dates = [each.astimezone(here).date() for each in run_through(wish, zone, first, last)]

    assert [date(2026, 1, 1) + timedelta(days=passed) for passed in range(730)] == dates


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
    if local.time() != told:  # the clocks went over it
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

    due = next_on_third_day(wish, wish.zone, rung)

    assert date(2026, 10, 27) == due.astimezone(ZoneInfo(wish.zone)).date()


def test_the_last_moment_of_a_day_is_in_it() -> None:
    at = datetime(2026, 3, 29, 12, tzinfo=UTC)
    last = last_moment(at, "Europe/Berlin").astimezone(ZoneInfo("Europe/Berlin"))
    assert (date(2026, 3, 29), 23, 59) == (last.date(), last.hour, last.minute)


@pytest.mark.parametrize(("local", "quiet"), [
    ("21:29", False), ("21:30", True), ("23:59", True), ("00:00", True), ("07:29", True),
    ("07:30", False), ("12:00", False),
])  # fmt: skip
def test_quiet_hours_go_over_midnight(local: str, *, quiet: bool) -> None:
    here = ZoneInfo("Asia/Tokyo")
    at = datetime.combine(date(2026, 5, 5), time.fromisoformat(local), tzinfo=here)
    assert quiet == is_quiet(at, "Asia/Tokyo", content().reminders)
