"""What is given back, and how a page is made up; by command, over whatever stands on the floor."""

from __future__ import annotations

from typing import Literal

from pydantic import NonNegativeInt

from flows.base import Event, Frozen

Phase = Literal["today", "progress", "weeks", "parts", "checked", "closed"]
Part = Literal["advice", "pain", "activities", "sessions", "stops", "left_out"]
PARTS: tuple[Part, ...] = ("advice", "pain", "activities", "sessions", "stops", "left_out")


class Report(Frozen):
    """`weeks` and `parts` are what the page is about; 0 weeks: all that is kept."""

    flow: Literal["report"] = "report"
    phase: Phase = "today"
    weeks: NonNegativeInt = 0
    parts: tuple[Part, ...] = PARTS
    line: str = ""  # what was said last


class Opened(Event):
    """Wanted from a button of any screen, as by its command."""

    trigger: Literal["popen"] = "popen"
    what: Literal["today", "progress", "report", "export"]


class StartAsked(Event):
    trigger: Literal["pstart"] = "pstart"


class ChartAsked(Event):
    trigger: Literal["pchart"] = "pchart"


class WeeksPicked(Event):
    trigger: Literal["pweeks"] = "pweeks"
    weeks: NonNegativeInt


class PartSet(Event):
    """A part of the page, with or without it: the button carries what it wants."""

    trigger: Literal["ppart"] = "ppart"
    part: Part
    to: Literal["on", "off"]


class PreviewAsked(Event):
    trigger: Literal["pshow"] = "pshow"


class PageAsked(Event):
    trigger: Literal["psend"] = "psend"


class Returned(Event):
    trigger: Literal["pback"] = "pback"


class Closed(Event):
    trigger: Literal["pclose"] = "pclose"


EVENTS: tuple[type[Event], ...] = (
    Opened, StartAsked, ChartAsked, WeeksPicked, PartSet, PreviewAsked, PageAsked, Returned,
    Closed,
)  # fmt: skip
