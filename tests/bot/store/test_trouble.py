"""A disk that fills up, turns read-only or is locked: a clear word, and nothing acknowledged lost.

The trouble is made through the store's own connection, so it comes between two transactions.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import cast

import pytest

from bot.alarms import AlarmLoop
from bot.house import House
from bot.outbox.sender import Sender
from bot.ports import WallClock
from bot.store.faults import StoreFault
from bot.store.sqlite import SQLite
from bot.store.store import Store
from bot.store.unit import Unit
from content.catalogue import Catalogue
from flows.heard import Command
from tests.bot.postgres.server import KEYS
from tests.bot.store.moments import DAY, NOW

BIG = b"x" * 20_000
NOT_LONG_MS = 20


async def pragma(store: Store, words: str) -> int:
    """Say something to the store's own connection, between two transactions."""
    carrier = cast("SQLite", store._carrier)  # noqa: SLF001 - as a disk would come between

    def told() -> int:
        assert carrier._connection is not None  # noqa: SLF001 - the same
        database = carrier._connection.connection.driver_connection  # noqa: SLF001 - the same
        assert database is not None
        row = database.execute(f"PRAGMA {words}").fetchone()
        return int(row[0]) if row else 0

    return await carrier._writer.alone(told)  # noqa: SLF001 - the same


def write(unit: Unit, chat_id: int) -> int:
    user = unit.user_of("telegram", chat_id, day=DAY)
    unit.add_diary(user, "mark", NOW, BIG)
    return chat_id


def holds(unit: Unit, chat_id: int) -> bool:
    user = unit.known_user("telegram", chat_id)
    return user is not None and [BIG] == [row.entry for row in unit.diary_of(user)]


@asynccontextmanager
async def full(store: Store) -> AsyncIterator[None]:
    """Leave room for a few more writes, and none after them."""
    pages = await pragma(store, "page_count")
    await pragma(store, f"max_page_count = {pages + 60}")
    yield
    await pragma(store, "max_page_count = 1000000")


async def written(store: Store, chat_ids: range) -> dict[int, StoreFault | int]:
    """Write all at once; by chat, what came of it."""
    told = await asyncio.gather(
        *(store.run(write, chat_id) for chat_id in chat_ids), return_exceptions=True
    )
    assert all(isinstance(each, int | StoreFault) for each in told)
    return dict(zip(chat_ids, cast("list[StoreFault | int]", told), strict=True))


async def test_when_the_disk_fills_up_all_that_was_acknowledged_is_there_and_nothing_else(
    store: Store, database: Path
) -> None:
    chat_ids = range(60)
    async with full(store):
        told = await written(store, chat_ids)
        faults = [str(each) for each in told.values() if isinstance(each, StoreFault)]
        assert 5 < len(faults) < 60
        assert all("the disk is full" in fault for fault in faults)
        assert all("make room on it" in fault for fault in faults)
    await store.close()
    again = await Store.open(f"sqlite:///{database}", KEYS)
    for chat_id, each in told.items():
        assert isinstance(each, int) is await again.run(holds, chat_id)
    assert all(isinstance(each, int) for each in (await written(again, chat_ids)).values())
    await again.close()


async def test_a_database_that_turns_read_only_is_told_and_goes_on_where_it_was(
    store: Store,
) -> None:
    await store.run(write, 1)
    await pragma(store, "query_only = ON")
    with pytest.raises(StoreFault, match="it cannot be written"):
        await store.run(write, 2)
    await pragma(store, "query_only = OFF")
    assert [True, False] == [await store.run(holds, chat_id) for chat_id in (1, 2)]
    await store.run(write, 2)


async def test_a_database_that_another_program_locks_is_told_and_goes_on_where_it_was(
    store: Store, database: Path
) -> None:
    await store.run(write, 1)
    await pragma(store, f"busy_timeout = {NOT_LONG_MS}")
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        told = await written(store, range(2, 6))
        assert all("another program has locked it" in str(each) for each in told.values())
    await written(store, range(2, 6))
    assert all([await store.run(holds, chat_id) for chat_id in range(1, 6)])


async def test_an_update_that_cannot_be_kept_is_not_confirmed_and_is_heard_when_it_can(
    store: Store, catalogue: Catalogue
) -> None:
    nobody = cast("Sender", None), cast("AlarmLoop", None)  # neither is asked for anything here
    house = House(store, WallClock(), catalogue, "telegram", *nobody)
    await pragma(store, "query_only = ON")
    for _ in range(2):
        assert (False, None) == await house.hear(1, Command(name="start"), update_id=7)
    await pragma(store, "query_only = OFF")
    assert not await store.run(waiting)
    for _ in range(2):
        kept, _ = await house.hear(1, Command(name="start"), update_id=7)
        assert kept
    assert 1 == await store.run(waiting)


def waiting(unit: Unit) -> int:
    return sum(unit.waiting_messages().values())
