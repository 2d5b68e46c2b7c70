"""A store on a real file, and a unit on a database that was migrated once and copied."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, make_url

from bot.store.keys import MasterKeys
from bot.store.schema import migrate, vault_of
from bot.store.sqlite import engine_of
from bot.store.store import Store
from bot.store.unit import Unit
from bot.store.work import Aftermath

KEYS = MasterKeys((os.urandom(32),))


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a migrated file without users, closed."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    engine = engine_of(make_url(f"sqlite:///{path}"))
    with engine.begin() as connection:
        migrate(connection)
        vault_of(connection, KEYS)
    engine.dispose()
    return path


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_database, tmp_path / "limber.db"))


@pytest.fixture
def connection(database: Path) -> Iterator[Connection]:
    """Open a transaction that nobody commits."""
    engine = engine_of(make_url(f"sqlite:///{database}"))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def unit(connection: Connection) -> Unit:
    return Unit(connection, vault_of(connection, KEYS), Aftermath())


@pytest.fixture
async def store(database: Path) -> AsyncIterator[Store]:
    store = await Store.open(f"sqlite:///{database}", KEYS)
    yield store
    await store.close()
