"""Drawings on their way out: what is held is read, drawn beside the event loop, and put into words.

Nothing waits for a drawing but its own message; one that fails is said to have failed, and the log
learns what kind of drawing and of fault it was, and nothing of what was to be drawn.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import structlog

from bot.outbox.letter import Letter
from bot.ports import Carrier, Clock, NotSent, Outgoing, Refused, Unknown
from bot.render.caption import CAPTION_LIMIT, units
from bot.render.drawing import READ, file_of, words_of
from bot.render.held import File, Held
from bot.render.message import TEXT_LIMIT, Page, Voice
from bot.store.faults import StoreFault
from bot.store.store import Store
from bot.store.unit import Unit
from bot.traces import kind, where
from content.catalogue import Catalogue
from flows.base import Draw, Record, Said, Show
from flows.diary import Entry
from flows.upgrades import lifted

BUSY_AFTER_S = 1.0  # until then a word that we are at work would be theatre

Made = tuple[tuple[Said, ...], File | None]
Make = Callable[[Draw, Held], Made]

log = structlog.get_logger()


def make(draw: Draw, held: Held) -> Made:
    return words_of(draw, held), file_of(draw, held)


class Easel:
    def __init__(
        self, store: Store, carrier: Carrier, clock: Clock, content: Catalogue,
        *, make: Make = make, busy_after_s: float = BUSY_AFTER_S,
    ) -> None:  # fmt: skip
        self.store, self.carrier, self.clock = store, carrier, clock
        self.content, self.make, self.busy_after_s = content, make, busy_after_s

    async def drawn(self, message: Outgoing, letter: Letter, draw: Draw, user: int) -> Outgoing:
        """Give the message as it goes out: with its file and words, or saying that it is lost."""
        now = self.clock.now()
        voice = Voice(letter.language, self.content.words, now, zone=letter.zone)
        lost = _page(voice, (draw.lost,))
        try:
            held = await self.store.run(held_of, user, draw, self.content, now)
            words, file = await self._patiently(message.chat_id, draw, held)
        except StoreFault:
            raise
        except Exception as fault:  # noqa: BLE001 - whatever it is, the words go out
            log.error("not_drawn", what=draw.what, error=kind(fault), where=where(fault))
            return replace(message, page=lost)
        page = _page(voice, (*draw.caption, *words))
        if file is None:
            return replace(message, page=replace(page, text=_cut(page.text)))
        if units(page.text) > CAPTION_LIMIT:
            page = _page(voice, draw.caption)
        return replace(message, page=page, file=file, lost=lost)

    async def _patiently(self, chat_id: int, draw: Draw, held: Held) -> Made:
        """Wait for a drawing; where it takes long, say that we are at it."""
        drawing = asyncio.create_task(asyncio.to_thread(self.make, draw, held))
        done, _ = await asyncio.wait({drawing}, timeout=self.busy_after_s)
        if not done:
            with suppress(NotSent, Unknown, Refused):
                await self.carrier.busy(chat_id)
        return await drawing


def held_of(unit: Unit, user: int, draw: Draw, content: Catalogue, at: datetime) -> Held:
    """Read what is held of a user, as far as a drawing needs it."""
    kept = unit.talk_of(user)
    if kept is None:
        raise LookupError("erased meanwhile")
    entries = (
        Entry(row.kind, row.at, Record.model_validate_json(row.entry).entry)
        for row in unit.diary_of(user, READ.get(draw.what))
    )
    return Held(lifted(kept), tuple(entries), content, at)


def _page(voice: Voice, text: tuple[Said, ...]) -> Page:
    return voice.page(Show(slot="file", how="fresh", text=text))


def _cut(text: str) -> str:
    """Leave out the last lines of a text that is longer than a message may be."""
    lines = text.splitlines()
    while units("\n".join(lines)) > TEXT_LIMIT:
        lines.pop()
    return "\n".join(lines)
