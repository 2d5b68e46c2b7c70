"""The operator's commands, each told in lines."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.ops import codes
from bot.ops.backup import Copy, back_up, copied_from_file
from bot.ops.beside import run_beside, sqlite_file
from bot.ops.erase import erase_chat, erase_user
from bot.ops.keysfile import NAME
from bot.ops.restore import checked, restore
from bot.ops.rotate import KeyRing
from bot.ops.stats import stats
from bot.settings import Settings
from bot.store.faults import StoreFault
from bot.store.keys import MasterKeys, keys_from_file, keys_from_text
from bot.store.store import Store
from bot.store.unit import Unit
from content.catalogue import Catalogue

MOVE = "restore into SQLite first (leave LIMBER_DATABASE_URL out), then `limber move --to URL`"


def backup(settings: Settings, folder: Path) -> list[str]:
    made = back_up(_copy_of(settings), folder, datetime.now(UTC))
    return [
        f"{made.data}: the data of {made.users} users.",
        f"{folder / NAME}: their keys, in the place of the older ones.",
        "Keep only the newest keys file, and the master key apart from both.",
    ]


def restored(settings: Settings, folder: Path, data: Path | None, *, check_only: bool) -> list[str]:
    found = checked(folder, kept_keys(settings), data)
    told = [
        f"{found.data}: {found.users} users open.",
        f"{found.left_out} were erased since then and are left out.",
    ]
    if check_only:
        return [*told, "In order. Nothing was written."]
    database = _file_of(settings)
    restore(found, database, datetime.now(UTC))
    return [*told, f"{database} was written. Start Limber."]


async def erased(
    settings: Settings, front_end: str, chat: int | None, user: int | None
) -> list[str]:
    at = datetime.now(UTC)

    def work(unit: Unit) -> int:
        if chat is not None:
            return erase_chat(unit, front_end, chat, at)
        return erase_user(unit, user or 0, at)

    rows = await run_beside(settings.database, kept_keys(settings), work)
    return [
        f"Erased: {rows} rows and the key.",
        "Run `limber backup` now: from then on older data are noise for this user.",
    ]


async def counted(settings: Settings) -> list[str]:
    at = datetime.now(UTC)
    return await run_beside(settings.database, kept_keys(settings), lambda unit: stats(unit, at))


async def code_made(settings: Settings, wanted: codes.Wanted, content: Catalogue) -> list[str]:
    at = datetime.now(UTC)
    ends_at = codes.looked_at(wanted, content, at.date())
    return await run_beside(
        settings.database, kept_keys(settings), lambda unit: codes.made(unit, wanted, ends_at, at)
    )


async def codes_listed(settings: Settings) -> list[str]:
    at = datetime.now(UTC)
    return await run_beside(
        settings.database, kept_keys(settings), lambda unit: codes.listed(unit, at)
    )


async def code_revoked(settings: Settings, code: str) -> list[str]:
    at = datetime.now(UTC)
    return await run_beside(
        settings.database, kept_keys(settings), lambda unit: codes.revoked(unit, code, at)
    )


async def rotated(settings: Settings, *, drop_old: bool) -> list[str]:
    keys = kept_keys(settings)
    ring = KeyRing(keys, None if settings.master_key is not None else settings.key_path)
    if drop_old:
        await _rewrapped(settings, keys)  # nothing needs an old key after this
        return [f"Old keys dropped: {ring.without_old_keys()}. Start Limber."]
    await _stopped(settings, keys)  # before a key is made
    changed = await _rewrapped(settings, ring.with_new_key())
    return [
        f"{changed} keys are wrapped under the new master key. The old one still stands behind it.",
        "Next: start Limber, run `limber backup`, and see `limber restore --check` succeed.",
        "Then stop Limber, run `limber key rotate --drop-old`, and start it again.",
    ]


def kept_keys(settings: Settings) -> MasterKeys:
    """Read the master key; a command makes none."""
    if settings.master_key is not None:
        return keys_from_text(settings.master_key.get_secret_value())
    return keys_from_file(settings.key_path)


async def _stopped(settings: Settings, keys: MasterKeys) -> None:
    store = await Store.open(settings.database, keys)
    await store.close()


async def _rewrapped(settings: Settings, keys: MasterKeys) -> int:
    store = await Store.open(settings.database, keys)  # refused while Limber runs on this file
    try:
        return await store.run(lambda unit: unit.rewrap())
    finally:
        await store.close()


def _copy_of(settings: Settings) -> Copy:
    database = sqlite_file(settings.database)
    if database is not None:
        return partial(copied_from_file, database)
    from bot.ops.backup_shared import copied_from_server  # noqa: PLC0415 - PostgreSQL's own

    return lambda part, at: asyncio.run(copied_from_server(settings.database, part, at))


def _file_of(settings: Settings) -> Path:
    database = sqlite_file(settings.database)
    if database is None:
        raise StoreFault(
            "LIMBER_DATABASE_URL names no SQLite file, which is what a backup is restored to. "
            f"Remedy: {MOVE}."
        )
    return database
