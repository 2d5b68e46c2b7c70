"""Own activities: what can be told of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt

from flows.base import Event, Frozen

Phase = Literal["naming", "scoring", "closed"]


class AimsScreen(Frozen):
    """The activities themselves are kept beside; `at` is the one that is asked about."""

    flow: Literal["aims"] = "aims"
    phase: Phase = "naming"
    at: NonNegativeInt = 0
    line: str = ""  # what was said last


class Named(Event):
    """One of the list, in or out."""

    trigger: Literal["gname"] = "gname"
    activity: Annotated[str, Field(max_length=30)]
    mark: Literal["on", "off"]


class Written(Event):
    """One in the user's own words; never on a button."""

    trigger: Literal["gwrite"] = "gwrite"
    text: str


class Scored(Event):
    trigger: Literal["gscore"] = "gscore"
    n: Annotated[int, Field(ge=0, le=10)]


class PassedOver(Event):
    trigger: Literal["gskip"] = "gskip"


class Finished(Event):
    trigger: Literal["gdone"] = "gdone"


EVENTS: tuple[type[Event], ...] = (Named, Written, Scored, PassedOver, Finished)
