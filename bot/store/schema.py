"""The schema of a database: brought up to date, or refused; and whether the master key fits.

`about` keeps the schema's number, so that Alembic is imported only when there is work for it,
and a constant sealed under the master key, so that a wrong key is told before the first user.
"""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Connection, bindparam, inspect, select

from bot.store.dialects import insert_or_change
from bot.store.faults import BrokenSeal, KeyFault, StoreFault
from bot.store.keys import KEY_BYTES, MasterKeys
from bot.store.seal import Vault, Wrapping
from bot.store.tables import about

SCHEMA = 3  # the number of the newest file in migrations/versions
MIGRATIONS = Path(__file__).parent / "migrations"
KEY_CHECK = b"limber"
WRAPPED = ("key_check", "look_up_key")  # what `about` keeps under the master key

READ = select(about.c.value).where(about.c.name == bindparam("of"))
KEEP = insert_or_change(about, ["name"], ["value"])


def migrate(connection: Connection) -> None:
    """Bring the schema up to date; a database from a newer version is left alone."""
    number = schema_of(connection)
    if number > SCHEMA:
        raise StoreFault(
            f"The database (LIMBER_DATABASE_URL) was made by a newer Limber: it has schema "
            f"{number}, and this version knows {SCHEMA}. Remedy: start the newer version, or "
            "restore a backup made with this one."
        )
    if number < SCHEMA:
        _upgrade(connection)
        _keep(connection, "schema", str(SCHEMA).encode())


def schema_of(connection: Connection) -> int:
    """Read the schema's number; an empty database has 0."""
    if not inspect(connection).has_table(about.name):
        return 0
    return int(_read(connection, "schema") or 0)


def vault_of(connection: Connection, masters: MasterKeys) -> Vault:
    """Open the look-up key with the master key; a new database gets both kept in it."""
    wrapping = Wrapping.under(masters)
    check, wrapped = _read(connection, "key_check"), _read(connection, "look_up_key")
    if check is None or wrapped is None:
        look_up = os.urandom(KEY_BYTES)
        _keep(connection, "key_check", wrapping.wrap(KEY_CHECK, "about", 0, "key_check"))
        _keep(connection, "look_up_key", wrapping.wrap(look_up, "about", 0, "look_up_key"))
        return Vault(wrapping, look_up)
    try:
        wrapping.unwrap(check, "about", 0, "key_check")
        return Vault(wrapping, wrapping.unwrap(wrapped, "about", 0, "look_up_key"))
    except BrokenSeal:
        raise KeyFault(
            f"{masters.source} is not the key this database (LIMBER_DATABASE_URL) was made with. "
            "Remedy: put back the key that belongs to it; without it nothing can be read."
        ) from None


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - a quarter of a second, and rarely needed
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _read(connection: Connection, name: str) -> bytes | None:
    value: bytes | None = connection.execute(READ, {"of": name}).scalar_one_or_none()
    return value


def _keep(connection: Connection, name: str, value: bytes) -> None:
    keep = KEEP.for_(connection.dialect.name)
    connection.execute(keep, {"name": name, "value": value})
