"""All that is wrong with settings, content, keys, libraries and database; nothing is changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from importlib import import_module

from bot.command_line.telling import FAULTS, Fault
from bot.settings import SettingsFault, settings_from, settings_in_order

LOADED_LATER = (  # by whoever first wants a picture, a page, a sound, a new database …
    "alembic", "asyncpg", "av", "numpy", "PIL.Image", "prometheus_client", "prompt_toolkit",
    "reportlab.pdfgen.canvas", "resvg_py", "segno", "telegram",
)  # fmt: skip


def all_faults() -> list[Fault]:
    """Look at the database too, once everything that leads to it is in order."""
    libraries = [fault for name in LOADED_LATER for fault in _faults(partial(_library, name))]
    return [*faults_at_rest(), *libraries] or _faults(_database)


def faults_at_rest() -> list[Fault]:
    """Find what is wrong with settings, content and keys."""
    return [*_faults(settings_from), *_faults(_content), *_faults(_keys), *_faults(_place)]


def _faults(look: Callable[[], object]) -> list[Fault]:
    try:
        look()
    except FAULTS as fault:
        return [fault]
    return []


def _library(name: str) -> None:
    try:
        import_module(name)
    except (ImportError, OSError):
        library = name.partition(".")[0]
        raise SettingsFault(
            [f"The library {library} cannot be loaded. Install Limber anew."]
        ) from None


def _content() -> None:
    from bot.premises import catalogue_of, look_at_language

    look_at_language(settings_in_order(), catalogue_of(proved=True))


def _keys() -> None:
    from bot.premises import look_at_keys

    look_at_keys(settings_in_order())


def _place() -> None:
    from bot.premises import look_at_data_dir

    look_at_data_dir(settings_in_order())


def _database() -> None:
    from bot.ops.beside import look
    from bot.ops.commands import kept_keys
    from bot.store.private import may_be_there

    settings = settings_from()
    if settings.master_key is not None or may_be_there(settings.key_path):
        asyncio.run(look(settings.database, kept_keys(settings)))
