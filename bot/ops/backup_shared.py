"""The same backup from PostgreSQL: all rows of one moment, into the same file on SQLite.

So one form of data restores everywhere: on SQLite as it is, on PostgreSQL by `limber move`.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Table, bindparam, insert, make_url, select, text

from bot.ops.keysfile import KeysFile
from bot.store.faults import StoreFault
from bot.store.postgres import engine_of
from bot.store.postgres_faults import refusals
from bot.store.schema import SCHEMA, WRAPPED, migrate, schema_of
from bot.store.sqlite import engine_of as file_engine_of
from bot.store.sqlite import faults_of
from bot.store.tables import METADATA, about, keys, outbox

BATCH = 1000
SCHEMA_NUMBER = "schema"  # the one row that a new database has of its own
HOUSE = select(about.c.name, about.c.value).where(about.c.name.in_(WRAPPED))
LAST_NUMBER = text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:name, 'id'))")
COUNT_ON = text("UPDATE sqlite_sequence SET seq = max(seq, :last) WHERE name = :name")
FIRST_COUNT = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)")
WITHOUT = {
    about.name: about.c.name.not_in((*WRAPPED, SCHEMA_NUMBER)),
    outbox.name: outbox.c.own_key.is_(None),
}


async def copied_from_server(url: str, target: Path, at: datetime) -> KeysFile:
    """Copy all rows of one moment, and return the keys of the same one."""
    engine = engine_of(url, None)
    try:
        with refusals():
            async with engine.connect() as connection:
                await connection.execution_options(isolation_level="REPEATABLE READ")
                return await connection.run_sync(_copied, target, at)
    finally:
        await engine.dispose()


def _copied(server: Connection, target: Path, at: datetime) -> KeysFile:
    if schema_of(server) != SCHEMA:
        raise StoreFault(
            "The database (LIMBER_DATABASE_URL) belongs to another version of Limber. "
            "Remedy: run `limber migrate`, or the version that made it."
        )
    engine = file_engine_of(make_url(f"sqlite+pysqlite:///{target}"))
    with faults_of(target), engine.connect() as file:
        with file.begin():
            migrate(file)
            for table in METADATA.sorted_tables:
                if table is not keys:
                    _carry(table, server, file)
        if driver := file.connection.driver_connection:
            driver.execute("PRAGMA journal_mode = DELETE").fetchall()  # one file, without a log
    engine.dispose()
    return KeysFile.model_construct(  # bytes as they are, not base64 to be read
        limber_keys=1,
        made_at=at,
        last_user=server.execute(LAST_NUMBER, {"name": "users"}).scalar() or 0,
        house={row.name: row.value for row in server.execute(HOUSE)},
        users={row.user_id: row.wrapped for row in server.execute(select(keys))},
    )


def _carry(table: Table, server: Connection, file: Connection) -> None:
    order = list(table.primary_key)
    rows = select(table).order_by(*order).limit(BATCH).offset(bindparam("behind"))
    if table.name in WITHOUT:
        rows = rows.where(WITHOUT[table.name])
    behind = 0
    while batch := [dict(row) for row in server.execute(rows, {"behind": behind}).mappings()]:
        file.execute(insert(table), batch)
        behind += len(batch)
    if "id" in table.c and (last := server.execute(LAST_NUMBER, {"name": table.name}).scalar()):
        known = {"name": table.name, "last": last}
        if not file.execute(COUNT_ON, known).rowcount:
            file.execute(FIRST_COUNT, known)
