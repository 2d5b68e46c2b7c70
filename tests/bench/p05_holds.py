"""P5: 5,000 holds end within 20 s, quietly and while others are heard."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench.crowd import played, seeded, shifted, spread
from tests.bench.measure import Finding, at_most, load, percentile
from tests.bot.process import ROOT, environment

HOLDS, OVER = 5000, timedelta(seconds=20)
OTHERS = 500
STARTS_S, WRITTEN_PER_S = 6.0, 500  # until the house stands and all are written, with time to spare
LEFT = timedelta(seconds=50)  # of the hold that the transcript ends in


async def run(folder: Path) -> list[Finding]:
    return [
        *await _round(folder / "quiet", "quietly", 0),
        *await _round(folder / "written", "100 others heard a second", OTHERS),
    ]


async def _round(folder: Path, what: str, others: int) -> list[Finding]:
    hold, offer = played("@ first_hold"), played("@ well_adult_to_the_offer")
    begin = datetime.now(UTC) + timedelta(seconds=STARTS_S + HOLDS / WRITTEN_PER_S)
    people = shifted(hold, spread(begin - LEFT, OVER, HOLDS))
    await seeded(folder, [*people, *[offer.at(datetime.now(UTC))] * others])
    until = (begin + OVER).timestamp() + 10
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.holding", str(folder), str(HOLDS),
        str(HOLDS + others), str(until), env=environment(folder), cwd=ROOT, stdout=PIPE,
    )  # fmt: skip
    told, _ = await process.communicate()
    late_ms = [1e3 * late for late in json.loads(told)]
    under = f"{HOLDS} holds in {OVER.total_seconds():.0f} s, {what}; {load()}"
    median = f"median {percentile(late_ms, 50):.0f} ms, worst {max(late_ms, default=0):.0f} ms; "
    return [
        at_most(
            "P5", f"hold ends late, p99, {what}", percentile(late_ms, 99), 50, " ms", median + under
        ),
        at_most("P5", f"holds lost, {what}", HOLDS - len(late_ms), 0, "", under),
    ]
