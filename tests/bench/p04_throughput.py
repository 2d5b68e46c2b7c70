"""P4: how many updates are answered in a second when each request takes the API 50 ms."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.contender import Kind, polling
from tests.bench.crowd import Tappers, begun, played, seeded
from tests.bench.loopback import Loopback
from tests.bench.measure import Finding, at_least, load

CHATS = 1000
SLOW_S = 0.05
FOR_S = 10.0


async def run(folder: Path) -> list[Finding]:
    person = played("@ well_adult_to_the_offer").at(datetime.now(UTC))
    await seeded(folder / "limber", [person] * CHATS)
    ours, theirs = [await _per_second(kind, folder / kind) for kind in ("limber", "library")]
    under = f"{ours:.0f}/s against {theirs:.1f}/s, an API of {SLOW_S * 1e3:.0f} ms; {load()}"
    return [at_least("P4", "updates answered", ours / theirs, 10, "x", under)]


async def _per_second(kind: Kind, folder: Path) -> float:
    api = await Loopback().start()
    async with polling(kind, api, folder):
        people = Tappers(api, range(1, CHATS + 1))
        await begun(people)
        api.delay_s = SLOW_S
        people.on_answer = people.tap
        for chat in people.chats:
            people.tap(chat)
        await asyncio.sleep(1.0)
        before = people.answered
        await asyncio.sleep(FOR_S)
        return (people.answered - before) / FOR_S
