"""When the next message may go, given past sends: pure arithmetic on integer microseconds.

One bucket for the bot (a generic cell rate: a moment that each send moves on), one for each chat.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

MICROS = 1_000_000


def micros(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


@dataclass
class Bucket:
    """Lets `burst` through at once and one every `interval_us` after that."""

    interval_us: int
    burst: int
    next_us: int = 0  # when the bucket would be full again

    def wait_us(self, now_us: int) -> int:
        """Tell how long one more has to wait."""
        return max(0, self.next_us - (self.burst - 1) * self.interval_us - now_us)

    def room(self, now_us: int) -> int:
        """Tell how many may go now."""
        debt_us = max(0, self.next_us - now_us)
        return max(0, self.burst - -(-debt_us // self.interval_us))

    def take(self, now_us: int) -> None:
        """Count one more, waiting or not: what overtakes goes into debt."""
        self.next_us = max(self.next_us, now_us) + self.interval_us

    def hold(self, until_us: int) -> None:
        """Let nothing through until then."""
        self.next_us = max(self.next_us, until_us + (self.burst - 1) * self.interval_us)


@dataclass
class Pace:
    """The bot's bucket and one a chat; chats that are full again are forgotten."""

    rate_per_second: int
    burst: int = 4
    chat_interval_us: int = MICROS
    chat_burst: int = 4
    all: Bucket = field(init=False)
    chats: dict[int, Bucket] = field(default_factory=dict)
    no_edits: dict[int, int] = field(default_factory=dict)  # chat -> until when

    def __post_init__(self) -> None:
        self.all = Bucket(MICROS // self.rate_per_second, self.burst)

    def wait_us(self, now_us: int) -> int:
        """Tell how long the bot has to wait before anything may go."""
        return self.all.wait_us(now_us)

    def chat_wait_us(self, chat_id: int, now_us: int, *, edit: bool = False) -> int:
        bucket = self.chats.get(chat_id)
        wait_us = bucket.wait_us(now_us) if bucket else 0
        return max(wait_us, self.no_edits.get(chat_id, 0) - now_us) if edit else wait_us

    def take(self, chat_id: int, now_us: int) -> None:
        self.all.take(now_us)
        bucket = self.chats.setdefault(chat_id, Bucket(self.chat_interval_us, self.chat_burst))
        bucket.take(now_us)
        if len(self.chats) > 2 * self.rate_per_second:
            self.chats = {c: b for c, b in self.chats.items() if b.next_us > now_us}
            self.no_edits = {c: until for c, until in self.no_edits.items() if until > now_us}

    def hold(self, chat_id: int, until_us: int, *, edits_only: bool = False) -> None:
        """Obey a `retry_after` for one chat; one that an edit met keeps no bell waiting."""
        if edits_only:
            self.no_edits[chat_id] = until_us
            return
        bucket = self.chats.setdefault(chat_id, Bucket(self.chat_interval_us, self.chat_burst))
        bucket.hold(until_us)
