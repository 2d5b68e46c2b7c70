"""One bucket for all replicas: together they send no faster than one alone may."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.outbox.letter import Letter
from bot.outbox.pace import MICROS, Bucket, Pace
from bot.outbox.sender import Sender
from bot.outbox.taking import Taking
from bot.ports import Outgoing, WallClock
from bot.store.store import Store
from bot.store.unit import Unit
from content.catalogue import Catalogue
from flows.base import Show, said
from tests.bot.postgres.conftest import Replica
from tests.bot.store.moments import DAY, NOW

RATE, BURST = 50, 4
MESSAGES = 120
LETTER = Letter(show=Show(slot="screen", how="fresh", text=(said("talk.failed"),))).sealed()


class Arriving:
    """A way out that notes when something went."""

    def __init__(self) -> None:
        self.at: list[float] = []
        self.all = asyncio.Event()

    async def send(self, _: Outgoing) -> int:
        self.at.append(time.monotonic())
        if len(self.at) == MESSAGES:
            self.all.set()
        return len(self.at)

    async def change(self, _: Outgoing) -> None:
        """Nothing here is changed."""

    async def strip(self, chat_id: int, message_id: int) -> None:
        """Nothing here has buttons."""

    async def remove(self, chat_id: int, message_ids: list[int]) -> None:
        """Nothing here is removed."""


def say(unit: Unit, chat_id: int) -> None:
    user = unit.user_of("telegram", chat_id, day=DAY)
    unit.put(user, "reply", "screen", "fresh", NOW, LETTER)


async def sent_by(stores: list[Store], arriving: Arriving, catalogue: Catalogue) -> None:
    """Let a sender of each store send until all has arrived."""
    senders = [
        Sender(store, "telegram", arriving, WallClock(), catalogue,
               pace=Pace(RATE, BURST), ticks=False, bot_id=42)
        for store in stores
    ]  # fmt: skip
    runs: list[Callable[[], Awaitable[None]]] = [sender.run for sender in senders]
    tasks = [asyncio.ensure_future(run()) for run in runs]
    async with asyncio.timeout(30):
        await arriving.all.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_three_replicas_together_keep_to_the_rate(
    replica: Replica, catalogue: Catalogue
) -> None:
    stores = [await replica() for _ in range(3)]
    for chat_id in range(MESSAGES):
        await stores[0].run(say, chat_id)
    arriving = Arriving()
    await sent_by(stores, arriving, catalogue)
    took_s = arriving.at[-1] - arriving.at[0]
    at_least_s = (MESSAGES - BURST) / RATE
    assert at_least_s - 0.2 <= took_s <= 1.5 * at_least_s


async def test_what_has_left_of_late_is_known_to_all_replicas(replica: Replica) -> None:
    """Each alone would let its burst through, and what leaves late would be counted nowhere."""
    both = [await replica(), await replica()]
    pace = Pace(27)
    takings = [Taking("telegram", Pace(27), bot_id=42, shared=True) for _ in both]
    went: list[int] = []
    for number in range(44):
        await both[0].run(say, number)
    now = NOW
    while len(went) < 44:
        taking, store = takings[len(went) % 2], both[len(went) % 2]
        taken = await store.run(taking.take, now, 1)
        for row, standing in taken.rows:
            is_late = len(went) == 3
            taking.pace.leased[row.id] = standing.leased_us
            leaves_us = standing.leased_us + (MICROS * 3 // 4 if is_late else 0)
            taking.pace.leaves(row.id, standing.leased_us, leaves_us)
            went.append(leaves_us)
        now = max(taken.again_at or now, now + timedelta(microseconds=1))
    went.sort()
    assert all(
        later - first >= pace.window.span_us
        for first, later in zip(went, went[pace.window.most :], strict=False)
    )


async def test_the_pace_of_a_chat_is_one_for_all_replicas(replica: Replica) -> None:
    one, other = await replica(), await replica()
    first, second = (Taking("telegram", Pace(RATE), bot_id=42, shared=True) for _ in range(2))
    taken = []
    for number in range(4):
        await one.run(say, 1)
        taking, store = ((first, one), (second, other))[number % 2]
        rows = (await store.run(taking.take, NOW, 9)).rows
        taken.append(len(rows))
        for row, _ in rows:
            await one.run(lambda unit: unit.sent(row.id, None, NOW))  # noqa: B023 - used at once
    assert [1, 1, 1, 0] == taken, "three at once, whoever sends them"


async def test_patience_asked_of_one_replica_is_kept_by_all(replica: Replica) -> None:
    one, other = await replica(), await replica()
    first, second = (Taking("telegram", Pace(RATE), bot_id=42, shared=True) for _ in range(2))
    for chat_id in (1, 2):
        await one.run(say, chat_id)
    until = NOW + timedelta(seconds=7)
    for row, _ in (await one.run(first.take, NOW, 9)).rows:
        await one.run(first.refused, row, NOW, until)
    for at in (NOW, until - timedelta(milliseconds=1)):
        assert () == (await other.run(second.take, at, 9)).rows
    await other.run(say, 3)
    assert () == (await other.run(second.take, NOW, 9)).rows, "two refusals mean all"
    assert 3 == len((await other.run(second.take, until + timedelta(seconds=2), 9)).rows)


def test_the_room_in_a_bucket_is_what_goes_without_waiting() -> None:
    for behind_us in range(0, 5 * MICROS, MICROS // 7):
        bucket = Bucket(MICROS, BURST, next_us=10 * MICROS + behind_us)
        room = bucket.room(10 * MICROS)
        went = 0
        while bucket.wait_us(10 * MICROS) == 0:
            bucket.take(10 * MICROS)
            went += 1
        assert went == room
