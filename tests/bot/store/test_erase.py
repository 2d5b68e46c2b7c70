"""Secrets: nothing in clear in the files, and nothing left of whoever has gone."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, make_url, select

from bot.store.erase import Erased
from bot.store.faults import BrokenSeal
from bot.store.schema import vault_of
from bot.store.seal import NONCE_BYTES, Wrapping
from bot.store.sqlite import engine_of
from bot.store.store import Store
from bot.store.tables import METADATA, keys
from bot.store.unit import Unit
from bot.store.work import Aftermath
from tests.bot.store.conftest import KEYS
from tests.bot.store.moments import DAY, LEASE, NOW, later

CHAT = 7_318_204_655
WORDS = (b"Wilhelmina", b"saddle_numbness", b"Europe/Vienna", str(CHAT).encode())
ROWS = Erased(
    {
        "alarms": 1,
        "diary": 1,
        "keys": 1,
        "messages": 1,
        "outbox": 1,
        "paces": 1,
        "talks": 1,
        "users": 1,
    }
)


def live(unit: Unit, chat_id: int = CHAT) -> int:
    """Leave something in every table that knows users."""
    user = unit.user_of("telegram", chat_id, day=DAY)
    text = b" ".join(WORDS)
    unit.keep_talk(user, text)
    unit.set_alarm(user, "session", later(20), text)
    unit.sent(unit.put(user, "reply", "card", "fresh", NOW, text), 77, NOW)
    unit.put(user, "reply", "card", "change", NOW, text)
    unit.add_diary(user, "mark", NOW, text)
    unit.keep_pace(user, 1)
    return user


def content_of(database: Path) -> bytes:
    """Read the file and what lies beside it, lock and log included."""
    return b"".join(path.read_bytes() for path in sorted(database.parent.glob("limber.db*")))


def wrapped_key_of(unit: Unit, user: int) -> bytes:
    wrapped: bytes = unit._do(select(keys.c.wrapped).where(keys.c.user_id == user)).scalar_one()  # noqa: SLF001 - what an intruder would copy
    return wrapped


async def test_no_name_no_answer_and_no_chat_id_stands_in_the_files(
    store: Store, database: Path
) -> None:
    await store.run(live)
    await store.run(lambda unit: unit.put_farewell("telegram", CHAT, b" ".join(WORDS), NOW))
    written = content_of(database)
    assert b"session" in written, "alarm names are in clear, so the log is read here"
    assert [] == [word for word in WORDS if word in written]
    assert CHAT.to_bytes(5, "big") not in written
    await store.close()
    assert [] == [word for word in WORDS if word in content_of(database)]


def test_erasing_leaves_no_row_and_counts_what_went(unit: Unit, connection: Connection) -> None:
    user, other = live(unit), live(unit, 2)
    assert ROWS == unit.erase(user)
    left = {
        row.user_id
        for table in METADATA.sorted_tables
        if "user_id" in table.c
        for row in connection.execute(select(table.c.user_id))
    }
    assert {other} == left
    assert unit.known_user("telegram", CHAT) is None
    assert b" ".join(WORDS) == unit.talk_of(other)


def test_who_comes_back_is_a_stranger(unit: Unit) -> None:
    user = live(unit)
    unit.erase(user)
    again = unit.user_of("telegram", CHAT, day=DAY)
    assert user < again
    assert unit.talk_of(again) is None
    assert unit.message_of(again, "card") is None


async def test_after_erasing_no_file_holds_the_data_key_even_wrapped(
    store: Store, database: Path
) -> None:
    """With the master key at hand: every place of every file is tried as a wrapped key."""
    user = await store.run(live)
    for other in range(40):  # neighbours, so that pages split and merge
        await store.run(live, other)
    wrapped = await store.run(wrapped_key_of, user)
    assert opens_in(content_of(database), user, len(wrapped))
    await store.run(lambda unit: unit.erase(user))
    left = content_of(database)
    assert not opens_in(left, user, len(wrapped))
    assert wrapped[NONCE_BYTES:] not in left
    await store.close()
    assert not opens_in(content_of(database), user, len(wrapped))


async def test_a_key_left_in_the_log_by_a_killed_process_is_gone_once_the_store_is_open(
    database: Path, tmp_path: Path
) -> None:
    engine = engine_of(make_url(f"sqlite:///{database}"))
    with engine.connect() as connection:
        with connection.begin():
            unit = Unit(connection, vault_of(connection, KEYS), Aftermath())
            user = live(unit)
            wrapped = wrapped_key_of(unit, user)
        with connection.begin():
            Unit(connection, vault_of(connection, KEYS), Aftermath()).erase(user)
        killed = Path(shutil.copytree(database.parent, tmp_path / "killed")) / database.name
    engine.dispose()
    assert wrapped in content_of(killed)
    store = await Store.open(f"sqlite:///{killed}", KEYS)
    assert wrapped not in content_of(killed)
    await store.close()


def opens_in(content: bytes, user: int, length: int) -> bool:
    wrapping = Wrapping.under(KEYS)
    for start in range(len(content) - length):
        try:
            wrapping.unwrap(content[start : start + length], "keys", user)
        except BrokenSeal:
            continue
        return True
    return False


async def test_a_farewell_that_was_sent_or_has_expired_leaves_no_key(
    store: Store, database: Path
) -> None:
    for end in (
        lambda unit: unit.sent(unit.leased("telegram", NOW, LEASE, 1)[0].id, 1, NOW),
        lambda unit: unit.expire(NOW + timedelta(hours=2)),
    ):
        row = await store.run(lambda unit: unit.put_farewell("telegram", CHAT, b"bye", NOW))
        own_key = await store.run(own_key_of, row)
        assert own_key in content_of(database)
        await store.run(end)
        assert own_key not in content_of(database)


def own_key_of(unit: Unit, row: int) -> bytes:
    outbox = METADATA.tables["outbox"]
    own_key: bytes = unit._do(select(outbox.c.own_key).where(outbox.c.id == row)).scalar_one()  # noqa: SLF001 - what an intruder would copy
    return own_key


async def test_erasing_that_is_rolled_back_has_not_happened(store: Store) -> None:
    user = await store.run(live)

    def erase_and_fail(unit: Unit) -> None:
        unit.erase(user)
        raise LookupError

    with pytest.raises(LookupError):
        await store.run(erase_and_fail)
    assert b" ".join(WORDS) == await store.run(lambda unit: unit.talk_of(user))


def test_a_vault_shows_no_key(connection: Connection) -> None:
    assert "Vault()" == repr(vault_of(connection, KEYS))
