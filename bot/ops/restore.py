"""Restore: takes dated data, the keys file and the master key, and never an existing database.

`checked` opens what a restore would open and writes nothing.  Whoever has no key in the keys file
was erased since the data were written, and is left out.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.ops.keysfile import KeysFile, read_keys, sync_folder
from bot.store.faults import BrokenSeal, KeyFault, StoreFault
from bot.store.keys import MasterKeys
from bot.store.lockfile import LockFile
from bot.store.moments import micros
from bot.store.private import make_folders
from bot.store.schema import SCHEMA
from bot.store.seal import Vault, Wrapping

DATA = "limber-*.db"
BESIDE = ("", "-wal", "-shm", "-journal")  # what belongs to a database


@dataclass(frozen=True)
class Restorable:
    """A backup that was found in order."""

    data: Path
    keys: KeysFile
    users: int
    left_out: int


def checked(folder: Path, masters: MasterKeys, data: Path | None = None) -> Restorable:
    """Open everything a restore would need; any fault is told and stops it."""
    keys = read_keys(folder)
    vault = _vault(keys, masters)
    data = data or _newest(folder)
    try:
        with closing(sqlite3.connect(f"{data.resolve().as_uri()}?mode=ro", uri=True)) as kept:
            _whole(kept, data)
            users = kept.execute(
                "SELECT id, front_end, chat_hash, chat, snapshot FROM users "
                "LEFT JOIN talks ON user_id = id"
            ).fetchall()
    except sqlite3.Error:
        raise StoreFault(
            f"{data} cannot be read, or holds no data of Limber. Remedy: use an older one."
        ) from None
    with_key = [row for row in users if row[0] in keys.users]
    for user, *row in with_key:
        _opens(user, row, keys.users, vault)
    return Restorable(data, keys, len(with_key), len(users) - len(with_key))


def restore(backup: Restorable, database: Path, at: datetime) -> None:
    """Write the database that the backup was made of, where none is."""
    make_folders(database.parent)
    lock = LockFile(database)
    try:
        _nothing_there(database)
        part = database.with_name(f"{database.name}.restoring")
        part.unlink(missing_ok=True)  # of a run that was killed
        shutil.copyfile(backup.data, part)
        part.chmod(0o600)
        with closing(sqlite3.connect(part, isolation_level=None)) as made:
            _complete(made, backup, at)
        part.rename(database)
        sync_folder(database.parent)
    except (OSError, sqlite3.Error) as error:
        raise StoreFault(
            f"The database {database} (LIMBER_DATABASE_URL) cannot be written "
            f"({type(error).__name__}). Remedy: look at the disk's free space and rights."
        ) from None
    finally:
        lock.release()


def _complete(made: sqlite3.Connection, backup: Restorable, at: datetime) -> None:
    """Join data and keys, and leave out whoever has no key."""
    made.execute("PRAGMA foreign_keys = ON")
    made.execute("PRAGMA secure_delete = ON").fetchall()
    made.execute("PRAGMA synchronous = FULL")
    made.execute("BEGIN IMMEDIATE")
    known = {user for (user,) in made.execute("SELECT id FROM users")}
    made.executemany(
        "DELETE FROM users WHERE id = ?", [(user,) for user in known - set(backup.keys.users)]
    )
    made.executemany(
        "INSERT INTO keys (user_id, wrapped) VALUES (?, ?)",
        [pair for pair in backup.keys.users.items() if pair[0] in known],
    )
    made.executemany("INSERT INTO about (name, value) VALUES (?, ?)", backup.keys.house.items())
    made.execute(
        "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'users'",
        (backup.keys.last_user,),
    )
    made.execute(
        "INSERT INTO audit (at, kind, note) VALUES (?, 'restored', ?)",
        (micros(at), backup.data.name),
    )
    made.execute("COMMIT")


def _nothing_there(database: Path) -> None:
    for suffix in BESIDE:
        found = database.with_name(database.name + suffix)
        if found.exists():
            raise StoreFault(
                f"There is a database already: {found} (LIMBER_DATABASE_URL). Nothing was "
                "changed. Remedy: move it and what lies beside it away, or name another place."
            )


def _vault(keys: KeysFile, masters: MasterKeys) -> Vault:
    wrapping = Wrapping.under(masters)
    try:
        wrapping.unwrap(keys.house["key_check"], "about", 0, "key_check")
        look_up = wrapping.unwrap(keys.house["look_up_key"], "about", 0, "look_up_key")
    except (KeyError, BrokenSeal):
        raise KeyFault(
            f"{masters.source} does not open this backup's keys file. "
            "Remedy: put back the master key that was in use when the keys file was written."
        ) from None
    return Vault(wrapping, look_up)


def _newest(folder: Path) -> Path:
    found = sorted(folder.glob(DATA))
    if not found:
        raise StoreFault(
            f"There are no data in {folder} (files {DATA}). Remedy: name the folder of a backup."
        )
    return found[-1]


def _whole(kept: sqlite3.Connection, data: Path) -> None:
    told = kept.execute("PRAGMA integrity_check(1)").fetchone()
    strangers = kept.execute("PRAGMA foreign_key_check").fetchone()
    if told != ("ok",) or strangers is not None:
        raise StoreFault(f"{data} is damaged. Remedy: use an older one.")
    (number,) = kept.execute("SELECT value FROM about WHERE name = 'schema'").fetchone() or (b"0",)
    if int(number) > SCHEMA:
        raise StoreFault(
            f"{data} was made by a newer Limber: it has schema {int(number)}, and this version "
            f"knows {SCHEMA}. Remedy: restore it with the newer version."
        )


def _opens(user: int, row: list[bytes], wrapped: Mapping[int, bytes], vault: Vault) -> None:
    """Open the user's chat and talk, and see that they will be found again by their chat."""
    front_end, chat_hash, sealed_chat, snapshot = row
    try:
        seal = vault.seal_of(wrapped[user], "keys", user)
        chat = seal.open(sealed_chat, "users", user, "chat")
        if snapshot is not None:
            seal.open(snapshot, "talks", user, "snapshot")
    except BrokenSeal:
        found = False
    else:
        found = vault.hash_of(str(front_end), int(chat)) == chat_hash
    if not found:
        raise StoreFault(
            f"User {user} does not open: data and keys file are not of the same database, or "
            "damaged. Remedy: use an older data file, with the newest keys file of its database."
        )
