"""Works that wait share a commit, and none of them pays for another."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from bot.store.faults import StoreFault
from bot.store.store import Store
from bot.store.unit import Unit
from bot.store.writer import MOST, Job, Writer
from tests.bot.store.moments import NOW

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
    first = asyncio.create_task(writer.do(named("first")))
    await asyncio.sleep(0)
    others = [asyncio.create_task(writer.do(named(str(n)))) for n in range(3)]
    await asyncio.sleep(0)
    bench.go.set()
    assert ["first", "0", "1", "2"] == await asyncio.gather(first, *others)
    assert [["first"], ["0", "1", "2"]] == bench.groups
    await writer.alone(lambda: None)
    writer.thread.shutdown()


async def test_a_crowd_holds_up_nobody_whose_hold_ends() -> None:
    bench = Bench()
    writer = Writer(bench.together)
    crowd = [asyncio.create_task(writer.do(named("usual"))) for _ in range(5 * MOST)]
    await asyncio.sleep(0)
    hold = asyncio.create_task(writer.do(named("hold"), haste="soon"))
    await asyncio.sleep(0)
    bench.go.set()
    await asyncio.gather(hold, *crowd)
    assert "hold" in bench.groups[0] + bench.groups[1]
    writer.thread.shutdown()


async def test_a_crowd_of_holds_does_not_hold_up_what_sends_their_bells() -> None:
    bench = Bench()
    writer = Writer(bench.together)
    holds = [asyncio.create_task(writer.do(named("hold"), haste="soon")) for _ in range(5 * MOST)]
    await asyncio.sleep(0)
    look = asyncio.create_task(writer.do(named("look"), haste="next"))
    await asyncio.sleep(0)
    bench.go.set()
    await asyncio.gather(look, *holds)
    assert "look" in bench.groups[0] + bench.groups[1]
    writer.thread.shutdown()


async def test_whoever_waits_no_longer_is_not_served() -> None:
    bench = Bench()
    writer = Writer(bench.together)
    first = asyncio.create_task(writer.do(named("first")))
    await asyncio.sleep(0)
    gone = asyncio.create_task(writer.do(named("gone")))
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


# ---- patience, and riding along


async def test_what_has_patience_goes_with_whoever_comes_first() -> None:
    bench = Bench()
    bench.go.set()
    writer = Writer(bench.together)
    patient = asyncio.create_task(writer.do(named("patient"), patience_s=60))
    await asyncio.sleep(0)
    assert [] == bench.groups
    assert "usual" == await writer.do(named("usual"))
    assert "patient" == await patient
    assert [["usual", "patient"]] == bench.groups
    writer.thread.shutdown()


async def test_patience_ends_when_nobody_comes_and_begins_anew_for_the_next() -> None:
    bench = Bench()
    bench.go.set()
    writer = Writer(bench.together)
    assert "one" == await writer.do(named("one"), patience_s=0.001)
    accompanied = asyncio.create_task(writer.do(named("two"), patience_s=60))
    await asyncio.sleep(0)
    waits = writer.waits
    await writer.do(named("three"))
    await accompanied
    assert waits is not None
    assert waits.cancelled()  # else it would end the patience of whoever comes next
    writer.thread.shutdown()


async def test_before_anything_is_done_alone_patience_ends() -> None:
    bench = Bench()
    bench.go.set()
    writer = Writer(bench.together)
    patient = asyncio.create_task(writer.do(named("patient"), patience_s=60))
    await asyncio.sleep(0)
    await writer.alone(lambda: None)
    assert "patient" == await patient
    writer.thread.shutdown()


def says(unit: Unit) -> None:
    user = unit.user_of("telegram", 1, day=NOW.date())
    unit.put(user, "reply", "screen", "fresh", NOW, b"hello")


def leased(unit: Unit) -> int:
    return len(unit.leased("telegram", NOW, timedelta(seconds=8), 9))


async def test_who_rides_sees_what_was_posted_and_nobody_is_woken_for_it(store: Store) -> None:
    woken: list[str] = []
    store.on_outbox = lambda: woken.append("outbox")
    ride = store.ride(leased)
    assert ride is not None
    await store.run(kept, b"nothing is posted")
    assert not ride.answer.done()
    await store.run(says)
    assert 1 == await ride.answer
    assert not ride.alight()
    await store.run(lambda unit: unit.unsay(1, ["screen"]))
    assert ["outbox"] == woken  # nobody rode then


async def test_who_has_alighted_does_not_ride(store: Store) -> None:
    ride = store.ride(leased)
    assert ride is not None
    assert ride.alight()
    await store.run(says)
    assert not ride.answer.done()
    assert 1 == await store.run(leased)


async def test_a_ride_that_fails_takes_back_its_own_rows_only_and_the_loop_is_woken(
    store: Store,
) -> None:
    woken: list[str] = []
    store.on_outbox = lambda: woken.append("outbox")
    ride = store.ride(failing)
    assert ride is not None
    await store.run(says)
    with pytest.raises(ValueError, match="it failed"):
        await ride.answer
    assert ["outbox"] == woken
    assert 1 == await store.run(leased)
    assert await store.run(lambda unit: unit.note_of(NOTE)) is None


async def test_nobody_rides_with_what_is_undone(store: Store) -> None:
    def says_and_fails(unit: Unit) -> None:
        says(unit)
        raise LookupError

    ride = store.ride(leased)
    assert ride is not None
    with pytest.raises(LookupError):
        await store.run(says_and_fails)
    assert not ride.answer.done()
    assert ride.alight()
