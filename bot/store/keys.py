"""The master keys: read from a file or a setting, and kept apart from the database.

A key is 32 random bytes, written as base64, one a line, the newest first; lines that begin with
`#` are remarks.  The newest key wraps, any of them unwraps.  Nothing here prints a key.
"""

from __future__ import annotations

import binascii
import os
import stat
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.store.faults import KeyFault
from bot.store.private import make_folders

KEY_BYTES = 32
MAKE_ONE = "Remedy: put back the key this database was made with, or run `limber key new`"


@dataclass(frozen=True)
class MasterKeys:
    """Newest first.  `source` is the setting or file that faults will name."""

    keys: tuple[bytes, ...] = field(repr=False)
    source: str = "the master key"


def keys_from_text(text: str, source: str = "LIMBER_MASTER_KEY") -> MasterKeys:
    lines = [line.strip() for line in text.splitlines()]
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    if not words:
        raise KeyFault(f"{source} holds no key. {MAKE_ONE}.")
    return MasterKeys(
        tuple(_key(word, place, source) for place, word in enumerate(words, 1)), source
    )


def keys_from_file(path: Path) -> MasterKeys:
    source = f"The key file {path} (LIMBER_KEY_FILE)"
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise KeyFault(f"{source} does not exist. {MAKE_ONE}.") from None
    except UnicodeDecodeError:
        raise KeyFault(f"{source} is not text; a key is one line of base64. {MAKE_ONE}.") from None
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise KeyFault(
            f"{source} cannot be read ({reason}). Remedy: let the user who runs Limber read it."
        ) from None
    return keys_from_text(text, source)


def warning_of(path: Path) -> str | None:
    """Say so when others than its owner can open the key file."""
    if os.name != "posix" or not path.exists():
        return None
    if not stat.S_IMODE(path.stat().st_mode) & 0o077:
        return None
    return (
        f"The key file {path} (LIMBER_KEY_FILE) can be opened by other users of this machine. "
        f"Remedy: chmod 600 {path}"
    )


def new_key_file(path: Path) -> MasterKeys:
    """Make a key where none is: an existing file is never touched."""
    key = os.urandom(KEY_BYTES)
    try:
        make_folders(path.parent)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text_of([key]))
            file.flush()
            os.fsync(file.fileno())  # before anything is sealed under it
    except FileExistsError:
        raise KeyFault(
            f"The key file {path} (LIMBER_KEY_FILE) is there already and was left as it is. "
            "Remedy: use it, or name another file."
        ) from None
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise KeyFault(
            f"The key file {path} (LIMBER_KEY_FILE) cannot be made ({reason}). "
            "Remedy: name a file in a folder that can be written."
        ) from None
    return MasterKeys((key,), f"The key file {path} (LIMBER_KEY_FILE)")


def text_of(keys: Sequence[bytes]) -> str:
    return "".join(b64encode(key).decode("ascii") + "\n" for key in keys)


def _key(word: str, place: int, source: str) -> bytes:
    try:
        key = b64decode(word, validate=True)
    except (binascii.Error, ValueError):
        raise KeyFault(f"{source}: key {place} is not base64. {MAKE_ONE}.") from None
    if len(key) != KEY_BYTES:
        raise KeyFault(
            f"{source}: key {place} has {len(key)} bytes instead of {KEY_BYTES}. {MAKE_ONE}."
        )
    return key
