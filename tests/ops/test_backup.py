"""Backup and restore: what comes back, what does not, and what is told when nothing can."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.ops import commands
from bot.ops.backup import Backup, back_up, copied_from_file
from bot.ops.keysfile import NAME, read_keys
from bot.ops.restore import checked, restore
from bot.store.faults import BrokenSeal, StoreFault
from bot.store.keys import keys_from_file, new_key_file
from bot.store.seal import Wrapping
from tests.bot.store.moments import NOW
from tests.ops.conftest import WORDS, Home, live, talk_of

ADA, BO, CY = 7_318_204_655, 7_318_204_656, 7_318_204_657
AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def written(home: Home, after_s: int = 0) -> Backup:
    return back_up(
        partial(copied_from_file, home.database), home.backups, AT + timedelta(seconds=after_s)
    )


def back(home: Home, name: str = "new", data: Path | None = None) -> Home:
    """Restore the backup on another machine."""
    other = home.elsewhere(name)
    found = checked(home.backups, keys_from_file(home.key_file), data)
    restore(found, other.database, AT)
    return other


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as database:
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        return {t: database.execute(f'SELECT * FROM "{t}"').fetchall() for (t,) in tables}  # noqa: S608 - its own names


async def test_what_is_restored_is_what_was_backed_up_while_limber_ran(home: Home) -> None:
    store = await home.open()
    for chat in (ADA, BO):
        await store.run(live, chat)
    written(home)
    await store.close()
    before, after = rows_of(home.database), rows_of(back(home).database)
    assert [("restored", "limber-20261122-120000.db")] == [row[2:] for row in after.pop("audit")]
    assert [] == before.pop("audit")
    for table in ("about", "keys"):  # put back, in whatever order
        assert sorted(before.pop(table)) == sorted(after.pop(table)), table
    assert sorted(before.pop("sqlite_sequence")) == sorted(
        row for row in after.pop("sqlite_sequence") if row[0] != "audit"
    )
    assert before == after


async def test_a_restored_house_knows_its_people_and_gives_no_number_twice(home: Home) -> None:
    store = await home.open()
    await store.run(live, ADA)
    first = written(home)
    bo = await store.run(live, BO)  # after the data, before the keys file
    written(home, 1)
    await store.close()
    store = await back(home, data=first.data).open()
    assert b" ".join(WORDS) == await store.run(talk_of, ADA)
    assert await store.run(talk_of, BO) is None
    assert bo < await store.run(live, CY)
    await store.close()


async def test_data_hold_no_key_and_the_keys_file_no_data(home: Home) -> None:
    store = await home.open()
    await store.run(live, ADA)
    await store.run(lambda unit: unit.put_farewell("telegram", BO, b"bye", NOW))
    made = written(home)
    await store.close()
    kept = rows_of(made.data)
    assert [] == kept["keys"]
    assert {"schema"} == {row[0] for row in kept["about"]}
    assert [None] == [row[-2] for row in kept["outbox"]], "no farewell: it carries its key"
    assert [] == opened(made.data.read_bytes(), home, users=range(5))
    assert 0o600 == made.data.stat().st_mode & 0o777
    assert 0o600 == (home.backups / NAME).stat().st_mode & 0o777
    assert 1 == len(read_keys(home.backups).users)


@pytest.mark.parametrize("by", ["delete", "command"])
async def test_whoever_was_erased_is_nowhere_once_the_next_backup_has_run(
    home: Home, by: str
) -> None:
    """With the master key at hand: database, log, the backup before and the one after."""
    store = await home.open()
    ada = await store.run(live, ADA)
    bo = await store.run(live, BO)
    before = written(home)
    everywhere = [home.database.parent, home.backups]
    assert {ada, bo} == set(opened(content_of(everywhere), home, users=[ada, bo]))
    if by == "delete":
        await store.run(lambda unit: unit.erase(ada))
    else:
        await commands.erased(home.settings, "telegram", ADA, None)
    written(home, 1)
    assert [bo] == opened(content_of(everywhere), home, users=[ada, bo])
    await store.close()
    assert [bo] == opened(content_of(everywhere), home, users=[ada, bo])
    store = await back(home, data=before.data).open()
    assert await store.run(talk_of, ADA) is None
    assert b" ".join(WORDS) == await store.run(talk_of, BO)
    await store.close()


async def test_a_reader_of_the_file_keeps_an_erased_key_in_the_log_no_longer_than_it_reads(
    home: Home,
) -> None:
    store = await home.open()
    ada = await store.run(live, ADA)
    with closing(sqlite3.connect(home.database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM users").fetchone()
        await store.run(lambda unit: unit.erase(ada))
        assert [ada] == opened(content_of([home.database.parent]), home, users=[ada])
    await store.run(lambda unit: unit.seen(1, NOW))  # the next transaction, whatever it is
    assert [] == opened(content_of([home.database.parent]), home, users=[ada])
    await store.close()


def content_of(folders: list[Path]) -> bytes:
    """Read all files, those of keys with their base64 undone."""
    files = [f for folder in folders for f in sorted(folder.rglob("*")) if f.is_file()]
    plain = b"".join(file.read_bytes() for file in files)
    kept = [read_keys(file.parent) for file in files if file.name == NAME]
    return plain + b"".join(key for keys in kept for key in keys.users.values())


def opened(content: bytes, home: Home, users: object) -> list[int]:
    """Try every place as the wrapped key of each of these users."""
    wrapping = Wrapping.under(keys_from_file(home.key_file))
    length = 12 + 32 + 16
    found = []
    for user in users:  # type: ignore[attr-defined]  # a list or a range
        for start in range(len(content) - length + 1):
            try:
                wrapping.unwrap(content[start : start + length], "keys", user)
            except BrokenSeal:
                continue
            found.append(user)
            break
    return found


async def test_a_backup_never_overwrites_and_a_restore_neither(home: Home) -> None:
    store = await home.open()
    await store.run(live, ADA)
    written(home)
    with pytest.raises(StoreFault, match="is there already"):
        written(home)
    found = checked(home.backups, keys_from_file(home.key_file))
    with pytest.raises(StoreFault, match="Another Limber is at work"):
        restore(found, home.database, AT)
    await store.close()
    before = rows_of(home.database)
    with pytest.raises(StoreFault, match="There is a database already"):
        restore(found, home.database, AT)
    assert before == rows_of(home.database)
    stale = home.elsewhere("stale")
    stale.database.parent.mkdir(parents=True)
    stale.database.with_name("limber.db-wal").write_bytes(b"of another database")
    with pytest.raises(StoreFault, match=r"limber\.db-wal"):
        restore(found, stale.database, AT)


async def test_what_cannot_be_restored_is_told(home: Home, tmp_path: Path) -> None:
    store = await home.open()
    await store.run(live, ADA)
    made = written(home)
    await store.close()
    keys = keys_from_file(home.key_file)
    good, whole = (home.backups / NAME).read_bytes(), made.data.read_bytes()

    with pytest.raises(StoreFault, match="does not open this backup's keys file"):
        checked(home.backups, new_key_file(tmp_path / "other.key"))
    (home.backups / NAME).write_bytes(good[:-20])
    with pytest.raises(StoreFault, match="cannot be read, or is not one"):
        checked(home.backups, keys)
    (home.backups / NAME).unlink()
    with pytest.raises(StoreFault, match="There is no keys file"):
        checked(home.backups, keys)
    (home.backups / NAME).write_bytes(good)
    made.data.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreFault, match=r"cannot be read|is damaged"):
        checked(home.backups, keys)
    made.data.unlink()
    with pytest.raises(StoreFault, match="There are no data"):
        checked(home.backups, keys)


async def test_the_keys_of_another_database_do_not_pass_the_check(home: Home) -> None:
    store = await home.open()
    await store.run(live, ADA)
    made = written(home)
    await store.close()
    other = home.elsewhere("other")
    other.backups = home.folder / "other_backups"
    store = await other.open()
    await store.run(live, BO)
    written(other)
    await store.close()
    with pytest.raises(StoreFault, match="not of the same database"):
        checked(other.backups, keys_from_file(home.key_file), made.data)


async def test_a_folder_that_cannot_be_written_is_told_and_the_keys_file_stays(
    home: Home, tmp_path: Path
) -> None:
    store = await home.open()
    (tmp_path / "file").touch()
    with pytest.raises(StoreFault, match="cannot be written"):
        back_up(partial(copied_from_file, home.database), tmp_path / "file" / "sub", AT)
    await store.close()
    with pytest.raises(StoreFault, match="There is no database"):
        back_up(partial(copied_from_file, tmp_path / "absent.db"), home.backups, AT)


async def test_the_commands_tell_what_they_did(home: Home) -> None:
    store = await home.open()
    for chat in range(6):
        await store.run(live, chat + 1)
    told = commands.backup(home.settings, home.backups)
    assert "the data of 6 users" in told[0]
    told = commands.restored(home.settings, home.backups, None, check_only=True)
    assert "In order. Nothing was written." == told[-1]
    counted = await commands.counted(home.settings)
    assert "Users: 6" == counted[0]
    assert "Users with a reminder set: fewer than 5" in counted
    assert str(ADA) not in " ".join(counted)
    await store.close()
    with pytest.raises(StoreFault, match="Nobody is known by this chat"):
        await commands.erased(home.settings, "telegram", 99, None)
    with pytest.raises(StoreFault, match="There is no user 99"):
        await commands.erased(home.settings, "telegram", None, 99)
    other = home.elsewhere("told")
    told = commands.restored(other.settings, home.backups, None, check_only=False)
    assert "Start Limber." in told[-1]
