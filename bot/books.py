"""The books of danger phrases: made beside everything else, once a process has begun to poll.

It takes a second of one thread.  Whoever writes meanwhile waits for it, and nobody else does: made
within a hearing it would keep every tap, stop and alarm of all others waiting.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from bot import lean
from content.catalogue import Catalogue
from flows.heard import Command, Heard, Odd, Typed
from flows.text.danger import warm

WORDLESS = frozenset({"start", "stop", "pain"})  # commands that are obeyed before they are read


class Books:
    def __init__(self, catalogue: Catalogue, begin_after_s: float) -> None:
        self.catalogue, self.begin_after_s = catalogue, begin_after_s
        self.wanted = asyncio.Event()
        self.making = asyncio.create_task(self._make())

    async def made_for(self, heard: Heard) -> None:
        """Wait until they stand, if this is to be read; the first who wants them has them begun."""
        if has_words(heard) and not self.making.done():
            self.wanted.set()
            await asyncio.wait([self.making])

    async def _make(self) -> None:
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.begin_after_s):
                    await self.wanted.wait()
            await asyncio.to_thread(self._warm)
        finally:
            lean.settle()

    def _warm(self) -> None:
        warm(self.catalogue)
        lean.give_back()

    async def close(self) -> None:
        self.making.cancel()
        await asyncio.gather(self.making, return_exceptions=True)


def has_words(heard: Heard) -> bool:
    match heard:
        case Typed():
            return True
        case Command(name=name, argument=argument):
            return bool(argument) or name not in WORDLESS
        case Odd(text=text):
            return bool(text)
        case _:
            return False
