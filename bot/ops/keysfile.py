"""The keys file of a backup: all that the master key opens, apart from the data.

There is one for all dated data, and each backup replaces it: whoever has been erased since then
has no key in it, and what older data hold of them is noise.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import Base64Bytes, BaseModel, ConfigDict, ValidationError

from bot.store.faults import StoreFault

NAME = "limber.keys"


class KeysFile(BaseModel):
    """Wrapped keys: those of the house (see `WRAPPED`) and one for each user."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    limber_keys: Literal[1] = 1  # the number of this form
    made_at: datetime
    last_user: int  # the highest number ever given: numbers are never used twice
    house: dict[str, Base64Bytes]
    users: dict[int, Base64Bytes]


def write_keys(folder: Path, keys: KeysFile) -> None:
    """Put it in the place of the older one, whole or not at all."""
    path = folder / f"{NAME}.new"
    path.unlink(missing_ok=True)  # of a run that was killed
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(keys.model_dump_json())
        file.flush()
        os.fsync(file.fileno())
    path.replace(folder / NAME)
    sync_folder(folder)


def read_keys(folder: Path) -> KeysFile:
    path = folder / NAME
    try:
        return KeysFile.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise StoreFault(
            f"There is no keys file {path}. Remedy: copy it there, from where `limber backup` "
            "wrote it last; without it no data open."
        ) from None
    except (ValidationError, OSError):
        raise StoreFault(
            f"The keys file {path} cannot be read, or is not one. "
            "Remedy: copy it anew, from where `limber backup` wrote it last."
        ) from None


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder last through a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
