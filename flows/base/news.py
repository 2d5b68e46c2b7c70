"""News: what a flow tells the talk; the shell never sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from flows.base.effects import Effect
from flows.base.frozen import Frozen, Value
from flows.base.kept import Brief, Known, Left, Verdict
from flows.base.own import Done


class Learned(Frozen):
    """Facts told on the way, by id."""

    facts: dict[str, Known]


class Asked(Frozen):
    """A screen that was answered: options as `part.option`, those on it and those taken.

    `unsure` names an option, or a part as a whole; `numbers` are facts.
    """

    screen: str
    offered: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    numbers: dict[str, Value] = Field(default_factory=dict)


class Typed(Frozen):
    """What a story told was confirmed; none: it was not so."""

    facts: dict[str, Value]


class Judged(Frozen):
    """A triage has ended in an advice.  `full` and `short` say which checks are fresh now.

    `path` are the screens it was judged by, for the receipt.
    """

    verdict: Verdict
    full: bool
    short: bool
    path: tuple[Asked, ...] = ()
    asked: tuple[str, ...] = ()  # screens asked besides its own, for whoever wanted them asked
    check: Any = None  # the check itself, as it stood at its end


class LeftOut(Frozen):
    blocks: tuple[Left, ...]


class Ended(Frozen):
    """A session is over."""

    brief: Brief


class Moved(Frozen):
    """What was done of each move in a run that is over, and how it was felt."""

    done: tuple[Done, ...]


class Marked(Frozen):
    """A pain mark: before, after or later."""

    when: Literal["before", "after", "later"]
    pain: int


class HandOver(Frozen):
    """The floor goes to another flow, which begins with `why` and `args`."""

    to: Literal[
        "welcome", "triage", "offer", "session", "stop", "after", "idle",
        "settings", "delete", "reminders", "story", "report", "ladder", "routine", "aims",
        "back",
    ]  # fmt: skip
    why: str = ""
    args: dict[str, Any] = Field(default_factory=dict)


class Set(Frozen):
    """A setting, a place, a wish: fields of the talk to be replaced."""

    fields: dict[str, Any]


News = Typed | Learned | Judged | LeftOut | Ended | Moved | Marked | HandOver | Set


@dataclass(frozen=True)
class Move:
    """What a flow answers: its next state (None: it gives up the floor), effects, and news.

    `moved` is False when the event did not fit: nothing changed and nothing is asked for.
    `free` marks a move that takes no turn (a tick in a list).
    """

    state: Any
    effects: tuple[Effect, ...] = ()
    news: tuple[News, ...] = ()
    moved: bool = True
    free: bool = False
