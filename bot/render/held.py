"""All that is held of one user, as values, for whoever draws it; and the file that comes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from bot.render.message import Voice, without_marks
from content.catalogue import Catalogue
from flows import diary
from flows.base import Said, Scene
from flows.diary import Entry
from flows.news import scene_of
from flows.progress.days import day_of
from flows.talk import Talk


@dataclass(frozen=True)
class File:
    """Something to be sent as a picture or as a document, and its name."""

    kind: Literal["photo", "document"]
    name: str
    content: bytes


@dataclass(frozen=True)
class Held:
    talk: Talk
    entries: tuple[Entry, ...]
    content: Catalogue
    at: datetime

    def since(self, moment: datetime | None) -> Held:
        return replace(self, entries=diary.since(self.entries, moment))

    @cached_property
    def voice(self) -> Voice:
        return self.voice_in(self.talk.language)

    def voice_in(self, language: str) -> Voice:
        return Voice(language, self.content.words, self.at, "plain", self.talk.zone)

    def told(self, piece: Said) -> str:
        return without_marks(self.voice.told(piece)).strip()

    def all_told(self, pieces: Iterable[Said]) -> list[str]:
        return [self.told(piece) for piece in pieces]

    @cached_property
    def scene(self) -> Scene:
        """What the flows see now: facts counted on, what is left out still."""
        return scene_of(self.talk, self.at, self.content)

    # ---- days, as their user sees them

    @property
    def today(self) -> date:
        return self.day(self.at)

    def day(self, at: datetime) -> date:
        return day_of(at, self.talk.zone)

    def on(self, at: datetime | date, form: str = "yMMMd") -> str:
        """Write a day in the language's own order; `form` says what of it."""
        from babel.dates import format_skeleton  # noqa: PLC0415 - heavy, and rarely wanted

        day = self.day(at) if isinstance(at, datetime) else at
        return str(format_skeleton(form, day, locale=self.talk.language))
