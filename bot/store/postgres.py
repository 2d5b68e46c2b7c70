"""PostgreSQL: a small pool, and transactions side by side, those of other replicas among them.

The work is the same synchronous work as on SQLite: `run_sync` carries it in the event loop's own
thread, and others come in only where it waits for the server.  Whoever gives up waiting leaves
the work whole.  What the server undid for no fault of the work is done once more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import asyncpg
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.faults import StoreFault
from bot.store.leader import lead
from bot.store.news import News
from bot.store.postgres_faults import is_passing, refusals, unreadable
from bot.store.work import Aftermath
from bot.store.writer import Haste, Tell, nobody

T = TypeVar("T")

TRIES = 4
CONNECTIONS = 10
CONNECT_S = 5.0
ANSWER_S = 8.0  # a server that says nothing for so long is not there
SWEEP_S = 2.0
PATIENCE = f"{ANSWER_S:g}s"
# What a replica holds that has lost its power or its cable is let go by the server itself.
MANNERS = {
    "application_name": "limber",
    "lock_timeout": PATIENCE,
    "idle_in_transaction_session_timeout": PATIENCE,
    "tcp_keepalives_idle": "3",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "2",
}
BEGINNING = text("SELECT pg_advisory_xact_lock(:key)")
BEGINNING_KEY = 0x4C696D01  # of this house, in a space that all users of a database share


class PostgreSQL:
    """Carries work to the server, and its result back."""

    shared = True
    sweep_s = SWEEP_S

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine = engine_of(url, ANSWER_S)
        self._at_work: set[asyncio.Task[Any]] = set()
        self._news: asyncio.Task[None] | None = None
        self._wire = News(lambda: connection_to(url, ANSWER_S))
        self._closed = False

    async def connect(self) -> None:
        with refusals():
            async with self._engine.connect():
                pass

    async def begin(self, prepare: Callable[[Connection], T]) -> T:
        """Prepare under a lock that all replicas know; a migration may take its time."""
        engine = engine_of(self._url, None)

        def alone(connection: Connection) -> T:
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(BEGINNING, {"key": BEGINNING_KEY})
            return prepare(connection)

        try:
            with refusals():
                async with engine.begin() as connection:
                    return await connection.run_sync(alone)
        finally:
            await engine.dispose()

    async def carry(
        self, work: Callable[[Connection], T], aftermath: Aftermath | None = None,
        tell: Tell = nobody, *, haste: Haste = "usual", patience_s: float = 0.0,
    ) -> T:  # fmt: skip
        del haste, patience_s  # there are several connections, and nobody waits for long
        if self._closed:
            raise StoreFault("The store is closed.")
        task = asyncio.create_task(self._transact(work, aftermath or Aftermath(), tell))
        self._at_work.add(task)
        task.add_done_callback(self._done)
        return await asyncio.shield(task)

    def ride(self, *_: object) -> None:
        """Nobody goes along: whoever leases holds the bucket of all replicas until it commits."""

    def listen(self, on_news: Callable[[Aftermath], None]) -> None:
        self._wire.on_news = on_news
        self._news = asyncio.create_task(self._wire.run())

    async def lead(self, work: Callable[[], Awaitable[None]]) -> None:
        await lead(lambda: connection_to(self._url, ANSWER_S), work)

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        if self._at_work:
            await asyncio.wait(self._at_work)
        if self._news is not None:
            self._news.cancel()
            await asyncio.gather(self._news, return_exceptions=True)
        await self._engine.dispose()

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._at_work.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, for nobody may be left who waits for it

    async def _transact(
        self, work: Callable[[Connection], T], aftermath: Aftermath, tell: Tell
    ) -> T:
        with refusals():
            result = await self._tried(work)
        tell(aftermath)
        self._wire.tell(aftermath)
        return result

    async def _tried(self, work: Callable[[Connection], T]) -> T:
        for tries_left in reversed(range(TRIES)):
            committing = False
            try:
                async with self._engine.connect() as connection:
                    result = await connection.run_sync(work)
                    committing = True  # from here on nobody knows, and the caller must decide
                    await connection.commit()
            except DBAPIError as error:
                if committing or not tries_left or not is_passing(error):
                    raise
            else:
                return result
        raise AssertionError("the last try returns or raises")


def engine_of(url: str, answer_s: float | None) -> AsyncEngine:
    """Make an engine; asyncpg reads the address itself, as all PostgreSQL programs do."""
    return create_async_engine(
        "postgresql+asyncpg://",
        async_creator=lambda: connection_to(url, answer_s),
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=ANSWER_S,
        pool_use_lifo=True,
        hide_parameters=True,  # so that no error shows what is kept
    )


async def connection_to(url: str, answer_s: float | None) -> asyncpg.Connection:
    with unreadable():
        return await asyncpg.connect(
            url, timeout=CONNECT_S, command_timeout=answer_s, server_settings=MANNERS
        )
