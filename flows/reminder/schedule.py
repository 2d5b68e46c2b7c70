"""When the next reminder is due: wishes by the wall clock, told as instants.

One instant for each local date and time, whatever the clocks do: a time that comes twice counts
the first time, one that does not come moves to the next that does.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from content.schema import ReminderRules
from flows.base import Settings
from flows.reminder.vocabulary import Wish

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SPARSE_DAYS = 3  # "every third day"
_SEARCHED_DAYS = 9  # a week, and a day on either side


class Quiet(NamedTuple):
    """The hours in which nothing is written; over midnight where they begin later than they end."""

    begin: time
    end: time


def quiet_hours(settings: Settings, rules: ReminderRules) -> Quiet:
    """Tell the user's own quiet hours, else the usual ones."""
    begin = settings.quiet_from or rules.quiet_from
    end = settings.quiet_until or rules.quiet_until
    return Quiet(time.fromisoformat(begin), time.fromisoformat(end))


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


def following(wish: Wish, after: datetime, rules: ReminderRules) -> datetime:
    """Find the next one after a reminder that was sent, or kept back, just now."""
    days = spacing(wish, rules)
    if days > 1:
        after = last_moment(after, wish.zone, days=days - 1)
    return next_due(wish, wish.zone, after)


def upcoming(wish: Wish, at: datetime, rules: ReminderRules) -> datetime:
    """Find the next one from now on, as far from the last one sent as it shall be."""
    if wish.rung_at is None:
        return next_due(wish, wish.zone, at)
    earliest = following(wish, wish.rung_at, rules) - timedelta.resolution
    return next_due(wish, wish.zone, max(at, earliest))


def spacing(wish: Wish, rules: ReminderRules) -> int:
    """Every so many days: as wished for, and every third at the most where they are ignored."""
    ignored = SPARSE_DAYS if wish.ignored >= rules.every_third_after else 1
    return max(ignored, wish.every_days)


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
    later = _end_of_gap(wall)
    if later.astimezone(zone).date() == day:
        return later
    return later - MINUTE  # the clocks go over midnight: just before, so that the day has one


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


def is_quiet(at: datetime, zone: str, hours: Quiet) -> bool:
    return is_quiet_time(at.astimezone(ZoneInfo(zone)).time(), hours)


def is_quiet_time(local_time: time, hours: Quiet) -> bool:
    """Whether a time of day lies in the quiet hours."""
    if hours.begin <= hours.end:
        return hours.begin <= local_time < hours.end
    return local_time >= hours.begin or local_time < hours.end


def evening_of(at: datetime, zone: str, rules: ReminderRules) -> datetime:
    here = ZoneInfo(zone)
    return instant(at.astimezone(here).date(), time.fromisoformat(rules.evening), here)


def is_same_day(one: datetime, other: datetime, zone: str) -> bool:
    here = ZoneInfo(zone)
    return one.astimezone(here).date() == other.astimezone(here).date()
