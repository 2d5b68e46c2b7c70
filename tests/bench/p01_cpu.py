"""P1: CPU for an update, kept before it is answered, beside the library's own way.

That one keeps what it is told every minute, as by default; what it takes when it writes before
each answer, as Limber does, is told in lines of their own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from tests.bench.contender import Contender, Kind, polling
from tests.bench.crowd import Tappers, begun, played, seeded
from tests.bench.loopback import Loopback
from tests.bench.measure import Finding, at_most, load

CHATS = 1500  # so many that nobody's own pace stands in the way
ROUNDS = 5
ROUND_S = 4.0
PER_SECOND = 100
# Of the third it takes a few to have enough to do, and it would not be done with all of them.
AT_ONCE: dict[Kind, int] = {"limber": CHATS, "library": CHATS, "durable": 40}
DURABLE = f"theirs written before each answer, {CHATS} chats"


async def run(folder: Path) -> list[Finding]:
    person = played("@ well_adult_to_the_offer").at(datetime.now(UTC))
    await seeded(folder / "limber", [person] * CHATS)
    async with AsyncExitStack() as stack:
        trio = []
        for kind, at_once in AT_ONCE.items():
            api = await Loopback().start()
            contender = await stack.enter_async_context(polling(kind, api, folder / kind))
            people = Tappers(api, range(1, CHATS + 1))
            await begun(people)
            trio.append((contender, people, at_once))
        saturated = [[await _saturated(*each) for each in trio] for _ in range(ROUNDS)]
        paced = [[await _paced(*each[:2]) for each in trio[:2]] for _ in range(ROUNDS)]
    return [
        _told("saturated", saturated, 0.30, 1),
        _told(f"at {PER_SECOND} updates/s", paced, 0.55, 1),
        _told(f"saturated, {DURABLE}", saturated, 0.30, 2),
    ]


async def _saturated(contender: Contender, people: Tappers, at_once: int) -> float:
    """Let so many tap again as soon as they are answered; CPU seconds an update."""
    people.on_answer = people.tap
    for chat in people.chats[:at_once]:
        people.tap(chat)
    await asyncio.sleep(0.5)
    cost = await _cost(contender, people, asyncio.sleep(ROUND_S))
    people.on_answer = lambda _: None
    await people.all_answered()
    return cost


async def _paced(contender: Contender, people: Tappers) -> float:
    cost = await _cost(contender, people, people.paced(PER_SECOND, ROUND_S))
    await people.all_answered()
    return cost


async def _cost(contender: Contender, people: Tappers, work: Awaitable[None]) -> float:
    cpu, answered = contender.cpu_s(), people.answered
    await work
    return (contender.cpu_s() - cpu) / max(1, people.answered - answered)


def _told(what: str, rounds: list[list[float]], most: float, beside: int) -> Finding:
    ratio = median(costs[0] / costs[beside] for costs in rounds)
    ours, theirs = (median(costs[each] for costs in rounds) * 1e3 for each in (0, beside))
    under = f"{ours:.2f} ms against {theirs:.2f} ms, {len(rounds)} rounds; {load()}"
    return at_most("P1", f"CPU per update, {what}", ratio, most, "x", under)
