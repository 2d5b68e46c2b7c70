"""Moving from SQLite to PostgreSQL: everything arrives and opens, or nothing has changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.store.faults import KeyFault, StoreFault
from bot.store.keys import MasterKeys
from bot.store.move import moved
from bot.store.store import Store
from bot.store.unit import Unit
from tests.bot.postgres.server import KEYS, asked, new_database
from tests.bot.store.moments import DAY, LEASE, NOW, later

USERS = 1200  # more than go at once


def lived_in(unit: Unit) -> None:
    """Leave a trace in most tables, and erase the last user."""
    for chat_id in range(1, USERS + 2):
        user = unit.user_of("telegram", chat_id, day=DAY)
        unit.keep_talk(user, f"talk {chat_id}".encode())
    unit.erase(user)
    user = unit.user_of("telegram", 7, day=DAY)
    unit.seen(99, NOW)
    unit.keep_media(1, "hash", "file")
    unit.audit("began", NOW, "1")
    unit.set_alarm(user, "session", NOW, b"rang")
    unit.add_diary(user, "session", NOW, b"entry")
    unit.put(user, "reply", "screen", "fresh", NOW, b"first")
    unit.put(user, "reply", "card", "fresh", NOW, b"second")
    (first,) = unit.leased("telegram", NOW, LEASE, 9)
    unit.sent(first.id, 314, NOW)
    unit.put_farewell("telegram", USERS + 1, b"farewell", NOW)


@pytest.fixture
async def source(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/limber.db"
    store = await Store.open(url, KEYS)
    await store.run(lived_in)
    await store.close()
    return url


@pytest.fixture
async def target() -> str:
    return await new_database()


async def test_everything_arrives_and_opens(source: str, target: str) -> None:
    counts = await moved(source, target, KEYS)
    assert (USERS, USERS, USERS) == (counts["users"], counts["keys"], counts["talks"])

    def look(unit: Unit) -> list[object]:
        user = unit.user_of("telegram", 7, day=DAY)
        rows = unit.leased("telegram", NOW, LEASE, 9)
        return [
            unit.talk_of(user), unit.message_of(user, "screen"), unit.media_of(1, "hash"),
            unit.seen(99, NOW), unit.take_alarm(user, "session", NOW),
            [entry.entry for entry in unit.diary_of(user)], [row.payload for row in rows],
            [row.chat_id for row in rows],
        ]  # fmt: skip

    store = await Store.open(target, KEYS)
    found = await store.run(look)
    new = await store.run(lambda unit: unit.user_of("telegram", 5000, day=DAY))
    await store.close()
    letters = [b"second", b"farewell"]
    assert [
        b"talk 7", 314, "file", False, b"rang", [b"entry"], letters, [7, USERS + 1]
    ] == found  # fmt: skip
    assert USERS + 2 == new, "the number of the erased user is not given again"


async def test_the_old_database_is_as_it_was(source: str, target: str) -> None:
    await moved(source, target, KEYS)
    store = await Store.open(source, KEYS)
    user = await store.run(lambda unit: unit.user_of("telegram", 7, day=DAY))
    assert b"talk 7" == await store.run(lambda unit: unit.talk_of(user))
    await store.close()


async def test_a_database_in_use_is_refused_and_left_alone(source: str, target: str) -> None:
    store = await Store.open(target, MasterKeys((os.urandom(32),)))
    await store.close()
    with pytest.raises(StoreFault, match="is not empty, and was left as it is"):
        await moved(source, target, KEYS)
    assert 0 == await asked(target, "SELECT count(*) FROM users")


async def test_a_source_that_is_running_is_refused(source: str, target: str) -> None:
    store = await Store.open(source, KEYS)
    with pytest.raises(StoreFault, match="Another Limber is at work"):
        await moved(source, target, KEYS)
    await store.close()
    assert await asked(target, "SELECT to_regclass('users')") is None


async def test_a_key_of_another_house_moves_nothing(source: str, target: str) -> None:
    with pytest.raises(KeyFault, match="is not the key this database"):
        await moved(source, target, MasterKeys((os.urandom(32),)))
    assert await asked(target, "SELECT to_regclass('users')") is None


async def test_a_move_that_breaks_off_leaves_nothing_behind(
    source: str, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.move.BATCH", 1)
    old = await Store.open(source, KEYS)
    await old.run(lambda unit: unit.seen(2**62, later(1)))
    await old.run(lambda unit: unit.audit("x", NOW, "\0"))  # which PostgreSQL does not keep
    await old.close()
    monkeypatch.undo()
    with pytest.raises(Exception, match="0x00"):
        await moved(source, target, KEYS)
    assert await asked(target, "SELECT to_regclass('users')") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sqlite:///{folder}/none.db", "postgresql://127.0.0.1:9/limber"),
        ("sqlite:///{folder}/none.db", "sqlite:///{folder}/other.db"),
        ("postgresql://127.0.0.1:9/limber", "postgresql://127.0.0.1:9/other"),
    ],
)
async def test_what_cannot_move_is_told(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(StoreFault, match="Remedy: "):
        await moved(old.format(folder=tmp_path), new.format(folder=tmp_path), KEYS)
    assert not any(tmp_path.iterdir())  # noqa: ASYNC240 - nothing else runs in this loop
