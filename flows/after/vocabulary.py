"""After a session: what it can be told, and what it remembers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flows.base import Brief, Event, Frozen, Said

Phase = Literal["rating_now", "rating_later", "wishing", "worrying", "fading", "resting"]


class After(Frozen):
    flow: Literal["after"] = "after"
    phase: Phase = "rating_now"
    brief: Brief
    lines: tuple[Said, ...] = ()  # what the answer came to
    wants_wish: bool = True  # the reminder is still to be spoken of
    fading: Literal["", "less", "free"] = ""  # fewer reminders are offered, or none


class Pain(Event):
    trigger: Literal["anum"] = "anum"
    n: int = Field(ge=0, le=10)


class PassedOver(Event):
    """Not now: the number is no duty."""

    trigger: Literal["askip"] = "askip"


class Morning(Event):
    trigger: Literal["amorning"] = "amorning"


class Evening(Event):
    trigger: Literal["aevening"] = "aevening"


class OtherTime(Event):
    trigger: Literal["aother"] = "aother"


class TimeWished(Event):
    """A time of day that was typed."""

    trigger: Literal["atime"] = "atime"
    time: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")


class NoReminders(Event):
    trigger: Literal["anone"] = "anone"


class Less(Event):
    """Fewer reminders, or none any more: whichever was offered."""

    trigger: Literal["aless"] = "aless"


class AsBefore(Event):
    trigger: Literal["akeep"] = "akeep"


class More(Event):
    """A few more questions, now."""

    trigger: Literal["amore"] = "amore"


class Enough(Event):
    trigger: Literal["aenough"] = "aenough"


class Later(Event):
    """The alarm: some hours on; `session` is the moment of the session's end, in seconds."""

    trigger: Literal["alater"] = "alater"
    session: int


EVENTS: tuple[type[Event], ...] = (
    Pain,
    PassedOver,
    Morning,
    Evening,
    OtherTime,
    TimeWished,
    NoReminders,
    More,
    Enough,
    Less,
    AsBefore,
    Later,
)
