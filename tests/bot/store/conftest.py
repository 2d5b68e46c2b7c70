"""A store on a real file, and a unit on a database that was migrated once and copied.

A unit is tested on both databases: on PostgreSQL the whole test is carried as work is in Limber.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, make_url
from sqlalchemy.util import greenlet_spawn

from bot.store.postgres import engine_of as postgres_engine
from bot.store.schema import migrate, vault_of
from bot.store.sqlite import engine_of
from bot.store.store import Store
from bot.store.unit import Unit
from bot.store.work import Aftermath
from tests.bot.postgres.server import KEYS, template, url_of

Carry = Callable[..., Any]  # calls a function with arguments, as the database wants it called
Opened = AbstractContextManager[tuple[Connection, Carry]]


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


@pytest.fixture(params=["sqlite", "postgresql"])
def opened(request: pytest.FixtureRequest) -> Iterator[tuple[Connection, Carry]]:
    """Open a transaction that nobody commits."""
    if request.param == "sqlite":
        opening = sqlite_opened(request.getfixturevalue("database"))
    else:
        opening = postgresql_opened()
    with opening as opened:
        yield opened


@contextmanager
def sqlite_opened(database: Path) -> Iterator[tuple[Connection, Carry]]:
    engine = engine_of(make_url(f"sqlite:///{database}"))
    with engine.connect() as connection:
        yield connection, lambda work, *args, **kwargs: work(*args, **kwargs)
    engine.dispose()


@contextmanager
def postgresql_opened() -> Iterator[tuple[Connection, Carry]]:
    engine = postgres_engine(url_of(template()), 60)
    with asyncio.Runner() as runner:
        connection = runner.run(engine.connect().start())

        def carry(work: Callable[..., Any], *args: object, **kwargs: object) -> object:
            return runner.run(greenlet_spawn(work, *args, **kwargs))

        assert connection.sync_connection is not None
        yield connection.sync_connection, carry
        runner.run(connection.close())
        runner.run(engine.dispose())


@pytest.fixture
def connection(opened: tuple[Connection, Carry]) -> Connection:
    return opened[0]


@pytest.fixture
def unit(opened: tuple[Connection, Carry]) -> Unit:
    connection, carry = opened
    return Unit(connection, carry(vault_of, connection, KEYS), Aftermath())


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Carry a test that has a connection to the database it has it to."""
    if "opened" not in pyfuncitem.funcargs:
        return None
    _, carry = pyfuncitem.funcargs["opened"]
    names = pyfuncitem._fixtureinfo.argnames  # noqa: SLF001 - as pytest itself calls a test
    carry(pyfuncitem.obj, **{name: pyfuncitem.funcargs[name] for name in names})
    return True


@pytest.fixture
async def store(database: Path) -> AsyncIterator[Store]:
    store = await Store.open(f"sqlite:///{database}", KEYS)
    yield store
    await store.close()
