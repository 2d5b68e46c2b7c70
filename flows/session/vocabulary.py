"""What a session can be told, and all it remembers.

A `Session` is the whole durable truth about one guided run: the sequence it plays, where in it
the user stands, and what is being counted.  Moments are absolute, so a restart loses nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from pydantic import NonNegativeInt, PositiveInt

from flows.base import Effort, Event, Frozen, Hurts, Leg, Side
from flows.session import plan

Phase = Literal[
    "ready",
    "active_position", "active_hold", "active_between", "active_change", "active_rest",
    "rating",
    "waiting_paused", "waiting_asked", "waiting_skipping", "waiting_away",
    "stopped", "finished", "closed",
]  # fmt: skip
Reason = Literal["cannot", "today"]

NOTHING = timedelta(0)


class Place(Frozen):
    """One hold of a sequence, all counted from 0; `side` 0 is the step's first, or both at once.

    When a move's `set_no` has reached its sets, all of it is done.
    """

    move: NonNegativeInt = 0
    set_no: NonNegativeInt = 0
    side: Literal[0, 1] = 0
    repeat: NonNegativeInt = 0


class Extra(Frozen):
    """Seconds added to one hold of the move; the other side's same hold gets them too."""

    set_no: NonNegativeInt
    repeat: NonNegativeInt
    seconds: PositiveInt


class Past(Frozen):
    """What became of one move: seconds held on the first side and on the second."""

    exercise: str
    how: Literal["done", "short", "skipped"]
    held_s: tuple[NonNegativeInt, NonNegativeInt]
    effort: Effort | None = None
    leg: Leg | None = None
    why: Reason | None = None
    first: Side | None = None  # the side it began with; None: it has no sides


class Session(Frozen):
    flow: Literal["session"] = "session"
    phase: Phase = "ready"
    seq: NonNegativeInt = 0  # counts the steps; an alarm that names an older one is stale
    sequence: plan.Sequence
    why: str
    started_at: datetime
    place: Place = Place()
    begins_at: datetime | None = None  # of what is being counted
    ends_at: datetime | None = None
    left: timedelta | None = None  # of a hold that was broken off; None: the whole hold is to come
    rest_until: datetime | None = None  # no hold begins before it
    since: datetime | None = None  # when the waiting, or the question after a move, began
    waited: timedelta = NOTHING  # in pauses, all in all: no part of the session's minutes
    last_bell_at: datetime | None = None
    extra: tuple[Extra, ...] = ()
    added_s: NonNegativeInt = 0
    past: tuple[Past, ...] = ()
    past_before: NonNegativeInt = 0  # of these, how many an earlier run had done
    warned: tuple[str, ...] = ()  # exercises whose cautions were shown
    by_silence: bool = False  # the pause came by itself
    away_min: NonNegativeInt = 0
    half_range: bool = False
    stops: NonNegativeInt = 0
    listening: bool = False  # a sound track leads: the next move follows without a tap
    pain_before: int | None = None

    @property
    def step(self) -> plan.Step:
        return self.sequence.moves[self.place.move]

    @property
    def is_complete(self) -> bool:
        """All of the present move is done; how it felt may still be open."""
        return self.place.set_no >= self.step.sets

    @property
    def side(self) -> Literal["left", "right"] | None:
        if self.step.sides == "none":
            return None
        if self.place.side == 0:
            return self.step.first
        return "left" if self.step.first == "right" else "right"


class Begin(Event):
    trigger: Literal["sbegin"] = "sbegin"


class Rung(Event):
    """What was counted is over."""

    trigger: Literal["srung"] = "srung"
    seq: int


class Silent(Event):
    """Nothing was heard for a while."""

    trigger: Literal["ssilent"] = "ssilent"
    seq: int


class Pause(Event):
    trigger: Literal["spause"] = "spause"


class Resume(Event):
    trigger: Literal["sresume"] = "sresume"


class Redo(Event):
    """The same hold once more, from its beginning."""

    trigger: Literal["sredo"] = "sredo"


class Back(Event):
    trigger: Literal["sback"] = "sback"


class Skip(Event):
    trigger: Literal["sskip"] = "sskip"


class Skipped(Event):
    trigger: Literal["sskipped"] = "sskipped"
    why: Reason


class Plus(Event):
    trigger: Literal["splus"] = "splus"


class Rated(Event):
    trigger: Literal["seffort"] = "seffort"
    effort: Effort


class LegFelt(Event):
    trigger: Literal["sleg"] = "sleg"
    leg: Leg


class Finish(Event):
    trigger: Literal["sfinish"] = "sfinish"


class Fine(Event):
    """A typed "ok" while something is counted: heard, and nothing to do."""

    trigger: Literal["sfine"] = "sfine"


class Unclear(Event):
    """Something arrived that was not understood."""

    trigger: Literal["sunclear"] = "sunclear"


EVENTS: tuple[type[Event], ...] = (
    Begin, Rung, Silent, Pause, Resume, Redo, Back, Skip, Skipped, Plus, Rated, LegFelt, Finish,
    Fine, Unclear,
)  # fmt: skip

ANSWERED: tuple[type[Event], ...] = (*EVENTS, Hurts)  # all that the machine's table knows
