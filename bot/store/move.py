"""Moving house: an installation carried from SQLite to PostgreSQL, whole or not at all.

Rows are carried as they are, sealed; the master key only has to be the one they belong to.  The
old file is read and left as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.carrier import Carrier
from bot.store.faults import StoreFault
from bot.store.keys import MasterKeys
from bot.store.postgres import BEGINNING, BEGINNING_KEY, PostgreSQL, engine_of
from bot.store.postgres_faults import refusals
from bot.store.schema import migrate, vault_of
from bot.store.sqlite import SQLite, file_of
from bot.store.store import carrier_of
from bot.store.tables import METADATA, about

BATCH = 1000
SCHEMA_NUMBER = "schema"  # the one row that a new database has of its own
LAST_NUMBER = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
COUNT_ON = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")

Rows = list[dict[str, Any]]


async def moved(source: str, target: str, masters: MasterKeys) -> Mapping[str, int]:
    """Carry all rows over, and return how many by table; neither Limber may be running."""
    old, new = carrier_of(source), carrier_of(target)
    if not isinstance(old, SQLite) or not isinstance(new, PostgreSQL):
        raise StoreFault(
            "limber move carries data from SQLite (LIMBER_DATABASE_URL) to PostgreSQL (--to). "
            "Remedy: leave LIMBER_DATABASE_URL as it was, and name the new one with "
            "--to postgresql://user@host/database."
        )
    path = file_of(old.url)
    if path is None or not path.exists():
        raise StoreFault(
            f"There is no database {path} (LIMBER_DATABASE_URL) to move. Remedy: start with "
            "the new one."
        )
    try:
        await new.connect()
        await old.connect()

        def prepare(connection: Connection) -> None:
            migrate(connection)
            vault_of(connection, masters)  # so that a wrong key is told now

        await old.begin(prepare)
        return await _carried(old, target)
    finally:
        await old.close()
        await new.close()


async def _carried(old: Carrier, target: str) -> Mapping[str, int]:
    engine = engine_of(target, None)
    try:
        with refusals():
            async with engine.begin() as new:
                await new.execute(BEGINNING, {"key": BEGINNING_KEY})  # no replica starts meanwhile
                await new.run_sync(migrate)
                await _assert_empty(new)
                return {table.name: await _copied(table, old, new) for table in _tables()}
    finally:
        await engine.dispose()


def _tables() -> list[Table]:
    return METADATA.sorted_tables  # owners before what they own


async def _assert_empty(new: AsyncConnection) -> None:
    for table in _tables():
        rows = select(table).limit(1)
        if table is about:
            rows = rows.where(about.c.name != SCHEMA_NUMBER)
        if (await new.execute(rows)).first() is not None:
            raise StoreFault(
                "The database named with --to is not empty, and was left as it is. "
                "Remedy: make a new one with createdb, and name that."
            )


async def _copied(table: Table, old: Carrier, new: AsyncConnection) -> int:
    count = 0
    while rows := await old.carry(partial(_batch, table=table, behind=count)):
        count += len(rows)
        if table is about:
            rows = [row for row in rows if row["name"] != SCHEMA_NUMBER]
        await new.execute(insert(table), rows)
    if "id" in table.c:
        await _count_on(table, old, new)
    kept = (await new.execute(select(func.count()).select_from(table))).scalar_one()
    if kept != count:
        raise StoreFault(
            f"Of {count} rows of {table.name} only {kept} have arrived, so nothing was moved. "
            "Remedy: see that no other program writes to the new database, and try again."
        )
    return count


def _batch(connection: Connection, table: Table, behind: int) -> Rows:
    rows = select(table).order_by(*table.primary_key).offset(behind).limit(BATCH)
    return [dict(row) for row in connection.execute(rows).mappings()]


async def _count_on(table: Table, old: Carrier, new: AsyncConnection) -> None:
    """Go on where the numbers ended: none is used twice, those of erased rows included."""
    last = await old.carry(
        lambda connection: connection.execute(LAST_NUMBER, {"name": table.name}).scalar()
    )
    if last:
        await new.execute(COUNT_ON, {"name": table.name, "last": last})
