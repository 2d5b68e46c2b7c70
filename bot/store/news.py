"""News between replicas: what a commit set off here may be nearer than what others wait for.

It goes out after the commit, gathered, on a connection of its own: a notice inside each
transaction would make all commits of the server queue for one lock.  What is lost with a killed
replica or a broken connection is found by the sweep of the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import asyncpg
import structlog

from bot.store.moments import micros, moment_of
from bot.store.postgres_faults import LOST
from bot.store.work import Aftermath
from bot.traces import kind

CHANNEL = "limber"
GATHER_S = 0.01
WATCH_S = 5.0
RETRY_S = 1.0
POSTED = "posted"
TELL = "SELECT pg_notify($1, $2)"

log = structlog.get_logger()


class News:
    def __init__(self, connect: Callable[[], Awaitable[asyncpg.Connection]]) -> None:
        self._connect = connect
        self._pending = Aftermath()
        self._any = asyncio.Event()
        self._own_pid = 0
        self.on_news: Callable[[Aftermath], None] = _ignore

    def tell(self, aftermath: Aftermath) -> None:
        """Have it told to the other replicas, soon."""
        if aftermath.armed is not None:
            self._pending.arm(aftermath.armed)
        self._pending.posted |= aftermath.posted
        if aftermath.armed is not None or aftermath.posted:
            self._any.set()

    async def run(self) -> None:
        """Tell and hear for good; ends when cancelled."""
        while True:
            try:
                await self._talk(await self._connect())
            except (*LOST, asyncpg.PostgresError) as fault:
                log.warning("news_interrupted", error=kind(fault))
            await asyncio.sleep(RETRY_S)

    async def _talk(self, connection: asyncpg.Connection) -> None:
        try:
            self._own_pid = connection.get_server_pid()
            await connection.add_listener(CHANNEL, self._heard)
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(WATCH_S):
                        await self._any.wait()
                await self._pass_on(connection)
                await asyncio.sleep(GATHER_S)
        finally:
            connection.terminate()

    async def _pass_on(self, connection: asyncpg.Connection) -> None:
        """Tell what has gathered; with nothing to tell, look whether anybody is there."""
        told, self._pending = self._pending, Aftermath()
        self._any.clear()
        if told.posted:
            await connection.execute(TELL, CHANNEL, POSTED)
        if told.armed is not None:
            await connection.execute(TELL, CHANNEL, str(micros(told.armed)))
        if not told.posted and told.armed is None:
            await connection.execute("SELECT 1")

    def _heard(self, _: object, pid: int, __: str, payload: str) -> None:
        if pid == self._own_pid:
            return
        if payload == POSTED:
            self.on_news(Aftermath(posted=True))
        elif payload.isdigit():
            self.on_news(Aftermath(armed=moment_of(int(payload))))


def _ignore(_: Aftermath) -> None:
    """Nobody listens."""
