"""What the shell is made of, seen from inside: the clock, and the ways a message goes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from bot.render.held import File
from bot.render.message import Page
from flows.base import Cue


class Clock(Protocol):
    def now(self) -> datetime:
        """Tell the time, in UTC."""
        ...


class WallClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True)
class Sounding:
    """A sound track to be heard; `lost` is what is said where it cannot be sent."""

    cues: tuple[Cue, ...]
    seconds: float
    title: str
    lost: Page


def _yes() -> bool:
    return True


@dataclass(frozen=True)
class Outgoing:
    """One message about to leave: where to, what, and which message it changes.

    `wanted` is asked once more as its request is begun: what was withdrawn is not sent.

    `replaces` is the id of the message that stands in the slot: edited where `change` is true,
    otherwise stripped of its buttons, or removed where it is a bell.
    """

    chat_id: int
    page: Page
    figure: str | None = None
    motion: bool = False  # of the figure
    sound: Sounding | None = None
    countdown: tuple[datetime, datetime] | None = None  # what is counted, for those who can draw it
    silent: bool = True
    pin: bool = False
    cheer: bool = False  # with a flourish, where there is one
    protect: bool = False  # can be neither saved nor passed on
    replaces: int | None = None
    change: bool = False
    wanted: Callable[[], bool] = field(default=_yes, compare=False)
    file: File | None = None
    lost: Page | None = None  # said where the file cannot be sent


class Carrier(Protocol):
    """A way out.  Each call raises one of the failures below, or has arrived."""

    async def send(self, message: Outgoing) -> int:
        """Send a new message and return its id."""
        ...

    async def change(self, message: Outgoing) -> None:
        """Edit the message `replaces`; done as well when nothing would change."""
        ...

    async def strip(self, chat_id: int, message_id: int) -> None:
        """Take the buttons off a message."""
        ...

    async def busy(self, chat_id: int) -> None:
        """Show that a file is being made."""
        ...

    async def remove(self, chat_id: int, message_ids: list[int]) -> None:
        """Delete messages; those already gone count as deleted."""
        ...


class NotSent(Exception):  # noqa: N818 - the names say what is known
    """Certainly not sent: may be tried again."""


class Limited(NotSent):
    """The other side asks for patience: `for_s` seconds, for this chat or for all."""

    def __init__(self, for_s: float) -> None:
        super().__init__(f"wait {for_s:g} s")
        self.for_s = for_s


class Withdrawn(Exception):  # noqa: N818
    """Not sent, because it is not wanted any more."""


class Unknown(Exception):  # noqa: N818
    """Nobody knows whether it arrived."""


class Refused(Exception):  # noqa: N818
    """Refused for good: nothing to try again."""


class Gone(Refused):
    """What was to be edited is not there any more."""


class BlockedByUser(Refused):
    """The user has blocked us, or the chat is no more."""
