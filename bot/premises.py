"""What a house stands on: the content, the master key, the folder, the database.

What is missing on a first run is made; what is missing later is a fault, told with its remedy.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import content
from bot.proofs.certificate import assert_proved
from bot.settings import Settings, SettingsFault
from bot.store.keys import MasterKeys, keys_from_file, keys_from_text, new_key_file
from bot.store.private import make_folders, may_be_there
from bot.store.store import Store
from bot.traces import kind
from content.catalogue import Catalogue
from content.load import load

CONTENT = Path(content.__file__).parent


def catalogue_of(*, proved: bool = False) -> Catalogue:
    """Load the content as shipped; what decides must have been proved, or nothing starts."""
    catalogue = load(CONTENT)
    if proved:
        assert_proved(catalogue)
    return catalogue


def master_keys(settings: Settings) -> MasterKeys:
    """Read the master key, or make one on a first run; a new one is told where it stands."""
    if settings.master_key is not None:
        return keys_from_text(settings.master_key.get_secret_value())
    path = settings.key_path
    if may_be_there(path) or settings.key_file is not None or _has_data(settings):
        return keys_from_file(path)
    keys = new_key_file(path)
    sys.stderr.write(f"A new master key stands in {path}. Keep a copy: without it no data opens.\n")
    return keys


def look_at_language(settings: Settings, catalogue: Catalogue) -> None:
    if settings.language not in catalogue.words:
        known = ", ".join(sorted(catalogue.words))
        raise SettingsFault([f"LIMBER_LANGUAGE: there are no words for it. Use one of: {known}."])


def make_data_dir(settings: Settings) -> None:
    look_at_data_dir(settings)
    try:
        make_folders(settings.data_dir)
    except OSError as fault:
        raise _no_place(settings, fault.strerror or kind(fault)) from None


def look_at_data_dir(settings: Settings) -> None:
    """See whether it is there or can be made; make none."""
    places = (settings.data_dir, *settings.data_dir.parents)
    there = next(each for each in places if os.path.exists(each))  # noqa: PTH110 - of what is hidden it says no
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise _no_place(settings, f"{there} is no folder that can be written")


def _no_place(settings: Settings, why: str) -> SettingsFault:
    return SettingsFault(
        [f"LIMBER_DATA_DIR: {settings.data_dir} cannot be used ({why}). Name another folder."]
    )


def look_at_keys(settings: Settings) -> None:
    """Read the master key where there should be one; make none."""
    if settings.master_key is not None:
        keys_from_text(settings.master_key.get_secret_value())
    elif may_be_there(settings.key_path) or settings.key_file is not None or _has_data(settings):
        keys_from_file(settings.key_path)


async def migrated(settings: Settings) -> None:
    """Open the database once, which brings it up to date."""
    make_data_dir(settings)
    store = await Store.open(settings.database, master_keys(settings))
    await store.close()


async def moved_to(settings: Settings, url: str) -> Mapping[str, int]:
    """Carry an installation to PostgreSQL; returns how many rows moved, by table."""
    from bot.store.move import moved  # noqa: PLC0415 - once in the life of an installation

    return await moved(settings.database, url, master_keys(settings))


def _has_data(settings: Settings) -> bool:
    """Tell whether a database is there already: then a missing key is a fault, not a first run."""
    if not settings.database.startswith("sqlite"):
        return True  # the key is for all replicas: one that makes its own would be the wrong one
    path = settings.database.removeprefix("sqlite:///")
    return may_be_there(Path(path))
