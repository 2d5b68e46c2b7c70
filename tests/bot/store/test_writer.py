"""Works that wait share a commit, and none of them pays for another."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import Any

import pytest

from bot.store.faults import StoreFault
from bot.store.store import Store
from bot.store.unit import Unit
from bot.store.writer import MOST, Job, Writer

NOTE = "webhook"


class Bench:
    """Does jobs and notes which went together; the first group waits until it is let go."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []
        self.go = Event()

    def together(self, jobs: list[Job]) -> None:
        self.go.wait()
        for job in jobs:
            job.result = job.work(None)
        self.groups.append([job.result for job in jobs])


def named(name: str) -> Any:  # noqa: ANN401 - a work
    return lambda _: name


async def test_what_comes_while_the_disk_is_busy_goes_together() -> None:
    bench = Bench()
    writer = Writer(bench.together)
    first = asyncio.create_task(writer.do(named("first"), lambda: None))
    await asyncio.sleep(0)
    others = [asyncio.create_task(writer.do(named(str(n)), lambda: None)) for n in range(3)]
    await asyncio.sleep(0)
    bench.go.set()
    assert ["first", "0", "1", "2"] == await asyncio.gather(first, *others)
    assert [["first"], ["0", "1", "2"]] == bench.groups
    await writer.alone(lambda: None)
    writer.thread.shutdown()


async def test_a_crowd_holds_up_nobody_whose_hold_ends() -> None:
    bench = Bench()
    writer = Writer(bench.together)
    crowd = [asyncio.create_task(writer.do(named("usual"), lambda: None)) for _ in range(5 * MOST)]
    await asyncio.sleep(0)
    hold = asyncio.create_task(writer.do(named("hold"), lambda: None, urgent=True))
    await asyncio.sleep(0)
    bench.go.set()
    await asyncio.gather(hold, *crowd)
    assert "hold" in bench.groups[0] + bench.groups[1]
    writer.thread.shutdown()


async def test_whoever_waits_no_longer_is_not_served() -> None:
    bench = Bench()
    writer = Writer(bench.together)
    first = asyncio.create_task(writer.do(named("first"), lambda: None))
    await asyncio.sleep(0)
    gone = asyncio.create_task(writer.do(named("gone"), lambda: None))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.sleep(0)
    bench.go.set()
    await first
    await writer.alone(lambda: None)
    assert [["first"]] == bench.groups
    writer.thread.shutdown()


def kept(unit: Unit, value: bytes) -> bytes:
    unit.keep_note(NOTE, value)
    return value


def failing(unit: Unit) -> None:
    unit.keep_note(NOTE, b"of the one that failed")
    raise ValueError("it failed")


async def test_a_work_that_fails_takes_back_its_own_rows_only(store: Store) -> None:
    works = [
        store.run(kept, b"before"), store.run(failing), store.run(lambda unit: unit.note_of(NOTE)),
    ]  # fmt: skip
    before, fault, seen = await asyncio.gather(*works, return_exceptions=True)
    assert b"before" == before
    assert isinstance(fault, ValueError)
    assert b"before" == seen
    assert b"before" == await store.run(lambda unit: unit.note_of(NOTE))


async def test_what_cannot_be_kept_is_told_to_all_who_shared_it(store: Store) -> None:
    await store.run(lambda unit: unit._connection.exec_driver_sql("PRAGMA query_only = 1"))  # noqa: SLF001 - a disk that takes nothing
    works = (store.run(kept, b"one"), store.run(kept, b"two"))
    told = await asyncio.gather(*works, return_exceptions=True)
    assert all(isinstance(each, StoreFault) for each in told)
    with pytest.raises(StoreFault):
        await store.run(kept, b"three")
