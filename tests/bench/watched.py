"""Limber with a stopwatch in its event loop, which tells how late is what should go on in 5 ms.

It begins when Limber has started; what was seen stands in the file `gaps` at the end.
"""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

from bot import lean, wiring
from bot.logs import set_up
from bot.settings import Settings, settings_from

GAPS = Path("gaps")  # in milliseconds
EVERY_S = 0.005
STARTS_S = 0.7  # from the imports on, content is read and the database opened: nobody waits yet


async def _watched(settings: Settings) -> None:
    gaps: list[float] = []
    watching = asyncio.create_task(_watch(gaps))
    try:
        await wiring.run_telegram(settings)
    finally:
        watching.cancel()
        with GAPS.open("w", encoding="ascii") as file:  # noqa: ASYNC230 - nobody waits any more
            json.dump(gaps, file)


async def _watch(gaps: list[float]) -> None:
    await asyncio.sleep(STARTS_S)
    while True:
        before = time.perf_counter()
        await asyncio.sleep(EVERY_S)
        gaps.append((time.perf_counter() - before - EVERY_S) * 1e3)


def main() -> None:
    lean.begin()
    settings = settings_from()
    set_up(settings.log_level, settings.log_format)
    asyncio.run(_watched(settings))


if __name__ == "__main__":
    main()
