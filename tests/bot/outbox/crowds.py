"""A crowd and a way out with its own time: what is asked for when, and when it went."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from bot.outbox.pace import MICROS, Pace
from bot.outbox.taking import Taking
from bot.store.unit import Unit
from bot.store.waiting import How, Rank
from tests.bot.store.moments import DAY, NOW

API_S = 0.05  # until an answer comes


@dataclass
class Went:
    """One message: how long it waited, and when it left."""

    rank: Rank
    chat_id: int
    at_s: float
    waited_s: float


@dataclass
class Crowds:
    """Plays wishes and sends in the order of their moments."""

    unit: Unit
    pace: Pace
    went: list[Went] = field(default_factory=list)
    in_flight: dict[int, dict[int, Rank]] = field(default_factory=dict)  # by chat and row
    beside: int = 0  # went beside what it should have waited for
    _events: list[tuple[float, int, Callable[[float], None]]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)
    _asked_at: dict[int, float] = field(default_factory=dict)  # by row

    def __post_init__(self) -> None:
        self.taking = Taking("telegram", self.pace)

    def at(self, at_s: float, do: Callable[[float], None]) -> None:
        heapq.heappush(self._events, (at_s, next(self._numbers), do))

    def ask(
        self, at_s: float, chat_id: int, rank: Rank, slot: str = "screen", how: How = "fresh"
    ) -> None:
        def put(now_s: float) -> None:
            now = NOW + timedelta(seconds=now_s)
            user = self.unit.user_of("telegram", chat_id, day=DAY)
            row = self.unit.put(user, rank, slot, how, now, b"")
            self._asked_at[row] = now_s

        self.at(at_s, put)

    def play(self, until_s: float) -> None:
        """Let time pass; whenever something has happened, look what may go."""
        look_at_s = 0.0
        while self._events or look_at_s < until_s:
            next_s = self._events[0][0] if self._events else until_s
            now_s = min(next_s, look_at_s)
            if now_s >= until_s:
                return
            while self._events and self._events[0][0] <= now_s:
                _, _, do = heapq.heappop(self._events)
                do(now_s)
            look_at_s = self._look(now_s)

    def _look(self, now_s: float) -> float:
        now = NOW + timedelta(seconds=now_s)
        taken = self.taking.take(self.unit, now, 99)
        for row, _ in taken.rows:
            chat_id = row.chat_id
            self.went.append(Went(row.rank, chat_id, now_s, now_s - self._asked_at[row.id]))
            flying = self.in_flight.setdefault(chat_id, {})
            if row.rank == "bell":
                self.beside += any(rank in ("stop", "bell", "reply") for rank in flying.values())
            elif row.rank != "stop":
                self.beside += len(flying)
            flying[row.id] = row.rank
            self.at(now_s + API_S, self._arrival(row.id, chat_id))
        if taken.again_at is None:
            return float("inf")
        wait_s = (taken.again_at - now) / timedelta(seconds=1)
        return now_s + max(wait_s, 1 / MICROS)

    def _arrival(self, row_id: int, chat_id: int) -> Callable[[float], None]:
        def arrive(now_s: float) -> None:
            del self.in_flight[chat_id][row_id]
            self.unit.sent(row_id, None, NOW + timedelta(seconds=now_s))

        return arrive

    def waits_s(self, rank: Rank) -> list[float]:
        return sorted(each.waited_s for each in self.went if each.rank == rank)
