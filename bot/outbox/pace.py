"""When the next message may go, given past sends: pure arithmetic on integer microseconds.

One bucket for the bot (a generic cell rate: a moment that each send moves on), one for each chat,
and one that sees to it that reminders are not starved.  Beside the bot's bucket a window counts
what has left of late, for what is held up on its way arrives with what follows.  All may lie apart
from this process: what is kept of a bucket is one number, of the window one for each message.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

MICROS = 1_000_000
BURST = 3
CHAT_INTERVAL_US = 1_250_000  # with a burst of 3: never more than ten in ten seconds
CHAT_BURST = 3
HELD_UP = 3  # of so many that may leave at once, one may be taken for held up
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
class Window:
    """Lets no more than `most` through in any `span_us`."""

    most: int
    span_us: int
    moments: list[int] = field(default_factory=list)  # when each of the last ones left

    @classmethod
    def of_rate(cls, rate_per_second: int) -> Window:
        """Let a little more through than a second brings, in so much more than a second.

        With 27 a second these are 30 in 1.11 s: not one message less, and if some are held up for
        as long as the window exceeds a second, no second sees more than 30 arrive.
        """
        most = rate_per_second + max(BURST, rate_per_second // 9)
        return cls(most, most * MICROS // rate_per_second)

    @property
    def slack_us(self) -> int:
        """Say how long one may be held up between its lease and its leaving; as long again on."""
        return (self.span_us - MICROS) // 2

    def wait_us(self, now_us: int, beside: int = 0) -> int:
        """Tell how long one more has to wait; `beside` more are about to leave."""
        place = len(self.moments) - (self.most - beside)
        return max(0, self.moments[place] + self.span_us - now_us) if place >= 0 else 0

    def room(self, now_us: int, beside: int = 0) -> int:
        """Tell how many may go now."""
        gone = bisect_right(self.moments, now_us - self.span_us)
        return max(0, self.most - beside - (len(self.moments) - gone))

    def take(self, now_us: int) -> None:
        insort(self.moments, now_us)
        del self.moments[: bisect_right(self.moments, now_us - self.span_us)]

    def move(self, from_us: int, to_us: int) -> None:
        """Count one when it left, and not when it was meant to."""
        if from_us in self.moments:
            self.moments.remove(from_us)
        self.take(to_us)


@dataclass
class Pace:
    """The bot's bucket and one a chat; chats that are full again are forgotten."""

    rate_per_second: int
    burst: int = 0  # 0: as befits the rate
    chat_interval_us: int = CHAT_INTERVAL_US
    chat_burst: int = CHAT_BURST
    all: Bucket = field(init=False)
    window: Window = field(init=False)
    floor: Bucket = field(init=False)
    leased: dict[int, int] = field(default_factory=dict)  # row -> when; it has not left yet
    late: deque[tuple[int, int]] = field(default_factory=deque)  # leased when, left when
    chats: dict[int, Bucket] = field(default_factory=dict)
    no_edits: dict[int, int] = field(default_factory=dict)  # chat -> until when
    suspicious: dict[int, int] = field(default_factory=dict)  # unhurried chat -> when refused

    def __post_init__(self) -> None:
        interval_us = -(-MICROS // self.rate_per_second)
        self.all = Bucket(interval_us, self.burst or burst_of(self.rate_per_second))
        self.window = Window.of_rate(self.rate_per_second)
        self.floor = Bucket(interval_us * FLOOR, 1)

    def wait_us(self, now_us: int) -> int:
        """Tell how long all have to wait."""
        held_up = self._held_up(now_us)
        return max(self.all.wait_us(now_us), self.window.wait_us(now_us, held_up))

    def room(self, now_us: int) -> int:
        """Tell how many may go now, to whomever."""
        return min(self.all.room(now_us), self.window.room(now_us, self._held_up(now_us)))

    def _held_up(self, now_us: int) -> int:
        """Count what the window has forgotten and has not left yet: it may leave at any moment.

        Only some of it: behind a file that is being uploaded many may stand, and for long.
        """
        since_us = now_us - self.window.span_us
        held_up = sum(leased_us <= since_us for leased_us in list(self.leased.values()))
        return min(held_up, self.window.most // HELD_UP)

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
        self.window.take(now_us)
        self.chat(chat_id).take(now_us)
        if len(self.chats) > max(64, 2 * self.rate_per_second):
            self.forget(now_us)

    def leaves(self, row: int, leased_us: int, now_us: int) -> None:
        """Hear of a request that begins: late ones count anew, and all but the first of a row.

        Some messages take two requests: an edit of what is gone, a picture that is refused.
        """
        if row not in self.leased:
            self.late.append((0, now_us))
        elif now_us - leased_us > self.window.slack_us:
            self.late.append((leased_us, now_us))
        self.leased.pop(row, None)

    def settle(self) -> None:
        """Count where it belongs what has left late."""
        while self.late:
            self.window.move(*self.late.popleft())

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
