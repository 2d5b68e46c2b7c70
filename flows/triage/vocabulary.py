"""A check: what can be told to it, what it keeps, and what an answered screen is.

The path is all it remembers of the answers: every fact is worked out anew from it, so that going
back and changing an answer leaves nothing behind.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, NonNegativeInt

from content.schema import Value
from flows.base import Event, Frozen

Kind = Literal["full", "short", "part"]
Phase = Literal["asking", "again", "walking", "settling", "ended"]


class Answer(Frozen):
    """One screen as it was answered.

    `about` are the facts it speaks of: those of the options that stood on it.  Options are named
    `part.option`; "not sure" names an option, or the part when that is one choice or one number.
    """

    screen: str
    about: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()
    numbers: dict[str, Value] = Field(default_factory=dict)
    unsure: tuple[str, ...] = ()


class Triage(Frozen):
    """The snapshot of a check.  `settling` and `ended` are passed through, never kept."""

    flow: Literal["triage"] = "triage"
    phase: Phase = "asking"
    kind: Kind = "full"
    first: tuple[str, ...] = ()  # screens asked before the route; a part has no others
    given: dict[str, Value] = Field(default_factory=dict)  # judged before anything is asked
    args: dict[str, str | int | bool | None] = Field(default_factory=dict)  # handed on at the end
    path: tuple[Answer, ...] = ()
    screen: str = ""  # what stands now, and what has been tapped on it so far
    ticked: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    walked: tuple[str, ...] = ()  # items asked one at a time, in the order they were answered
    explaining: bool = False
    counting: bool = False  # a ticked danger counts soon, with or without Done
    seq: NonNegativeInt = 0  # counts the screens; an alarm of an earlier one is stale


class Pick(Event):
    """One of several, where one tap answers."""

    trigger: Literal["qpick"] = "qpick"
    part: str
    option: str


class Tick(Event):
    """A tick with the state it wants, so that fast and doubled taps are right."""

    trigger: Literal["qtick"] = "qtick"
    part: str
    option: str
    to: Literal["on", "off"]


class Ticks(Event):
    """Several options at once, as typed: "1 3"; what was ticked is unticked."""

    trigger: Literal["qticks"] = "qticks"
    refs: str


class Item(Event):
    """Yes or no to one item, asked alone."""

    trigger: Literal["qitem"] = "qitem"
    part: str
    option: str
    answer: Literal["yes", "no"]


class Grid(Event):
    """A point on 0 to 10."""

    trigger: Literal["qgrid"] = "qgrid"
    number: int


class Number(Event):
    """A number as typed: age, days, weeks."""

    trigger: Literal["qnum"] = "qnum"
    number: int


class Name(Event):
    """A country, by its code."""

    trigger: Literal["qname"] = "qname"
    value: str


class NoneOfThese(Event):
    trigger: Literal["qnone"] = "qnone"


class Done(Event):
    trigger: Literal["qdone"] = "qdone"


class Unsure(Event):
    trigger: Literal["qunsure"] = "qunsure"


class Why(Event):
    trigger: Literal["qwhy"] = "qwhy"


class Back(Event):
    trigger: Literal["qback"] = "qback"


class Lone(Event):
    """A ticked danger has stood long enough without Done."""

    trigger: Literal["qlone"] = "qlone"
    seq: int


class Settle(Event):
    """A screen is answered: ask on, or end.  The machine tells itself; nobody else may."""

    trigger: Literal["qsettle"] = "qsettle"


EVENTS: tuple[type[Event], ...] = (
    Pick, Tick, Ticks, Item, Grid, Number, Name, NoneOfThese, Done, Unsure, Why, Back, Lone, Settle,
)  # fmt: skip
