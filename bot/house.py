"""The house that runs: what is heard comes in here, whoever it comes from.

Nothing that one chat brings ends the house: it is apologised for, and the place is kept.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import structlog

from bot import service
from bot.alarms import AlarmLoop
from bot.books import Books
from bot.floods import Floods, is_urgent
from bot.logs import Signs
from bot.outbox.sender import Sender
from bot.ports import Clock
from bot.render.message import Voice
from bot.service import Chat, Told
from bot.store.faults import is_everybodys
from bot.store.store import Store
from bot.tally import Tally
from bot.traces import kind, where
from content.catalogue import Catalogue
from flows.base import Said
from flows.heard import Flooded, Heard

SIGNS = Signs()  # of chats, in the log

log = structlog.get_logger()


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


def told_plainly(piece: Said, language: str, house: House) -> str:
    return Voice(language, house.catalogue.words, house.clock.now(), "plain").told(piece)
