"""P7: reminders for everybody, due at the same moment, beside the 500 sessions of P6.

All 10,000 would take as long as the rate has it, so their pace is taken from the first minute.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench.contender import polling
from tests.bench.crowd import Person, played, seeded, shifted, spread
from tests.bench.loopback import Loopback
from tests.bench.measure import Finding, at_most, load
from tests.bench.p06_crowd import FOR_S, LEFT, RATE, SESSIONS, STARTS_S, told
from tests.bench.stretching import Stretchers
from tests.botapi.flood import Flood

REMINDERS = 10_000
SEEDS_S = 14.0
ZONE = re.compile(rb'"[A-Z][a-z]+/[A-Z][A-Za-z_/]+"')
REMINDED = "@ well_adult_first_session\n> /reminders\n> 18:00\n> [10:00]\n~ 33 h\n"


async def run(folder: Path) -> list[Finding]:
    begin = datetime.now(UTC) + timedelta(seconds=STARTS_S + SEEDS_S)
    people = shifted(played("@ first_hold"), spread(begin - LEFT, timedelta(seconds=60), SESSIONS))
    reminded = at_noon(played(REMINDED)).due("reminder", begin)
    await seeded(folder, [*people, *[reminded] * REMINDERS])
    api = await Loopback(flood=Flood()).start()
    async with polling("limber", api, folder, rate=RATE):
        stretchers = Stretchers(api, folder / "data" / "limber.db", SESSIONS)
        await stretchers.stretch((begin - datetime.now(UTC)).total_seconds() + FOR_S)
    out = len([at for at in stretchers.others if at > begin.timestamp()])
    all_came = sum(api.counts[m] for m in api.counts if m.startswith(("send", "edit")))
    spare = RATE - (all_came - out) / FOR_S
    under = f"{out} of {REMINDERS} out in {FOR_S:.0f} s, {spare:.1f}/s to spare; {load()}"
    return [
        at_most(
            "P7",
            "reminders: time to count / spare rate",
            spare * FOR_S / max(1, out),
            1.2,
            "x",
            under,
        ),
        *told("P7", stretchers, api),
    ]


def at_noon(person: Person) -> Person:
    """Let them live where it is noon now: at night no reminder is sent."""
    east = 12 - datetime.now(UTC).hour
    zone = f"Etc/GMT{-east:+d}" if east else "Etc/GMT"  # these zones count westward
    return replace(person, snapshot=ZONE.sub(f'"{zone}"'.encode(), person.snapshot))
