"""An empty database and a store in it, and as many more replicas as a test wants."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.store.store import Store
from tests.bot.postgres.server import KEYS, new_database, template

Replica = Callable[[], Awaitable[Store]]


@pytest.fixture
def like() -> str:
    return template()


@pytest.fixture
async def url(like: str) -> str:
    return await new_database(like)


@pytest.fixture
async def replica(url: str) -> AsyncIterator[Replica]:
    stores: list[Store] = []

    async def open_one() -> Store:
        stores.append(await Store.open(url, KEYS))
        return stores[-1]

    yield open_one
    for store in stores:
        await store.close()


@pytest.fixture
async def store(replica: Replica) -> Store:
    return await replica()
