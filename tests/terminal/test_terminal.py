"""Limber in a terminal, as a real process: plain lines on a pipe, and a real terminal."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.process import START_S, Limber, environment
from tests.transcript import FOLDER

SEES_S = 15.0
LATE_S = 1.0
LEAD_IN_S = 10.0
TO_THE_OFFER = [
    line[2:]
    for line in (FOLDER / "well_adult_to_the_offer.chat").read_text("utf-8").splitlines()
    if line.startswith("> ") and line != "> /start"
]


class Terminal:
    """Someone who types lines and reads what is printed."""

    def __init__(self, folder: Path) -> None:
        self.limber = Limber(folder, environment(folder, LIMBER_KEY_FILE="", HOME=str(folder)))
        self.printed = ""
        self.seen = 0  # how far they have read

    async def start(self) -> None:
        await self.limber.start()

    async def reads(self) -> None:
        process = self.limber.process
        assert process is not None
        assert process.stdout is not None
        self.printed += (await process.stdout.read(4096)).decode()

    async def sees(self, wanted: str, within_s: float = SEES_S) -> float:
        """Read on until this has been printed; tell when."""
        try:
            async with asyncio.timeout(within_s):
                while (at := self.printed.find(wanted, self.seen)) < 0:
                    before = len(self.printed)
                    await self.reads()
                    assert len(self.printed) > before, f"it ended: {self.limber.errors}"
        except TimeoutError:
            missed = self.printed[self.seen :][-2000:]
            raise AssertionError(f"{wanted!r} not in {missed!r}") from None
        self.seen = at + len(wanted)
        return time.monotonic()

    async def types(self, line: str) -> float:
        process = self.limber.process
        assert process is not None
        assert process.stdin is not None
        process.stdin.write(line.encode() + b"\n")
        await process.stdin.drain()
        return time.monotonic()


@pytest.fixture
async def terminal(tmp_path: Path) -> AsyncIterator[Terminal]:
    terminal = Terminal(tmp_path)
    yield terminal
    await terminal.limber.kill()


async def to_the_offer(terminal: Terminal) -> None:
    await terminal.start()
    await terminal.sees("[I understand, go on]", START_S)
    for line in TO_THE_OFFER:
        await terminal.types(line)
    await terminal.sees("[Start 8 min]", START_S)


async def test_from_the_first_line_to_a_session_and_a_stop(terminal: Terminal) -> None:
    await to_the_offer(terminal)
    await terminal.types("[Start 8 min]")
    await terminal.sees("Get ready: 10 s")
    await terminal.types("ow")
    await terminal.sees("< Stopped. Ease out of the position slowly and rest.")
    await terminal.types("nonsense")
    await terminal.sees("I did not get that")
    await terminal.types("/quit")
    code = await terminal.limber.ended()
    assert (0, True) == (code, "Traceback" not in terminal.limber.errors)


async def test_killed_in_a_hold_it_goes_on_where_it_was(terminal: Terminal) -> None:
    """Paused, so that the rest of the hold is short; killed in the lead-in, and in the pause."""
    await to_the_offer(terminal)
    await terminal.types("[Start 8 min]")
    await terminal.sees("Get ready: 10 s")
    began = time.monotonic()
    await terminal.limber.kill()
    await terminal.start()
    await terminal.sees("Your session is still open", START_S)
    await terminal.sees("< Calves up and rest")
    assert LEAD_IN_S - 1 <= time.monotonic() - began <= LEAD_IN_S + LATE_S
    await terminal.types("pause")
    await terminal.sees("Paused.")
    await terminal.limber.kill()
    await terminal.start()
    await terminal.sees("Paused.", START_S)
    await terminal.types("[It hurts \N{EN DASH} stop]")
    await terminal.sees("< Stopped.")


async def test_the_end_of_input_ends_it(terminal: Terminal) -> None:
    await terminal.start()
    await terminal.sees("[I understand, go on]", START_S)
    process = terminal.limber.process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    assert 0 == await terminal.limber.ended()
    assert "A new master key stands in" in terminal.limber.errors


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
async def test_a_real_terminal_reaches_the_first_question(tmp_path: Path) -> None:
    from pty import openpty  # noqa: PLC0415 - not everywhere

    ours, theirs = openpty()
    env = environment(tmp_path, LIMBER_KEY_FILE="", HOME=str(tmp_path), TERM="xterm")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", env=env, cwd=tmp_path, stdin=theirs, stdout=theirs,
        stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    try:
        assert "I understand, go on" in await shown(ours, "I understand, go on")
        os.write(ours, b"I understand, go on\r")
        assert "Which country" in await shown(ours, "Which country")
        os.write(ours, b"/quit\r")
        async with asyncio.timeout(START_S):
            rest = asyncio.create_task(shown(ours, "never said"))
            assert 0 == await process.wait()
            rest.cancel()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        os.close(ours)


async def shown(ours: int, wanted: str) -> str:
    """Read the screen, without its marks, until this stands there."""
    os.set_blocking(ours, False)
    text = ""
    async with asyncio.timeout(START_S):
        while wanted not in text:
            try:
                text += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", os.read(ours, 65536).decode())
            except BlockingIOError:
                await asyncio.sleep(0.02)
            except OSError:  # the other end is closed
                return text
    return text
