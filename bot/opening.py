"""A house is opened: its store, its loops, and the way out to whoever is spoken to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.alarms import AlarmLoop
from bot.books import Books
from bot.house import House
from bot.ops.retention import Retention, Term
from bot.outbox.pace import Pace
from bot.outbox.sender import Sender
from bot.ports import Carrier, Clock, WallClock
from bot.premises import catalogue_of, look_at_language, make_data_dir, master_keys
from bot.settings import Settings
from bot.store.store import Store
from bot.tally import Tally
from content.catalogue import Catalogue

LOCAL_RATE = 1000  # nobody limits a terminal
READY_AFTER_S = 1.0
PATIENCE_S = 0.02  # what was sent is noted with what comes within that time

WayOut = Callable[[Store, Catalogue], Carrier]  # made once the house has a store


@asynccontextmanager
async def open_house(
    settings: Settings, front_end: str, way_out: WayOut, *, clock: Clock | None = None,
    local: bool = False,
) -> AsyncIterator[House]:  # fmt: skip
    """Open the store and start its loops; on leaving, sends under way finish first."""
    clock = clock or WallClock()
    catalogue = catalogue_of(proved=True)
    look_at_language(settings, catalogue)
    make_data_dir(settings)
    store = await Store.open(settings.database, master_keys(settings))
    store.patience_s = 0.0 if local else PATIENCE_S
    tally = _tally(settings)
    pace = Pace(LOCAL_RATE, chat_interval_us=0) if local else Pace(settings.rate_per_second)
    sender = Sender(
        store, front_end, way_out(store, catalogue), clock, catalogue,
        pace=pace, ticks=not local, bot_id=settings.bot_id,
    )  # fmt: skip
    alarms = AlarmLoop(store, front_end, clock, catalogue, tally)
    sender.tally = tally
    store.on_alarm, store.on_outbox = alarms.wake, sender.wake
    store.on_withdrawn = sender.withdraw
    loops = {
        "sender": asyncio.create_task(sender.run()), "alarms": asyncio.create_task(alarms.run())
    }  # fmt: skip
    if not local:  # whoever opens a terminal is being heard
        term = Term(settings.retention_days)
        retention = Retention(store, front_end, clock, catalogue, term)
        loops["retention"] = asyncio.create_task(retention.run())
    books = Books(catalogue, READY_AFTER_S)
    try:
        yield House(
            store, clock, catalogue, front_end, sender, alarms, settings.language,
            settings.country, tally, loops, books=books,
        )  # fmt: skip
    finally:
        await books.close()
        for task in reversed(loops.values()):
            task.cancel()
        await asyncio.gather(*loops.values(), return_exceptions=True)
        await store.close()


def _tally(settings: Settings) -> Tally:
    if not settings.metrics_listen:
        return Tally()
    from bot.metrics import Metrics  # noqa: PLC0415 - a library of its own, and rarely asked for

    return Metrics()
