"""A stop: what it can be told, and all it remembers until the session is over or goes on."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, NonNegativeInt

from flows.base import Brief, Event, Frozen, Hurts, Said, Value

Phase = Literal[
    "asking_check",  # how strong, and anything new: before these two nothing goes on
    "asking_what",
    "asking_next",
    "settling",  # what comes next can be asked only after some minutes
    "advised",  # told what to do; the danger questions of the event follow on a tap
    "resting",
    "offering_same",
    "offering_easier",
    "over",
    "left",
]


class Told(Frozen):
    """The session that was stopped, as far as a stop must know it."""

    brief: Brief  # how it stood, before anybody knew why
    exercise: str | None = None
    left: tuple[str, ...] = ()  # exercises still to come, this one among them
    stops: NonNegativeInt = 1  # in this session, this one among them


class Onward(Frozen):
    """How the session may go on; `easier` never leads to the same move again."""

    easier: bool
    drop: str | None = None
    instead: str | None = None
    only: tuple[str, ...] = ()
    share: float = 1.0  # of the hold
    half: bool = False  # half the range
    wait_s: NonNegativeInt = 0


class Stop(Frozen):
    flow: Literal["stop"] = "stop"
    phase: Phase = "asking_check"
    seq: NonNegativeInt = 0  # counts the moves; an alarm that names an older one is stale
    told: Told
    session: dict[str, Any] = Field(
        default_factory=dict
    )  # handed back, unread, when the session goes on
    facts: dict[str, Value] = Field(default_factory=dict)
    event: str | None = None
    is_given: bool = False  # the session knew the event: it is not asked
    asks: tuple[str, ...] = ()  # the screens of this phase
    step: NonNegativeInt = 0
    ticked: tuple[str, ...] = ()  # "part.option" on the open screen
    explaining: bool = False
    nudged: bool = False  # "Are you OK?" stands
    closed: bool = False  # a stop of this session is in the diary already
    lines: tuple[Said, ...] = ()  # what was advised
    triage: tuple[str, ...] = ()
    told_triage: dict[str, Value] = Field(default_factory=dict)  # judged before it asks
    level: Literal["URGENT", "SOON"] | None = None
    onward: Onward | None = None

    @property
    def is_live(self) -> bool:
        """Whether something is still to be decided; when not, other commands may take over."""
        return self.phase not in {"over", "left"}


class Strength(Event):
    trigger: Literal["xnum"] = "xnum"
    n: int = Field(ge=0, le=10)


class Picked(Event):
    trigger: Literal["xpick"] = "xpick"
    part: str
    option: str


class Ticked(Event):
    """A box, with the state it wants, so that fast and doubled taps are right."""

    trigger: Literal["xtick"] = "xtick"
    part: str
    option: str
    mark: Literal["on", "off"]


class TicksDone(Event):
    trigger: Literal["xdone"] = "xdone"


class NoneOfThese(Event):
    trigger: Literal["xnone"] = "xnone"


class NotSure(Event):
    trigger: Literal["xunsure"] = "xunsure"


class AskedWhy(Event):
    trigger: Literal["xwhy"] = "xwhy"


class WentBack(Event):
    """To the question before: a slip of the thumb is soon made in pain."""

    trigger: Literal["xback"] = "xback"


class WentOn(Event):
    trigger: Literal["xgo"] = "xgo"


class TookEasier(Event):
    trigger: Literal["xeasier"] = "xeasier"


class Rested(Event):
    """Rest a minute."""

    trigger: Literal["xrest"] = "xrest"


class Finished(Event):
    trigger: Literal["xfinish"] = "xfinish"


class Understood(Event):
    trigger: Literal["xok"] = "xok"


class SilenceHeard(Event):
    """The alarm: nothing was answered for a while."""

    trigger: Literal["xsilent"] = "xsilent"
    seq: int


class RestEnded(Event):
    """The alarm: the minutes of rest are over."""

    trigger: Literal["xrested"] = "xrested"
    seq: int


EVENTS: tuple[type[Event], ...] = (
    Strength,
    Picked,
    Ticked,
    TicksDone,
    NoneOfThese,
    NotSure,
    AskedWhy,
    WentBack,
    WentOn,
    TookEasier,
    Rested,
    Finished,
    Understood,
    SilenceHeard,
    RestEnded,
)  # and Hurts, which belongs to all flows
HEARD: tuple[type[Event], ...] = (*EVENTS, Hurts)
