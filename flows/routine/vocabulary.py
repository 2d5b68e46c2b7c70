"""The editor of an own list: what can be tapped on it; a button carries the value it wants."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from content.schema import Position
from flows.base import Event, Frozen, Said

Phase = Literal["open", "where", "group", "move", "ladders", "closed"]
Name = Annotated[str, Field(max_length=30)]


class Routine(Frozen):
    """The list itself is kept beside: here is only what is looked at."""

    flow: Literal["routine"] = "routine"
    phase: Phase = "open"
    position: Position | None = None
    exercise: str = ""
    lines: tuple[Said, ...] = ()  # what was said last


class WhereAsked(Event):
    trigger: Literal["ywhere"] = "ywhere"


class Grouped(Event):
    trigger: Literal["ygroup"] = "ygroup"
    position: Position


class Picked(Event):
    """In or out of the list: its end, or nowhere."""

    trigger: Literal["ypick"] = "ypick"
    exercise: Name
    mark: Literal["on", "off"]


class Opened(Event):
    trigger: Literal["ymove"] = "ymove"
    exercise: Name


class Shifted(Event):
    """To this place of the list, counted from 0."""

    trigger: Literal["yshift"] = "yshift"
    exercise: Name
    to: NonNegativeInt


class Held(Event):
    trigger: Literal["yhold"] = "yhold"
    exercise: Name
    seconds: PositiveInt


class Exchanged(Event):
    """An easier or a harder one in a move's place."""

    trigger: Literal["yswap"] = "yswap"
    exercise: Annotated[str, Field(max_length=30)]
    how: Literal["easier", "harder"]


class TakenOut(Event):
    trigger: Literal["yout"] = "yout"
    exercise: Name


class HadBack(Event):
    """A move that was changed because it was too much: as it was."""

    trigger: Literal["yundo"] = "yundo"
    exercise: Name


class LaddersAsked(Event):
    trigger: Literal["yladder"] = "yladder"


class LadderTaken(Event):
    trigger: Literal["ytake"] = "ytake"
    ladder: Name


class LadderLeft(Event):
    trigger: Literal["yleave"] = "yleave"


class AimsAsked(Event):
    trigger: Literal["yaims"] = "yaims"


class Returned(Event):
    trigger: Literal["yback"] = "yback"


class Finished(Event):
    trigger: Literal["ydone"] = "ydone"


EVENTS: tuple[type[Event], ...] = (
    WhereAsked, Grouped, Picked, Opened, Shifted, Held, Exchanged, TakenOut, HadBack, LaddersAsked,
    LadderTaken, LadderLeft, AimsAsked, Returned, Finished,
)  # fmt: skip
