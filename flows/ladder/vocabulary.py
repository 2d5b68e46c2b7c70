"""A practice: what it can be told, and what it remembers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from flows.base import Event, Frozen

Phase = Literal["recalling", "doing", "rating", "left"]


class Ladder(Frozen):
    """Where on which ladder the user stands is kept beside."""

    flow: Literal["ladder"] = "ladder"
    phase: Phase = "doing"
    line: str = ""  # what was said last


class DayAfter(Event):
    """Whether the back was worse the day after the last practice."""

    trigger: Literal["lday"] = "lday"
    worse: Literal["yes", "no"]


class Did(Event):
    trigger: Literal["ldid"] = "ldid"


class Down(Event):
    """One step down: on offer at any time."""

    trigger: Literal["ldown"] = "ldown"


class NotNow(Event):
    trigger: Literal["lnot"] = "lnot"


class Pain(Event):
    trigger: Literal["lnum"] = "lnum"
    n: Annotated[int, Field(ge=0, le=10)]


EVENTS: tuple[type[Event], ...] = (DayAfter, Did, Down, NotNow, Pain)
