"""Flood control, off unless asked for: so many sends in any second, fewer in one chat."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

from tests.botapi.refusal import Refused


@dataclass
class Flood:
    per_second: int = 30  # in any window of one second, over all chats
    per_chat: float = 1.0  # refill of each chat's bucket
    burst: int = 5  # size of that bucket
    recent: deque[float] = field(default_factory=deque)
    buckets: dict[int, tuple[float, float]] = field(default_factory=dict)
    refused: int = 0

    def pass_or_refuse(self, chat_id: int, now: float) -> None:
        while self.recent and self.recent[0] <= now - 1:
            self.recent.popleft()
        left, since = self.buckets.get(chat_id, (float(self.burst), now))
        left = min(self.burst, left + (now - since) * self.per_chat)
        wait = 0.0 if left >= 1 else (1 - left) / self.per_chat
        if len(self.recent) >= self.per_second:
            wait = max(wait, self.recent[0] + 1 - now)
        if wait > 0:
            self.refused += 1
            seconds = max(1, math.ceil(wait))
            raise Refused(f"Too Many Requests: retry after {seconds}", 429, retry_after=seconds)
        self.recent.append(now)
        self.buckets[chat_id] = (left - 1, now)
