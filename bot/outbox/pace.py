"""When the next message may go, given past sends: pure arithmetic on integer microseconds.

One bucket for the bot (a generic cell rate: a moment that each send moves on), one for each chat,
and one that sees to it that reminders are not starved.  All may lie apart from this process: what
is kept of a bucket is one number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

MICROS = 1_000_000
BURST = 3  # 27/s and a burst of 3 are 29 in the worst second; Telegram's line is said to be 30
CHAT_INTERVAL_US = 1_250_000  # with a burst of 3: never more than ten in ten seconds
CHAT_BURST = 3
FLOOR = 20  # of so many messages one is a reminder, if one waits
SUSPICIOUS_US = 2 * MICROS


def micros(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def burst_of(rate_per_second: int) -> int:
    """Let more through at once where more is allowed: as much as a fiftieth of a second brings."""
    return max(BURST, rate_per_second // 50)


@dataclass
class Bucket:
    """Lets `burst` through at once and one every `interval_us` after that."""

    interval_us: int
    burst: int
    next_us: int = 0  # when the bucket would be full again

    def wait_us(self, now_us: int, spare: int = 0) -> int:
        """Tell how long one more has to wait; `spare` more could then follow at once."""
        return max(0, self.next_us - (self.burst - 1 - spare) * self.interval_us - now_us)

    def room(self, now_us: int) -> int:
        """Tell how many may go now."""
        debt_us = max(0, self.next_us - now_us)
        if not self.interval_us:
            return 0 if debt_us else self.burst
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
    burst: int = 0  # 0: as befits the rate
    chat_interval_us: int = CHAT_INTERVAL_US
    chat_burst: int = CHAT_BURST
    all: Bucket = field(init=False)
    floor: Bucket = field(init=False)
    chats: dict[int, Bucket] = field(default_factory=dict)
    no_edits: dict[int, int] = field(default_factory=dict)  # chat -> until when
    suspicious: dict[int, int] = field(default_factory=dict)  # unhurried chat -> when refused

    def __post_init__(self) -> None:
        interval_us = -(-MICROS // self.rate_per_second)
        self.all = Bucket(interval_us, self.burst or burst_of(self.rate_per_second))
        self.floor = Bucket(interval_us * FLOOR, 1)

    def chat(self, chat_id: int) -> Bucket:
        return self.chats.setdefault(chat_id, Bucket(self.chat_interval_us, self.chat_burst))

    def chat_wait_us(
        self, chat_id: int, now_us: int, *, edit: bool = False, tick: bool = False
    ) -> int:
        """Tell how long this chat has to wait; a tick leaves room for a bell behind it."""
        bucket = self.chats.get(chat_id)
        wait_us = bucket.wait_us(now_us, spare=1 if tick else 0) if bucket else 0
        return max(wait_us, self.no_edits.get(chat_id, 0) - now_us) if edit else wait_us

    def take(self, chat_id: int, now_us: int) -> None:
        self.all.take(now_us)
        self.chat(chat_id).take(now_us)
        if len(self.chats) > max(64, 2 * self.rate_per_second):
            self.forget(now_us)

    def left_late(self, leased_us: int, now_us: int) -> None:
        """Count anew what stood still between its lease and its request: it leaves with others."""
        if now_us - leased_us > self.all.interval_us:
            self.all.take(now_us)

    def forget(self, now_us: int) -> None:
        """Forget the chats that have had their rest."""
        self.chats = {c: b for c, b in self.chats.items() if b.next_us > now_us}
        self.no_edits = {c: until for c, until in self.no_edits.items() if until > now_us}

    def refused(self, chat_id: int, now_us: int, until_us: int, *, edit: bool) -> None:
        """Obey a `retry_after`, which does not say whether it is for this chat or for all.

        A chat that we have hurried knows why.  Two that we have not, refused at nearly the same
        time, mean all.  One that an edit met holds edits only, so no bell waits for it.
        """
        if not self._is_hurried(chat_id, now_us):
            self.suspicious[chat_id] = now_us
        recent = {c: at for c, at in self.suspicious.items() if now_us - at <= SUSPICIOUS_US}
        self.suspicious = recent
        if len(recent) > 1 and chat_id in recent:
            self.all.hold(until_us)
        elif edit:
            self.no_edits[chat_id] = max(until_us, self.no_edits.get(chat_id, 0))
        else:
            self.chat(chat_id).hold(until_us)

    def _is_hurried(self, chat_id: int, now_us: int) -> bool:
        """Tell whether more than one went to this chat lately: the refused one is one itself."""
        bucket = self.chats.get(chat_id)
        return bucket is not None and bucket.next_us - now_us > self.chat_interval_us
