"""A process in which holds end: told by JSON how late each bell's row was committed.

It is the house as it stands, with a way out that takes anything at once.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

from bot import lean
from bot.house import House
from bot.opening import open_house
from bot.ports import Outgoing, WallClock
from bot.settings import Settings
from flows.heard import Command
from tests.bench.ringing import Ringing

WRITES_PER_S = 100


class Away:
    """A way out that has taken everything before anybody looks."""

    def __init__(self) -> None:
        self.number = 100

    async def send(self, _: Outgoing) -> int:
        self.number += 1
        return self.number

    async def change(self, _: Outgoing) -> None:
        return

    async def strip(self, *_: int) -> None:
        return

    async def remove(self, *_: object) -> None:
        return

    async def busy(self, _: int) -> None:
        return


async def main(folder: Path, holds: int, chats: int, until: float) -> None:
    settings = Settings.model_construct(
        data_dir=folder / "data", key_file=folder / "config" / "master.key", master_key=None,
        database_url=None, rate_per_second=1000, language="en", country=None, metrics_listen=None,
        retention_days=180, telegram_token=None,
    )  # fmt: skip
    async with open_house(settings, "telegram", lambda *_: Away(), clock=WallClock()) as house:
        ringing = Ringing(house.store, house.clock)
        house.alarms.store = ringing  # type: ignore[assignment]  # it looks like the store
        writing = asyncio.create_task(_write(house, holds, chats)) if chats > holds else None
        while time.time() < until and len(ringing.late_s) < holds:  # noqa: ASYNC110 - a count
            await asyncio.sleep(0.1)
        if writing is not None:
            writing.cancel()
    sys.stdout.write(json.dumps(ringing.late_s))


async def _write(house: House, first: int, last: int) -> None:
    """Let others be heard meanwhile, at an even pace."""
    begun, count = time.monotonic(), 0
    while True:
        count += 1
        await house.hear(first + 1 + count % (last - first), Command(name="check"))
        await asyncio.sleep(max(0.0, begun + count / WRITES_PER_S - time.monotonic()))


if __name__ == "__main__":
    lean.begin()  # as Limber's own process does
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])))
