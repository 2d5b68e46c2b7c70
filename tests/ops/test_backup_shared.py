"""A backup of PostgreSQL restores on SQLite, and whoever was erased is left out there too."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

from bot.ops import commands
from bot.ops.backup import back_up
from bot.ops.backup_shared import copied_from_server
from bot.ops.beside import run_beside
from bot.ops.keysfile import KeysFile
from bot.ops.restore import checked, restore
from bot.ops.stats import stats
from bot.store.keys import text_of
from bot.store.store import Store
from tests.bot.postgres.conftest import like, replica, store, url
from tests.bot.postgres.server import KEYS
from tests.bot.store.moments import NOW, later
from tests.bot.store.test_erase import WORDS, live
from tests.ops.conftest import Home, talk_of

__all__ = ["like", "replica", "store", "url"]
ADA, BO, CY = 7_318_204_655, 7_318_204_656, 7_318_204_657


async def test_what_was_on_the_server_opens_on_a_file(
    store: Store, url: str, tmp_path: Path
) -> None:
    folder, database = tmp_path / "backups", tmp_path / "new" / "limber.db"
    await store.run(live, ADA)
    bo = await store.run(live, BO)
    await store.run(lambda unit: unit.put_farewell("telegram", CY, b"bye", NOW))

    def copy(part: Path, at: datetime) -> KeysFile:
        return asyncio.run(copied_from_server(url, part, at))

    first = await asyncio.to_thread(back_up, copy, folder, NOW)
    assert 1 == await run_beside(url, KEYS, lambda unit: unit.erase(bo).counts["users"])
    last = await store.run(live, CY)
    await asyncio.to_thread(back_up, copy, folder, later(1))
    assert "Users: fewer than 5" == (await run_beside(url, KEYS, lambda u: stats(u, NOW)))[0]

    found = checked(folder, KEYS, first.data)
    assert (1, 1) == (found.users, found.left_out)
    restore(found, database, NOW)
    restored = await Store.open(f"sqlite:///{database}", KEYS)
    assert b" ".join(WORDS) == await restored.run(talk_of, ADA)
    assert await restored.run(talk_of, BO) is None
    assert last < await restored.run(live, CY)
    await restored.close()


async def test_a_rotation_wraps_the_keys_on_the_server(store: Store, url: str, home: Home) -> None:
    await store.run(live, ADA)
    home.key_file.write_text(text_of(KEYS.keys))
    settings = home.settings.model_copy(update={"database_url": url})
    told = await commands.rotated(settings, drop_old=False)
    assert told[0].startswith("3 keys are wrapped")
    await commands.rotated(settings, drop_old=True)
    reopened = await Store.open(url, commands.kept_keys(settings))
    assert b" ".join(WORDS) == await reopened.run(talk_of, ADA)
    await reopened.close()
