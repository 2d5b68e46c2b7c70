"""The file `.env`: looked at for what is wrong with it, before settings are taken from it."""

from __future__ import annotations

import logging
from pathlib import Path

from dotenv.parser import parse_stream

logging.getLogger("dotenv.main").setLevel(logging.ERROR)  # the same is told here, as sentences


def readable(path: Path | None) -> Path | None:
    """Give the file if it can be read at all."""
    return None if path is None or _unreadable(path) else path


def faults_in(path: Path | None) -> list[str]:
    """Tell in sentences what is wrong with it; a file that is not there is in order."""
    if path is None:
        return []
    if why := _unreadable(path):
        return [f"{path}: it cannot be read ({why}). Let the user who runs Limber read it."]
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as stream:
        wrong = [each.original.line for each in parse_stream(stream) if each.error]
    return [f"{path}, line {line}: this is no setting. Write NAME=value." for line in wrong]


def names_in(path: Path) -> set[str]:
    """Name what is set in it."""
    if _unreadable(path) or not path.is_file():
        return set()
    with path.open(encoding="utf-8") as stream:
        return {each.key for each in parse_stream(stream) if each.key}


def _unreadable(path: Path) -> str | None:
    try:
        if path.is_file():
            path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return "it is not UTF-8"
    except OSError as fault:
        return fault.strerror or type(fault).__name__
    return None
