"""A track in the terminal: left as a file that any player finds, or said to be missing."""

from __future__ import annotations

from pathlib import Path

from bot.frontends.terminal import TerminalCarrier
from bot.ports import Outgoing, Sounding, WallClock
from bot.render.message import Page
from flows.base import Cue

SOUND = Sounding((Cue(at_s=0.0, tone="begin"),), 3.0, "Session", Page("No sound.", ()))
TRACK = Outgoing(1, Page("Press play.", ()), sound=SOUND)


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def is_ogg(file: Path) -> bool:
    return file.read_bytes().startswith(b"OggS")


async def test_the_track_is_left_as_a_file(tmp_path: Path) -> None:
    printed: list[str] = []
    await TerminalCarrier(printed.append, WallClock(), tmp_path).send(TRACK)
    file = only_file(tmp_path)

    assert ["<. Press play.", f"  (sound: 3 s, {file})"] == printed
    assert is_ogg(file)


async def test_where_it_cannot_be_left_the_message_says_so(tmp_path: Path) -> None:
    printed: list[str] = []
    await TerminalCarrier(printed.append, WallClock(), tmp_path / "missing").send(TRACK)

    assert ["<. No sound."] == printed
