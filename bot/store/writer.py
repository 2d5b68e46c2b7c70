"""The writer's thread: what waits is done together, and one commit keeps it all.

A commit waits for the disk, so whatever arrives meanwhile shares the next one.  Each work stands
behind a savepoint: one that fails takes back its own rows and nobody else's.  Nobody is answered
before the commit.

What cannot wait (a hold ends) stands in a line of its own; half of each transaction is for either
line, so that a crowd in one holds up nobody in the other.  Before that line goes what looks for
the rows to be sent: it comes once in a round, and a thousand holds that end at once must not delay
it.  What has patience begins no transaction by itself until that is over, and goes with whoever
comes first.  And one may ride: what looks for rows to be sent goes in the very transaction that
makes some, and needs none of its own.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from bot.store.work import Aftermath

T = TypeVar("T")

Tell = Callable[[Aftermath], object]
Haste = Literal["usual", "soon", "next"]

MOST = 16  # together; the first of them waits for the last


def nobody(_: Aftermath) -> None:
    """Tell nobody."""


@dataclass(eq=False)
class Job:
    """Something to be done in a transaction, and who waits for it."""

    work: Callable[[Any], Any]
    answer: asyncio.Future[Any]
    aftermath: Aftermath = field(default_factory=Aftermath)
    tell: Tell = nobody  # once it is committed
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
    patient: deque[Job] = field(default_factory=deque)
    waits: asyncio.TimerHandle | None = None  # for company of those with patience
    riders: deque[Job] = field(default_factory=deque)
    resting: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.resting.set()

    async def do(
        self, work: Callable[[Any], T], aftermath: Aftermath | None = None, tell: Tell = nobody,
        *, haste: Haste = "usual", patience_s: float = 0.0,
    ) -> T:  # fmt: skip
        """Do it with whatever else waits; returns once that is committed."""
        loop = asyncio.get_running_loop()
        job = Job(work, loop.create_future(), aftermath or Aftermath(), tell)
        if patience_s and self.resting.is_set():
            if not self.patient:
                self.waits = loop.call_later(patience_s, self._lose_patience, loop)
            self.patient.append(job)
        else:
            self._stand(job, haste)
            if self.resting.is_set():
                self._begin(loop)
        done: T = await job.answer
        return done

    def _stand(self, job: Job, haste: Haste) -> None:
        match haste:
            case "next":
                self.urgent.appendleft(job)
            case "soon":
                self.urgent.append(job)
            case "usual":
                self.usual.append(job)

    def ride(
        self, work: Callable[[Any], Any], aftermath: Aftermath | None = None, tell: Tell = nobody
    ) -> Job:
        """Do it in the next transaction that asks for something to be sent; one at a time."""
        future = asyncio.get_running_loop().create_future()
        job = Job(work, future, aftermath or Aftermath(), tell)
        self.riders.append(job)
        return job

    def alight(self) -> bool:
        """Let nobody ride any more; False says that it has been begun."""
        try:
            self.riders.pop()
        except IndexError:
            return False
        return True

    def rider_with(self, jobs: list[Job]) -> Job | None:
        """Tell who goes along with these, done but not yet committed, if one does."""
        if any(job.aftermath.posted and job.fault is None for job in jobs):
            with suppress(IndexError):
                return self.riders.popleft()
        return None

    async def alone(self, work: Callable[[], T]) -> T:
        """Do something in the thread, outside any transaction, when all before it is done."""
        self._lose_patience(asyncio.get_running_loop())
        await self.resting.wait()
        return await asyncio.get_running_loop().run_in_executor(self.thread, work)

    def _lose_patience(self, loop: asyncio.AbstractEventLoop) -> None:
        if self.patient and self.resting.is_set():
            self._begin(loop)

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        if self.patient and self.waits is not None:
            self.waits.cancel()
        self.usual.extend(self.patient)
        self.patient.clear()
        self.resting.clear()
        self.thread.submit(self._write, loop)

    def _write(self, loop: asyncio.AbstractEventLoop) -> None:
        jobs, done = self._next(), list[Job]()
        while jobs:
            self.together(jobs)
            jobs, done = self._next(), jobs
            if jobs:
                loop.call_soon_threadsafe(_settle, done)
        loop.call_soon_threadsafe(self._rest, loop, done)

    def _next(self) -> list[Job]:
        jobs = [*_some(self.urgent, MOST // 2), *_some(self.usual, MOST // 2)]
        return jobs + _some(self.urgent or self.usual, MOST - len(jobs))

    def _rest(self, loop: asyncio.AbstractEventLoop, done: list[Job]) -> None:
        """Settle the last ones and rest, in one: waking the loop costs as much as a statement."""
        _settle(done)
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
