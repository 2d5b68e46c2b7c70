"""The store: opens a database, and runs functions of a unit, each in one transaction.

What the store keeps is durable once `run` returns; what it sets off (an alarm loop, a sender) is
woken after that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import ArgumentError

from bot.store.carrier import Carrier, Ride
from bot.store.faults import StoreFault, Unreached
from bot.store.keys import MasterKeys
from bot.store.schema import migrate, vault_of
from bot.store.seal import Vault
from bot.store.sqlite import SQLite
from bot.store.unit import Unit
from bot.store.work import Aftermath
from bot.store.writer import Haste

P = ParamSpec("P")
T = TypeVar("T")

log = structlog.get_logger()

FORM = "Remedy: write it as sqlite:///path/to/limber.db or postgresql://user@host/database"


class Store:
    """Set `on_alarm` and `on_outbox` to be woken, in the event loop, after a commit."""

    def __init__(self, carrier: Carrier, vault: Vault, loop: asyncio.AbstractEventLoop) -> None:
        self._carrier = carrier
        self._vault = vault
        self._loop = loop
        self._is_away = False
        self.patience_s = 0.0  # how long to wait for company, where that can be had
        self.on_alarm: Callable[[datetime], None] = _ignore_alarm  # the nearest one just armed
        self.on_outbox: Callable[[], None] = _ignore_outbox
        # At once, in whatever thread has committed: a send that has not begun must not begin.
        self.on_withdrawn: Callable[[Collection[int]], None] = _ignore_withdrawn
        carrier.listen(self._wake)

    @classmethod
    async def open(cls, url: str, master_keys: MasterKeys) -> Store:
        """Open or make the database; whatever is in the way is a `StoreFault`."""
        carrier = carrier_of(url)

        def prepare(connection: Connection) -> Vault:
            migrate(connection)
            return vault_of(connection, master_keys)

        try:
            await carrier.connect()
            vault = await carrier.begin(prepare)
        except BaseException:
            await carrier.close()
            raise
        return cls(carrier, vault, asyncio.get_running_loop())

    async def run(
        self, work: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run it in a transaction: kept when it returns, undone when it raises."""
        return await self._carried(lambda unit: work(unit, *args, **kwargs))

    async def run_soon(
        self, work: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run it before what has waited longer: somebody is holding a stretch."""
        return await self._carried(lambda unit: work(unit, *args, **kwargs), haste="soon")

    async def run_next(
        self, work: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run it before all that waits: it looks for what is to be sent, and for many at once."""
        return await self._carried(lambda unit: work(unit, *args, **kwargs), haste="next")

    async def run_along(
        self, work: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run it with whatever comes soon: nobody waits for it but who asks."""
        return await self._carried(
            lambda unit: work(unit, *args, **kwargs), patience_s=self.patience_s
        )

    def ride(self, work: Callable[[Unit], T]) -> Ride | None:
        """Run it in the next transaction that posts to the outbox; none: it cannot be done.

        Whoever rides sees what was posted, so `on_outbox` is not called for that.
        """
        aftermath = Aftermath()
        return self._carrier.ride(self._with_unit(work, aftermath), aftermath, self._tell)

    async def _carried(
        self, work: Callable[[Unit], T], *, haste: Haste = "usual", patience_s: float = 0.0
    ) -> T:
        aftermath = Aftermath()
        with_unit = self._with_unit(work, aftermath)
        try:
            result = await self._carrier.carry(
                with_unit, aftermath, self._tell, haste=haste, patience_s=patience_s
            )
        except Unreached as fault:
            self._note_away(fault)
            raise
        if self._is_away:
            self._is_away = False
            log.info("store_back")
        return result

    def _with_unit(
        self, work: Callable[[Unit], T], aftermath: Aftermath
    ) -> Callable[[Connection], T]:
        def with_unit(connection: Connection) -> T:
            unit = Unit(connection, self._vault, aftermath)
            result = work(unit)
            unit.finish()
            return result

        return with_unit

    def _note_away(self, fault: Unreached) -> None:
        """Log it once, however many wait for it: the loops try anew each second."""
        if not self._is_away:
            self._is_away = True
            log.error("store_away", why=str(fault))

    @property
    def shared(self) -> bool:
        """Tell whether other replicas are at work on the same data."""
        return self._carrier.shared

    @property
    def sweep_s(self) -> float:
        """Say how long a loop may sleep, in case that nobody wakes it."""
        return self._carrier.sweep_s

    async def lead(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do what only one replica may do at a time, for as long as this one is it."""
        await self._carrier.lead(work)

    async def close(self) -> None:
        await self._carrier.close()

    def _tell(self, aftermath: Aftermath) -> None:
        """Wake the loops, from whatever thread has committed."""
        if aftermath.withdrawn:
            self.on_withdrawn(aftermath.withdrawn)
        if aftermath.armed is not None or aftermath.posted:
            self._loop.call_soon_threadsafe(self._wake, aftermath)

    def _wake(self, aftermath: Aftermath) -> None:
        if aftermath.armed is not None:
            self.on_alarm(aftermath.armed)
        if aftermath.posted:
            self.on_outbox()


def carrier_of(url: str) -> Carrier:
    """Choose the database by its address."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # the second for a port that is no number
        raise StoreFault(f"LIMBER_DATABASE_URL is not a database address. {FORM}.") from None
    match parsed.get_backend_name():
        case "sqlite":
            return SQLite(parsed.set(drivername="sqlite+pysqlite"))
        case "postgresql":
            from bot.store.postgres import PostgreSQL  # noqa: PLC0415 - most need no server

            return PostgreSQL(url)
        case other:
            raise StoreFault(
                f"LIMBER_DATABASE_URL asks for {other}, and Limber keeps its data in SQLite or "
                f"PostgreSQL. {FORM}."
            )


def _ignore_alarm(_: datetime) -> None:
    """Nobody waits for alarms."""


def _ignore_outbox() -> None:
    """Nobody sends."""


def _ignore_withdrawn(_: Collection[int]) -> None:
    """Nobody is sending."""
