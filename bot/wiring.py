"""The composition root: the only file that knows which store, clock and front end are real."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

import content
from bot import lean, service
from bot.alarms import AlarmLoop
from bot.books import Books
from bot.floods import Floods, is_urgent
from bot.logs import Signs
from bot.ops.retention import Retention, Term
from bot.outbox.pace import Pace
from bot.outbox.sender import Sender
from bot.ports import Carrier, Clock, WallClock
from bot.proofs.certificate import assert_proved
from bot.render.message import Voice
from bot.service import Chat, Told
from bot.settings import Settings, SettingsFault
from bot.store.faults import is_everybodys
from bot.store.keys import MasterKeys, keys_from_file, keys_from_text, new_key_file
from bot.store.private import make_folders, may_be_there
from bot.store.store import Store
from bot.tally import Tally
from bot.traces import kind, where
from content.catalogue import Catalogue
from content.load import load
from flows.base import Said
from flows.heard import Command, Flooded, Heard

CONTENT = Path(content.__file__).parent
LOCAL_RATE = 1000  # nobody limits a terminal
READY_AFTER_S = 1.0
PATIENCE_S = 0.02  # what was sent is noted with what comes within that time

SIGNS = Signs()  # of chats, in the log

log = structlog.get_logger()


WayOut = Callable[[Store, Catalogue], Carrier]  # made once the house has a store


@dataclass
class House:
    """Everything that runs: the store, its two loops, and who speaks through them."""

    store: Store
    clock: Clock
    catalogue: Catalogue
    front_end: str
    sender: Sender
    alarms: AlarmLoop
    language: str = "en"
    country: str | None = None
    tally: Tally = field(default_factory=Tally)
    loops: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    floods: Floods = field(default_factory=Floods)
    books: Books | None = None  # none: made when first needed

    def standing_still(self) -> list[str]:
        """Name the loops that have ended, or have not gone round for too long."""
        ended = [name for name, loop in self.loops.items() if loop.done()]
        return [*ended, *(n for n in self.tally.standing_still() if n not in ended)]

    async def hear(
        self,
        chat_id: int,
        heard: Heard,
        update_id: int | None = None,
        language: str | None = None,
    ) -> tuple[bool, Told | None]:
        """Hear one thing; the first answer tells whether it was kept and may be confirmed.

        `language` is that of a stranger's phone, to begin in where we speak it.
        """
        begins_in = language if language in self.catalogue.words else None
        chat = Chat(self.front_end, chat_id, begins_in or self.language, self.country)
        if self.books is not None:
            await self.books.made_for(heard)
        now = self.clock.now()
        self.tally.heard(heard.heard)
        try:
            if update_id is None:
                return True, await self.store.run(service.hear, chat, heard, now, self.catalogue)
            flow = self.floods.look(chat_id, now)
            if flow != "calm" and not is_urgent(heard, now, self.catalogue):
                if flow == "flooding":
                    return True, await self.store.run(service.let_pass, update_id, now)
                log.warning("flood", chat=SIGNS.sign(chat_id, now.date()))
                heard = Flooded()
            return True, await self.store.run(
                service.hear_update, update_id, chat, heard, now, self.catalogue
            )
        except Exception as fault:  # noqa: BLE001 - the user is told, the place is kept
            if is_everybodys(fault):
                log.error("not_kept", why=str(fault))
                return False, None
            log.error(
                "not_answered", error=kind(fault), where=where(fault), heard=heard.heard,
                chat=SIGNS.sign(chat_id, now.date()),
            )  # fmt: skip
            return await self._apologise(chat, update_id), None

    async def _apologise(self, chat: Chat, update_id: int | None) -> bool:
        now = self.clock.now()
        for apology in (service.apologise, service.apologise_unread):
            try:
                await self.store.run(apology, update_id, chat, now, self.catalogue)
            except Exception as fault:  # noqa: BLE001 - the next one asks for less
                if is_everybodys(fault):
                    log.error("not_kept", why=str(fault))
                    return False
                log.error("not_apologised", error=kind(fault), where=where(fault))
            else:
                break
        return True


def catalogue_of(*, proved: bool = False) -> Catalogue:
    """Load the content as shipped; what decides must have been proved, or nothing starts."""
    catalogue = load(CONTENT)
    if proved:
        assert_proved(catalogue)
    return catalogue


def master_keys(settings: Settings) -> MasterKeys:
    """Read the master key, or make one on a first run; a new one is told where it stands."""
    if settings.master_key is not None:
        return keys_from_text(settings.master_key.get_secret_value())
    path = settings.key_path
    if may_be_there(path) or settings.key_file is not None or _has_data(settings):
        return keys_from_file(path)
    keys = new_key_file(path)
    sys.stderr.write(f"A new master key stands in {path}. Keep a copy: without it no data opens.\n")
    return keys


def look_at_language(settings: Settings, catalogue: Catalogue) -> None:
    if settings.language not in catalogue.words:
        known = ", ".join(sorted(catalogue.words))
        raise SettingsFault([f"LIMBER_LANGUAGE: there are no words for it. Use one of: {known}."])


def make_data_dir(settings: Settings) -> None:
    look_at_data_dir(settings)
    try:
        make_folders(settings.data_dir)
    except OSError as fault:
        raise _no_place(settings, fault.strerror or kind(fault)) from None


def look_at_data_dir(settings: Settings) -> None:
    """See whether it is there or can be made; make none."""
    places = (settings.data_dir, *settings.data_dir.parents)
    there = next(each for each in places if os.path.exists(each))  # noqa: PTH110 - of what is hidden it says no
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise _no_place(settings, f"{there} is no folder that can be written")


def _no_place(settings: Settings, why: str) -> SettingsFault:
    return SettingsFault(
        [f"LIMBER_DATA_DIR: {settings.data_dir} cannot be used ({why}). Name another folder."]
    )


def look_at_keys(settings: Settings) -> None:
    """Read the master key where there should be one; make none."""
    if settings.master_key is not None:
        keys_from_text(settings.master_key.get_secret_value())
    elif may_be_there(settings.key_path) or settings.key_file is not None or _has_data(settings):
        keys_from_file(settings.key_path)


async def migrated(settings: Settings) -> None:
    """Open the database once, which brings it up to date."""
    make_data_dir(settings)
    store = await Store.open(settings.database, master_keys(settings))
    await store.close()


async def moved_to(settings: Settings, url: str) -> Mapping[str, int]:
    """Carry an installation to PostgreSQL; returns how many rows moved, by table."""
    from bot.store.move import moved  # noqa: PLC0415 - once in the life of an installation

    return await moved(settings.database, url, master_keys(settings))


def _has_data(settings: Settings) -> bool:
    """Tell whether a database is there already: then a missing key is a fault, not a first run."""
    if not settings.database.startswith("sqlite"):
        return True  # the key is for all replicas: one that makes its own would be the wrong one
    path = settings.database.removeprefix("sqlite:///")
    return may_be_there(Path(path))


def _tally(settings: Settings) -> Tally:
    if not settings.metrics_listen:
        return Tally()
    from bot.metrics import Metrics  # noqa: PLC0415 - a library of its own, and rarely asked for

    return Metrics()


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


async def run_terminal(settings: Settings) -> None:
    """Talk in the terminal until the end of input."""
    from bot.frontends import terminal  # noqa: PLC0415 - not needed for Telegram

    clock = WallClock()
    with terminal.screen():
        carrier = terminal.TerminalCarrier(_print, clock, files=settings.data_dir / "files")
        async with open_house(
            settings, terminal.NAME, lambda *_: carrier, clock=clock, local=True
        ) as house:
            await house.hear(terminal.CHAT_ID, Command(name="start"))
            await house.sender.drained()
            async for line in terminal.lines(carrier):
                if heard := terminal.heard_of(line, carrier.buttons):
                    _, told = await house.hear(terminal.CHAT_ID, heard)
                    if told is not None:
                        _print(f"  ({told_plainly(told.toast.text, told.language, house)})")
                    await house.sender.drained()  # the next line answers what this one has shown
            await house.sender.drained()


def told_plainly(piece: Said, language: str, house: House) -> str:
    return Voice(language, house.catalogue.words, house.clock.now(), "plain").told(piece)


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def run_telegram(settings: Settings) -> None:
    """Serve Telegram by long polling until told to stop."""
    lean.plain("telegram")
    from bot.frontends.telegram_run import serve  # noqa: PLC0415 - not needed in the terminal

    await _until_stopped(serve(settings))


async def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run until it ends, or a signal asks to stop: then cancel it and let it tidy up."""
    task = asyncio.create_task(work)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):
            loop.add_signal_handler(name, task.cancel)
    with suppress(asyncio.CancelledError):
        await task
