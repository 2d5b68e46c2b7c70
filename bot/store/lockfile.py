"""One process per SQLite file: a lock file beside it says so, and ends with the process."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot.store.faults import StoreFault

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class LockFile:
    """Held from construction until `release`, or until the process ends, however it ends."""

    def __init__(self, database: Path) -> None:
        path = database.with_name(database.name + ".lock")
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._handle)
        except OSError:
            os.close(self._handle)
            raise StoreFault(
                f"Another Limber is at work on the database {database} (LIMBER_DATABASE_URL). "
                "Remedy: stop it first, or give this one a database of its own."
            ) from None

    def release(self) -> None:
        os.close(self._handle)  # the file stays: deleting it would race with the next process
