"""Several Limbers on one PostgreSQL, as real processes: one is killed, and nothing is lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.keys import new_key_file
from content.catalogue import Catalogue
from tests.bot.postgres.server import new_database
from tests.bot.process import LOOKS_S, START_S, Limber, with_telegram
from tests.bot.seed import holding, seeded
from tests.botapi.server import PACED, BotApi, Call

LATE_S = 10.0
RATE, BURST = 27, 4
JITTER_S = 0.15  # between leaving one process and being seen by another
HOLD_S = 20.0
HOLDING = range(1001, 1017)
ASKING = range(2001, 2009)
FAULTS = ("not_answered", "not_delivered", "alarm_failed", "not_kept")

Replicas = list[Limber]


@pytest.fixture
async def url() -> str:
    return await new_database()


@pytest.fixture
async def replicas(
    api: BotApi, url: str, tmp_path: Path
) -> AsyncIterator[Callable[[int], Replicas]]:
    made: Replicas = []

    def make(count: int) -> Replicas:
        for number in range(count):
            folder = tmp_path / f"replica{number}"
            env = with_telegram(
                api, folder, LIMBER_DATABASE_URL=url, LIMBER_LOG_LEVEL="debug",
                LIMBER_KEY_FILE=str(tmp_path / "master.key"),
            )  # fmt: skip
            made.append(Limber(folder, env))
        return made

    yield make
    await asyncio.gather(*(each.kill() for each in made))


async def up(replicas: Replicas) -> None:
    for each in replicas:
        await each.start()
    async with asyncio.timeout(START_S):
        while not all("polling" in each.errors for each in replicas):
            assert all(r.process and r.process.returncode is None for r in replicas)
            await asyncio.sleep(LOOKS_S)
    await until_one_leads(replicas)


async def until_one_leads(replicas: Replicas) -> None:
    async with asyncio.timeout(START_S):
        while not any("leading" in each.errors for each in replicas):  # noqa: ASYNC110 - a file
            await asyncio.sleep(LOOKS_S)


def sends(api: BotApi, chat_id: int, wanted: str) -> list[Call]:
    return [c for c in api.called("sendMessage", chat_id) if wanted in c.params["text"]]


def answers(api: BotApi, chat_id: int) -> set[int]:
    return {number for number in range(1, 9) if sends(api, chat_id, f"/n{number}x")}


def over_the_rate(api: BotApi) -> float:
    """Tell by how many messages a bucket of this rate and burst was exceeded, at worst."""
    full_until, worst = 0.0, -float(BURST)
    for call in api.calls:
        if call.method in PACED:
            full_until = max(full_until, call.at) + 1 / RATE
            worst = max(worst, (full_until - call.at - JITTER_S) * RATE - BURST)
    return worst


async def test_two_of_three_replicas_are_killed_and_nothing_is_lost_or_late(
    api: BotApi, replicas: Callable[[int], Replicas], catalogue: Catalogue
) -> None:
    """The killed are those that poll, as holds end and questions come."""
    three = replicas(3)
    env = three[0].env
    new_key_file(Path(env["LIMBER_KEY_FILE"]))
    lefts = {n: timedelta(seconds=HOLD_S + (n - HOLDING[0]) / 3) for n in HOLDING}
    began, monotonic = time.time(), time.monotonic()
    chats = {n: holding(catalogue, left) for n, left in lefts.items()}
    due = {n: chat.alarms["session"][0].timestamp() - began for n, chat in chats.items()}
    await seeded(env, chats)
    for n in HOLDING:
        api.person(n).room.started = True
    asking = [api.person(n) for n in ASKING]
    await up(three)
    assert time.monotonic() - monotonic < HOLD_S, "they were up before the first hold ended"

    async def ask(numbers: range) -> None:
        for number in numbers:
            for person in asking:
                await person.says(f"/n{number}x" if number else "/start")

    await ask(range(3))
    left = list(three)
    for kill_s, numbers in ((HOLD_S + 0.5, range(3, 5)), (HOLD_S + 3.5, range(5, 7))):
        await asyncio.sleep(max(0.0, monotonic + kill_s - time.monotonic()))
        await ask(numbers)
        await asyncio.sleep(0.03)  # some are heard, some are not
        leading = next(each for each in left if "leading" in each.errors)
        await leading.kill()
        left.remove(leading)
        if len(left) > 1:
            await until_one_leads(left)
    await ask(range(7, 9))

    def all_told() -> bool:
        held = all(sends(api, n, "Done. Lie still") for n in HOLDING)
        return held and all(answers(api, n) >= set(range(1, 9)) for n in ASKING)

    await api.until(all_told, 60, "all hold ends and all answers")
    ends = {n: sends(api, n, "Done. Lie still") for n in HOLDING}
    late = sorted(ended[0].at - monotonic - due[n] for n, ended in ends.items())
    assert -0.05 <= late[0] <= late[-1] <= LATE_S, late
    assert len(HOLDING) + 2 >= sum(map(len, ends.values())), "at most one doubled for each kill"
    for n in ASKING:
        told = [sends(api, n, f"/n{number}x") for number in range(1, 9)]
        assert 8 + 2 >= sum(map(len, told))
        firsts = [each[0].at for each in told]
        assert sorted(firsts) == firsts
    assert 0 >= over_the_rate(api)
    assert not any(fault in each.errors for each in three for fault in FAULTS)
    assert 0 == await left[0].stop()


async def test_what_a_killed_replica_was_sending_is_sent_by_another_within_ten_seconds(
    api: BotApi, replicas: Callable[[int], Replicas], catalogue: Catalogue
) -> None:
    first, second = replicas(2)
    new_key_file(Path(first.env["LIMBER_KEY_FILE"]))
    began, monotonic = time.time(), time.monotonic()
    chat = holding(catalogue, timedelta(seconds=10))
    due = chat.alarms["session"][0].timestamp() - began
    await seeded(first.env, {1001: chat})
    api.person(1001).room.started = True
    await up([first])
    api.fail_next("sendMessage", when="before", drop=True, delay_s=5, chat_id=1001)
    await api.until(lambda: sends(api, 1001, "Done. Lie still"), 30, "the bell under way")
    await first.kill()
    await up([second])
    await api.until(lambda: len(sends(api, 1001, "Done. Lie still")) > 1, 30, "the bell again")
    _, again = sends(api, 1001, "Done. Lie still")
    assert LATE_S >= again.at - monotonic - due


async def test_a_replica_without_the_key_or_with_another_does_not_start(
    replicas: Callable[[int], Replicas], tmp_path: Path
) -> None:
    first, second = replicas(2)
    process = await first.start()
    assert 2 == await first.ended()
    assert "does not exist" in first.errors
    assert process.returncode == 2
    new_key_file(Path(first.env["LIMBER_KEY_FILE"]))
    await up([first])
    second.env["LIMBER_KEY_FILE"] = str(tmp_path / "other.key")
    new_key_file(tmp_path / "other.key")
    await second.start()
    assert 2 == await second.ended()
    assert "is not the key this database" in second.errors
