"""An installation on a file: settings, key file, database, and people who live in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings
from bot.store.keys import keys_from_file, new_key_file
from bot.store.store import Store
from bot.store.unit import Unit
from tests.bot.conftest import api, limber, serving
from tests.bot.store.test_erase import WORDS, live


class Home:
    """One installation, opened as often as a test wants."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key_file = folder / "config" / "master.key"
        self.backups = folder / "backups"
        if not self.key_file.exists():
            new_key_file(self.key_file)

    @property
    def settings(self) -> Settings:
        return Settings.model_construct(
            data_dir=self.folder / "data", key_file=self.key_file, master_key=None,
            database_url=None,
        )  # fmt: skip

    @property
    def database(self) -> Path:
        return self.folder / "data" / "limber.db"

    async def open(self) -> Store:
        return await Store.open(self.settings.database, keys_from_file(self.key_file))

    def elsewhere(self, name: str) -> Home:
        """Give a new machine, with this one's key file and backups."""
        other = Home.__new__(Home)
        other.folder, other.key_file, other.backups = (
            self.folder / name, self.key_file, self.backups,
        )  # fmt: skip
        return other


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def talk_of(unit: Unit, chat_id: int) -> bytes | None:
    user = unit.known_user("telegram", chat_id)
    return None if user is None else unit.talk_of(user)


__all__ = ["WORDS", "Home", "api", "limber", "live", "serving", "talk_of"]
