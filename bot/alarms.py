"""Due rows become events: one loop that sleeps until the nearest, and hears them on time.

Commits that arm a nearer alarm wake it.  Each alarm acts once, whoever looks or is killed: the
transaction that hears it deletes its row first.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.ports import Clock
from bot.service import ring
from bot.store.alarms import DueAlarm
from bot.store.faults import StoreFault
from bot.store.store import Store
from bot.store.unit import Unit
from bot.tally import Tally
from bot.traces import kind, where
from content.catalogue import Catalogue

LEASE = timedelta(seconds=8)
BATCH = 100
FAULT_S = 1.0

log = structlog.get_logger()


class AlarmLoop:
    def __init__(
        self, store: Store, front_end: str, clock: Clock, content: Catalogue, tally: Tally
    ) -> None:
        self.store, self.front_end, self.clock, self.content = store, front_end, clock, content
        self.tally = tally
        self.woken = asyncio.Event()
        self.sleeps_until: datetime | None = None  # none: awake, or it does not know yet

    def wake(self, due_at: datetime) -> None:
        """Look again, unless what was armed is later than what it sleeps for."""
        if self.sleeps_until is None or due_at < self.sleeps_until:
            self.woken.set()

    async def run(self) -> None:
        """Ring what is due, for good; ends when cancelled."""
        while True:
            self.tally.turned("alarms")
            self.woken.clear()
            self.sleeps_until = None
            try:
                due = await self.store.run(self._due)
                for alarm in due:
                    await self._ring(alarm)
                if len(due) < BATCH:
                    await self._sleep()
            except StoreFault as fault:  # a full disk, say: it may have room again later
                log.error("store_failed", why=str(fault))
                await asyncio.sleep(FAULT_S)

    def _due(self, unit: Unit) -> list[DueAlarm]:
        return unit.due_alarms(self.front_end, self.clock.now(), LEASE, BATCH)

    async def _ring(self, alarm: DueAlarm) -> None:
        now = self.clock.now()
        try:
            if await self.store.run(ring, alarm.user, alarm.name, alarm.due_at, now, self.content):
                self.tally.rang((now - alarm.due_at).total_seconds())
        except Exception as fault:  # noqa: BLE001 - one row must not end the loop
            # One user's broken row must not silence everybody's; the lease brings it back.
            log.error("alarm_failed", alarm=alarm.name, error=kind(fault), where=where(fault))

    async def _sleep(self) -> None:
        nearest = await self.store.run(lambda unit: unit.next_due(self.front_end))
        wait_s = self.store.sweep_s  # a net under the wake-ups, and under changes of the wall clock
        if nearest is not None:
            self.sleeps_until = nearest
            wait_s = min(wait_s, max(0.0, (nearest - self.clock.now()).total_seconds()))
        try:
            async with asyncio.timeout(wait_s):
                await self.woken.wait()
        except TimeoutError:
            return
