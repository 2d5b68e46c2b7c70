"""Backup: dated data without keys, and one keys file, both of the same moment, while Limber runs.

The data are copied row by row, so that no wrapped key is ever written into them; one read
transaction sees one moment, and keeps nobody from writing.  Farewells carry their own key and are
left out.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.ops.beside import there
from bot.ops.keysfile import KeysFile, sync_folder, write_keys
from bot.store.faults import StoreFault
from bot.store.private import make_file, make_folders
from bot.store.schema import WRAPPED

DATED = "limber-%Y%m%d-%H%M%S.db"
BUSY_S = 10.0
HOUSE = "'" + "', '".join(WRAPPED) + "'"
WITHOUT = {  # what of a table stays out of the data
    "keys": "0",
    "about": f"name NOT IN ({HOUSE})",
    "outbox": "own_key IS NULL",
}


Copy = Callable[[Path, datetime], KeysFile]  # writes the data, and returns their keys


@dataclass(frozen=True)
class Backup:
    """What was written."""

    data: Path
    users: int


def back_up(copy: Copy, folder: Path, at: datetime) -> Backup:
    """Write today's data and replace the keys file."""
    data = folder / at.astimezone(UTC).strftime(DATED)
    part = data.with_suffix(".part")
    with _faults_of(folder):
        make_folders(folder)
        part.unlink(missing_ok=True)
        if data.exists():
            raise StoreFault(f"{data} is there already. Remedy: try again in a second.")
        make_file(part)
        keys = copy(part, at)
        _synced(part)
        part.rename(data)
        sync_folder(folder)
        write_keys(folder, keys)
    return Backup(data, len(keys.users))


def copied_from_file(database: Path, target: Path, at: datetime) -> KeysFile:
    """Copy all rows of one moment, and return the keys of the same one."""
    there(database)
    with closing(
        sqlite3.connect(target.resolve().as_uri(), uri=True, timeout=BUSY_S, isolation_level=None)
    ) as copy:
        copy.execute("PRAGMA journal_mode = OFF").fetchall()  # a torn copy is thrown away whole
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute("ATTACH ? AS source", (f"{database.resolve().as_uri()}?mode=rw",))
        copy.execute("BEGIN")
        tables = copy.execute(
            "SELECT name, sql FROM source.sqlite_master WHERE type = 'table' "
            "AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        for name, sql in tables:
            copy.execute(sql)
            copy.execute(
                f'INSERT INTO main."{name}" SELECT * FROM source."{name}" '  # noqa: S608 - own names
                f"WHERE {WITHOUT.get(name, '1')}"
            )
        for (sql,) in copy.execute(
            "SELECT sql FROM source.sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall():
            copy.execute(sql)
        copy.execute("DELETE FROM main.sqlite_sequence")
        copy.execute("INSERT INTO main.sqlite_sequence SELECT * FROM source.sqlite_sequence")
        keys = _keys(copy, at)
        copy.execute("COMMIT")
    return keys


def _keys(copy: sqlite3.Connection, at: datetime) -> KeysFile:
    house = copy.execute(f"SELECT name, value FROM source.about WHERE name IN ({HOUSE})")  # noqa: S608 - a constant
    last = copy.execute("SELECT seq FROM source.sqlite_sequence WHERE name = 'users'").fetchone()
    return KeysFile.model_construct(  # bytes as they are, not base64 to be read
        limber_keys=1,
        made_at=at,
        last_user=last[0] if last else 0,
        house=dict(house.fetchall()),
        users=dict(copy.execute("SELECT user_id, wrapped FROM source.keys").fetchall()),
    )


def _synced(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _faults_of(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise StoreFault(
            f"The backup cannot be written to {folder} ({reason}). The keys file was left as it "
            "was. Remedy: name a folder that can be written, with room for the data."
        ) from None
    except sqlite3.Error as error:
        raise StoreFault(
            f"The backup to {folder} failed ({error.sqlite_errorname}). The keys file was left "
            "as it was. Remedy: look at the disk's free space and health, and try again."
        ) from None
