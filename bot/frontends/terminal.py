"""The terminal: the whole product in one process, in the format of the transcripts.

With a tty it has a prompt with a line that counts the hold down; without one it reads plain lines.
"""

from __future__ import annotations

import asyncio
import os
import stat
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import gettempdir

import structlog
from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout

from bot.frontends.media import compose, hashed
from bot.frontends.printer import lines_of
from bot.frontends.ptb import command_of
from bot.ports import Clock, Outgoing, Sounding
from bot.render.held import File
from bot.render.message import drawn
from bot.traces import kind, where
from flows.heard import Heard, Tapped, Typed

NAME = "terminal"
CHAT_ID = 1
LEAVING = frozenset({"/quit", "/exit"})
BAR_CELLS = 20
MOST_BYTES = 2**20  # of a line that nobody types

log = structlog.get_logger()


class TerminalCarrier:
    """Prints messages; remembers buttons, so that `[label]` can be typed, and the countdown."""

    def __init__(
        self, write: Callable[[str], None], clock: Clock, sounds: Path | None = None,
        files: Path | None = None,
    ) -> None:  # fmt: skip
        self.write, self.clock = write, clock
        self.sounds = sounds or Path(gettempdir())
        self.files = files or self.sounds
        self.left: dict[int, Path] = {}  # files, by message
        self.ids = count(1)
        self.buttons: dict[str, str] = {}  # label -> callback data, the newest wins
        self.counting: tuple[int, datetime, datetime] | None = None

    async def send(self, message: Outgoing) -> int:
        number = next(self.ids)
        file = self._left(message.file, number) if message.file else None
        if message.file is not None and file is None and message.lost is not None:
            message = replace(message, page=message.lost)
        sound = await _saved(message.sound, self.sounds) if message.sound else None
        if message.sound is not None and sound is None:
            message = replace(message, page=message.sound.lost)
        self._print(message, "<." if message.silent else "<", number, sound, file)
        return number

    async def change(self, message: Outgoing) -> None:
        self._print(message, "<*", message.replaces or 0)

    async def strip(self, chat_id: int, message_id: int) -> None:
        del chat_id
        if self.counting and self.counting[0] == message_id:
            self.counting = None

    async def remove(self, chat_id: int, message_ids: list[int]) -> None:
        """Nothing printed can be taken back, but files can."""
        del chat_id
        for number in message_ids:
            if path := self.left.pop(number, None):
                path.unlink(missing_ok=True)

    async def busy(self, chat_id: int) -> None:
        """Whoever waits at a terminal sees it."""

    def _left(self, file: File, number: int) -> str | None:
        """Leave a file for its user's eyes; None where that fails."""
        path = self.files / file.name
        try:
            self.files.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_bytes(file.content)
        except OSError as fault:
            log.error("not_kept", medium="file", error=kind(fault), where=where(fault))
            return None
        self.left[number] = path
        return str(path)

    def _print(
        self, message: Outgoing, sign: str, number: int, sound: str | None = None,
        file: str | None = None,
    ) -> None:  # fmt: skip
        if message.countdown is not None:
            self.counting = (number, *message.countdown)
        elif self.counting and self.counting[0] == number:
            self.counting = None
        for row in message.page.buttons:
            self.buttons |= {button.label: button.tap for button in row}
        page = replace(message.page, text=drawn(message.page.text))
        lines = lines_of(page, sign, message.figure, sound, file=file)  # type: ignore[arg-type]  # signs
        for line in lines:
            self.write(line)

    def toolbar(self) -> str:
        """Draw the line below the prompt: what is left of what is being counted."""
        if self.counting is None:
            return " /help · /quit"
        _, begins_at, ends_at = self.counting
        left = (ends_at - self.clock.now()) / timedelta(seconds=1)
        if left <= 0:
            return " …"
        whole = max(1.0, (ends_at - begins_at) / timedelta(seconds=1))
        gone = max(0, min(BAR_CELLS, round(BAR_CELLS * (1 - left / whole))))
        return f' {left:3.0f} s  {"▰" * gone}{"▱" * (BAR_CELLS - gone)}   stop: type s, or "ow"'


async def _saved(sound: Sounding, folder: Path) -> str | None:
    """Leave a track where any player finds it; None where that fails."""
    path = folder / f"limber-{hashed(repr(sound.cues))[:12]}.ogg"
    try:
        path.write_bytes(await asyncio.to_thread(compose, sound.cues, sound.seconds))
    except Exception as fault:  # noqa: BLE001 - whatever it is, the card leads alone
        log.error("not_made", medium="sound", error=kind(fault), where=where(fault))
        return None
    return f"{sound.seconds:.0f} s, {path}"


def heard_of(line: str, buttons: dict[str, str]) -> Heard | None:
    """Read one line: a command, `[a button]`, or text."""
    text = line.strip()
    if not text:
        return None
    if text.startswith("[") and text.endswith("]") and (data := buttons.get(text[1:-1])):
        _, talk, turn, tap = data.split("|", 3)
        return Tapped(talk=talk, turn=int(turn), tap=tap)
    return command_of(text) or Typed(text=text[:4096])


async def lines(carrier: TerminalCarrier) -> AsyncIterator[str]:
    """Read what is typed, until the end of input or /quit."""
    source = _prompted(carrier) if _is_typed() else _plain()
    async for line in source:
        if line.strip() in LEAVING:
            return
        yield line


async def _prompted(carrier: TerminalCarrier) -> AsyncIterator[str]:
    session: PromptSession[str] = PromptSession("> ", bottom_toolbar=carrier.toolbar)
    while True:
        try:
            yield await session.prompt_async(refresh_interval=1.0)
        except (EOFError, KeyboardInterrupt):
            return


async def _plain() -> AsyncIterator[str]:
    """Read a pipe as it comes, and a file or /dev/null, which nobody need wait for, in a thread."""
    if sys.stdin is None:  # closed by whoever started us
        return
    if not _comes_in_time():
        while line := await asyncio.to_thread(sys.stdin.buffer.readline, MOST_BYTES):
            yield line.decode(errors="replace")
        return
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=MOST_BYTES)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while True:
        try:
            line = await reader.readline()
        except ValueError:  # no end of the line so far: nobody has typed that
            continue
        if not line:
            return
        yield line.decode(errors="replace")


def _comes_in_time() -> bool:
    mode = os.fstat(sys.stdin.fileno()).st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def _is_typed() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def screen() -> AbstractContextManager[None]:
    """Keep what is printed above the prompt, where there is one."""
    return patch_stdout(raw=True) if _is_typed() else nullcontext()
