"""P3: how long a tap waits for its answer at 100 updates a second."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.bench.contender import polling
from tests.bench.crowd import Tappers, begun, played, seeded
from tests.bench.loopback import Loopback
from tests.bench.measure import Finding, at_most, load, percentile

CHATS = 1000
PER_SECOND = 100
FOR_S = 20.0
SLOW_S = 0.05


async def run(folder: Path) -> list[Finding]:
    person = played("@ well_adult_to_the_offer").at(datetime.now(UTC))
    await seeded(folder, [person] * CHATS)
    api = await Loopback().start()
    async with polling("limber", api, folder):
        people = Tappers(api, range(1, CHATS + 1))
        await begun(people)
        quick, _ = await _waits(people)
        api.delay_s = SLOW_S
        slow, growth = await _waits(people)
    under = f"{PER_SECOND} updates/s for {FOR_S:.0f} s; {load()}"
    own = f"an API of {SLOW_S * 1e3:.0f} ms, {under}"
    return [
        at_most("P3", "reply, median", percentile(quick, 50), 5, " ms", under),
        at_most("P3", "reply, p99", percentile(quick, 99), 50, " ms", under),
        at_most("P3", "reply to a slow API, p99", percentile(slow, 99), 150, " ms", own),
        at_most("P3", "the queue grows, second half to first", growth, 1.5, "x", own),
    ]


async def _waits(people: Tappers) -> tuple[list[float], float]:
    """Give waits in milliseconds, until the request arrives: the API's own time is not in it."""
    people.waits.clear()
    await people.paced(PER_SECOND, FOR_S)
    await people.all_answered()
    waits = [wait * 1e3 for wait in people.waits]
    half = len(waits) // 2
    first, second = percentile(waits[:half], 50), percentile(waits[half:], 50)
    return waits, second / first
