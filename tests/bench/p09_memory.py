"""P9: memory once 10,000 chats have talked, books of danger phrases and all."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.contender import polling
from tests.bench.crowd import Tappers, played, seeded
from tests.bench.loopback import Loopback
from tests.bench.measure import Finding, at_most, load, mapped_mib

CHATS = 10_000
SETTLES_S = 3.0
AT_ONCE = 200


async def run(folder: Path) -> list[Finding]:
    offer = played("@ well_adult_to_the_offer").at(datetime.now(UTC))
    await seeded(folder, [offer] * CHATS)
    api = await Loopback().start()
    async with polling("limber", api, folder) as limber:
        await asyncio.sleep(SETTLES_S)
        at_rest = limber.rss_mib()
        people = Tappers(api, range(1, CHATS + 1))
        for first in range(1, CHATS + 1, AT_ONCE):
            for chat in range(first, min(first + AT_ONCE, CHATS + 1)):
                people.begin(chat)
            await people.all_answered()
        after, mapped = limber.rss_mib(), mapped_mib(limber.pid)
    each = (after - at_rest) * 1024 / CHATS
    under = (
        f"{mapped:.0f} MiB of it code in files; {at_rest:.0f} MiB before anybody talks, "
        f"{each:.2f} KiB for a chat; {load()}"
    )
    return [
        at_most("P9", "memory at 10,000 chats", after, 90, " MiB", under),
        at_most("P9", "memory for an idle chat", each, 1, " KiB"),
    ]
