"""A new master key: all opens under it, and nothing under the old one once that is dropped."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial

import pytest
from sqlalchemy import select

from bot.ops import commands
from bot.ops.backup import back_up, copied_from_file
from bot.ops.restore import checked
from bot.store.faults import BrokenSeal, KeyFault, StoreFault
from bot.store.keys import MasterKeys, keys_from_file, text_of
from bot.store.seal import Wrapping
from bot.store.tables import keys
from bot.store.unit import Unit
from tests.bot.store.moments import NOW
from tests.ops.conftest import WORDS, Home, live, talk_of

ADA = 7_318_204_655


def wrapped_keys(unit: Unit) -> list[tuple[int, bytes]]:
    rows = unit._do(select(keys.c.user_id, keys.c.wrapped)).all()  # noqa: SLF001 - as an intruder would
    return [(row.user_id, row.wrapped) for row in rows]


async def lived_in(home: Home) -> None:
    store = await home.open()
    await store.run(live, ADA)
    await store.run(lambda unit: unit.put_farewell("telegram", 2, b"bye", NOW))
    await store.close()


async def test_after_a_rotation_all_opens_and_the_old_key_is_dropped_on_request(
    home: Home,
) -> None:
    await lived_in(home)
    old = keys_from_file(home.key_file).keys
    told = await commands.rotated(home.settings, drop_old=False)
    assert told[0].startswith("4 keys are wrapped"), "a user, a farewell, two of the house"
    both = keys_from_file(home.key_file).keys
    assert old == both[1:]
    assert 0o600 == home.key_file.stat().st_mode & 0o777
    assert "Old keys dropped: 1." in (await commands.rotated(home.settings, drop_old=True))[0]
    assert both[:1] == keys_from_file(home.key_file).keys

    store = await home.open()
    assert b" ".join(WORDS) == await store.run(talk_of, ADA)
    [farewell] = [
        row
        for row in await store.run(lambda unit: unit.leased("telegram", NOW, NOW - NOW, 9))
        if row.user is None
    ]
    assert b"bye" == farewell.payload
    for user, wrapped in await store.run(wrapped_keys):
        with pytest.raises(BrokenSeal):
            Wrapping.under(MasterKeys(old)).unwrap(wrapped, "keys", user)
    await store.close()


async def test_one_damaged_key_is_told_and_can_be_erased(home: Home) -> None:
    await lived_in(home)
    with closing(sqlite3.connect(home.database)) as database, database:
        database.execute("UPDATE keys SET wrapped = zeroblob(60) WHERE user_id = 1")
    for _ in range(2):
        with pytest.raises(StoreFault, match="limber erase --user 1"):
            await commands.rotated(home.settings, drop_old=False)
    assert 2 == len(keys_from_file(home.key_file).keys), "the new key is made once"
    await commands.erased(home.settings, "telegram", None, 1)
    assert (await commands.rotated(home.settings, drop_old=False))[0].startswith("3 keys")


async def test_a_rotation_cut_short_goes_on_with_the_same_new_key(home: Home) -> None:
    await lived_in(home)
    old = keys_from_file(home.key_file).keys
    new = bytes(range(32))
    home.key_file.write_text(text_of([new, *old]))  # killed before anything was wrapped
    assert "4 keys" in (await commands.rotated(home.settings, drop_old=False))[0]
    assert (new, *old) == keys_from_file(home.key_file).keys
    assert "0 keys" in (await commands.rotated(home.settings, drop_old=False))[0]


async def test_older_data_open_with_the_keys_file_written_after_a_rotation(home: Home) -> None:
    await lived_in(home)
    copy = partial(copied_from_file, home.database)
    before = back_up(copy, home.backups, NOW)
    await commands.rotated(home.settings, drop_old=False)
    back_up(copy, home.backups, NOW.replace(hour=23))
    await commands.rotated(home.settings, drop_old=True)
    found = checked(home.backups, keys_from_file(home.key_file), before.data)
    assert (1, 0) == (found.users, found.left_out)


async def test_a_running_limber_and_a_key_in_the_environment_are_told_of(home: Home) -> None:
    store = await home.open()
    before = home.key_file.read_bytes()
    with pytest.raises(StoreFault, match="Another Limber is at work"):
        await commands.rotated(home.settings, drop_old=False)
    assert before == home.key_file.read_bytes(), "no key is made for nothing"
    await store.close()

    class Text:
        def get_secret_value(self) -> str:
            return before.decode()

    settings = home.settings.model_copy(update={"master_key": Text()})
    with pytest.raises(KeyFault, match="put a new key before it"):
        await commands.rotated(settings, drop_old=False)
