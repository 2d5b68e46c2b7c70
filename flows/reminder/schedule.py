"""When the next reminder is due: wishes by the wall clock, told as instants.

One instant for each local date and time, whatever the clocks do: a time that comes twice counts
the first time, one that does not come moves to the next that does.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from content.schema import ReminderRules
from flows.reminder.vocabulary import Wish

DAY = timedelta(days=1)
SPARSE_DAYS = 3  # "every third day"
_SEARCHED_DAYS = 9  # a week, and a day on either side


def next_due(wish: Wish, zone: str, after: datetime) -> datetime:
    """Find the first instant of a wish that lies after a moment."""
    here = ZoneInfo(zone)
    today = after.astimezone(here).date() - DAY
    days = (today + DAY * passed for passed in range(_SEARCHED_DAYS + 1))
    instants = (
        instant(day, time.fromisoformat(each), here)
        for day in days
        if day.weekday() in wish.weekdays
        for each in sorted(wish.times)
    )
    return next(each for each in instants if each > after)


def next_on_third_day(wish: Wish, zone: str, after: datetime) -> datetime:
    """Find the first instant of a wish from the third day on."""
    return next_due(wish, zone, last_moment(after, zone, days=SPARSE_DAYS - 1))


def last_moment(at: datetime, zone: str, *, days: int = 0) -> datetime:
    """Find the last moment of the local day, or of a day so many days later."""
    here = ZoneInfo(zone)
    tomorrow = at.astimezone(here).date() + DAY * (days + 1)
    return instant(tomorrow, time(0), here) - timedelta.resolution


def instant(day: date, local_time: time, zone: ZoneInfo) -> datetime:
    """Tell a local date and time as an instant in UTC."""
    wall = datetime.combine(day, local_time, tzinfo=zone)
    told = wall.astimezone(UTC)
    if told.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return told
    return _end_of_gap(wall)


def _end_of_gap(wall: datetime) -> datetime:
    """Find the moment at which the clocks go forward over a time, by halving."""
    early, late = wall.replace(fold=1).astimezone(UTC), wall.astimezone(UTC)
    before = early.astimezone(wall.tzinfo).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = (early + (late - early) / 2).replace(microsecond=0)
        if middle.astimezone(wall.tzinfo).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late


def is_quiet(at: datetime, zone: str, rules: ReminderRules) -> bool:
    return is_quiet_time(at.astimezone(ZoneInfo(zone)).time(), rules)


def is_quiet_time(local_time: time, rules: ReminderRules) -> bool:
    """Whether a time of day lies in the quiet hours, which go over midnight."""
    begin = time.fromisoformat(rules.quiet_from)
    end = time.fromisoformat(rules.quiet_until)
    return local_time >= begin or local_time < end


def evening_of(at: datetime, zone: str, rules: ReminderRules) -> datetime:
    here = ZoneInfo(zone)
    return instant(at.astimezone(here).date(), time.fromisoformat(rules.evening), here)


def is_same_day(one: datetime, other: datetime, zone: str) -> bool:
    here = ZoneInfo(zone)
    return one.astimezone(here).date() == other.astimezone(here).date()
