"""What PostgreSQL keeps of whoever has gone: no row and no dump; in its files only ciphertext.

A server keeps dead rows until they are written over, and a log besides.  Whoever reads those files
and holds the master key of that time opens them; once the master key was rotated, nobody does.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.store.faults import BrokenSeal
from bot.store.keys import KEY_BYTES, MasterKeys
from bot.store.seal import Wrapping
from bot.store.store import Store
from bot.store.tables import METADATA
from bot.store.unit import Unit
from tests.bot.postgres.server import KEYS, asked, started, told
from tests.bot.store.test_erase import CHAT, WORDS, live, wrapped_key_of

OTHER = 2


async def in_files(url: str) -> bytes:
    """Read the tables' files of a database, and the log of all."""
    await told(url, "CHECKPOINT")
    number = await asked(url, "SELECT oid FROM pg_database WHERE datname = current_database()")
    folder = Path(started().pgdata)
    paths = [*(folder / "base" / str(number)).iterdir(), *(folder / "pg_wal").iterdir()]
    return b"".join(path.read_bytes() for path in paths if path.is_file())


async def dumped(url: str) -> bytes:
    dump = await asyncio.create_subprocess_exec(
        str(started().bin_path / "pg_dump"), url, stdout=asyncio.subprocess.PIPE
    )
    written, _ = await dump.communicate()
    assert 0 == dump.returncode
    return written


def sealed_of(unit: Unit, user: int) -> Iterator[bytes]:
    for table in METADATA.sorted_tables:
        if "user_id" in table.c:
            rows = unit._do(select(table).where(table.c.user_id == user))  # noqa: SLF001 - as a thief
            yield from (each for row in rows for each in row if isinstance(each, bytes))


async def test_no_row_and_no_dump_holds_whoever_has_gone_and_a_new_master_key_ends_the_rest(
    url: str, store: Store
) -> None:
    user, other = await store.run(live), await store.run(live, OTHER)
    wrapped = await store.run(wrapped_key_of, user)
    sealed = await store.run(lambda unit: tuple(sealed_of(unit, user)))
    assert wrapped in await in_files(url), "it was looked at where there is something"
    await store.run(lambda unit: unit.erase(user))
    dump, files = await dumped(url), await in_files(url)
    assert [] == [each for each in sealed if each.hex().encode() in dump]
    for kept in (dump, files):
        assert [] == [word for word in (*WORDS, CHAT.to_bytes(5, "big")) if word in kept]
    renewed = MasterKeys((os.urandom(KEY_BYTES), *KEYS.keys))
    await store.close()
    rotating = await Store.open(url, renewed)
    await rotating.run(lambda unit: unit.rewrap())
    kept_on = await rotating.run(wrapped_key_of, other)
    await rotating.close()
    alone = Wrapping.under(MasterKeys(renewed.keys[:1]))
    assert alone.unwrap(kept_on, "keys", other)
    with pytest.raises(BrokenSeal):
        alone.unwrap(wrapped, "keys", user)
