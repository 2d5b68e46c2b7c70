"""What a database must do for the store: carry synchronous work, each in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, Protocol, TypeVar

from sqlalchemy import Connection

from bot.store.work import Aftermath
from bot.store.writer import Haste, Tell, nobody

T = TypeVar("T")


class Ride(NamedTuple):
    """A look at the outbox that goes with whatever posts something; `alight` is False too late."""

    answer: asyncio.Future[Any]
    alight: Callable[[], bool]


class Carrier(Protocol):
    """SQLite or PostgreSQL, seen from the store."""

    shared: bool  # by several replicas
    sweep_s: float  # how long a loop may sleep, in case that nobody wakes it

    async def connect(self) -> None:
        """Reach the database, or say in a `StoreFault` what is in the way."""
        ...

    async def begin(self, prepare: Callable[[Connection], T]) -> T:
        """Do what comes before everything else, while nobody else does it."""
        ...

    async def carry(
        self, work: Callable[[Connection], T], aftermath: Aftermath | None = None,
        tell: Tell = nobody, *, haste: Haste = "usual", patience_s: float = 0.0,
    ) -> T:  # fmt: skip
        """Do the work in a transaction; tell what it set off once that is committed.

        What is to be done soon, or next, does not wait for the rest, and what has patience goes
        with others, where there is one line for all.
        """
        ...

    def ride(
        self, work: Callable[[Connection], Any], aftermath: Aftermath, tell: Tell
    ) -> Ride | None:
        """Do the work in the next transaction that posts something; none: it cannot be done."""
        ...

    def listen(self, on_news: Callable[[Aftermath], None]) -> None:
        """Hear what other replicas have set off."""
        ...

    async def lead(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do what only one replica may do at a time, for as long as this one is it."""
        ...

    async def close(self) -> None:
        """Finish what is under way, and let go."""
        ...
