"""The writer's thread: what waits is done together, and one commit keeps it all.

A commit waits for the disk, so whatever arrives meanwhile shares the next one.  Each work stands
behind a savepoint: one that fails takes back its own rows and nobody else's.  Nobody is answered
before the commit.

What cannot wait (a hold ends) stands in a line of its own; half of each transaction is for either
line, so that a crowd in one holds up nobody in the other.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")

MOST = 16  # together; the first of them waits for the last


@dataclass(eq=False)
class Job:
    """Something to be done in a transaction, and who waits for it."""

    work: Callable[[Any], Any]
    answer: asyncio.Future[Any]
    after: Callable[[], Any]
    result: Any = None
    fault: BaseException | None = None

    def settle(self) -> None:
        if self.answer.done():  # nobody waits any more
            return
        if self.fault is not None:
            self.answer.set_exception(self.fault)
        else:
            self.answer.set_result(self.result)


@dataclass(eq=False)
class Writer:
    """Does jobs in the order of their coming; `together` does some in one transaction."""

    together: Callable[[list[Job]], None]
    thread: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
    )
    urgent: deque[Job] = field(default_factory=deque)
    usual: deque[Job] = field(default_factory=deque)
    resting: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.resting.set()

    async def do(
        self, work: Callable[[Any], T], after: Callable[[], Any], *, urgent: bool = False
    ) -> T:
        """Do it with whatever else waits; returns once that is committed."""
        loop = asyncio.get_running_loop()
        job = Job(work, loop.create_future(), after)
        (self.urgent if urgent else self.usual).append(job)
        if self.resting.is_set():
            self._begin(loop)
        done: T = await job.answer
        return done

    async def alone(self, work: Callable[[], T]) -> T:
        """Do something in the thread, outside any transaction, when all before it is done."""
        await self.resting.wait()
        return await asyncio.get_running_loop().run_in_executor(self.thread, work)

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        self.resting.clear()
        self.thread.submit(self._write, loop)

    def _write(self, loop: asyncio.AbstractEventLoop) -> None:
        while jobs := self._next():
            self.together(jobs)
            loop.call_soon_threadsafe(_settle, jobs)
        loop.call_soon_threadsafe(self._rest, loop)

    def _next(self) -> list[Job]:
        jobs = [*_some(self.urgent, MOST // 2), *_some(self.usual, MOST // 2)]
        return jobs + _some(self.urgent or self.usual, MOST - len(jobs))

    def _rest(self, loop: asyncio.AbstractEventLoop) -> None:
        self.resting.set()
        if self.urgent or self.usual:  # it came as the thread had looked for the last time
            self._begin(loop)


def _some(line: deque[Job], most: int) -> list[Job]:
    """Take from the front; whoever does not wait any more is left out."""
    jobs: list[Job] = []
    while line and len(jobs) < most:
        job = line.popleft()
        if not job.answer.cancelled():
            jobs.append(job)
    return jobs


def _settle(jobs: list[Job]) -> None:
    for job in jobs:
        job.settle()
