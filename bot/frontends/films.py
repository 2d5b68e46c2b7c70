"""Films of the movements: made once, beside the bot and after everything else, and kept on disk.

A film takes seconds to make, so nobody waits for one: until it is there the still picture is sent.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import structlog

MAKER = "bot.render.figures"

Make = Callable[[Mapping[str, Path]], Awaitable[int]]

log = structlog.get_logger()


async def make_beside(wanted: Mapping[str, Path]) -> int:
    """Make films in a process of its own, which gives way to all others."""
    named = [part for exercise, file in wanted.items() for part in (exercise, str(file))]
    maker = await asyncio.create_subprocess_exec(
        sys.executable, "-m", MAKER, "--films", *named,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        return await maker.wait()
    finally:
        if maker.returncode is None:
            maker.kill()


class Films:
    """The films of one release; they are begun when somebody first wants to see one."""

    def __init__(self, folder: Path, *, make: Make = make_beside) -> None:
        self.folder, self.make = folder, make
        self.making: asyncio.Task[None] | None = None

    def film(self, name: str) -> Path | None:
        file = self._file(name)
        return file if file.exists() else None

    def begin(self, names: Mapping[str, str]) -> None:
        """Make what is missing, once in a life of the process; `names` are files by exercise."""
        if self.making is None:
            wanted = {ex: self._file(name) for ex, name in names.items() if not self.film(name)}
            self.making = asyncio.create_task(self._made(wanted))

    async def close(self) -> None:
        if self.making is not None:
            self.making.cancel()
            await asyncio.gather(self.making, return_exceptions=True)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.mp4"

    async def _made(self, wanted: Mapping[str, Path]) -> None:
        try:
            await asyncio.to_thread(self.folder.mkdir, parents=True, exist_ok=True)
            ended = await self.make(wanted)
        except OSError:
            ended = -1
        if ended != 0:
            log.warning("films_not_made", missing=len(wanted))
