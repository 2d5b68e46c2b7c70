"""Opening: what is in the way is told in one sentence that names the setting and a remedy."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, Executable, make_url, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.expression import ClauseElement

from bot.store import (
    alarms,
    diary,
    erase,
    leases,
    ledger,
    messages,
    outbox,
    outbox_order,
    paces,
    people,
    schema,
    work,
)
from bot.store.dialects import PerDialect
from bot.store.faults import KeyFault, StoreFault
from bot.store.keys import MasterKeys, text_of
from bot.store.schema import SCHEMA, schema_of
from bot.store.sqlite import check_version, engine_of, faults_of
from bot.store.store import Store
from bot.store.tables import METADATA, about
from tests.bot.store.conftest import KEYS
from tests.bot.store.moments import DAY

DIALECTS = {
    "sqlite": make_url("sqlite://").get_dialect()(),
    "postgresql": make_url("postgresql+asyncpg://").get_dialect()(),
}
OPEN_IT = """
import asyncio, sys
from bot.store.keys import keys_from_text
from bot.store.store import Store
async def main():
    await Store.open(sys.argv[1], keys_from_text(sys.argv[2]))
try:
    asyncio.run(main())
except Exception as fault:
    print(type(fault).__name__, fault)
"""


async def told_on_opening(url: str, keys: MasterKeys = KEYS) -> str:
    with pytest.raises(StoreFault) as fault:
        await Store.open(url, keys)
    assert "Remedy: " in str(fault.value)
    return str(fault.value)


async def test_a_new_database_and_its_folder_are_private(tmp_path: Path) -> None:
    path = tmp_path / "data" / "limber.db"
    store = await Store.open(f"sqlite:///{path}", KEYS)
    modes = {file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    await store.close()
    assert {0o600} == modes
    assert 0o700 == path.parent.stat().st_mode & 0o777


async def test_the_promised_settings_of_sqlite_are_on(store: Store) -> None:
    def settings(unit: object) -> list[object]:
        connection: Connection = unit._connection  # type: ignore[attr-defined] # noqa: SLF001 - asked of the one real connection
        names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        return [connection.execute(text(f"PRAGMA {name}")).scalar() for name in names]

    assert ["wal", 2, 1, 1] == await store.run(settings)


async def test_another_master_key_is_told_at_once(store: Store, database: Path) -> None:
    await store.close()
    with pytest.raises(KeyFault, match="LIMBER_KEY_FILE is not the key this database"):
        await Store.open(f"sqlite:///{database}", MasterKeys((os.urandom(32),), "LIMBER_KEY_FILE"))


async def test_an_older_master_key_beside_a_new_one_still_opens(
    store: Store, database: Path
) -> None:
    user = await store.run(lambda unit: unit.user_of("telegram", 1, day=DAY))
    await store.close()
    both = MasterKeys((os.urandom(32), *KEYS.keys))
    again = await Store.open(f"sqlite:///{database}", both)
    assert 1 == await again.run(lambda unit: unit.chat_of(user))
    await again.close()


async def test_a_database_from_a_newer_version_is_left_alone(database: Path) -> None:
    url = f"sqlite:///{database}"
    engine = engine_of(make_url(url))
    newer = str(SCHEMA + 1).encode()
    with engine.begin() as connection:
        connection.execute(update(about).where(about.c.name == "schema").values(value=newer))
    told = await told_on_opening(url)
    assert "was made by a newer Limber" in told
    with engine.connect() as connection:
        assert SCHEMA + 1 == schema_of(connection)
    engine.dispose()


async def test_a_second_process_on_the_same_file_is_turned_away(
    store: Store, database: Path
) -> None:
    def open_elsewhere() -> str:
        arguments = [sys.executable, "-c", OPEN_IT, f"sqlite:///{database}", text_of(KEYS.keys)]
        return subprocess.run(arguments, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own words

    assert open_elsewhere().startswith("StoreFault Another Limber is at work on the database")
    await store.run(lambda unit: unit.user_of("telegram", 1, day=DAY))
    await store.close()
    assert "" == open_elsewhere()


async def test_a_store_that_could_not_open_lets_go_of_the_file(
    store: Store, database: Path
) -> None:
    await store.close()
    wrong = MasterKeys((os.urandom(32),))
    await told_on_opening(f"sqlite:///{database}", wrong)
    again = await Store.open(f"sqlite:///{database}", KEYS)
    await again.close()


async def test_what_is_no_database_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary, " * 200)
    assert "not an SQLite database" in await told_on_opening(f"sqlite:///{path}")
    assert "Dear diary, " * 200 == path.read_text()


async def test_a_place_that_cannot_hold_a_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told = await told_on_opening(f"sqlite:///{tmp_path}/file/limber.db")
    assert "cannot be made or opened" in told


@pytest.mark.parametrize(
    "url",
    [
        "limber.db",
        "",
        "mysql://limber:geheim@db/limber",
        "postgresql://limber:geheim@127.0.0.1:port/limber",
        "postgresql://limber:geheim@127.0.0.1:9/limber",
    ],
)
async def test_an_address_where_no_database_is_is_told_without_its_password(url: str) -> None:
    told = await told_on_opening(url)
    assert "LIMBER_DATABASE_URL" in told
    assert "geheim" not in told


async def test_a_file_locked_by_another_program_is_told(database: Path) -> None:
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    told = await told_on_opening(f"sqlite:///{database}?timeout=0.01")
    assert "another program has locked it" in told
    other.close()


def test_a_library_too_old_is_told() -> None:
    with pytest.raises(StoreFault, match=r"SQLite 3\.34\.1, and Limber needs 3\.35\.0"):
        check_version((3, 34, 1))


@pytest.mark.parametrize("opened", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("pragma", "told"),
    [("max_page_count = 1", "the disk is full"), ("query_only = ON", "it cannot be written")],
)
def test_a_full_or_read_only_disk_is_a_sentence(
    connection: Connection, pragma: str, told: str
) -> None:
    connection.exec_driver_sql(f"PRAGMA {pragma}")
    with pytest.raises(StoreFault, match=told), faults_of(Path("limber.db")):
        connection.execute(about.insert(), {"name": "much", "value": b"x" * 100_000})


def test_an_error_of_ours_is_not_dressed_up_as_a_fault(connection: Connection) -> None:
    with pytest.raises(IntegrityError), faults_of(Path("limber.db")):
        connection.execute(about.insert(), {"name": "schema", "value": b"again"})


def test_the_migrations_make_the_tables_as_the_code_knows_them(connection: Connection) -> None:
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415 - needed here alone
    from alembic.migration import MigrationContext  # noqa: PLC0415 - the same

    assert [] == compare_metadata(MigrationContext.configure(connection), METADATA)


def test_every_statement_can_be_said_to_both_databases() -> None:
    rooms = (
        alarms, diary, erase, leases, ledger, messages, outbox, outbox_order, paces, people, schema,
        work,
    )  # fmt: skip
    found = [value for room in rooms for value in vars(room).values()]
    found += erase.OF_USER.values()
    apart = [each for each in found if isinstance(each, PerDialect)]
    alike = [each for each in found if isinstance(each, Executable)]
    for name, dialect in DIALECTS.items():
        for statement in [*alike, *(each.for_(name) for each in apart)]:
            assert isinstance(statement, ClauseElement)
            assert str(statement.compile(dialect=dialect))
    assert len(apart) + len(alike) > 40


@pytest.mark.parametrize(
    ("statement", "lock"),
    [
        (outbox_order.CANDIDATES, "FOR UPDATE OF candidate SKIP LOCKED"),
        (alarms.LEASE_DUE, "FOR UPDATE SKIP LOCKED"),
        (work.LOCK, "FOR UPDATE"),
    ],
)
def test_replicas_lock_the_talk_and_skip_what_another_holds(
    statement: ClauseElement, lock: str
) -> None:
    assert lock in str(statement.compile(dialect=DIALECTS["postgresql"]))
