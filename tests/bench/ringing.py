"""The store as the alarm loop sees it, with a stopwatch for what the end of a hold writes."""

from __future__ import annotations

from typing import Any

from bot.ports import Clock
from bot.service import ring
from bot.store.store import Store

HOLDS = "session"


class Ringing:
    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self.late_s: list[float] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the store has
        return getattr(self._store, name)

    async def run_soon(self, work: Any, *args: Any) -> Any:  # noqa: ANN401 - as the store's own
        done = await self._store.run_soon(work, *args)
        if work is ring and done and args[1] == HOLDS:  # user, name, due_at
            self.late_s.append((self._clock.now() - args[2]).total_seconds())
        return done
