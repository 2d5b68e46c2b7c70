"""Files and folders that only their owner may open."""

from __future__ import annotations

import os
from pathlib import Path


def may_be_there(path: Path) -> bool:
    """Tell whether a file is there or hidden from us: then to open it says what is wrong."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def make_folders(folder: Path) -> None:
    """Make what is missing; what is there keeps its mode."""
    if folder.exists():
        return
    make_folders(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def make_file(path: Path) -> None:
    """Make an empty file unless one is there."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
