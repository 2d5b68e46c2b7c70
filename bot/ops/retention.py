"""Retention: who has been silent for so many days is erased, and was told so before, once.

Each user is looked at again in a transaction of their own, so that whoever speaks meanwhile stays.
Nobody is erased within the days of grace after the warning, however long they were silent before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot import service
from bot.outbox import letter
from bot.ports import Clock
from bot.store.faults import StoreFault, is_everybodys
from bot.store.silence import Silent
from bot.store.store import Store
from bot.store.unit import Unit
from bot.traces import kind, where
from content.catalogue import Catalogue
from flows.heard import Fading

GRACE_DAYS = 14
FIRST_S, EVERY_S = 60.0, 24 * 3600.0  # the start is for those who wait for an answer
BATCH = 100
BREATH_S = 0.02  # between two users: replies go first

log = structlog.get_logger()


@dataclass(frozen=True)
class Term:
    """How long a silence may be."""

    days: int

    def is_to_be_warned(self, silent: Silent, at: datetime) -> bool:
        quiet = (at.date() - silent.heard_on).days
        return silent.warned_at is None and quiet >= self.days - GRACE_DAYS

    def is_over(self, silent: Silent, at: datetime) -> bool:
        if silent.warned_at is None or silent.warned_at + timedelta(days=GRACE_DAYS) > at:
            return False
        return (at.date() - silent.heard_on).days >= self.days


@dataclass
class Round:
    """What one day's look came to."""

    warned: int = 0
    erased: int = 0


class Retention:
    def __init__(
        self, store: Store, front_end: str, clock: Clock, content: Catalogue, term: Term
    ) -> None:
        self.store, self.front_end, self.clock = store, front_end, clock
        self.content, self.term = content, term

    async def run(self, turned: Callable[[], None] = lambda: None) -> None:
        """Look once a day, for good; ends when cancelled."""
        await asyncio.sleep(FIRST_S)
        while True:
            try:
                seen = await self.round()
                log.info("retention", warned=seen.warned, erased=seen.erased)
            except StoreFault as fault:
                log.error("store_failed", why=str(fault))
            turned()
            await asyncio.sleep(EVERY_S)

    async def round(self) -> Round:
        """Look at all who have been silent for long."""
        seen, after = Round(), 0
        since = self.clock.now().date() - timedelta(days=self.term.days - GRACE_DAYS)
        while users := await self.store.run(
            lambda unit: unit.silent_since(self.front_end, since, after, BATCH)  # noqa: B023 - used at once
        ):
            for silent in users:
                await self._look(silent.user, seen)
                await asyncio.sleep(BREATH_S)
            after = users[-1].user
        return seen

    async def _look(self, user: int, seen: Round) -> None:
        try:
            await self.store.run(self._judge, user, seen)
        except Exception as fault:  # one broken talk must not keep all others
            if is_everybodys(fault):
                raise
            log.error("retention_failed", error=kind(fault), where=where(fault))

    def _judge(self, unit: Unit, user: int, seen: Round) -> None:
        at = self.clock.now()
        unit.lock(user)
        silent = unit.silence_of(user)
        if silent is None:
            return
        if self.term.is_over(silent, at):
            unit.erase(user)
            letter.forget()
            unit.audit("erased", at, "after a long silence")
            seen.erased += 1
        elif self.term.is_to_be_warned(silent, at):
            service.hear_user(unit, user, Fading(days=GRACE_DAYS), at, self.content)
            unit.note_warned(user, at)
            seen.warned += 1
