"""Pictures and sounds: made once, uploaded once, then sent by the id that Telegram gave them.

A medium goes by the hash of what it is made from, its content and the code that makes it, so
nothing is drawn to learn that it is known.  An id that is refused is forgotten, and the file is
uploaded anew; what cannot be made, or is refused as a file, is `Unsendable`: the text goes alone.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

import structlog
from telegram import Message

import bot.render
from bot.frontends.answers import Same, Uncheered, Unwanted
from bot.frontends.films import Films
from bot.ports import BlockedByUser, Gone, Refused, Sounding
from bot.store.store import Store
from bot.traces import kind as kind_of
from bot.traces import where
from content.catalogue import Catalogue
from flows.base import Cue

IDS_KEPT = 512  # in memory; the store knows all
# Refusals that another file would not mend.
NOT_THE_FILE = (Same, Gone, BlockedByUser, Uncheered, Unwanted)

Kind = Literal["photo", "animation", "voice", "audio"]
Draw = Callable[[str, Catalogue], bytes]
Compose = Callable[[Sequence[Cue], float], bytes]
Ask = Callable[[str | bytes], Awaitable[Message]]

log = structlog.get_logger()


class Unsendable(Exception):  # noqa: N818 - what is left is to send the text alone
    """There is no such picture or sound to be had."""


@dataclass(frozen=True)
class Medium:
    """Something to be shown or heard: by what it is known, and how it is made."""

    kind: Kind
    content_hash: str
    make: Callable[[], bytes]


def draw(exercise: str, catalogue: Catalogue) -> bytes:
    from bot.render.figure import figure_png  # noqa: PLC0415 - heavy, and rarely wanted

    return figure_png(exercise, catalogue)


def compose(cues: Sequence[Cue], seconds: float) -> bytes:
    from bot.render.track import track  # noqa: PLC0415 - heavy, and rarely wanted

    return track(cues, seconds)


class Media:
    def __init__(
        self, store: Store, bot_id: int, catalogue: Catalogue,
        *, draw: Draw = draw, compose: Compose = compose, films: Films | None = None,
    ) -> None:  # fmt: skip
        self.films = films
        self.store, self.bot_id, self.catalogue = store, bot_id, catalogue
        self.draw, self.compose = draw, compose
        self.ids: OrderedDict[str, str] = OrderedDict()
        self.unsendable: set[str] = set()
        self.uploads: dict[str, asyncio.Lock] = {}

    def picture(self, exercise: str) -> Medium:
        of = self.catalogue.exercises.get(exercise)
        drawn = of.model_dump_json() if of else exercise
        name = hashed("photo", code_of("figure"), drawn)
        return Medium("photo", name, lambda: self.draw(exercise, self.catalogue))

    def moving(self, exercise: str) -> Medium | None:
        """Give the film of a movement, where it is made already; else see to it that it will be."""
        name = self._film_name(exercise)
        if self.films is None or name in self.unsendable:
            return None
        if (file := self.films.film(name)) is None:
            self.films.begin({each: self._film_name(each) for each in self.catalogue.exercises})
            return None
        return Medium("animation", name, file.read_bytes)

    def _film_name(self, exercise: str) -> str:
        of = self.catalogue.exercises.get(exercise)
        return hashed("animation", code_of("figure"), of.model_dump_json() if of else exercise)

    def sound(self, sound: Sounding, kind: Literal["voice", "audio"]) -> Medium:
        heard = json.dumps([sound.seconds, [(cue.at_s, cue.tone) for cue in sound.cues]])
        name = hashed(kind, code_of("track"), heard)
        return Medium(kind, name, lambda: self.compose(sound.cues, sound.seconds))

    async def sent(self, medium: Medium, ask: Ask) -> Message:
        """Make a request with the known id of a medium, or with the file itself."""
        if message := await self._by_id(medium, ask):
            return message
        name = medium.content_hash
        async with self.uploads.setdefault(name, asyncio.Lock()):
            try:  # somebody else may have uploaded it meanwhile
                return await self._by_id(medium, ask) or await self._uploaded(medium, ask)
            finally:
                self.uploads.pop(name, None)

    async def _by_id(self, medium: Medium, ask: Ask) -> Message | None:
        file_id = await self._known(medium.content_hash)
        if file_id is None:
            return None
        try:
            return await ask(file_id)
        except NOT_THE_FILE:
            raise
        except Refused:
            log.info("file_id_refused", medium=medium.kind)
            await self._forget(medium.content_hash)
            return None

    async def _uploaded(self, medium: Medium, ask: Ask) -> Message:
        content = await self._made(medium)
        try:
            message = await ask(content)
        except NOT_THE_FILE:
            raise
        except Refused:
            self.unsendable.add(medium.content_hash)
            log.warning("file_refused", medium=medium.kind)
            raise Unsendable from None
        if file_id := file_id_of(message, medium.kind):
            await self._keep(medium.content_hash, file_id)
        return message

    async def _made(self, medium: Medium) -> bytes:
        """Make the file beside the event loop; what failed once is not tried again."""
        if medium.content_hash in self.unsendable:
            raise Unsendable
        try:
            return await asyncio.to_thread(medium.make)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the text goes on alone
            self.unsendable.add(medium.content_hash)
            log.error("not_made", medium=medium.kind, error=kind_of(fault), where=where(fault))
            raise Unsendable from None

    # ---- ids

    async def _known(self, name: str) -> str | None:
        if name in self.ids:
            self.ids.move_to_end(name)
            return self.ids[name]
        file_id = await self.store.run(lambda unit: unit.media_of(self.bot_id, name))
        if file_id is not None:
            self._remember(name, file_id)
        return file_id

    async def _keep(self, name: str, file_id: str) -> None:
        self._remember(name, file_id)
        await self.store.run(lambda unit: unit.keep_media(self.bot_id, name, file_id))

    async def _forget(self, name: str) -> None:
        self.ids.pop(name, None)
        await self.store.run(lambda unit: unit.forget_media(self.bot_id, name))

    def _remember(self, name: str, file_id: str) -> None:
        self.ids[name] = file_id
        if len(self.ids) > IDS_KEPT:
            self.ids.popitem(last=False)


def file_id_of(message: Message, kind: Kind) -> str | None:
    """Read under which id a file can be sent again; a voice note may come back as audio."""
    match kind:
        case "photo":
            return message.photo[-1].file_id if message.photo else None
        case "animation":
            return message.animation.file_id if message.animation else None
        case "voice":
            return message.voice.file_id if message.voice else None
        case "audio":
            return message.audio.file_id if message.audio else None


def hashed(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()


@cache
def code_of(room: str) -> str:
    """Hash the code that makes a kind of medium: drawn otherwise, it is another picture."""
    folder = Path(bot.render.__file__).parent / room
    return sha256(b"\0".join(file.read_bytes() for file in sorted(folder.glob("*.py")))).hexdigest()
