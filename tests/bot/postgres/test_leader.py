"""The lead: one replica has it at a time, and the next one takes it when that ends."""

from __future__ import annotations

import asyncio

import pytest

from tests.bot.postgres.conftest import Replica
from tests.bot.postgres.server import told

BREAK_OFF = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"


class Works:
    """Notes who works, until it is cancelled."""

    def __init__(self) -> None:
        self.at_work: list[str] = []
        self.begun: asyncio.Queue[str] = asyncio.Queue()

    async def work(self, name: str) -> None:
        self.at_work.append(name)
        assert [name] == self.at_work, "one at a time"
        self.begun.put_nowait(name)
        try:
            await asyncio.Event().wait()
        finally:
            self.at_work.remove(name)


@pytest.fixture
def works() -> Works:
    return Works()


async def test_the_lead_passes_on_when_it_is_let_go(works: Works, replica: Replica) -> None:
    stores = {name: await replica() for name in ("a", "b")}
    leads = {
        name: asyncio.create_task(store.lead(lambda name=name: works.work(name)))
        for name, store in stores.items()
    }
    async with asyncio.timeout(20):
        first = await works.begun.get()
        leads[first].cancel()
        second = await works.begun.get()
    assert {"a", "b"} == {first, second}
    leads[second].cancel()
    await asyncio.gather(*leads.values(), return_exceptions=True)


async def test_whoever_loses_the_connection_stops_and_asks_again(
    works: Works, replica: Replica, url: str
) -> None:
    store = await replica()
    leading = asyncio.create_task(store.lead(lambda: works.work("a")))
    async with asyncio.timeout(20):
        await works.begun.get()
        await told(url, BREAK_OFF)
        assert "a" == await works.begun.get()
    leading.cancel()
    await asyncio.gather(leading, return_exceptions=True)


async def test_what_the_work_raises_is_raised(replica: Replica) -> None:
    async def fail() -> None:
        raise LookupError("of the work")

    store = await replica()
    with pytest.raises(LookupError, match="of the work"):
        await store.lead(fail)
