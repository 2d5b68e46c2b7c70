"""Running: one transaction each, kept whole or not at all, and the loops woken after it."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest

from bot.store.faults import StoreFault
from bot.store.keys import text_of
from bot.store.store import Store
from bot.store.unit import Unit
from tests.bot.store.conftest import KEYS
from tests.bot.store.moments import DAY, LEASE, NOW, later

ROOT = Path(__file__).parents[3]  # where `tests` can be imported from
WRITE_FOR_EVER = """
import asyncio, sys
from tests.bot.store.moments import DAY, NOW, later
from bot.store.keys import keys_from_text
from bot.store.store import Store
def hear(unit, number):
    assert unit.seen(number, NOW)
    user = unit.user_of("telegram", number % 7, day=DAY)
    unit.keep_talk(user, str(number).encode())
    unit.set_alarm(user, "session", later(number), str(number).encode())
    unit.put(user, "reply", "screen", "fresh", NOW, str(number).encode())
async def main():
    store = await Store.open(sys.argv[1], keys_from_text(sys.argv[2]))
    for number in range(1, 1_000_000):
        await store.run(hear, number)
        print(number, flush=True)
asyncio.run(main())
"""


def someone(unit: Unit, chat_id: int = 4711) -> int:
    return unit.user_of("telegram", chat_id, day=DAY)


async def test_what_was_run_is_there_after_closing_and_opening(
    store: Store, database: Path
) -> None:
    user = await store.run(someone)
    await store.run(lambda unit: unit.keep_talk(user, b"snapshot"))
    await store.close()
    assert not database.with_name("limber.db-wal").exists()
    again = await Store.open(f"sqlite:///{database}", KEYS)
    assert b"snapshot" == await again.run(lambda unit: unit.talk_of(user))
    await again.close()


async def test_what_raises_is_undone_whole_and_raised_again(store: Store) -> None:
    def half(unit: Unit) -> None:
        unit.seen(1, NOW)
        unit.put(someone(unit), "reply", "screen", "fresh", NOW, b"half")
        raise LookupError("half-way")

    with pytest.raises(LookupError, match="half-way"):
        await store.run(half)
    assert await store.run(lambda unit: unit.known_user("telegram", 4711)) is None
    assert await store.run(lambda unit: unit.seen(1, NOW))


async def test_a_user_made_in_vain_leaves_no_key_behind(store: Store) -> None:
    def in_vain(unit: Unit) -> None:
        someone(unit)
        raise LookupError

    with pytest.raises(LookupError):
        await store.run(in_vain)
    user = await store.run(someone)
    await store.run(lambda unit: unit.keep_talk(user, b"snapshot"))
    assert b"snapshot" == await store.run(lambda unit: unit.talk_of(user))


async def test_all_work_is_done_in_one_thread_that_is_not_the_loops(store: Store) -> None:
    threads = await asyncio.gather(*(store.run(lambda _: threading.get_ident()) for _ in range(20)))
    assert 1 == len(set(threads))
    assert threading.get_ident() not in threads


async def test_arguments_are_handed_on(store: Store) -> None:
    user = await store.run(someone, 99)
    assert user == await store.run(Unit.user_of, "telegram", 99, day=DAY)


async def test_the_loops_are_woken_after_the_commit_and_in_the_event_loop(store: Store) -> None:
    woken: list[object] = []

    def on_alarm(due_at: datetime) -> None:
        woken.append((due_at, threading.get_ident()))

    def arm_and_say(unit: Unit) -> None:
        user = someone(unit)
        unit.set_alarm(user, "session", later(20), b"")
        unit.set_alarm(user, "reminder", later(90), b"")
        unit.put(user, "reply", "screen", "fresh", NOW, b"hello")

    store.on_alarm = on_alarm
    store.on_outbox = lambda: woken.append("outbox")
    await store.run(arm_and_say)
    await asyncio.sleep(0)
    assert [(later(20), threading.get_ident()), "outbox"] == woken


async def test_the_sender_is_woken_when_what_others_waited_for_is_withdrawn(store: Store) -> None:
    woken: list[str] = []
    user = await store.run(someone)
    store.on_outbox = lambda: woken.append("outbox")
    await store.run(lambda unit: unit.unsay(user, ["card"]))
    await asyncio.sleep(0)
    assert ["outbox"] == woken


async def test_nobody_is_woken_for_nothing_or_for_what_was_undone(store: Store) -> None:
    woken: list[str] = []
    store.on_alarm = lambda _: woken.append("alarm")
    store.on_outbox = lambda: woken.append("outbox")

    def arm_and_fail(unit: Unit) -> None:
        unit.set_alarm(someone(unit), "session", later(20), b"")
        raise LookupError

    await store.run(someone)
    with pytest.raises(LookupError):
        await store.run(arm_and_fail)
    await asyncio.sleep(0)
    assert [] == woken


async def test_a_caller_that_gives_up_leaves_the_work_whole(store: Store) -> None:
    begun, go_on = threading.Event(), threading.Event()
    woken: list[str] = []
    store.on_outbox = lambda: woken.append("outbox")

    def slow(unit: Unit) -> None:
        unit.put(someone(unit), "reply", "screen", "fresh", NOW, b"hello")
        begun.set()
        go_on.wait(5)

    caller = asyncio.create_task(store.run(slow))
    await asyncio.to_thread(begun.wait, 5)
    caller.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert 1 == len(await store.run(lambda unit: unit.leased("telegram", NOW, LEASE, 9)))
    assert ["outbox"] == woken


async def test_a_new_process_takes_over_what_a_dead_one_had_leased(
    store: Store, database: Path
) -> None:
    def lease_all(unit: Unit) -> None:
        user = someone(unit)
        unit.set_alarm(user, "session", NOW, b"")
        unit.put(user, "reply", "screen", "fresh", NOW, b"hello")
        unit.leased("telegram", NOW, LEASE, 9)
        unit.due_alarms("telegram", NOW, LEASE, 9)

    await store.run(lease_all)
    await store.close()
    again = await Store.open(f"sqlite:///{database}", KEYS)
    rows = await again.run(lambda unit: unit.leased("telegram", later(1), LEASE, 9))
    alarms = await again.run(lambda unit: unit.due_alarms("telegram", later(1), LEASE, 9))
    await again.close()
    assert [1] == [row.tries for row in rows], "it may have been sent"
    assert ["session"] == [alarm.name for alarm in alarms]


async def test_closing_twice_is_closing_once_and_then_nothing_runs(store: Store) -> None:
    await store.close()
    await store.close()
    with pytest.raises(StoreFault, match="closed"):
        await store.run(someone)


async def test_a_killed_writer_has_lost_nothing_it_had_committed(database: Path) -> None:
    arguments = [sys.executable, "-c", WRITE_FOR_EVER, f"sqlite:///{database}", text_of(KEYS.keys)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:  # noqa: ASYNC220, S603 - nothing else runs in this loop; our own words
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) == 200:
                writer.send_signal(signal.SIGKILL)
                break
        told = [int(line) for line in writer.stdout.read().splitlines() if line.strip()]
    last = max(told, default=200)

    store = await Store.open(f"sqlite:///{database}", KEYS)
    kept = await store.run(everything)
    await store.close()
    assert kept[0] in {last, last + 1}, "the one in the air may have been committed"
    expected = {n % 7: n for n in range(kept[0] - 6, kept[0] + 1)}
    assert (kept[0], expected, expected, kept[0]) == kept


def everything(unit: Unit) -> tuple[int, dict[int, int], dict[int, int], int]:
    """Count updates seen, and read the last talk, the alarm and the outbox of each chat."""
    seen = 0
    while not unit.seen(seen + 1, NOW):
        seen += 1
    users = {chat: someone(unit, chat) for chat in range(7)}
    talks = {chat: int(unit.talk_of(user) or b"0") for chat, user in users.items()}
    due = unit.due_alarms("telegram", later(10**7), LEASE, 99)
    events = {
        unit.chat_of(user): int(unit.take_alarm(user, name, at) or b"0") for user, name, at in due
    }
    rows = 0
    while leased := unit.leased("telegram", NOW, LEASE, 99):
        for row in leased:
            unit.sent(row.id, None, NOW)
            rows += 1
    return seen, talks, events, rows
