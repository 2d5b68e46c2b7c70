"""A terminal as it looked: the real program is talked to, and what it printed is drawn."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from io import StringIO
from queue import Empty, Queue
from threading import Thread

from rich.console import Console
from rich.text import Text

from tests.transcript import FOLDER

COLUMNS = 92
BEGINS_S, ANSWERS_S, HOLD_S, QUIET_S = 20.0, 5.0, 14.0, 0.4
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)  # fetched from elsewhere: none is needed


def terminal_svg() -> str:
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True)
    for line in talked():
        style = "bold green" if line.startswith("> ") else ""
        console.print(Text(line, style=style))
    return FONTS.sub("", console.export_svg(title="limber"))


def talked() -> list[str]:
    """Talk from /start to a stop, with data that are gone afterwards; give the end of it."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {
            "LIMBER_DATA_DIR": folder, "LIMBER_MASTER_KEY": "A" * 43 + "=",
            "LIMBER_LOG_LEVEL": "error",
        }  # fmt: skip
        limber = subprocess.Popen(
            [sys.executable, "-m", "bot"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env=env,
        )  # fmt: skip
        try:
            return Talk(limber).lines()
        finally:
            limber.kill()
            limber.wait()


class Talk:
    """A talk over pipes: something is typed when nothing more is printed."""

    def __init__(self, limber: subprocess.Popen[str]) -> None:
        assert limber.stdin is not None
        self.stdin, self.printed = limber.stdin, Queue[str]()
        Thread(target=self.listen, args=(limber.stdout,), daemon=True).start()

    def listen(self, stdout: StringIO) -> None:
        for line in stdout:
            self.printed.put(line.rstrip("\n"))

    def lines(self) -> list[str]:
        *before, last = answers()
        self.heard(BEGINS_S)
        for answer in before:
            self.type(answer)
            self.heard(ANSWERS_S)
        told: list[str] = []
        for typed, wait_s in ((last, ANSWERS_S), ("start", ANSWERS_S), ("", HOLD_S), ("ow", 3.0)):
            if typed:
                self.type(typed)
                told.append(f"> {typed}")
            told += self.heard(wait_s)
        return told

    def type(self, text: str) -> None:
        self.stdin.write(f"{text}\n")
        self.stdin.flush()

    def heard(self, wait_s: float) -> list[str]:
        """Give what is printed, until nothing more comes for a moment."""
        lines: list[str] = []
        until = time.monotonic() + wait_s
        while (left := until - time.monotonic()) > 0:
            try:
                lines.append(self.printed.get(timeout=min(left, QUIET_S) if lines else left))
            except Empty:
                break
        return lines


def answers() -> list[str]:
    """Take what a well adult answers out of the transcript, without /start."""
    told = (FOLDER / "well_adult_to_the_offer.chat").read_text("utf-8")
    typed = [line[2:].strip("[]") for line in told.splitlines() if line.startswith("> ")]
    return typed[1:]
