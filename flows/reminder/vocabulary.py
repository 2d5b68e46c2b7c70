"""The wish for reminders, the screen on which it is changed, and what can be tapped there."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from flows.base import Event, Frozen

ALARM = "reminder"
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)  # Monday first

LocalTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Weekday = Annotated[int, Field(ge=0, le=6)]
Pause = Literal["holiday", "ill", "asked", "graduated"]  # the last: the habit needs no reminder
Phase = Literal["menu", "time", "clock", "hours", "place", "days", "hushing", "waking", "closed"]


class Wish(Frozen):
    """When to be reminded, by the wall clock of a zone; and how the reminders fare.

    `ignored` counts those sent since the last that was answered.  While `asking`, we wait to be
    told whether to go on, and send none.
    """

    times: Annotated[tuple[LocalTime, ...], Field(min_length=1)]
    zone: str
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = EVERY_DAY
    paused: Pause | None = None
    ignored: NonNegativeInt = 0
    asking: bool = False
    rung_at: datetime | None = None
    next_at: datetime | None = None
    rung: NonNegativeInt = 0  # how many were sent
    every_days: PositiveInt = 1
    since: datetime | None = None  # they come so often; or were last asked about
    passed_turn: int | None = None  # of the talk when one was kept back because it was busy


class Reminders(Frozen):
    """The screen that stands open: a time already picked waits for its place."""

    flow: Literal["reminders"] = "reminders"
    phase: Phase = "menu"
    time: LocalTime | None = None
    adding: bool = False
    asked_at: datetime | None = None  # the instant to be read off the user's clock
    zones: tuple[str, ...] = ()  # on offer
    cheer: bool = False  # asked for after a session
    line: str = ""  # what was said last


# ---- on the screen


class TimePicked(Event):
    trigger: Literal["rtime"] = "rtime"
    time: LocalTime


class ZonePicked(Event):
    trigger: Literal["rzone"] = "rzone"
    zone: Annotated[str, Field(pattern=r"^[A-Za-z0-9_+/-]{1,38}$")]


class ClockRead(Event):
    """What the user's phone makes of the instant we asked about."""

    trigger: Literal["rclock"] = "rclock"
    time: LocalTime


class OtherTimesAsked(Event):
    trigger: Literal["rhours"] = "rhours"


class NothingSeen(Event):
    """Their program shows no time."""

    trigger: Literal["rblind"] = "rblind"


class PlacesFound(Event):
    """A place was typed, and several zones may be meant; none: nobody knows it."""

    trigger: Literal["rfound"] = "rfound"
    zones: str  # with commas; never on a button

    def all(self) -> tuple[str, ...]:
        return tuple(filter(None, self.zones.split(",")))


class TimeRefused(Event):
    trigger: Literal["rrefused"] = "rrefused"
    why: Literal["quiet", "not_a_time"]


class ChangeAsked(Event):
    trigger: Literal["rchange"] = "rchange"


class OneMoreAsked(Event):
    trigger: Literal["radd"] = "radd"


class PlaceAsked(Event):
    trigger: Literal["rplace"] = "rplace"


class QuietAsked(Event):
    trigger: Literal["rquiet"] = "rquiet"


class MoreWished(Event):
    """As often as before."""

    trigger: Literal["rmore"] = "rmore"


class PageAsked(Event):
    """Today's page for a physiotherapist."""

    trigger: Literal["rpage"] = "rpage"


class DaysAsked(Event):
    trigger: Literal["rdays"] = "rdays"


class DayMarked(Event):
    trigger: Literal["rday"] = "rday"
    day: Weekday
    mark: Literal["on", "off"]


class Paused(Event):
    """On the screen, or in answer to "Shall I pause these?"."""

    trigger: Literal["rpause"] = "rpause"
    why: Pause


class WentOn(Event):
    trigger: Literal["rgo"] = "rgo"


class TurnedOff(Event):
    trigger: Literal["roff"] = "roff"


class Returned(Event):
    trigger: Literal["rback"] = "rback"


class Finished(Event):
    trigger: Literal["rdone"] = "rdone"


# ---- on a reminder


class Due(Event):
    """The alarm has rung."""

    trigger: Literal["rdue"] = "rdue"


class Started(Event):
    trigger: Literal["rstart"] = "rstart"
    how: Literal["whole", "short", "go_on"]


class Snoozed(Event):
    trigger: Literal["rsnooze"] = "rsnooze"


class ThisEvening(Event):
    trigger: Literal["revening"] = "revening"


class NotToday(Event):
    trigger: Literal["rnot"] = "rnot"


class CameBack(Event):
    """I'm back: after going on alone."""

    trigger: Literal["rhere"] = "rhere"


ON_SCREEN: tuple[type[Event], ...] = (
    TimePicked, ClockRead, OtherTimesAsked, NothingSeen, ZonePicked, PlacesFound, TimeRefused,
    ChangeAsked, OneMoreAsked, PlaceAsked, QuietAsked, DaysAsked, DayMarked, MoreWished, Paused,
    WentOn, TurnedOff, Returned, Finished,
)  # fmt: skip
ON_REMINDER: tuple[type[Event], ...] = (
    Due, Started, Snoozed, ThisEvening, NotToday, CameBack, PageAsked,
)  # fmt: skip
EVENTS = (*ON_SCREEN, *ON_REMINDER)
