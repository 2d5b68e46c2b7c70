"""A new master key: put before the old one in the key file, all wrapped keys wrapped anew.

The old key stays in the file until it is dropped by hand, because backups that were written
before still need it.  A rotation that was cut short goes on where it was: nothing is made twice.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bot.ops.keysfile import sync_folder
from bot.store.faults import KeyFault
from bot.store.keys import KEY_BYTES, MasterKeys, keys_from_file, text_of

ONE = 1


@dataclass(frozen=True)
class KeyRing:
    """The key file, where there is one; with the key in the environment, only its owner edits."""

    keys: MasterKeys
    path: Path | None

    def with_new_key(self) -> MasterKeys:
        """Put a new key before the old; with two there already, go on with these."""
        if len(self.keys.keys) > ONE:
            return self.keys
        path = self._file("put a new key before it, with a space between, and run this again")
        _write(path, (os.urandom(KEY_BYTES), *self.keys.keys))
        return keys_from_file(path)

    def without_old_keys(self) -> int:
        """Keep the newest alone; returns how many went.  Nothing may need them any more."""
        path = self._file("take away all but its first key")
        _write(path, self.keys.keys[:ONE])
        return len(self.keys.keys) - ONE

    def _file(self, remedy: str) -> Path:
        if self.path is None:
            raise KeyFault(f"LIMBER_MASTER_KEY holds the key itself. Remedy: {remedy}.")
        return self.path


def _write(path: Path, keys: tuple[bytes, ...]) -> None:
    """Replace the key file, whole or not at all: it is never without the key in use."""
    part = path.with_name(f"{path.name}.new")
    try:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text_of(keys))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise KeyFault(
            f"The key file {path} (LIMBER_KEY_FILE) cannot be written ({reason}). "
            "Remedy: run this as a user who may, on a copy of the file that can be changed."
        ) from None
