"""Takes rows of the outbox at the pace, and sets each on its way.

A row is leased and committed before its send begins, so what was withdrawn before is never begun;
what is withdrawn later is told here at once.  A send that takes long keeps its lease.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.outbox.delivery import Delivery
from bot.outbox.pace import MICROS, Pace, micros
from bot.outbox.taking import LEASE, Standing, Taken, Taking
from bot.ports import Carrier, Clock
from bot.store.carrier import Ride
from bot.store.faults import StoreFault
from bot.store.store import Store
from bot.store.unit import Unit
from bot.store.waiting import Waiting
from bot.tally import Tally
from content.catalogue import Catalogue

AT_ONCE = 200  # in flight; a server that hangs must not keep all others waiting
RENEW_AFTER = timedelta(seconds=3)
FAULT_S = 1.0

log = structlog.get_logger()


class Sender:
    def __init__(
        self, store: Store, front_end: str, carrier: Carrier, clock: Clock, content: Catalogue,
        *, pace: Pace, ticks: bool = True, bot_id: int = 0,
    ) -> None:  # fmt: skip
        self.store, self.front_end, self.clock = store, front_end, clock
        self.taking = Taking(front_end, pace, bot_id=bot_id, shared=store.shared)
        self.delivery = Delivery(store, carrier, clock, content, self.taking, ticks=ticks)
        self.woken = asyncio.Event()
        self.at_work: dict[int, asyncio.Task[None]] = {}  # by row
        self.renewed: dict[int, datetime] = {}  # what is leased, also before it is at work
        self.again_at: datetime | None = None
        self.is_asked = False  # to look by itself: somebody has woken it
        self.ride: Ride | None = None  # a look that goes along with whatever posts something

    @property
    def tally(self) -> Tally:
        return self.delivery.tally

    @tally.setter
    def tally(self, tally: Tally) -> None:
        self.delivery.tally = tally

    async def drained(self, within_s: float = 2.0) -> None:
        """Wait a little until nothing is left to be sent now."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                while await self.store.run(self._may_send) or self.at_work:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)

    def _may_send(self, unit: Unit) -> bool:
        now = self.clock.now()
        at = unit.waits_until(self.front_end, now)
        return at is not None and at <= now

    def wake(self) -> None:
        self.is_asked = True
        self.woken.set()

    def withdraw(self, rows: Collection[int]) -> None:
        """Let none of these begin; called in whatever thread has withdrawn them."""
        self.delivery.withdrawn.update(row for row in rows if row in self.renewed)

    async def run(self) -> None:
        """Send what may go, for good; ends when cancelled, after letting sends under way finish."""
        try:
            while True:
                self.tally.turned("sender")
                try:
                    await self._round()
                    await self._sleep()
                except StoreFault as fault:  # a full disk, say: it may have room again later
                    log.error("store_failed", why=str(fault))
                    for row in self.renewed.keys() - self.at_work.keys():
                        self.renewed.pop(row, None)
                    await asyncio.sleep(FAULT_S)
        finally:
            if self.ride is not None:
                self.ride.alight()
            if self.at_work:
                await asyncio.wait(self.at_work.values(), timeout=LEASE.total_seconds())

    async def _round(self) -> None:
        """Lease as many rows as the pace lets through now, and set them off."""
        taken, old = await self._looked()
        self.renewed.update((row, at) for row, at in old.items() if row in self.at_work)
        for row, standing in taken.rows:
            self.taking.pace.leased[row.id] = standing.leased_us
            task = asyncio.create_task(self._deliver(row, standing))
            self.at_work[row.id] = task
        self.again_at = taken.again_at

    async def _looked(self) -> tuple[Taken, dict[int, datetime]]:
        """Look, or see what a look has found that has gone along with others."""
        self.woken.clear()
        ride, self.ride = self.ride, None
        if ride is not None and not ride.alight():
            found: tuple[Taken, dict[int, datetime]] = await ride.answer
            return found
        self.is_asked = False
        return await self.store.run_next(self._take)

    def _take(self, unit: Unit) -> tuple[Taken, dict[int, datetime]]:
        """Renew old leases, and take new ones; which are renewed, and when."""
        now = self.clock.now()
        old = [row for row, at in list(self.renewed.items()) if now - at >= RENEW_AFTER]
        if old:
            unit.renew(old, now + LEASE)
        taken = self.taking.take(unit, now, AT_ONCE - len(self.at_work))
        self.renewed.update((row.id, now) for row, _ in taken.rows)
        return taken, dict.fromkeys(old, now)

    async def _sleep(self) -> None:
        """Wait until there may be something to do; what the pace asks for is waited out."""
        now = self.clock.now()
        wait_s = self.store.sweep_s
        if self.renewed:
            wait_s = min(wait_s, RENEW_AFTER.total_seconds())
        pace_s = self.taking.pace.wait_us(micros(now)) / MICROS
        if pace_s:
            await asyncio.sleep(min(wait_s, pace_s))
            return
        if self.again_at is not None and len(self.at_work) < AT_ONCE:
            wait_s = min(wait_s, max(0.0, (self.again_at - now).total_seconds()))
        if self.is_asked:
            return
        if len(self.at_work) < AT_ONCE:
            self._ride()
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await self.woken.wait()

    def _ride(self) -> None:
        self.ride = self.store.ride(self._take)
        if self.ride is not None:
            self.ride.answer.add_done_callback(lambda _: self.woken.set())

    async def _deliver(self, row: Waiting, standing: Standing) -> None:
        try:
            await self.delivery.attempt(row, standing)
        except StoreFault as fault:  # it cannot be noted; the lease runs out, and the row is tried
            log.error("store_failed", why=str(fault))
        finally:
            self._forget(row.id)

    def _forget(self, row: int) -> None:
        was_full = len(self.at_work) >= AT_ONCE
        self.at_work.pop(row, None)
        self.taking.pace.leased.pop(row, None)
        self.renewed.pop(row, None)
        self.delivery.withdrawn.discard(row)
        if was_full:
            self.wake()
