"""The one of several replicas that does what only one may do: whoever holds an advisory lock.

The lock belongs to a connection and ends with it, however that ends; whoever sees its connection
end stops leading.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import asyncpg
import structlog

from bot.store.postgres_faults import LOST
from bot.traces import kind

KEY = 0x4C696D02
TAKE = "SELECT pg_try_advisory_lock($1)"
LOOK_S = 1.0

log = structlog.get_logger()


class _Lost(Exception):  # noqa: N818 - no error: the lead has passed to another
    """The connection has ended, and the lock with it."""


async def lead(
    connect: Callable[[], Awaitable[asyncpg.Connection]], work: Callable[[], Awaitable[None]]
) -> None:
    """Wait for the lead, do the work while it lasts, and wait again; ends with the work."""
    while True:
        try:
            connection = await connect()
        except (*LOST, asyncpg.PostgresError) as fault:
            log.warning("lead_not_asked_for", error=kind(fault))
            await asyncio.sleep(LOOK_S)
            continue
        try:
            await _taken(connection)
            log.info("leading")
            await _while_held(connection, work)
        except _Lost:
            log.warning("lead_lost")
            await asyncio.sleep(LOOK_S)
        else:
            return
        finally:
            connection.terminate()


async def _taken(connection: asyncpg.Connection) -> None:
    while not await _asked(connection, TAKE, KEY):  # noqa: ASYNC110 - the lock is on the server
        await asyncio.sleep(LOOK_S)


async def _while_held(connection: asyncpg.Connection, work: Callable[[], Awaitable[None]]) -> None:
    working = asyncio.ensure_future(work())
    watching = asyncio.create_task(_watch(connection))
    try:
        await asyncio.wait({working, watching}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            await working
        else:
            await watching
    finally:
        for task in (working, watching):
            task.cancel()
        await asyncio.gather(working, watching, return_exceptions=True)


async def _watch(connection: asyncpg.Connection) -> None:
    while True:
        await asyncio.sleep(LOOK_S)
        await _asked(connection, "SELECT true")


async def _asked(connection: asyncpg.Connection, question: str, *values: int) -> bool:
    try:
        return bool(await connection.fetchval(question, *values))
    except (*LOST, asyncpg.PostgresError):
        raise _Lost from None
