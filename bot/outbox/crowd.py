"""How often a countdown is edited: the phone draws it itself, so edits are the first to yield.

Each session may have one edit every five seconds.  In a crowd all sessions share what bells and
replies leave of the rate, and of that again only a part while reminders wait; an edit that would
come too late is not asked for.  Pure arithmetic on moments in microseconds.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta

from bot.outbox.pace import MICROS

SOONEST_S = 5.0
LAST_BEFORE_END = timedelta(seconds=3)  # so that none is under way as the bell comes
SAMPLE_US = MICROS
SAMPLES = 11  # the rate is that of the last ten seconds
BESIDE_REMINDERS = 0.1
REMINDERS_WAIT_US = 3 * MICROS  # after one was seen
LEAST_SPARE = 0.02  # of the rate: with less, none


@dataclass
class Crowd:
    """What goes on: how much is spoken in all, who is in a session, whether reminders wait."""

    rate_per_second: int
    sessions: int = 0
    spoken: int = 0  # bells and replies that have gone, ever; of all replicas where there are more
    reminder_seen_us: int | None = None
    _samples: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=SAMPLES))

    def note(self, now_us: int) -> None:
        """Remember how much was spoken until now."""
        if not self._samples or now_us - self._samples[-1][0] >= SAMPLE_US:
            self._samples.append((now_us, self.spoken))

    def spare_per_second(self, now_us: int) -> float:
        """Say what bells and replies have left of the rate in the last seconds."""
        if not self._samples:
            return float(self.rate_per_second)
        since_us, spoken = self._samples[0]
        passed_s = max(now_us - since_us, SAMPLE_US) / MICROS
        return max(0.0, self.rate_per_second - (self.spoken - spoken) / passed_s)

    def edit_every(self, now_us: int) -> timedelta | None:
        """Say how long to wait between two edits of a countdown; none: for as long as this."""
        spare = self.spare_per_second(now_us)
        if self.reminder_seen_us is not None:
            waits = now_us - self.reminder_seen_us < REMINDERS_WAIT_US
            spare *= BESIDE_REMINDERS if waits else 1
        if spare < LEAST_SPARE * self.rate_per_second:
            return None
        return timedelta(seconds=max(SOONEST_S, self.sessions / spare))
