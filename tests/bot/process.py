"""Limber as a process of its own, against the Bot API server of the tests or on a pipe."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from pathlib import Path

from tests.botapi.server import BotApi

ROOT = Path(__file__).parents[2]
START_S = 60.0  # a loaded machine takes its time to import
STOP_S = 20.0
KEPT = ("PATH", "HOME", "LANG", "SYSTEMROOT")
LOOKS_S = 0.02  # how often something is looked at that tells nobody when it changes


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Give a process nothing but this: no setting of the machine leaks in."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "LIMBER_DATA_DIR": str(folder / "data"),
        "LIMBER_KEY_FILE": str(folder / "config" / "master.key"),
        **more,
    }


def with_telegram(api: BotApi, folder: Path, **more: str) -> dict[str, str]:
    return environment(
        folder,
        **{
            "LIMBER_TELEGRAM_TOKEN": api.token,
            "LIMBER_TELEGRAM_BASE_URL": api.base_url,
            "LIMBER_TELEGRAM_BASE_FILE_URL": api.base_file_url,
        }
        | more,
    )


async def becomes(true: Callable[[], object], often_s: float = 0) -> None:
    """Look again and again, at each turn of the loop, until it is so."""
    async with asyncio.timeout(START_S):
        while not true():  # noqa: ASYNC110 - nobody tells when it becomes so
            await asyncio.sleep(often_s)


class Limber:
    """One process at a time in one folder, killed and started as often as a test wants."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.folder, self.env = folder, env
        self.process: Process | None = None

    async def start(self, *args: str) -> Process:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "stderr").open("ab") as errors:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", *args, env=self.env, cwd=self.folder,
                stdin=PIPE, stdout=PIPE, stderr=errors,
            )  # fmt: skip
        return self.process

    async def serve(self, api: BotApi) -> Process:
        """Start, and wait until it asks for updates."""
        before = len(api.called("getUpdates"))
        process = await self.start()

        def polls() -> bool:
            assert process.returncode is None, self.errors
            return len(api.called("getUpdates")) > before

        await becomes(polls, often_s=LOOKS_S)
        return process

    async def kill(self) -> None:
        """Kill it as a power cut would."""
        if self.process is None:
            return
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
        await self.process.communicate()  # also closes the pipes of one that ended by itself

    async def stop(self) -> int:
        """Ask it to stop, and tell its exit code."""
        assert self.process is not None
        self.process.terminate()
        return await self.ended()

    async def ended(self) -> int:
        assert self.process is not None
        async with asyncio.timeout(START_S):
            await self.process.communicate()
        assert self.process.returncode is not None
        return self.process.returncode

    @property
    def errors(self) -> str:
        return (self.folder / "stderr").read_text(encoding="utf-8")

    @property
    def database(self) -> Path:
        return self.folder / "data" / "limber.db"

    def kept_bytes(self) -> bytes:
        """Read all that stands in the data directory, as a thief of the disk would."""
        files = sorted((self.folder / "data").rglob("*"))
        return b"".join(file.read_bytes() for file in files if file.is_file())


async def left(process: Process) -> tuple[int, str]:
    """Wait for the end; its exit code and what it printed."""
    async with asyncio.timeout(START_S):
        printed, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, printed.decode()
