"""One bucket for all replicas: together they send no faster than one alone may."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from bot.outbox.letter import Letter
from bot.outbox.pace import MICROS, Bucket, Pace
from bot.outbox.sender import Sender
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


def test_the_room_in_a_bucket_is_what_goes_without_waiting() -> None:
    for behind_us in range(0, 5 * MICROS, MICROS // 7):
        bucket = Bucket(MICROS, BURST, next_us=10 * MICROS + behind_us)
        room = bucket.room(10 * MICROS)
        went = 0
        while bucket.wait_us(10 * MICROS) == 0:
            bucket.take(10 * MICROS)
            went += 1
        assert went == room
