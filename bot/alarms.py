"""Due rows become events: one loop that looks a moment ahead, and rings each to the point.

Commits that arm a nearer alarm wake it.  Each alarm acts once, whoever looks or is killed: the
transaction that hears it deletes its row first.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.ports import Clock
from bot.service import ring
from bot.store.alarms import HOLDS, DueAlarm
from bot.store.faults import StoreFault
from bot.store.store import Store
from bot.store.unit import Unit
from bot.tally import Tally
from bot.traces import kind, where
from content.catalogue import Catalogue

LEASE = timedelta(seconds=8)
AHEAD = timedelta(milliseconds=250)  # what is due soon is leased already, and waited for
AT_ONCE = 200  # holds that end, or are about to
OTHERS_AT_ONCE = 40  # reminders and all else that can wait for a moment
CROWDED_S = 0.05  # between two looks while there is more than can be rung at once
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
        self.holds: set[asyncio.Task[None]] = set()
        self.others: set[asyncio.Task[None]] = set()

    def wake(self, due_at: datetime) -> None:
        """Look again, unless what was armed is later than what it sleeps for."""
        if self.sleeps_until is None or due_at - AHEAD < self.sleeps_until:
            self.woken.set()

    async def run(self) -> None:
        """Ring what is due, for good; ends when cancelled."""
        try:
            while True:
                self.tally.turned("alarms")
                self.woken.clear()
                self.sleeps_until = None
                try:
                    await self._round()
                except StoreFault as fault:  # a full disk, say: it may have room again later
                    log.error("store_failed", why=str(fault))
                    await asyncio.sleep(FAULT_S)
        finally:
            for task in self.at_work:
                task.cancel()
            await asyncio.gather(*self.at_work, return_exceptions=True)

    @property
    def at_work(self) -> set[asyncio.Task[None]]:
        return self.holds | self.others

    async def _round(self) -> None:
        holds, others = AT_ONCE - len(self.holds), OTHERS_AT_ONCE - len(self.others)
        due, nearest = await self.store.run_soon(self._look, holds, others)
        for alarm in due:
            line = self.holds if alarm.name == HOLDS else self.others
            task = asyncio.create_task(self._ring(alarm))
            line.add(task)
            task.add_done_callback(line.discard)
        if len(self.holds) < AT_ONCE and len(self.others) < OTHERS_AT_ONCE:
            await self._sleep(nearest)
        else:  # there may be more, as soon as there is room for it
            await asyncio.wait(self.at_work, timeout=CROWDED_S)

    def _look(self, unit: Unit, holds: int, others: int) -> tuple[list[DueAlarm], datetime | None]:
        until = self.clock.now() + AHEAD
        due = unit.due_alarms(self.front_end, until, LEASE, holds, which="holds")
        due += unit.due_alarms(self.front_end, until, LEASE, others, which="others")
        return due, unit.next_due(self.front_end)

    async def _ring(self, alarm: DueAlarm) -> None:
        await asyncio.sleep((alarm.due_at - self.clock.now()).total_seconds())
        now = max(self.clock.now(), alarm.due_at)
        user, name, due_at = alarm
        run = self.store.run_soon if name == HOLDS else self.store.run
        try:
            if await run(ring, user, name, due_at, now, self.content):
                self.tally.rang((self.clock.now() - due_at).total_seconds())
        except Exception as fault:  # noqa: BLE001 - one row must not end the loop
            # One user's broken row must not silence everybody's; the lease brings it back.
            log.error("alarm_failed", alarm=name, error=kind(fault), where=where(fault))

    async def _sleep(self, nearest: datetime | None) -> None:
        wait_s = self.store.sweep_s  # a net under the wake-ups, and under changes of the wall clock
        if nearest is not None:
            self.sleeps_until = nearest - AHEAD
            ahead_s = (self.sleeps_until - self.clock.now()).total_seconds()
            wait_s = min(wait_s, max(0.0, ahead_s))
        try:
            async with asyncio.timeout(wait_s):
                await self.woken.wait()
        except TimeoutError:
            return
