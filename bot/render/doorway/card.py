"""The card as a picture: large print for a counter, the local language large, the user's below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from babel.dates import format_skeleton, format_time, get_timezone

from bot.render.doorway.compact import compact
from bot.render.doorway.telling import Told, languages
from bot.render.held import Held
from bot.render.ink import png, wrapped
from bot.render.ink.shapes import INK, PAPER, SOFT, Box, Grid, Label, Path, Shape
from bot.render.message import without_marks
from flows.base import Said, said

WIDTH, MARGIN = 1080.0, 60.0
ROOM = WIDTH - 2 * MARGIN
TITLE, LARGE, SMALL, FINE = 58.0, 42.0, 31.0, 26.0
QR_ROOM, QUIET = 560.0, 4  # pixels; empty cells around a code
BAND = 130.0


def card_png(told: Told, held: Held) -> bytes:
    page = _Page(held, told, languages(held))
    shapes = list(page.shapes())
    return png(shapes, (WIDTH, page.y))


@dataclass
class _Page:
    """The card as it grows downward."""

    held: Held
    told: Told
    languages: tuple[str, ...]
    y: float = field(default=0.0)

    def shapes(self) -> Iterator[Shape]:
        yield from self.band()
        yield from self.line(said("doorway.advised", level=self.told.level), LARGE, bold=True)
        self.y += 14
        yield from self.line(said("doorway.told"), SMALL, bold=True)
        if self.told.person:
            person = said("doorway.person", told=self.told.person)
            yield from self.line(person, LARGE, bullet=True)
        for answer in (*self.told.answers, *self.told.since):
            yield from self.line(answer, LARGE, bullet=True)
        for extra in self.told.extra:
            yield from self.line(extra, SMALL)
        yield from self.line(said("doorway.when", at=self.when()), SMALL)
        yield from self.foot()

    def band(self) -> Iterator[Shape]:
        yield Box(0, 0, WIDTH, BAND, fill=INK)
        title, *others = (self.in_(each, said("doorway.title")) for each in self.languages)
        yield Label(MARGIN, 82, title, TITLE, bold=True, colour=PAPER)
        for other in others:
            yield Label(WIDTH - MARGIN, 118, other, SMALL, "end", colour=PAPER)
        self.y = BAND + 24

    def line(
        self, piece: Said, size: float, *, bold: bool = False, bullet: bool = False
    ) -> Iterator[Shape]:
        """Write a sentence in each language: the first large, the others smaller and softer."""
        indent = size * 0.9 if bullet else 0.0
        for number, language in enumerate(self.languages):
            height = size if number == 0 else min(size, SMALL) * 0.92
            text = self.in_(language, piece)
            for row, line in enumerate(wrapped(text, height, ROOM - indent, bold=bold)):
                self.y += height * 1.3
                if bullet and number == row == 0:
                    yield Box(MARGIN, self.y - height * 0.52, height * 0.4, height * 0.4, fill=INK)
                colour = SOFT if number else INK
                yield Label(MARGIN + indent, self.y, line, height, bold=bold, colour=colour)
        self.y += size * 0.28

    def foot(self) -> Iterator[Shape]:
        """Put the code at the left, and beside it what it is and who says so."""
        self.y += 14
        yield Path(((MARGIN, self.y), (WIDTH - MARGIN, self.y)), 2, SOFT)
        rows = matrix(compact(self.told))
        cell = QR_ROOM / (len(rows) + 2 * QUIET)
        top = self.y + 10
        yield Grid(MARGIN, top + QUIET * cell, cell, rows)
        x, y = MARGIN + QR_ROOM + 20, top + 60
        code = said("doorway.code", code=self.told.receipt.code)
        for piece in (code, said("doorway.limber"), said("doorway.version", content=self.version)):
            for language in self.languages:
                for line in wrapped(self.in_(language, piece), FINE, WIDTH - MARGIN - x):
                    yield Label(x, y, line, FINE)
                    y += FINE * 1.35
                y += FINE * 0.5
        self.y = max(top + QR_ROOM, y) + 24

    @property
    def version(self) -> str:
        return self.told.receipt.content

    def when(self) -> str:
        zone = get_timezone(self.held.talk.zone or "UTC")
        at = self.told.receipt.at
        language = self.languages[0]
        day = format_skeleton("yMMMd", at, tzinfo=zone, locale=language)
        told = f"{day}, {format_time(at, 'short', tzinfo=zone, locale=language)}"
        return told if self.held.talk.zone else f"{told} UTC"

    def in_(self, language: str, piece: Said) -> str:
        """Say it in a language, each line begun with a capital."""
        text = without_marks(self.held.voice_in(language).told(piece)).strip()
        return text[:1].upper() + text[1:]


def matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """Make a QR code: True is black."""
    import segno  # noqa: PLC0415 - only when a card is made

    code = segno.make_qr(text, error="l", mode="byte", encoding="utf-8")
    return tuple(tuple(bool(cell) for cell in row) for row in code.matrix)
