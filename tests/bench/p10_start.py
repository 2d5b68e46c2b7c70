"""P10: the start with 10,000 chats, of whom 5,000 hold; and what was missed meanwhile."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench.contender import Contender, settings
from tests.bench.crowd import played, seeded, shifted, spread
from tests.bench.loopback import Came, Loopback
from tests.bench.measure import Finding, at_least, at_most, load

CHATS, HOLDS = 10_000, 5000
LEFT = timedelta(seconds=50)  # of the hold that the transcript ends in
PENDING = timedelta(seconds=30)  # from so long ago until as long from now
RATE = 27
COUNTS_S = 10.0


async def run(folder: Path) -> list[Finding]:
    now = datetime.now(UTC)
    hold, offer = played("@ first_hold"), played("@ well_adult_to_the_offer").at(now)
    # Half of them are overdue.
    holds = shifted(hold, spread(now - PENDING - LEFT, 2 * PENDING, HOLDS))
    await seeded(folder, [*holds, *[offer] * (CHATS - HOLDS)])
    came: list[float] = []
    api = await Loopback().start()
    api.on_came = lambda each: came.append(each.at) if _is_new(each) else None
    limber = Contender("limber", api, folder, settings(api, folder, RATE))
    try:
        first_poll_s = await limber.start()
        polled_at = api.polled_at or 0.0
        await asyncio.sleep(COUNTS_S + 1.0)
    finally:
        await limber.kill()
        await api.stop()
    first_bell_s = min(came, default=time.time()) - polled_at
    counted = [at for at in came if polled_at + 1 <= at < polled_at + 1 + COUNTS_S]
    return [
        at_most("P10", "first poll after the start", first_poll_s, 1.5, " s", load()),
        at_most("P10", "first overdue hold after that", first_bell_s, 1.0, " s"),
        at_least(
            "P10", "then a second", len(counted) / COUNTS_S, 0.9 * RATE, "/s", f"rate {RATE}/s"
        ),
    ]


def _is_new(came: Came) -> bool:
    return came.method.startswith("send")
