"""What the conversation can hear: facts from the chat, from an alarm, or about the chat itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from flows.base import Clinic, Frozen
from flows.receipt.vocabulary import Receipt


class Command(Frozen):
    """A word with a slash; unknown ones too."""

    heard: Literal["command"] = "command"
    name: str
    argument: str = ""
    clinic: Clinic | None = None  # whose invitation came with it


class Typed(Frozen):
    heard: Literal["typed"] = "typed"
    text: str


class Tapped(Frozen):
    """A button: of which talk and turn it was, and the code of its event."""

    heard: Literal["tapped"] = "tapped"
    talk: str
    turn: int
    tap: str


class Odd(Frozen):
    """Something that is neither text nor one of our buttons; `text` is what was edited to."""

    heard: Literal["odd"] = "odd"
    kind: Literal["sticker", "voice", "picture", "location", "contact", "edited", "file", "button"]
    text: str = ""


class Rang(Frozen):
    """An alarm that was set has come due; `then` is the code it was set with."""

    heard: Literal["rang"] = "rang"
    alarm: str
    then: str


class Blocked(Frozen):
    """The user has blocked us: nothing can be sent."""

    heard: Literal["blocked"] = "blocked"


class Unblocked(Frozen):
    heard: Literal["unblocked"] = "unblocked"


class Failed(Frozen):
    """What was heard last could not be answered: our fault; the place is kept."""

    heard: Literal["failed"] = "failed"


class Flooded(Frozen):
    """So much came at once that what was no danger was not read."""

    heard: Literal["flooded"] = "flooded"


class Fading(Frozen):
    """So long a silence that all is erased in `days` unless the user speaks."""

    heard: Literal["fading"] = "fading"
    days: int


class Recalled(Frozen):
    """What was asked for by `Recall`: the receipt of a code ("": the last), if there is one."""

    heard: Literal["recalled"] = "recalled"
    code: str
    receipt: Receipt | None


Heard = Annotated[
    Command
    | Typed
    | Tapped
    | Odd
    | Rang
    | Blocked
    | Unblocked
    | Failed
    | Flooded
    | Fading
    | Recalled,
    Field(discriminator="heard"),
]
