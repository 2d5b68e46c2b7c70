"""What is kept of a user, in parts that several flows read."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import NonNegativeInt

from content.schema import Stretch
from flows.base.buttons import Row
from flows.base.frozen import Frozen, Value


class Known(Frozen):
    """A fact as it was told: `unsure` when the user did not know, and the value is a reading."""

    value: Value
    at: datetime
    source: Literal["screen", "typed", "session", "program"] = "screen"
    unsure: bool = False


class Left(Frozen):
    """An exercise, family, or everything, left out after pain until a moment (or a triage).

    `session` lets the one that runs go on as far as was allowed, and no other begin.
    """

    what: Literal["exercise", "family", "all", "head_down", "session"]
    id: str  # the exercise or family; the others name themselves
    until: datetime | None  # None: until `lifted_by`
    lifted_by: Literal["time", "triage", "asked", "clinician"] = "time"
    why: str  # session event id
    at: datetime
    unwanted: bool = False  # its time was over, and the user did not want it back yet

    def may_return(self, at: datetime) -> bool:
        """Whether its time is over: it comes back when the user wants it, and not before."""
        return self.lifted_by == "time" and self.until is not None and self.until <= at


Leg = Literal["higher", "same", "further"]


class Brief(Frozen):
    """One past session in brief; the last 14 are kept."""

    at: datetime
    program: str
    minutes: int
    moves_done: int
    moves: int
    ended: Literal["done", "stopped", "paused", "finished_early"]
    event: str | None = None  # of the stop
    pain_before: int | None = None
    pain_after: int | None = None
    exercise: str | None = None  # where it stopped
    flare: Literal["none", "some", "strong"] = "none"  # sorer afterwards (9.4)
    continues: bool = False  # it went on after the stop told of in the brief before
    leg: Leg | None = None  # the gravest of what was told of the leg
    next_day: Literal["better", "same", "worse_gone", "worse_still"] | None = None


class Verdict(Frozen):
    """The last advice and when it was given; what opens and shuts the way to a session."""

    level: Literal["EMERGENCY", "URGENT", "SOON", "SELF_CARE_MODIFIED", "SELF_CARE"]
    stretch: Stretch
    fired: tuple[str, ...]
    reasons: tuple[str, ...]
    at: datetime
    crisis: bool = False
    by_mistake: bool = False
    receipt: str = ""  # its code, shown under the advice


class Checked(Frozen):
    """Which checks are fresh, and what the way to the next session still wants."""

    full_at: datetime | None = None
    short_at: datetime | None = None  # made for the next session; used up when one begins
    extension_at: datetime | None = None  # the fracture check before bending backwards
    swap_extension: bool = False  # "not sure" there: swap these exercises
    open_with: tuple[str, ...] = ()  # screens to ask first, whatever else is fresh
    wants_full: bool = False
    locked_until: datetime | None = None  # the result lock
    nudged: int = 0  # how often "Did you get seen?" was asked since the last advice


class Settings(Frozen):
    lead_in_s: NonNegativeInt = 10
    speed_percent: int = 100
    pictures: bool = True
    helper: bool = False  # someone helps: doubled lead-in
    screen_reader: bool = False
    quiet_from: str | None = None  # the quiet hours, where they are not the usual ones
    quiet_until: str | None = None
    quiet: bool = False  # bells make no sound
    protect: bool = False  # what is said here can be neither saved nor passed on
    tips: bool = True  # a short teaching after a session
    motion: bool = False  # cards show the movement as a loop instead of a still picture


class Beside(Frozen):
    """What was asked beside the floor last, such as a reminder: typed words may answer it."""

    turn: int  # of the talk, when it was asked; it stands until the next
    rows: tuple[Row, ...]


class Clinic(Frozen):
    """What the invitation of a clinic asks for; it opens no way that the check would shut."""

    number: int  # of the invitation
    language: str | None = None
    program: str | None = None
    contact: str = ""  # whom to ask, in the clinic's own words
