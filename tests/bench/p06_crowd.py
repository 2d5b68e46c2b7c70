"""P6: 500 sessions at once, and a server that takes 30 messages a second and not one more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench.contender import polling
from tests.bench.crowd import played, seeded, shifted, spread
from tests.bench.loopback import Loopback
from tests.bench.measure import Finding, at_most, load, percentile
from tests.bench.stretching import Stretchers
from tests.botapi.flood import Flood

SESSIONS = 500
RATE = 27
FOR_S = 75.0
STARTS_S = 8.0
LEFT = timedelta(seconds=50)  # of the hold that the transcript ends in


async def run(folder: Path) -> list[Finding]:
    begin = datetime.now(UTC) + timedelta(seconds=STARTS_S)
    hold = played("@ first_hold")
    people = shifted(hold, spread(begin - LEFT, timedelta(seconds=60), SESSIONS))
    await seeded(folder, people)
    api = await Loopback(flood=Flood()).start()
    async with polling("limber", api, folder, rate=RATE):
        stretchers = Stretchers(api, folder / "data" / "limber.db", SESSIONS)
        await stretchers.stretch(FOR_S)
    return told("P6", stretchers, api)


def told(promise: str, stretchers: Stretchers, api: Loopback) -> list[Finding]:
    """Put what was seen of people who stretch into the table."""
    late, waits = stretchers.late_s, stretchers.waits_s
    bells = f"{len(late)} bells, {len(late) / FOR_S:.0f}/s; {load()}"
    return [
        at_most(promise, "hold ends late at the server, p99", percentile(late, 99), 1, " s", bells),
        at_most(promise, "hold ends that nobody heard of", stretchers.lost(), 0, ""),
        at_most(
            promise, "replies, p99", percentile(waits, 99), 1.5, " s",
            f"{len(waits)} replies, median {percentile(waits, 50):.2f} s",
        ),
        at_most(promise, "edits between a hold's end and its bell", stretchers.edits_after, 0, ""),
        at_most(promise, "refused for flooding (429)", api.counts["refused"], 0, ""),
    ]  # fmt: skip
