"""What is kept of a user, in parts that several flows read."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import NonNegativeInt

from content.schema import Stretch
from flows.base.frozen import Frozen, Value


class Known(Frozen):
    """A fact as it was told: `unsure` when the user did not know, and the value is a reading."""

    value: Value
    at: datetime
    source: Literal["screen", "typed", "session", "program"] = "screen"
    unsure: bool = False


class Left(Frozen):
    """An exercise, family, or everything, left out after pain until a moment (or a triage)."""

    what: Literal["exercise", "family", "all", "head_down"]
    id: str  # the exercise or family; "all" and "head_down" name themselves
    until: datetime | None  # None: until `lifted_by`
    lifted_by: Literal["time", "triage", "asked", "clinician"] = "time"
    why: str  # session event id
    at: datetime


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
