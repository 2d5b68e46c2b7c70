"""Whoever writes before the books of danger phrases stand waits for them, and nobody else does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest

from bot.alarms import AlarmLoop
from bot.books import Books
from bot.house import House
from bot.outbox.sender import Sender
from bot.ports import WallClock
from bot.store.store import Store
from content.catalogue import Catalogue
from flows.heard import Blocked, Command, Odd, Typed
from tests.bot.postgres.server import KEYS

NEVER_S = 3600.0


@pytest.fixture
async def house(tmp_path: Path, catalogue: Catalogue) -> AsyncIterator[House]:
    store = await Store.open(f"sqlite:///{tmp_path}/limber.db", KEYS)
    nobody = cast("Sender", None), cast("AlarmLoop", None)  # neither is asked for anything here
    books = Books(catalogue, NEVER_S)
    yield House(store, WallClock(), catalogue, "telegram", *nobody, books=books)
    await books.close()
    await store.close()


async def test_only_who_writes_has_the_books_made(house: House) -> None:
    assert house.books is not None
    for heard in (Command(name="start"), Command(name="stop"), Odd(kind="sticker"), Blocked()):
        await house.hear(1, heard)
    assert not house.books.making.done()
    await asyncio.gather(*(house.hear(chat_id, Typed(text="hello")) for chat_id in (1, 2)))
    assert house.books.making.done()
