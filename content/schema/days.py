"""times.yaml: when a check is made anew, and when the user is written to."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, PositiveInt

from content.schema.entry import Cond, Entry, Id, Reviewed


class Recheck(Entry):
    """Screens asked in front of the next short check, where the condition holds then.

    At most once for each session; `once`: never again after it was answered.  `after`: offered at
    the end of a session instead, and only then.
    """

    id: Id
    cond: Cond
    screens: tuple[Id, ...] = ()
    route: Id | None = None  # or all of a route
    once: bool = False
    every_days: PositiveInt | None = None
    after: bool = False
    say: tuple[Id, ...] = ()  # extras told when it was answered, each where its condition holds


class CheckIn(Entry):
    """The questions some days after an advice; the first line that holds decides."""

    route: Id
    cond: Cond | None = None


class Remark(Entry):
    """A sentence, `remark.<id>`, above the plan."""

    id: Id
    cond: Cond


class Freshness(Entry):
    """When a check is too old (11)."""

    full_days: PositiveInt
    away_days: PositiveInt
    short_min: PositiveInt  # how long the short check made for a session stands
    lock_h: PositiveInt
    nudges: PositiveInt
    lone_danger_s: PositiveInt  # a ticked danger counts without Done after so long
    full_on_change: tuple[Id, ...]  # facts whose change makes the full check due
    after_mistake: tuple[Id, ...]  # screens asked once more when a mistake opened the way
    check_in: tuple[CheckIn, ...]
    rechecks: tuple[Recheck, ...]
    remarks: tuple[Remark, ...]
    src: tuple[str, ...] = Field(min_length=1)


LocalTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Fading(Reviewed):
    """Fewer reminders for whom the habit holds: offered after good weeks, never forced.

    A week is good with so many days that count (moved or rested), and so many of them moved.
    """

    every_days: tuple[PositiveInt, ...] = Field(min_length=1)  # step by step; then none at all
    good_weeks: PositiveInt
    days_counted: PositiveInt
    days_moved: PositiveInt


class ReminderRules(Entry):
    """12.1, and product 1."""

    at_most: PositiveInt
    morning: LocalTime
    evening: LocalTime
    suggestions: tuple[LocalTime, ...]
    quiet_from: LocalTime
    quiet_until: LocalTime
    snooze_min: PositiveInt
    every_third_after: PositiveInt
    ask_after: PositiveInt
    late_at_most_min: PositiveInt
    none_after_stop_h: PositiveInt
    none_after_crisis_h: PositiveInt
    not_first_hour: Cond  # who should not stretch right after getting up
    late_morning: LocalTime  # the morning of those
    quiet_begins: tuple[LocalTime, ...]  # to choose from
    quiet_ends: tuple[LocalTime, ...]
    short_percent: PositiveInt  # "short one": the longest short version up to this share
    lines: tuple[Id, ...]  # said in turn under a reminder; the first comes without
    fading: Fading
    src: tuple[str, ...] = Field(min_length=1)
