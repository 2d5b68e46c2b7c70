"""P8: for how long the event loop is held up at 10,000 chats, from the first poll on."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.contender import polling
from tests.bench.crowd import Tappers, begun, played, seeded
from tests.bench.loopback import Loopback
from tests.bench.measure import Finding, at_most, load, percentile

CHATS = 10_000
AWAKE = 1000  # of them tap all the time
PER_SECOND = 100
FOR_S = 30.0


async def run(folder: Path) -> list[Finding]:
    offer = played("@ well_adult_to_the_offer").at(datetime.now(UTC))
    await seeded(folder, [offer] * CHATS)
    api = await Loopback().start()
    async with polling("watched", api, folder) as limber:
        people = Tappers(api, range(1, AWAKE + 1))
        await begun(people)
        for chat in range(1, 60):  # typed text passes the danger phrases
            api.say(CHATS - chat, "my back hurts since monday and my leg feels a bit numb")
        await people.paced(PER_SECOND, FOR_S)
        await people.all_answered()
        await limber.stop()
    gaps = json.loads((folder / "gaps").read_text(encoding="ascii"))
    under = (
        f"{len(gaps)} turns in {FOR_S:.0f} s at {PER_SECOND} updates/s, p99.9 "
        f"{percentile(gaps, 99.9):.0f} ms, {sum(gap > 50 for gap in gaps)} above 50 ms; {load()}"
    )
    await asyncio.sleep(0)
    return [at_most("P8", "longest hold-up of the loop", max(gaps), 50, " ms", under)]
