"""Another release of the content, read with today's schema: a git revision's, or a folder's."""

from __future__ import annotations

import io
import os
import subprocess  # git is asked, by its own name, for a revision that the user names
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from content.catalogue import Catalogue
from content.errors import ContentFaults
from content.load import CONTENT, load


class CannotCompare(Exception):  # noqa: N818 - it says what is so
    """Why another release cannot be read, in sentences."""


def release(name: str, beside: Path = CONTENT) -> Catalogue:
    """Read the content of a folder, or of a git revision of the folder `beside`."""
    folder = Path(name)
    if os.path.isdir(folder):  # noqa: PTH112 - of what is hidden it says no
        return _read(folder / "content" if (folder / "content").is_dir() else folder, name)
    with TemporaryDirectory() as place:
        _unpack(_archive(name, beside), Path(place))
        return _read(Path(place), name)


def _read(folder: Path, name: str) -> Catalogue:
    try:
        return load(folder)
    except ContentFaults as faults:
        raise CannotCompare(
            f"The content of {name} cannot be read with today's schema:\n{faults}"
        ) from None


def _archive(revision: str, beside: Path) -> bytes:
    """Ask git for what the folder held then; nothing of the checkout is touched."""
    command = ["git", "-C", str(beside), "archive", "--format=tar", revision, "."]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - a list
    except FileNotFoundError:
        raise CannotCompare(f"{revision} is no folder, and there is no git to ask.") from None
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip()
        raise CannotCompare(f"{revision} is no folder, and git does not know it: {told}")
    return done.stdout


def _unpack(archive: bytes, place: Path) -> None:
    """Write the YAML files of an archive down, and nothing else that it may hold."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar.getmembers():
            path = (place / member.name).resolve()
            held = tar.extractfile(member) if member.isfile() else None
            if held is not None and path.suffix == ".yaml" and path.is_relative_to(place.resolve()):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(held.read())
