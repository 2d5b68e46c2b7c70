"""The store: opens a database, and runs functions of a unit, each in one transaction.

What the store keeps is durable once `run` returns; what it sets off (an alarm loop, a sender) is
woken after that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError

from bot.store.faults import StoreFault
from bot.store.keys import MasterKeys
from bot.store.schema import migrate, vault_of
from bot.store.seal import Vault
from bot.store.sqlite import SQLite, free_leases
from bot.store.unit import Unit
from bot.store.work import Aftermath

P = ParamSpec("P")
T = TypeVar("T")

FORM = "Remedy: write it as sqlite:///path/to/limber.db"


class Store:
    """Set `on_alarm` and `on_outbox` to be woken, in the event loop, after a commit."""

    def __init__(self, carrier: SQLite, vault: Vault, loop: asyncio.AbstractEventLoop) -> None:
        self._carrier = carrier
        self._vault = vault
        self._loop = loop
        self.on_alarm: Callable[[datetime], None] = _ignore_alarm  # the nearest one just armed
        self.on_outbox: Callable[[], None] = _ignore_outbox

    @classmethod
    async def open(cls, url: str, master_keys: MasterKeys) -> Store:
        """Open or make the database; whatever is in the way is a `StoreFault`."""
        carrier = SQLite(_parsed(url))

        def prepare(connection: Connection) -> Vault:
            migrate(connection)
            free_leases(connection)
            return vault_of(connection, master_keys)

        try:
            await carrier.connect()
            vault = await carrier.carry(prepare, Aftermath)
        except BaseException:
            await carrier.close()
            raise
        return cls(carrier, vault, asyncio.get_running_loop())

    async def run(
        self, work: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run it in one transaction: kept when it returns, undone when it raises."""
        aftermath = Aftermath()

        def with_unit(connection: Connection) -> T:
            return work(Unit(connection, self._vault, aftermath), *args, **kwargs)

        return await self._carrier.carry(with_unit, lambda: self._tell(aftermath))

    async def close(self) -> None:
        await self._carrier.close()

    def _tell(self, aftermath: Aftermath) -> Aftermath:
        """Wake the loops, from whatever thread has committed."""
        if aftermath.armed is not None:
            self._loop.call_soon_threadsafe(self.on_alarm, aftermath.armed)
        if aftermath.posted:
            self._loop.call_soon_threadsafe(self.on_outbox)
        return aftermath


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreFault(f"LIMBER_DATABASE_URL is not a database address. {FORM}.") from None
    if parsed.get_backend_name() != "sqlite":
        raise StoreFault(
            f"LIMBER_DATABASE_URL asks for {parsed.get_backend_name()}, and this version of "
            f"Limber keeps its data in SQLite. {FORM}."
        )
    return parsed.set(drivername="sqlite+pysqlite")


def _ignore_alarm(_: datetime) -> None:
    """Nobody waits for alarms."""


def _ignore_outbox() -> None:
    """Nobody sends."""
