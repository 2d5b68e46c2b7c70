"""Two stores on one PostgreSQL: each row is had by one, and each hears what the other did."""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from datetime import datetime
from itertools import count, pairwise

import pytest

from bot.store.faults import KeyFault, StoreFault
from bot.store.keys import MasterKeys
from bot.store.paces import Drawn
from bot.store.store import Store
from bot.store.unit import Unit
from bot.store.waiting import Rank, Waiting
from tests.bot.postgres.conftest import Replica
from tests.bot.postgres.server import KEYS, asked, new_database, told
from tests.bot.store.moments import DAY, LEASE, NOW, later

CHATS = 12
BOT = 123456
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


def someone(unit: Unit, chat_id: int = 4711) -> int:
    user = unit.user_of("telegram", chat_id, day=DAY)
    unit.lock(user)
    return user


def say(unit: Unit, chat_id: int, words: str, rank: Rank = "reply") -> None:
    unit.put(someone(unit, chat_id), rank, words, "fresh", NOW, words.encode())


async def test_what_was_run_is_there_for_every_replica(store: Store, replica: Replica) -> None:
    other = await replica()
    user = await store.run(someone)
    await store.run(lambda unit: unit.keep_talk(user, b"snapshot"))
    assert user == await other.run(someone)
    assert b"snapshot" == await other.run(lambda unit: unit.talk_of(user))


async def test_what_raises_is_undone_whole_and_raised_again(store: Store) -> None:
    def half(unit: Unit) -> None:
        unit.seen(1, NOW)
        say(unit, 1, "half")
        raise LookupError("half-way")

    with pytest.raises(LookupError, match="half-way"):
        await store.run(half)
    assert await store.run(lambda unit: unit.known_user("telegram", 1)) is None
    assert await store.run(lambda unit: unit.seen(1, NOW))


async def test_one_update_brought_to_both_replicas_at_once_is_heard_once(
    store: Store, replica: Replica
) -> None:
    both = (store, await replica())

    def hear(unit: Unit, update_id: int) -> bool:
        if not unit.seen(update_id, NOW):
            return False
        say(unit, update_id % 5, str(update_id))
        return True

    heard = await asyncio.gather(*(each.run(hear, n) for n in range(64) for each in both))
    assert 64 == sum(heard)
    rows = await store.run(lambda unit: len(unit.leased("telegram", NOW, LEASE, 99)))
    assert 5 == rows, "one from each chat"


async def test_a_chat_new_to_both_replicas_is_one_user(store: Store, replica: Replica) -> None:
    both = (store, await replica())
    users = await asyncio.gather(*(each.run(someone, n) for n in range(20) for each in both))
    assert 20 == len(set(users))


async def test_each_alarm_is_leased_by_one_and_taken_by_one(store: Store, replica: Replica) -> None:
    both = (store, await replica())

    def arm(unit: Unit, chat_id: int) -> None:
        unit.set_alarm(someone(unit, chat_id), "session", NOW, b"rang")

    for chat_id in range(100):
        await store.run(arm, chat_id)
    leased = await asyncio.gather(
        *(each.run(lambda u: u.due_alarms("telegram", NOW, LEASE, 10)) for each in both * 6)
    )
    had = [alarm for batch in leased for alarm in batch]
    assert 100 == len(had) == len(set(had))

    def ring(unit: Unit, user: int) -> bool:
        unit.lock(user)
        return unit.take_alarm(user, "session", NOW) is not None

    rang = await asyncio.gather(*(each.run(ring, a.user) for a in had for each in both))
    assert 100 == sum(rang)


async def test_each_message_is_leased_by_one_and_none_beside_another_of_its_chat(
    store: Store, replica: Replica
) -> None:
    stores = (store, await replica(), await replica())
    for number in range(10):
        for chat_id in range(CHATS):
            await store.run(say, chat_id, f"{number}")
    told_in: dict[int, list[int]] = {chat_id: [] for chat_id in range(CHATS)}
    in_flight: Counter[int] = Counter()

    def lease(unit: Unit) -> list[tuple[int, int, int]]:
        unit.bucket(BOT)
        rows = unit.leased("telegram", NOW, LEASE, 4)
        return [(row.id, row.chat_id, int(row.payload)) for row in rows]

    async def send(each: Store, row: int, chat_id: int, number: int) -> None:
        in_flight[chat_id] += 1
        assert 1 == in_flight[chat_id]
        told_in[chat_id].append(number)
        await asyncio.sleep(random.random() / 100)  # noqa: S311 - no secret hangs on it
        in_flight[chat_id] -= 1
        await each.run(lambda unit: unit.sent(row, None, NOW))

    async def sender(each: Store) -> None:
        while any(len(numbers) < 10 for numbers in told_in.values()):
            await asyncio.gather(*(send(each, *row) for row in await each.run(lease)))

    async with asyncio.timeout(30):
        await asyncio.gather(*(sender(each) for each in stores))
    assert {chat_id: list(range(10)) for chat_id in range(CHATS)} == told_in


async def test_the_other_replica_hears_of_alarms_and_messages_and_the_own_news_only_once(
    store: Store, replica: Replica
) -> None:
    other = await replica()
    heard: asyncio.Queue[object] = asyncio.Queue()
    own: list[object] = []
    other.on_alarm = heard.put_nowait
    other.on_outbox = lambda: heard.put_nowait("outbox")
    store.on_alarm = own.append

    def arm(unit: Unit, due_at: datetime) -> None:
        unit.set_alarm(someone(unit), "session", due_at, b"")

    async with asyncio.timeout(5):
        while heard.empty():  # until both listen
            await store.run(arm, later(20))
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.2)
        own.clear()
        while not heard.empty():
            heard.get_nowait()
        await store.run(arm, later(7))
        assert later(7) == await heard.get()
        await store.run(say, 1, "hello")
        assert "outbox" == await heard.get()
    assert [later(7)] == own


class Load:
    """What a busy Limber does, at random, with few chats and many rows to quarrel over."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.dice = random.Random()  # noqa: S311 - no secret hangs on it

    async def work(self, store: Store) -> None:
        for _ in range(150):
            chat_id = self.dice.randrange(2)
            match self.dice.randrange(8):
                case 0:
                    await store.run(self.erase, chat_id)
                case 1 | 2 | 3:
                    await store.run(self.hear, chat_id)
                case 4 | 5 | 6:
                    await self.send_some(store)
                case _:
                    await store.run(self.ring)

    def erase(self, unit: Unit, chat_id: int) -> None:
        unit.erase(someone(unit, chat_id))

    def hear(self, unit: Unit, chat_id: int) -> None:
        unit.seen(next(self.numbers), NOW)
        user = someone(unit, chat_id)
        unit.unsay(user, ["card", "bell"])
        for slot in ("screen", "card", "bell"):
            unit.put(user, "tick", slot, "change", NOW, b"x", expires_at=later(1))
        unit.set_alarm(user, "session", NOW, b"")
        unit.set_alarm(user, "silence", NOW, b"")
        unit.keep_talk(user, b"snapshot")

    def ring(self, unit: Unit) -> None:
        unit.due_alarms("telegram", later(1), LEASE, 9)

    async def send_some(self, store: Store) -> None:
        for row in await store.run(self.lease):
            await store.run(self.sent, row)

    def lease(self, unit: Unit) -> list[Waiting]:
        unit.bucket(BOT)
        return unit.leased("telegram", later(self.dice.choice([0, 2])), LEASE, 9)

    def sent(self, unit: Unit, row: Waiting) -> None:
        assert row.user is not None
        unit.lock(row.user)
        message = next(self.numbers)
        if unit.sent(row.id, message, NOW):
            unit.put(row.user, "tick", f"old_{row.slot}", "change", NOW, b"x")
            unit.put(row.user, "tick", row.slot, "change", NOW, b"x")
        else:
            unit.stray(row.user, row.slot, message, NOW)


async def test_talk_first_ends_without_a_circle_under_mixed_load(
    store: Store, replica: Replica, url: str
) -> None:
    both = (store, await replica())
    load = Load()
    async with asyncio.timeout(60):
        await asyncio.gather(*(load.work(each) for each in both * 4))
    assert 0 == await asked(url, DEADLOCKS)


async def test_the_bucket_is_one_for_all(store: Store, replica: Replica) -> None:
    both = (store, await replica())

    def take(unit: Unit) -> int:
        before = unit.bucket(BOT)
        unit.keep_bucket(BOT, Drawn(before.full_until + 1, before.spoken + 2))
        return before.full_until

    taken = await asyncio.gather(*(each.run(take) for each in both * 20))
    assert list(range(40)) == sorted(taken)
    assert all(a < b for a, b in pairwise(sorted(taken)))
    assert Drawn(40, 80) == await both[1].run(lambda unit: unit.bucket(BOT))


async def test_another_master_key_is_told_at_once(store: Store, url: str) -> None:
    await store.run(someone)
    with pytest.raises(KeyFault, match="LIMBER_KEY_FILE is not the key this database"):
        await Store.open(url, MasterKeys((os.urandom(32),), "LIMBER_KEY_FILE"))


async def test_replicas_that_start_together_in_an_empty_database_agree() -> None:
    url = await new_database()
    stores = await asyncio.gather(*(Store.open(url, KEYS) for _ in range(4)))
    users = {await store.run(someone) for store in stores}
    assert 1 == len(users)
    for store in stores:
        await store.close()


async def test_of_two_that_start_together_with_other_keys_one_is_refused() -> None:
    url = await new_database()
    keys = [MasterKeys((os.urandom(32),)) for _ in range(2)]
    opened = await asyncio.gather(*(Store.open(url, k) for k in keys), return_exceptions=True)
    assert 1 == sum(isinstance(each, KeyFault) for each in opened)
    for each in opened:
        if isinstance(each, Store):
            await each.close()


async def test_a_server_that_breaks_its_connections_is_met_again(store: Store, url: str) -> None:
    await asyncio.gather(*(store.run(someone, n) for n in range(9)))
    await told(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()")  # fmt: skip
    users = await asyncio.gather(*(store.run(someone, n) for n in range(9)))
    assert 9 == len(set(users))


async def test_a_database_that_is_not_there_is_told_with_its_remedy(url: str) -> None:
    with pytest.raises(StoreFault, match=r"the database does not exist. Remedy: make it"):
        await Store.open(url.replace("/limber_", "/nowhere_"), KEYS)


async def test_a_caller_that_gives_up_leaves_the_work_whole(store: Store) -> None:
    caller = asyncio.create_task(store.run(say, 1, "hello"))
    await asyncio.sleep(0)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    await store.close()  # waits for it


async def test_closing_twice_is_closing_once_and_then_nothing_runs(store: Store) -> None:
    await store.close()
    await store.close()
    with pytest.raises(StoreFault, match="closed"):
        await store.run(someone)
