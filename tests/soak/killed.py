"""A soak: many people over the strict server, faults mixed in, and kill -9 at random moments."""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from bot.premises import catalogue_of
from tests.bot.process import Limber, with_telegram
from tests.bot.seed import seeded
from tests.botapi.server import BotApi
from tests.soak.judge import SENDS, Judge, Verdict, chat_of, message_of, words
from tests.soak.kept import kept
from tests.soak.mischief import Mischief
from tests.soak.players import Players, Said
from tests.soak.population import population

LIVES = 2.0  # once it polls, at most so many times as long as it took to start
DIES_YOUNG, STARTS_S = 0.1, 1.0  # so often, and so soon after its birth
CYCLE_S = 2.4  # about
SETTLES_S = 15.0  # the last faults hang, and what met them is tried again
DRAINS_S = 60.0
REQUESTS = "requests"  # the file
UNWANTED = ('"not_answered"', '"not_delivered"', '"alarm_failed"', "Traceback")


@dataclass
class Soak:
    kills: int
    people: int
    seed: int
    at_most_s: float
    settles_s: float = SETTLES_S
    faults: bool = True


async def soaked(plan: Soak, folder: Path) -> Verdict:
    chance = Random(plan.seed)  # noqa: S311 - moments, not secrets
    async with BotApi() as api:
        limber = Limber(folder, with_telegram(api, folder))
        met = population(catalogue_of(), chance, plan.people, plan.kills * CYCLE_S)
        await seeded(limber.env, met.chats)
        players = Players(api, met, Random(plan.seed + 1), plan.kills * CYCLE_S)  # noqa: S311 - the same
        mischief = Mischief(api, Random(plan.seed + 2))  # noqa: S311 - the same
        began = time.monotonic()
        tasks = players.begin()
        if plan.faults:
            tasks.append(asyncio.create_task(mischief.run()))
        try:
            ended_at = await _killed(limber, api, chance, plan)
            failed = [task.exception() for task in tasks if task.done()]
            await _quiet(tasks)
            mischief.end()
            await limber.serve(api)
            await asyncio.sleep(plan.settles_s)
            await _settled(api)
            await limber.stop()
        finally:
            await limber.kill()
            await _quiet(tasks)
        (folder / REQUESTS).write_text("".join(told(api, players.said, ended_at)), encoding="utf-8")
        left = await kept(limber.env, list(met.chats), datetime.now(UTC))
        verdict = Judge(api, met, players.said, ended_at, left).judged()
    verdict.counts = {
        "kills": len(ended_at), "people": plan.people, "seed": plan.seed,
        "seconds": round(time.monotonic() - began), "faults ordered": sum(mischief.done.values()),
        "requests": len(api.calls),
    } | verdict.counts  # fmt: skip
    verdict.breach(*(f"a player failed: {fault!r}" for fault in failed if fault))
    logged = limber.errors.splitlines()
    verdict.breach(*(line for line in logged if any(word in line for word in UNWANTED)))
    if len(ended_at) < plan.kills:
        verdict.breach(f"only {len(ended_at)} of {plan.kills} kills fitted into the time")
    if left.unsent:
        verdict.breach(f"{left.unsent} messages were never sent")
    return verdict


async def _killed(limber: Limber, api: BotApi, chance: Random, plan: Soak) -> list[float]:
    """Kill and start it, again and again; the moments after which the dead are not heard."""
    ended_at: list[float] = []
    until = time.monotonic() + plan.at_most_s - plan.settles_s - DRAINS_S / 2
    while len(ended_at) < plan.kills and time.monotonic() < until:
        if chance.random() < DIES_YOUNG:
            await limber.start()
            await asyncio.sleep(chance.uniform(0, STARTS_S))
        else:
            begun = time.monotonic()
            await limber.serve(api)
            took_s = time.monotonic() - begun
            await asyncio.sleep(chance.uniform(0, LIVES * took_s))
        await limber.kill()
        await api.alone()
        ended_at.append(time.monotonic())
    return ended_at


def told(api: BotApi, said: Said, ended_at: list[float]) -> Iterator[str]:
    """Write down each request: the life, the moment, how it went, the chat, and what it said."""
    for call in api.calls:
        how = f"{call.status}{'!' if call.spoilt else ''}{'' if call.took_effect else '-'}"
        yield (
            f"{bisect_left(ended_at, call.at):4} {call.at:.3f} {how} {call.method} "
            f"{chat_of(call)} {message_of(call)} {words(call)!r}\n"
        )
    for chat, asked in said.words.items():
        yield from (f"   ? {at:.3f} asked {chat} {each}\n" for each, at in asked.items())
    yield from (f"{life:4} {at:.3f} ended\n" for life, at in enumerate(ended_at))


async def _settled(api: BotApi) -> None:
    """Wait until nothing is sent any more, but for countdowns."""
    until, before = time.monotonic() + DRAINS_S, -1
    while (spoken := sum(call.method in SENDS for call in api.calls)) != before:
        if time.monotonic() > until:
            return
        before = spoken
        await asyncio.sleep(SETTLES_S / 5)


async def _quiet(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
