"""Advice, and the plan that it allows: what can be answered to it, and what is kept of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from flows.base import Event, Frozen
from flows.session.plan import Sequence

Phase = Literal[
    "routed", "advised", "offered", "explained", "getting", "cannot", "seen_asked", "waiting",
    "doubting", "reassured", "mine", "left",
]  # fmt: skip

Prefer = Literal["", "short", "go_on"]


class Offer(Frozen):
    """`sequence` is today's plan as offered; `minutes` 0 is the whole of it."""

    flow: Literal["offer"] = "offer"
    phase: Phase = "advised"
    sequence: Sequence | None = None
    emergency: bool = False  # its message stands in a slot of its own
    typed: bool = False  # it came from words: what is taken back is not a tap
    brief: bool = False  # not straight from a full check: the advice stands in one line
    after_stop: bool = False  # the check-in is about a stop
    doubts: tuple[str, ...] = ()  # facts to be asked again, one at a time
    gone: tuple[str, ...] = ()  # of those asked, what is no longer so
    seen: bool = False  # a professional has seen them since
    recheck: str = ""  # what was asked at the end of a session
    prefer: Prefer = ""  # how a reminder was answered


class Start(Event):
    """Begin; 0 minutes is the whole plan."""

    trigger: Literal["ostart"] = "ostart"
    minutes: int


class Listen(Event):
    """Begin the whole plan, led by a sound track."""

    trigger: Literal["olisten"] = "olisten"


class GoOnFrom(Event):
    """Begin anew from where a session was closed."""

    trigger: Literal["oresume"] = "oresume"


class NotToday(Event):
    trigger: Literal["onot"] = "onot"


class WhyThis(Event):
    trigger: Literal["owhy"] = "owhy"


class BackToIt(Event):
    trigger: Literal["oback"] = "oback"


class GettingHelp(Event):
    trigger: Literal["ogetting"] = "ogetting"


class CannotGetHelp(Event):
    trigger: Literal["ocannot"] = "ocannot"


class ForStaff(Event):
    """A card to be shown at the desk."""

    trigger: Literal["ostaff"] = "ostaff"


class Mistake(Event):
    """I tapped something by mistake."""

    trigger: Literal["omistake"] = "omistake"


class Seen(Event):
    """A professional has seen me: the whole check again, which decides."""

    trigger: Literal["oseen"] = "oseen"


class NotYet(Event):
    trigger: Literal["onotyet"] = "onotyet"


class Changed(Event):
    """Something is different from what had shut the way."""

    trigger: Literal["ochanged"] = "ochanged"


class StillSo(Event):
    trigger: Literal["ostill"] = "ostill"
    answer: Literal["yes", "no", "unsure"]


class Answering(Event):
    """The questions of a check-in, now."""

    trigger: Literal["oanswer"] = "oanswer"


class KeepPlan(Event):
    """Keep the plan as it was before it grew, or let it grow after all."""

    trigger: Literal["okeep"] = "okeep"
    how: Literal["old", "grown"]


class Strength(Event):
    trigger: Literal["ostrong"] = "ostrong"
    answer: Literal["yes", "no"]


class HaveBack(Event):
    """Consent, or none yet, to what was left out after pain and whose time is over."""

    trigger: Literal["ohave"] = "ohave"
    id: Annotated[str, Field(max_length=36)]
    answer: Literal["yes", "no"]


class OwnMove(Event):
    """Of a move that was too easy, or was changed: take the step up, or have it as it was."""

    trigger: Literal["oown"] = "oown"
    exercise: Annotated[str, Field(max_length=30)]
    how: Literal["harder", "stay"]


class StartOwn(Event):
    """Begin the user's own list."""

    trigger: Literal["omine"] = "omine"


class OwnAsked(Event):
    """What other ways there are to do the user's own list."""

    trigger: Literal["oways"] = "oways"


class StartOwnShort(Event):
    """Begin as much of the user's own list as fits into so many minutes."""

    trigger: Literal["oshort"] = "oshort"
    minutes: int


class ListenOwn(Event):
    """Begin the user's own list, led by a sound track."""

    trigger: Literal["ohear"] = "ohear"


class Practise(Event):
    """A step of the ladder, now."""

    trigger: Literal["oclimb"] = "oclimb"


class Examined(Event):
    """Seen by someone since "not sure" at the check before bending back: it is asked anew."""

    trigger: Literal["oexam"] = "oexam"


class PlanWished(Event):
    """Another plan than the usual one, or the usual one again."""

    trigger: Literal["owish"] = "owish"
    wish: Literal["hips", "chair", "usual"]


class Understood(Event):
    trigger: Literal["ook"] = "ook"


class AfterStop(Event):
    """The alarm a day after a stop: ask how it is, in the place of the next reminder."""

    trigger: Literal["oafter"] = "oafter"


class CheckIn(Event):
    """The alarm after an advice: ask whether they were seen, or how it is."""

    trigger: Literal["ocheck"] = "ocheck"


EVENTS: tuple[type[Event], ...] = (
    Start, Listen, GoOnFrom, NotToday, WhyThis, BackToIt, GettingHelp, CannotGetHelp, ForStaff,
    Mistake, Seen, NotYet, CheckIn, AfterStop, Changed, StillSo, Answering, KeepPlan, Strength,
    HaveBack, Examined, PlanWished, OwnMove, StartOwn, OwnAsked, StartOwnShort, ListenOwn, Practise,
    Understood,
)  # fmt: skip
