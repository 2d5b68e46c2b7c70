"""One row on its way: written out, carried, and what became of it recorded.

Telegram knows no idempotency key: when nobody knows whether a new message arrived, its class
decides (`RETRIES_WHEN_UNKNOWN`); edits and deletions are simply repeated.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.outbox.crowd import LAST_BEFORE_END
from bot.outbox.easel import Easel
from bot.outbox.letter import Letter
from bot.outbox.pace import micros
from bot.outbox.taking import OLD, Standing, Taking
from bot.outbox.writing import written
from bot.ports import (
    BlockedByUser,
    Carrier,
    Clock,
    Gone,
    Limited,
    NotSent,
    Outgoing,
    Refused,
    Unknown,
    Withdrawn,
)
from bot.service import hear_user
from bot.store.faults import StoreFault
from bot.store.store import Store
from bot.store.unit import Unit
from bot.store.waiting import Waiting
from bot.tally import Tally
from bot.traces import kind, where
from content.catalogue import Catalogue
from flows.base import Countdown, Show
from flows.heard import Blocked

AT_ONCE_REMOVED = 100  # messages; Telegram takes no more in one request
SWEEP_BELLS = timedelta(seconds=20)  # older bells are removed in batches
NOT_SENT_WAIT = timedelta(seconds=2)
TICK_S = 2.0  # a countdown that is not edited by then is left alone: a bell may come
TIDY_TRIES = 3
ALWAYS = 1_000_000
FILES = "file"  # the slot

RETRIES_WHEN_UNKNOWN: Mapping[str, int] = {
    "stop": ALWAYS, "bell": ALWAYS, "reply": 1, "reminder": 0, "tick": 0,
}  # fmt: skip

log = structlog.get_logger()


class Delivery:
    """Carries rows; `withdrawn` are those that were taken back while they were being sent."""

    def __init__(
        self, store: Store, carrier: Carrier, clock: Clock, content: Catalogue, taking: Taking,
        *, ticks: bool = True,
    ) -> None:  # fmt: skip
        self.store, self.carrier, self.clock = store, carrier, clock
        self.content, self.taking, self.ticks = content, taking, ticks
        self.tally = Tally()  # whoever counts puts in their own
        self.withdrawn: set[int] = set()
        self.tick_s = TICK_S
        self.easel = Easel(store, carrier, clock, content)

    async def attempt(self, row: Waiting, standing: Standing) -> None:
        """Send it, and record what became of that."""
        if row.tries > retries_of(row):  # whoever had it was killed, perhaps after sending
            await self._give_up(row, "nobody knows")
            return
        try:
            await self._carry(row, standing)
        except Withdrawn:
            return  # whoever withdrew it has deleted the row
        except Limited as fault:
            until = self.clock.now() + timedelta(seconds=fault.for_s)
            await self.store.run(self._refused, row, until)
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
        begins = self._begins(row, standing)
        if letter.do == "strip":
            for message in letter.messages:
                begins()
                await self._gently(self.carrier.strip(row.chat_id, message))
            await self.store.run(self._settle, row)
        elif letter.do == "remove":
            gone = list(standing.past)
            if gone:
                await self.carrier.remove(row.chat_id, gone)
            await self.store.run(self._removed, row, gone)
        elif letter.show is not None:
            words, now = self.content.words, self.clock.now()
            shown = written(row, letter, letter.show, standing.message, words, now, begins)
            await self._show(row, letter, letter.show, standing, shown)

    async def _show(
        self, row: Waiting, letter: Letter, show: Show, standing: Standing, message: Outgoing
    ) -> None:
        if letter.draw is not None and row.user is not None:
            message = await self.easel.drawn(message, letter, letter.draw, row.user)
        arrived: int | None
        if message.change:
            try:
                async with asyncio.timeout(self.tick_s if row.expires_at is not None else None):
                    await self.carrier.change(message)
            except TimeoutError:
                raise Unknown("too slow") from None
            except Gone:
                arrived = await self.carrier.send(message)
            else:
                arrived = message.replaces
        else:
            arrived = await self.carrier.send(message)
        self.tally.sent(row.rank)
        if row.user is None:  # a farewell takes with it what was said of health
            for place in range(0, len(letter.messages), AT_ONCE_REMOVED):
                told = list(letter.messages[place : place + AT_ONCE_REMOVED])
                await self._gently(self.carrier.remove(row.chat_id, told))
        kept = await self.store.run_along(self._shown, row, letter, show, standing, arrived)
        is_heard = row.rank == "bell" or message.sound is not None
        if not kept and not message.change and arrived is not None and is_heard:
            # It was withdrawn while it was on its way: it should not ring in an empty room.
            await self._gently(self.carrier.remove(row.chat_id, [arrived]))

    def _begins(self, row: Waiting, standing: Standing) -> Callable[[], bool]:
        """Make what is asked as each request begins: whether it may, and the pace hears of it."""

        def begins() -> bool:
            self.taking.pace.leaves(row.id, standing.leased_us, micros(self.clock.now()))
            return row.id not in self.withdrawn

        return begins

    async def _gently(self, work: Awaitable[None]) -> None:
        """Do what is only tidiness: nothing hangs on it."""
        try:
            await work
        except (NotSent, Unknown, Refused):
            return

    # ---- what became of it, each in one transaction

    def _settle(self, unit: Unit, row: Waiting) -> None:
        lock(unit, row)
        unit.sent(row.id, None, self.clock.now())

    def _shown(
        self, unit: Unit, row: Waiting, letter: Letter, show: Show, standing: Standing,
        arrived: int | None,
    ) -> bool:  # fmt: skip
        lock(unit, row)
        now = self.clock.now()
        is_news = arrived != standing.message  # an edit leaves standing what stands
        kept = unit.sent(row.id, arrived if is_news else None, now)
        if row.user is None:
            return kept
        if not kept:
            if arrived is not None and is_news:
                unit.stray(row.user, row.slot, arrived, now)
            return False
        if is_news and standing.message is not None:
            self._tidy(unit, row.user, row.slot, standing.message, now)
        if self.ticks and show.countdown is not None and not unit.awaits(row.user, row.slot):
            self._tick(unit, row.user, letter, row.slot, show.countdown, now)
        return True

    def _tidy(self, unit: Unit, user: int, slot: str, older: int, now: datetime) -> None:
        """Remove an older bell, in a batch; take the buttons off another slot's older message."""
        if slot == "bell":
            unit.put(user, "tick", f"{OLD}bells", "change", now,
                     Letter(do="remove").sealed(), not_before=now + SWEEP_BELLS)  # fmt: skip
        elif slot != FILES:  # no buttons stand under a file
            unit.put(user, "tick", f"{OLD}{slot}", "fresh", now,
                     Letter(do="strip", messages=(older,)).sealed())  # fmt: skip

    def _tick(
        self, unit: Unit, user: int, letter: Letter, slot: str, counts: Countdown, now: datetime
    ) -> None:
        """Ask for the next look at the clock on the card, while there is one worth drawing.

        Who reads without bars is never shown an edit of the clock.
        """
        every = self.taking.crowd.edit_every(micros(now))
        last = counts.ends_at - LAST_BEFORE_END
        if letter.bars and every is not None and now + every <= last:
            unit.put(user, "tick", slot, "change", now, letter.sealed(),
                     not_before=now + every, expires_at=last)  # fmt: skip

    def _removed(self, unit: Unit, row: Waiting, gone: list[int]) -> None:
        lock(unit, row)
        unit.sent(row.id, None, self.clock.now())
        for message in gone:
            if row.user is not None:
                unit.forget_message(row.user, message)

    async def _later(self, row: Waiting, wait: timedelta, tries: int) -> None:
        at = self.clock.now() + wait
        await self.store.run(lambda unit: unit.put_back(row.id, at, tries))

    def _refused(self, unit: Unit, row: Waiting, until: datetime) -> None:
        self.taking.refused(unit, row, self.clock.now(), until)

    async def _unknown(self, row: Waiting) -> None:
        if row.tries < retries_of(row):
            await self._later(row, NOT_SENT_WAIT, row.tries + 1)
        else:
            await self._give_up(row, "nobody knows")

    async def _give_up(self, row: Waiting, why: str) -> None:
        await self.store.run(lambda unit: unit.dropped(row.id, why))

    def _drop_blocked(self, unit: Unit, row: Waiting) -> None:
        lock(unit, row)
        unit.dropped(row.id, "blocked")
        if row.user is not None:
            hear_user(unit, row.user, Blocked(), self.clock.now(), self.content)


def retries_of(row: Waiting) -> int:
    """Say how often to try again when nobody knows whether it has arrived."""
    if row.slot.startswith(OLD):
        return TIDY_TRIES
    # A countdown has an end, after which it is worth nothing; a card that only yields has none.
    counted = row.rank == "tick" and row.expires_at is not None
    repeatable = row.how == "change" and row.rank != "reminder" and not counted
    return ALWAYS if repeatable else RETRIES_WHEN_UNKNOWN[row.rank]


def lock(unit: Unit, row: Waiting) -> None:
    """Lock the talk before the row: all do it in this order, so none waits in a circle."""
    if row.user is not None:
        unit.lock(row.user)
