"""Retention: warned once, erased after the days of grace, and whoever speaks stays."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot import service
from bot.ops.retention import Retention, Round, Term
from bot.outbox.letter import Letter
from bot.store.store import Store
from bot.store.unit import Unit
from content.catalogue import Catalogue
from flows.heard import Blocked, Typed
from tests.bot.seed import TO_THE_OFFER, played
from tests.ops.conftest import Home
from tests.transcript import Chat

ADA, DAYS, GRACE = 7_318_204_655, 180, 14
START = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


class Calendar:
    def __init__(self) -> None:
        self.day = 0

    def now(self) -> datetime:
        return START + timedelta(days=self.day)


class Watched:
    """A store with one user who has agreed, and a retention that looks when told to."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self.store, self.catalogue, self.clock = store, catalogue, Calendar()
        term = Term(DAYS)
        self.retention = Retention(store, "telegram", self.clock, catalogue, term)

    async def on(self, day: int) -> Round:
        self.clock.day = day
        return await self.retention.round()

    async def is_known(self) -> bool:
        return await self.store.run(lambda unit: unit.known_user("telegram", ADA)) is not None

    async def says(self, text: str) -> None:
        chat = service.Chat("telegram", ADA)
        heard = Typed(text=text)
        await self.store.run(service.hear, chat, heard, self.clock.now(), self.catalogue)

    async def told(self) -> list[str]:
        """Read what waits to be sent."""
        return await self.store.run(self._told)

    def _told(self, unit: Unit) -> list[str]:
        rows = unit.leased("telegram", self.clock.now(), timedelta(seconds=1), 99)
        shows = [Letter.opened(row.payload).show for row in rows]
        for row in rows:
            unit.sent(row.id, None, self.clock.now())
        return [piece.key for show in shows if show for piece in show.text]


@pytest.fixture
async def watched(home: Home, catalogue: Catalogue) -> AsyncIterator[Watched]:
    store = await home.open()

    def settle(unit: Unit, chat: Chat) -> None:
        user = unit.user_of("telegram", ADA, day=START.date())
        unit.keep_talk(user, chat.talk.model_dump_json().encode())

    await store.run(settle, played(catalogue, TO_THE_OFFER))
    yield Watched(store, catalogue)
    await store.close()


async def test_a_silent_user_is_warned_once_and_erased_two_weeks_later(watched: Watched) -> None:
    assert Round(0, 0) == await watched.on(DAYS - GRACE - 1)
    assert Round(1, 0) == await watched.on(DAYS - GRACE)
    told = await watched.told()
    assert "talk.fading" == told[0]
    assert len(told) > 1, "the place stands below, with its buttons"
    assert Round(0, 0) == await watched.on(DAYS - GRACE + 1)
    assert Round(0, 0) == await watched.on(DAYS - 1)
    assert [] == await watched.told()
    assert await watched.is_known()
    assert Round(0, 1) == await watched.on(DAYS)
    assert not await watched.is_known()
    assert Round(0, 0) == await watched.on(DAYS + 1)


async def test_whoever_speaks_after_the_warning_stays_and_is_warned_anew(
    watched: Watched,
) -> None:
    assert Round(1, 0) == await watched.on(DAYS - GRACE)
    watched.clock.day = DAYS - 1
    await watched.says("hello")
    assert Round(0, 0) == await watched.on(DAYS + 5)
    assert Round(1, 0) == await watched.on(2 * DAYS - 1 - GRACE)
    assert Round(0, 1) == await watched.on(2 * DAYS - 1)


async def test_whoever_was_not_warned_in_time_gets_the_whole_grace(watched: Watched) -> None:
    """Limber was off for a year: nobody is erased on its first day."""
    assert Round(1, 0) == await watched.on(DAYS + 365)
    assert Round(0, 0) == await watched.on(DAYS + 365 + GRACE - 1)
    assert Round(0, 1) == await watched.on(DAYS + 365 + GRACE)


async def test_whoever_has_blocked_us_is_erased_without_a_word(watched: Watched) -> None:
    chat = service.Chat("telegram", ADA)
    await watched.store.run(service.hear, chat, Blocked(), START, watched.catalogue)
    await watched.on(DAYS - GRACE)
    assert [] == await watched.told()
    assert Round(0, 1) == await watched.on(DAYS)


async def test_one_broken_talk_keeps_no_other_waiting(watched: Watched) -> None:
    def broken(unit: Unit) -> None:
        user = unit.user_of("telegram", 1, day=START.date())
        unit.keep_talk(user, b"no talk at all")

    await watched.store.run(broken)
    await watched.store.run(lambda unit: unit.user_of("telegram", 2, day=START.date()))
    assert 2 == (await watched.on(DAYS - GRACE)).warned
