"""What a row of the outbox holds: an effect, not a rendering, and what it takes to write it out."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal, Self

from flows.base import Draw, Frozen, Show
from flows.talk import Talk

VERSION = 1
AT_HAND = 256

# What was just sealed is opened next, mostly: letters by what they say, so none is taken for
# another.  Each is given out once; none outlives the erasure of anybody (`forget`).
at_hand: dict[bytes, Letter] = {}


def forget() -> None:
    at_hand.clear()


class Letter(Frozen):
    """One message to be.  Buttons get their talk and turn when it is written out."""

    version: int = VERSION
    do: Literal["show", "strip", "remove"] = "show"
    show: Show | None = None
    messages: tuple[int, ...] = ()  # to be stripped or removed
    talk: str = ""
    turn: int = 0
    language: str = "en"
    zone: str | None = None
    bars: bool = True  # False: nothing is drawn that changes, and nothing edited for a clock
    helper: bool = False
    protect: bool = False
    draw: Draw | None = None  # to be made of what is held, and sent in the place of the show

    @classmethod
    def of(cls, show: Show, talk: Talk) -> Self:
        return cls(
            show=show,
            talk=talk.talk,
            turn=talk.turn,
            language=talk.language,
            zone=talk.zone,
            bars=talk.settings.pictures and not talk.settings.screen_reader,
            helper=talk.settings.helper,
            protect=talk.settings.protect,
        )

    @classmethod
    def of_drawing(cls, draw: Draw, talk: Talk) -> Self:
        """Make a letter of what is meant to be kept and passed on, and so is never protected."""
        show = Show(slot=draw.slot, how="fresh", text=draw.caption)
        return cls.of(show, talk).model_copy(update={"draw": draw, "protect": False})

    def sealed(self) -> bytes:
        payload = self.model_dump_json().encode()
        at_hand[payload] = self
        if len(at_hand) > AT_HAND:
            with suppress(KeyError, RuntimeError, StopIteration):  # another thread was faster
                del at_hand[next(iter(at_hand))]
        return payload

    @classmethod
    def opened(cls, payload: bytes) -> Letter:
        return at_hand.pop(payload, None) or cls.model_validate_json(payload)

    def callback(self, tap: str) -> str:
        """Write a button's data: version, talk, turn, and the event's code; 64 bytes at most."""
        return f"{VERSION}|{self.talk}|{self.turn}|{tap}"
