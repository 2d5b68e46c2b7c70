"""Limber, or the same conversation written the library's own way, as a process to be measured."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

from tests.bench.loopback import TOKEN, Loopback
from tests.bench.measure import cpu_s, rss_mib
from tests.bot.process import environment

Kind = Literal["limber", "library", "durable", "watched"]
MODULES: dict[Kind, str] = {
    "limber": "bot", "library": "tests.bench.library", "durable": "tests.bench.durable",
    "watched": "tests.bench.watched",
}  # fmt: skip
START_S = 60.0


def settings(api: Loopback, folder: Path, rate: int, **more: str) -> dict[str, str]:
    return environment(
        folder,
        LIMBER_TELEGRAM_TOKEN=TOKEN,
        LIMBER_TELEGRAM_BASE_URL=api.base_url,
        LIMBER_TELEGRAM_BASE_FILE_URL=api.base_url.replace("/bot", "/file/bot"),
        LIMBER_RATE_PER_SECOND=str(rate),
        LIMBER_LOG_LEVEL="warning",
        **more,
    )


class Contender:
    """A process that polls an API of its own."""

    def __init__(self, kind: Kind, api: Loopback, folder: Path, env: dict[str, str]) -> None:
        self.kind, self.api, self.folder, self.env = kind, api, folder, env
        self.process: Process | None = None
        self.started_at = 0.0

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    async def start(self) -> float:
        """Start it; returns the seconds until its first poll."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.api.polled_at = None
        self.started_at = time.time()
        with (self.folder / "stderr").open("ab") as errors:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", MODULES[self.kind], env=self.env, cwd=self.folder,
                stdin=DEVNULL, stdout=DEVNULL, stderr=errors,
            )  # fmt: skip
        async with asyncio.timeout(START_S):
            while self.api.polled_at is None:
                if self.process.returncode is not None:
                    raise RuntimeError((self.folder / "stderr").read_text(encoding="utf-8"))
                await asyncio.sleep(0.005)
        return self.api.polled_at - self.started_at

    async def kill(self) -> None:
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.returncode is None:
            os.kill(self.pid, how)
            await self.process.wait()

    def cpu_s(self) -> float:
        return cpu_s(self.pid)

    def rss_mib(self) -> float:
        return rss_mib(self.pid)


@asynccontextmanager
async def polling(
    kind: Kind, api: Loopback, folder: Path, *, rate: int = 1000, **more: str
) -> AsyncIterator[Contender]:
    """Give a contender that polls; it is ended with the block."""
    contender = Contender(kind, api, folder, settings(api, folder, rate, **more))
    try:
        await contender.start()
        yield contender
    finally:
        await contender.kill()
        await api.stop()
