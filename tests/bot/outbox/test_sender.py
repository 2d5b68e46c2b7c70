"""The sender on a real store, with a way out that does as it is told: what goes, what does not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.outbox.letter import Letter
from bot.outbox.pace import Pace
from bot.outbox.sender import Sender
from bot.ports import Limited, Outgoing, Unknown, Withdrawn
from bot.store.store import Store
from bot.store.tables import audit, outbox
from bot.store.unit import Unit
from bot.store.waiting import How, Rank
from content.catalogue import Catalogue
from flows.base import Countdown, Show, said
from tests.bot.postgres.server import KEYS
from tests.bot.store.moments import DAY, NOW

ADA, BO = 1, 2
QUICKLY_S = 5.0  # a sweep takes longer
LEASE_S = 8
SAYS = Show(slot="screen", how="fresh", text=(said("talk.failed"),))
Answer = Callable[[Outgoing], Awaitable[None]]


@dataclass
class Hands:
    """A clock that only the test moves."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def move(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


async def at_once(_: Outgoing) -> None:
    """Take it without a word."""


@dataclass
class WayOut:
    """Notes what was begun; `answer` says what comes of it."""

    answer: Answer = at_once
    begun: list[tuple[str, int]] = field(default_factory=list)
    prepared: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, message: Outgoing) -> int:
        await self._went("send", message)
        return len(self.begun)

    async def change(self, message: Outgoing) -> None:
        await self._went("change", message)

    async def _went(self, what: str, message: Outgoing) -> None:
        await self.prepared.wait()
        if not message.wanted():
            raise Withdrawn
        self.begun.append((what, message.chat_id))
        self.news.set()
        await self.answer(message)

    async def strip(self, chat_id: int, message_id: int) -> None:
        """Nothing here has buttons."""

    async def remove(self, chat_id: int, message_ids: list[int]) -> None:
        """Nothing here is removed."""

    async def busy(self, chat_id: int) -> None:
        """Nobody looks."""

    async def until(self, count: int) -> None:
        async with asyncio.timeout(QUICKLY_S):
            while len(self.begun) < count:
                self.news.clear()
                await self.news.wait()


@dataclass
class House:
    store: Store
    way: WayOut
    clock: Hands
    sender: Sender

    async def say(
        self, chat_id: int, rank: Rank = "reply", slot: str = "screen", how: How = "fresh",
        show: Show = SAYS, ends: timedelta | None = None,
    ) -> int:  # fmt: skip
        letter = Letter(show=show)

        def put(unit: Unit) -> int:
            user = unit.user_of("telegram", chat_id, day=DAY)
            now = self.clock.now()
            until = None if ends is None else now + ends
            return unit.put(user, rank, slot, how, now, letter.sealed(), expires_at=until)

        return await self.store.run(put)

    async def stood(self, chat_id: int, slot: str, message: int) -> None:
        """Let a message stand there, to be changed."""
        row = await self.say(chat_id, slot=slot)
        await self.store.run(lambda unit: unit.sent(row, message, self.clock.now()))

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.sender.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def becomes(self, true: Callable[[Unit], bool]) -> None:
        async with asyncio.timeout(QUICKLY_S):
            while not await self.store.run(true):  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.005)


@pytest.fixture
async def house(tmp_path: Path, catalogue: Catalogue) -> AsyncIterator[House]:
    store = await Store.open(f"sqlite:///{tmp_path}/limber.db", KEYS)
    clock, way = Hands(), WayOut()
    way.prepared.set()
    sender = Sender(store, "telegram", way, clock, catalogue, pace=Pace(1000))
    store.on_outbox, store.on_withdrawn = sender.wake, sender.withdraw
    yield House(store, way, clock, sender)
    await store.close()


def is_empty(unit: Unit) -> bool:
    return unit._do(select(outbox.c.id)).first() is None  # noqa: SLF001 - all there is


def notes(unit: Unit) -> list[str]:
    return list(unit._do(select(audit.c.note)).scalars())  # noqa: SLF001 - the same


async def test_what_waits_for_a_chat_goes_as_soon_as_the_one_before_has_arrived(
    house: House,
) -> None:
    for _ in range(3):
        await house.say(ADA)
    async with house.sending():
        await house.way.until(3)


async def test_what_is_withdrawn_while_its_picture_is_drawn_is_never_begun(house: House) -> None:
    house.way.prepared.clear()
    await house.say(ADA, slot="card")
    async with house.sending():
        await house.becomes(lambda _: bool(house.sender.at_work))
        await house.store.run(lambda unit: unit.unsay(1, ["card", "bell"]))
        await house.say(ADA, "stop")
        house.way.prepared.set()
        await house.way.until(1)
        await house.becomes(is_empty)
    assert [("send", ADA)] == house.way.begun, "the stop alone"
    assert not house.sender.at_work


@pytest.mark.parametrize(
    ("rank", "begun"), [("stop", 3), ("bell", 3), ("reply", 2), ("reminder", 1), ("tick", 1)]
)
async def test_a_new_message_whose_fate_nobody_knows_is_sent_again_as_its_class_says(
    house: House, rank: Rank, begun: int
) -> None:
    async def unknown(_: Outgoing) -> None:
        raise Unknown("no answer")

    house.way.answer = unknown
    await house.say(ADA, rank)
    async with house.sending():
        for times in range(1, begun + 1):
            await house.way.until(times)
            await house.becomes(lambda _: not house.sender.at_work)
            house.clock.move(2)
            house.sender.wake()
        if rank not in ("stop", "bell"):
            await house.becomes(is_empty)
    assert begun == len(house.way.begun)


@pytest.mark.parametrize(
    ("rank", "again"), [("stop", True), ("bell", True), ("reply", True), ("reminder", False)]
)
async def test_what_a_killed_process_was_sending_is_sent_again_as_its_class_says(
    house: House,
    rank: Rank,
    again: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    await house.say(ADA, rank)
    lease = timedelta(seconds=LEASE_S)
    await house.store.run(lambda unit: unit.leased("telegram", house.clock.now(), lease, 9))
    house.clock.move(LEASE_S)
    async with house.sending():
        await house.becomes(is_empty)
    assert again is bool(house.way.begun)
    assert again or ["reminder: nobody knows"] == await house.store.run(notes)


async def test_an_edit_of_a_countdown_that_hangs_is_left_and_keeps_no_bell_waiting(
    house: House,
) -> None:
    hangs = asyncio.Event()

    async def answer(message: Outgoing) -> None:
        if message.change:
            await hangs.wait()

    house.way.answer = answer
    house.sender.delivery.tick_s = 0.05
    await house.stood(ADA, "card", 77)
    await house.say(ADA, "tick", "card", "change", ends=timedelta(seconds=20))
    async with house.sending():
        await house.way.until(1)
        await house.say(ADA, "bell", "bell")
        await house.way.until(2)
        await house.becomes(is_empty)
    assert [("change", ADA), ("send", ADA)] == house.way.begun


async def test_a_card_that_only_yields_is_changed_until_it_is_known_to_be(house: House) -> None:
    async def answer(_: Outgoing) -> None:
        if len(house.way.begun) == 1:
            raise Unknown("timed out")

    house.way.answer = answer
    await house.stood(ADA, "card", 77)
    await house.say(ADA, "tick", "card", "change")
    async with house.sending():
        await house.way.until(1)
        await house.becomes(lambda _: not house.sender.at_work)
        house.clock.move(5)
        house.sender.wake()
        await house.way.until(2)
        await house.becomes(is_empty)
    assert [("change", ADA), ("change", ADA)] == house.way.begun


async def test_patience_asked_for_is_kept_for_that_chat_alone(house: House) -> None:
    async def answer(message: Outgoing) -> None:
        if message.chat_id == ADA and len(house.way.begun) == 1:
            raise Limited(7)

    house.way.answer = answer
    await house.say(ADA)
    async with house.sending():
        await house.way.until(1)
        await house.becomes(lambda _: not house.sender.at_work)
        await house.say(BO)
        await house.way.until(2)
        house.clock.move(6.9)
        house.sender.wake()
        await house.say(BO)
        await house.way.until(3)
        house.clock.move(0.1)
        house.sender.wake()
        await house.way.until(4)
    assert [ADA, BO, BO, ADA] == [chat_id for _, chat_id in house.way.begun]


async def test_a_send_that_takes_long_is_not_begun_again_beside_itself(house: House) -> None:
    arrives = asyncio.Event()

    async def answer(_: Outgoing) -> None:
        await arrives.wait()

    house.way.answer = answer
    await house.say(ADA)
    async with house.sending():
        await house.way.until(1)
        for _ in range(4):
            house.clock.move(LEASE_S / 2)
            house.sender.wake()
            until = house.clock.now() + timedelta(seconds=LEASE_S)
            await house.becomes(lambda unit: leased_until(unit) == until)  # noqa: B023 - used at once
        arrives.set()
        await house.becomes(is_empty)
    assert 1 == len(house.way.begun)


@pytest.mark.parametrize(("sessions", "spare"), [(20, True), (5000, False)])
async def test_a_card_that_counts_is_looked_at_again_unless_there_is_a_crowd(
    house: House,
    sessions: int,
    spare: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    counts = Countdown(begins_at=NOW, ends_at=NOW + timedelta(seconds=60))
    card = Show(slot="card", how="fresh", text=(said("talk.failed"),), countdown=counts)
    row = await house.say(ADA, slot="card", show=card)
    house.sender.taking.looked_at = NOW  # it has just seen how many there are
    house.sender.taking.crowd.sessions = sessions
    house.sender.taking.crowd.rate_per_second = 27
    async with house.sending():
        await house.becomes(lambda unit: not is_there(unit, row))
    waits = await house.store.run(lambda unit: unit.soonest("telegram", NOW))
    assert (NOW + timedelta(seconds=5) if spare else None) == waits


def is_there(unit: Unit, row: int) -> bool:
    return unit._do(select(outbox.c.id).where(outbox.c.id == row)).first() is not None  # noqa: SLF001 - all there is


def leased_until(unit: Unit) -> datetime | None:
    return unit.soonest("telegram", NOW)
