"""The pieces that screens are made of: lines and buttons.

They depend on nothing but ids, so each is made once and shared ever after.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from flows.base import Choice, Row, Said, choice, said
from flows.triage.vocabulary import (
    Back,
    Done,
    Grid,
    Item,
    NoneOfThese,
    Pick,
    Tick,
    Unsure,
    Why,
)

A_ROW = 3
GRID_ROW = 6

NONE = choice("button.none", NoneOfThese())
DONE = choice("button.done", Done())
UNSURE = choice("button.not_sure", Unsure())
WHY = choice("button.why", Why(), words=(said("asking.why"),))
BACK = choice("button.back", Back(), words=(said("asking.back"),))


@cache
def sentence(key: str) -> Said:
    return said(key)


@cache
def line(n: int, ref: str) -> Said:
    """Let an option stand whole and numbered."""
    return said("option.line", n=n, text=sentence(f"option.{ref}"))


@cache
def tick(n: int, ref: str, mark: Literal["on", "off"]) -> Choice:
    """Make a tick: it shows how it stands, and carries the state it wants."""
    part, option = ref.split(".", 1)
    event = Tick(part=part, option=option, to="off" if mark == "on" else "on")
    words = (sentence(f"option.{ref}"),)
    return choice(said(f"option.{ref}.short"), event, number=n, mark=mark, words=words)


@cache
def pick(n: int | None, ref: str) -> Choice:
    """Make one of several; ranges of a number have no number: a typed 3 means three days.

    What else people type for it may be listed in the words, or not.
    """
    part, option = ref.split(".", 1)
    words = (sentence(f"option.{ref}"), sentence(f"typed.option.{ref}"))
    return choice(
        said(f"option.{ref}.short"), Pick(part=part, option=option), number=n, words=words
    )


@cache
def yes_or_no(ref: str) -> Row:
    part, option = ref.split(".", 1)
    yes = Item(part=part, option=option, answer="yes")
    no = Item(part=part, option=option, answer="no")
    return choice("button.yes", yes), choice("button.no", no)


@cache
def grid(low: int, high: int) -> tuple[Row, ...]:
    every = range(low, high + 1)
    points = [choice(said("asking.point", n=n), Grid(number=n), number=n) for n in every]
    return rows(points, GRID_ROW)


def rows(buttons: Sequence[Choice], a_row: int = A_ROW) -> tuple[Row, ...]:
    return tuple(tuple(buttons[i : i + a_row]) for i in range(0, len(buttons), a_row))
