"""Who writes faster than anybody can: heard out no longer, told so once, and stopped at once still.

A chat has a bucket of its own that fills again with time.  What overflows it is counted as heard
and dropped, unless it may be pain or danger: that is always listened to.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from content.catalogue import Catalogue
from flows.base import Hurts, Scene
from flows.heard import Blocked, Command, Heard, Odd, Tapped, Typed, Unblocked
from flows.text import danger

BURST = 60  # faster than fingers: a whole list ticked, doubled, and impatience
EVERY = timedelta(milliseconds=200)  # one more at that pace, for as long as it lasts
STOPS = "1"  # with a screen reader, the number of the way out of pain
REMEMBERED = 10_000  # chats; of older ones nothing is left to remember

Flow = Literal["calm", "rising", "flooding"]


class Floods:
    """How much each chat has written of late; in memory, and no more than that."""

    def __init__(self) -> None:
        self.full_until: dict[int, datetime] = {}  # when its bucket will be empty again
        self.told: set[int] = set()

    def look(self, chat_id: int, at: datetime) -> Flow:
        """Count one more thing heard in a chat; `rising` only once in a flood."""
        until = max(self.full_until.pop(chat_id, at), at)
        if until == at:
            self.told.discard(chat_id)
        if until - at > EVERY * BURST:
            self.full_until[chat_id] = until
            if chat_id in self.told:
                return "flooding"
            self.told.add(chat_id)
            return "rising"
        self.full_until[chat_id] = until + EVERY
        self._forget(at)
        return "calm"

    def _forget(self, at: datetime) -> None:
        """Drop the chats heard longest ago, which stand first: the empty ones, and all too many."""
        while True:
            oldest, until = next(iter(self.full_until.items()))
            if until > at and len(self.full_until) <= REMEMBERED:
                return
            del self.full_until[oldest]
            self.told.discard(oldest)


def is_urgent(heard: Heard, at: datetime, content: Catalogue) -> bool:
    """Tell whether it must be heard whoever sends it and however fast."""
    match heard:
        case Blocked() | Unblocked():
            return True
        case Command(name=name, argument=argument):
            words = Typed(text=f"{name} {argument}")
            return name in {"stop", "pain"} or is_urgent(words, at, content)
        case Odd(text=text) if text:
            return is_urgent(Typed(text=text), at, content)
        case Tapped(tap=tap):
            return tap == Hurts().code()
        case Typed(text=text):
            scene = Scene(at=at, content=content, facts={})
            return text.strip() == STOPS or danger.heard(text, scene, live=True).action != "NONE"
        case _:
            return False
