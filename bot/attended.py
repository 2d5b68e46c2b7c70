"""A house that somebody looks after: systemd, a scraper of metrics, a checker of health."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from bot.house import House
from bot.ops.watchdog import Watchdog
from bot.settings import Settings


@asynccontextmanager
async def attended(
    settings: Settings, house: House, reached: Callable[[], Awaitable[bool]]
) -> AsyncIterator[None]:
    """Answer whoever asks how the house is, for as long as the block runs."""
    dog = asyncio.create_task(Watchdog(lambda: not house.standing_still()).run())
    try:
        async with _asked(settings, house, reached):
            yield
    finally:
        dog.cancel()
        with suppress(asyncio.CancelledError):
            await dog


@asynccontextmanager
async def _asked(
    settings: Settings, house: House, reached: Callable[[], Awaitable[bool]]
) -> AsyncIterator[None]:
    if not settings.metrics_listen:
        yield
        return
    from bot.metrics import Health, Metrics, Remembered, open_health  # noqa: PLC0415 - if asked for

    metrics = house.tally
    if not isinstance(metrics, Metrics):
        raise TypeError("a house that is asked for its metrics counts")

    async def look() -> None:
        await house.store.run(metrics.look)

    health = Health(metrics, look, house.standing_still, Remembered(reached))
    async with open_health(health, settings.metrics_listen):
        yield
