"""A unit beside a Limber that may be at work on the same database, for one short transaction.

On SQLite the file's own lock makes the two take turns; the lock file is not asked for, because
nothing here leases, sends or rings.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, make_url

from bot.store.faults import StoreFault
from bot.store.keys import MasterKeys
from bot.store.private import may_be_there
from bot.store.schema import SCHEMA, migrate, schema_of, vault_of
from bot.store.sqlite import empty_log, engine_of, faults_of, file_of
from bot.store.store import Store, carrier_of
from bot.store.unit import Unit
from bot.store.work import Aftermath

T = TypeVar("T")

LOG_S = 10.0  # how long to try to empty the log while the other one reads or writes


async def run_beside(url: str, keys: MasterKeys, work: Callable[[Unit], T]) -> T:
    """Run it in one transaction of its own."""
    path = sqlite_file(url)
    if path is not None:
        return await asyncio.to_thread(_on_file, path, keys, work)
    store = await Store.open(url, keys)
    try:
        return await store.run(work)
    finally:
        await store.close()


async def look(url: str, keys: MasterKeys) -> None:
    """Open what is there, change nothing; raises a StoreFault where a start would fail.

    An empty database, or one from an older version, is in order: a start brings it up to date.
    """
    path = sqlite_file(url)
    if path is not None:
        if may_be_there(path):
            await asyncio.to_thread(_look_in_file, path, keys)
        return
    carrier = carrier_of(url)
    try:
        await carrier.connect()
        await carrier.begin(lambda connection: _look(connection, keys))
    finally:
        await carrier.close()


def _look_in_file(path: Path, keys: MasterKeys) -> None:
    engine = engine_of(make_url(f"sqlite+pysqlite:///{path}"))
    with faults_of(path), closing(engine.connect()) as connection:
        _look(connection, keys)
    engine.dispose()


def _look(connection: Connection, keys: MasterKeys) -> None:
    number = schema_of(connection)
    if number > SCHEMA:
        migrate(connection)  # which refuses
    if number:
        vault_of(connection, keys)


def sqlite_file(url: str) -> Path | None:
    """Name the database's file; none when it is not SQLite's."""
    return file_of(make_url(url)) if url.startswith("sqlite") else None


def there(path: Path) -> Path:
    if not may_be_there(path):
        raise StoreFault(
            f"There is no database {path} (LIMBER_DATABASE_URL). "
            "Remedy: name the one that Limber uses; run this as the user who runs Limber."
        )
    return path


def _on_file(path: Path, keys: MasterKeys, work: Callable[[Unit], T]) -> T:
    engine = engine_of(make_url(f"sqlite+pysqlite:///{there(path)}"))
    aftermath = Aftermath()
    with faults_of(path), closing(engine.connect()) as connection:
        with connection.begin():
            if schema_of(connection) != SCHEMA:
                raise StoreFault(
                    f"The database {path} (LIMBER_DATABASE_URL) belongs to another version of "
                    "Limber. Remedy: run `limber migrate`, or the version that made it."
                )
            unit = Unit(connection, vault_of(connection, keys), aftermath)
            result = work(unit)
            unit.finish()
        if aftermath.wiped:
            _empty(connection, path)
    engine.dispose()
    return result


def _empty(connection: Connection, path: Path) -> None:
    """Empty the log between two transactions of the other one."""
    until = time.monotonic() + LOG_S
    while not empty_log(connection):
        if time.monotonic() > until:
            raise StoreFault(
                f"It is done, but the log of {path} could not be emptied, because another program "
                "reads it. Remedy: end that program and restart Limber, which empties it."
            )
        time.sleep(0.05)
