"""A house for each test, on a database that was migrated once and copied."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.store.schema import migrate, vault_of
from bot.store.sqlite import engine_of
from content.catalogue import Catalogue
from tests.bot.played.stage import KEYS, Stage, stage


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a migrated file without users, once."""
    path = tmp_path_factory.mktemp("empty") / "limber.db"
    engine = engine_of(make_url(f"sqlite:///{path}"))
    with engine.begin() as connection:
        migrate(connection)
        vault_of(connection, KEYS)
    engine.dispose()
    return path


@pytest.fixture
async def house(empty: Path, tmp_path: Path, catalogue: Catalogue) -> AsyncIterator[Stage]:
    shutil.copy(empty, tmp_path / "limber.db")
    async with stage(tmp_path, catalogue) as house:
        yield house
