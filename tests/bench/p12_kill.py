"""P12: killed again and again under load; `make soak` asks the same with more care."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench.contender import Contender, settings
from tests.bench.crowd import Tappers, begun, played, seeded, shifted, spread
from tests.bench.loopback import Came, Loopback
from tests.bench.measure import Finding, at_most, load
from tests.bench.stretching import Stretchers

KILLS = 15
TAPPERS, SESSIONS = 300, 200
PER_SECOND = 60
LEFT = timedelta(seconds=50)
CHANCE = random.Random(12)  # noqa: S311 - moments of killing, the same each time


class Seen(Stretchers):
    """Sessions and taps in the same bot: whoever is not in a session taps."""

    def __init__(self, api: Loopback, database: Path, people: int, tappers: Tappers) -> None:
        super().__init__(api, database, people)
        self.tappers, self.texts = tappers, Counter[tuple[int, str]]()
        api.on_came = self.came

    def came(self, came: Came) -> None:
        if came.chat > self.people:
            self.tappers.came(came)
        else:
            if came.loud:
                self.texts[came.chat, came.text] += 1
            super().came(came)


async def run(folder: Path) -> list[Finding]:
    begin = datetime.now(UTC) + timedelta(seconds=10)
    hold, offer = played("@ first_hold"), played("@ well_adult_to_the_offer").at(datetime.now(UTC))
    people = shifted(hold, spread(begin - LEFT, timedelta(seconds=40), SESSIONS))
    await seeded(folder, [*people, *[offer] * TAPPERS])
    api = await Loopback().start()
    tappers = Tappers(api, range(SESSIONS + 1, SESSIONS + TAPPERS + 1))
    seen = Seen(api, folder / "data" / "limber.db", SESSIONS, tappers)
    limber = Contender("limber", api, folder, settings(api, folder, 1000))
    try:
        await limber.start()
        await begun(tappers)
        watching = asyncio.create_task(seen.stretch(600))
        tapping = asyncio.create_task(tappers.paced(PER_SECOND, 600))
        for _ in range(KILLS):
            await asyncio.sleep(CHANCE.uniform(0.3, 2.0))
            await limber.kill()
            await limber.start()
        tapping.cancel()
        await tappers.all_answered(20.0)
        await asyncio.sleep(8.0)
        watching.cancel()
    except TimeoutError:
        pass  # somebody was never answered: counted below
    finally:
        await limber.kill()
        await api.stop()
    doubles = max((count - 1 for count in seen.texts.values()), default=0)
    under = f"{KILLS} kills, {tappers.answered} taps, {len(seen.late_s)} bells; {load()}"
    return [
        at_most("P12", "taps never answered", len(tappers.asked_at), 0, "", under),
        at_most("P12", "hold ends lost", seen.lost(), 0, ""),
        at_most("P12", "doubles in one chat", doubles, KILLS, ""),
    ]
