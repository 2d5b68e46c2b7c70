"""Takes rows of the outbox, sends them at a pace, and records what became of each.

A row is leased and committed before its send begins, so what was withdrawn before is never begun.
Telegram knows no idempotency key: when nobody knows whether a new message arrived, its class
decides (`RETRIES_WHEN_UNKNOWN`); edits and deletions are simply repeated.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.outbox.letter import Letter
from bot.outbox.pace import MICROS, Pace, micros
from bot.outbox.writing import written
from bot.ports import (
    BlockedByUser,
    Carrier,
    Clock,
    Gone,
    Limited,
    NotSent,
    Refused,
    Unknown,
)
from bot.service import hear_user
from bot.store.faults import StoreFault
from bot.store.outbox import Waiting
from bot.store.store import Store
from bot.store.unit import Unit
from bot.tally import Tally
from bot.traces import kind, where
from content.catalogue import Catalogue
from content.schema import Words
from flows.base import Show
from flows.heard import Blocked

LEASE = timedelta(seconds=8)
AT_ONCE = 16
AT_ONCE_REMOVED = 100  # messages; Telegram takes no more in one request
FAULT_S = 1.0
TICK = timedelta(seconds=5)
SWEEP_BELLS = timedelta(seconds=20)  # older bells are removed in batches
MESSAGES_KEPT = timedelta(hours=48)  # Telegram lets bots delete no older ones
NOT_SENT_WAIT = timedelta(seconds=2)
ALWAYS = 1_000_000

RETRIES_WHEN_UNKNOWN: Mapping[str, int] = {
    "stop": ALWAYS, "bell": ALWAYS, "reply": 1, "reminder": 0, "tick": 0,
}  # fmt: skip

log = structlog.get_logger()


@dataclass(frozen=True)
class Standing:
    """What stood in a row's slot when it was leased."""

    message: int | None
    past: tuple[int, ...]


class Sender:
    def __init__(
        self, store: Store, front_end: str, carrier: Carrier, clock: Clock, content: Catalogue,
        *, pace: Pace, ticks: bool = True, bot_id: int = 0,
    ) -> None:  # fmt: skip
        self.store, self.front_end, self.carrier = store, front_end, carrier
        self.clock, self.content, self.pace, self.ticks = clock, content, pace, ticks
        self.bot_id = bot_id  # whose bucket it is
        self.tally = Tally()  # whoever counts puts in their own
        self.words: Mapping[str, Words] = content.words
        self.woken = asyncio.Event()
        self.at_work: set[asyncio.Task[None]] = set()

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
        self.woken.set()

    async def run(self) -> None:
        """Send what may go, for good; ends when cancelled, after letting sends under way finish."""
        try:
            while True:
                self.tally.turned("sender")
                self.woken.clear()
                try:
                    if not await self._round():
                        await self._sleep()
                except StoreFault as fault:  # a full disk, say: it may have room again later
                    log.error("store_failed", why=str(fault))
                    await asyncio.sleep(FAULT_S)
        finally:
            if self.at_work:
                await asyncio.wait(self.at_work, timeout=LEASE.total_seconds())

    async def _round(self) -> bool:
        """Lease as many rows as the pace lets through now, and set them off."""
        wait_us = self.pace.wait_us(micros(self.clock.now()))
        if wait_us:
            await asyncio.sleep(wait_us / MICROS)
        free = AT_ONCE - len(self.at_work)
        if free <= 0:
            await asyncio.wait(self.at_work, return_when=asyncio.FIRST_COMPLETED)
            return True
        rows = await self.store.run(self._lease, free)
        for row, standing in rows:
            task = asyncio.create_task(self._deliver(row, standing))
            self.at_work.add(task)
            task.add_done_callback(self.at_work.discard)
        return bool(rows)

    def _lease(self, unit: Unit, limit: int) -> list[tuple[Waiting, Standing]]:
        if not self.store.shared:
            return self._lease_alone(unit, limit)
        self.pace.all.next_us = unit.bucket(self.bot_id)
        ready = self._lease_alone(unit, limit)
        unit.keep_bucket(self.bot_id, self.pace.all.next_us)
        return ready

    def _lease_alone(self, unit: Unit, limit: int) -> list[tuple[Waiting, Standing]]:
        now = self.clock.now()
        ready: list[tuple[Waiting, Standing]] = []
        limit = min(limit, self.pace.all.room(micros(now)))
        if not limit:
            return ready
        for row in unit.leased(self.front_end, now, LEASE, limit):
            wait_us = self.pace.chat_wait_us(row.chat_id, micros(now), edit=row.how == "change")
            if wait_us and row.rank != "stop":
                unit.put_back(row.id, now + timedelta(microseconds=wait_us), row.tries)
                continue
            self.pace.take(row.chat_id, micros(now))
            ready.append((row, self._standing(unit, row, now)))
        return ready

    def _standing(self, unit: Unit, row: Waiting, now: datetime) -> Standing:
        if row.user is None:
            return Standing(None, ())
        slot = "bell" if row.slot == "old_bells" else row.slot
        past = unit.past_messages(row.user, slot, now - MESSAGES_KEPT)
        return Standing(unit.message_of(row.user, slot), tuple(past))

    async def _sleep(self) -> None:
        at = await self.store.run(lambda unit: unit.waits_until(self.front_end, self.clock.now()))
        wait_s = self.store.sweep_s
        if at is not None:
            wait_s = min(wait_s, max(0.0, (at - self.clock.now()).total_seconds()))
        try:
            async with asyncio.timeout(wait_s):
                await self.woken.wait()
        except TimeoutError:
            return

    # ---- one row

    async def _deliver(self, row: Waiting, standing: Standing) -> None:
        try:
            await self._attempt(row, standing)
        except StoreFault as fault:  # it cannot be noted; the lease runs out, and the row is tried
            log.error("store_failed", why=str(fault))

    async def _attempt(self, row: Waiting, standing: Standing) -> None:
        try:
            await self._carry(row, standing)
        except Limited as fault:
            await self._limited(row, fault.for_s)
        except NotSent:
            await self._later(row, NOT_SENT_WAIT, row.tries)
        except Unknown:
            await self._unknown(row)
        except BlockedByUser:
            self.tally.refused(row.rank)
            await self.store.run(self._drop_blocked, row)
        except Refused as fault:
            self.tally.refused(row.rank)
            log.warning("refused", rank=row.rank, slot=row.slot, why=str(fault)[:80])
            await self._give_up(row, "refused")
        except StoreFault:
            raise
        except Exception as fault:  # noqa: BLE001 - a row that cannot be written out is given up
            log.error("not_delivered", rank=row.rank, error=kind(fault), where=where(fault))
            await self._give_up(row, kind(fault))

    async def _carry(self, row: Waiting, standing: Standing) -> None:
        letter = Letter.opened(row.payload)
        if letter.do == "strip":
            for message in letter.messages:
                await self._gently(self.carrier.strip(row.chat_id, message))
            await self.store.run(self._settle, row, None)
        elif letter.do == "remove":
            gone = list(standing.past)
            if gone:
                await self.carrier.remove(row.chat_id, gone)
            await self.store.run(self._removed, row, gone)
        elif letter.show is not None:
            await self._show(row, letter, letter.show, standing)

    async def _show(self, row: Waiting, letter: Letter, show: Show, standing: Standing) -> None:
        now = self.clock.now()
        message = written(row, letter, show, standing.message, self.words, now)
        arrived: int | None
        if message.change:
            try:
                await self.carrier.change(message)
                arrived = message.replaces
            except Gone:
                arrived = await self.carrier.send(message)
        else:
            arrived = await self.carrier.send(message)
        self.tally.sent(row.rank)
        if row.user is None:  # a farewell takes with it what was said of health
            for place in range(0, len(letter.messages), AT_ONCE_REMOVED):
                told = list(letter.messages[place : place + AT_ONCE_REMOVED])
                await self._gently(self.carrier.remove(row.chat_id, told))
        kept = await self.store.run(self._shown, row, letter, show, standing, arrived)
        is_heard = row.rank == "bell" or message.sound is not None
        if not kept and not message.change and arrived is not None and is_heard:
            # It was withdrawn while it was on its way: it should not ring in an empty room.
            await self._gently(self.carrier.remove(row.chat_id, [arrived]))

    async def _gently(self, work: object) -> None:
        """Do what is only tidiness: nothing hangs on it."""
        try:
            await work  # type: ignore[misc]  # a coroutine of the carrier
        except (NotSent, Unknown, Refused):
            return

    # ---- what became of it, each in one transaction

    def _settle(self, unit: Unit, row: Waiting, message: int | None) -> bool:
        _lock(unit, row)
        return unit.sent(row.id, message, self.clock.now())

    def _shown(
        self, unit: Unit, row: Waiting, letter: Letter, show: Show, standing: Standing,
        arrived: int | None,
    ) -> bool:  # fmt: skip
        _lock(unit, row)
        now = self.clock.now()
        kept = unit.sent(row.id, arrived, now)
        if row.user is None:
            return kept
        if not kept:
            if arrived is not None and arrived != standing.message:
                unit.stray(row.user, row.slot, arrived, now)
            return False
        if arrived != standing.message and standing.message is not None:
            self._tidy(unit, row.user, row.slot, standing.message, now)
        if self.ticks and not unit.awaits(row.user, row.slot):
            self._tick(unit, row.user, letter, show, now)
        return True

    def _tidy(self, unit: Unit, user: int, slot: str, older: int, now: datetime) -> None:
        """Remove an older bell, in a batch; take the buttons off another slot's older message."""
        if slot == "bell":
            unit.put(user, "tick", "old_bells", "change", now,
                     Letter(do="remove").sealed(), not_before=now + SWEEP_BELLS)  # fmt: skip
        else:
            unit.put(user, "tick", f"old_{slot}", "fresh", now,
                     Letter(do="strip", messages=(older,)).sealed())  # fmt: skip

    def _tick(self, unit: Unit, user: int, letter: Letter, show: Show, now: datetime) -> None:
        """Ask for the next look at the clock on the card, while there is one worth drawing."""
        if show.countdown is None or now + TICK >= show.countdown.ends_at:
            return
        unit.put(user, "tick", show.slot, "change", now, letter.sealed(),
                 not_before=now + TICK, expires_at=show.countdown.ends_at)  # fmt: skip

    def _removed(self, unit: Unit, row: Waiting, gone: list[int]) -> None:
        _lock(unit, row)
        unit.sent(row.id, None, self.clock.now())
        for message in gone:
            if row.user is not None:
                unit.forget_message(row.user, message)

    async def _later(self, row: Waiting, wait: timedelta, tries: int) -> None:
        at = self.clock.now() + wait
        await self.store.run(lambda unit: unit.put_back(row.id, at, tries))

    async def _limited(self, row: Waiting, for_s: float) -> None:
        until = self.clock.now() + timedelta(seconds=for_s)
        self.pace.hold(row.chat_id, micros(until), edits_only=row.how == "change")
        await self.store.run(lambda unit: unit.put_back(row.id, until, row.tries))

    async def _unknown(self, row: Waiting) -> None:
        repeatable = row.how == "change" or row.slot.startswith("old_")
        retries = RETRIES_WHEN_UNKNOWN[row.rank]
        if row.rank != "tick" and (repeatable or row.tries < retries):
            await self._later(row, NOT_SENT_WAIT, row.tries + 1)
        else:
            await self._give_up(row, "nobody knows")

    async def _give_up(self, row: Waiting, why: str) -> None:
        await self.store.run(lambda unit: unit.dropped(row.id, why))

    def _drop_blocked(self, unit: Unit, row: Waiting) -> None:
        _lock(unit, row)
        unit.dropped(row.id, "blocked")
        if row.user is not None:
            hear_user(unit, row.user, Blocked(), self.clock.now(), self.content)


def _lock(unit: Unit, row: Waiting) -> None:
    """Lock the talk before the row: all do it in this order, so none waits in a circle."""
    if row.user is not None:
        unit.lock(row.user)
