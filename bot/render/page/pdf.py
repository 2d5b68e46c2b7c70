"""The page as a PDF: A4, letters that can be selected, nothing that grey would lose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version as version_of
from io import BytesIO

from bot.render.chart import Area, activities, panels
from bot.render.held import Held
from bot.render.ink import wrapped
from bot.render.ink.pdf import put_down
from bot.render.ink.shapes import FAINT, SOFT, Box, Label, Path, Shape
from bot.render.page.telling import Covered, Section, period, sections, version
from flows.base import said

WIDTH, HEIGHT = 595.28, 841.89  # points of A4
MARGIN, GUTTER = 42.0, 20.0
ROOM = WIDTH - 2 * MARGIN
COLUMN = (ROOM - GUTTER) / 2
SIZES = (9.5, 9.0, 8.5, 8.0, 7.5)
LEADING = 1.35
CHART, BOTH = 170.0, 265.0  # heights
CHART_LETTERS = 7.5
FOOT = 46.0


def page_pdf(covered: Covered) -> bytes:
    """Draw all on one page; what does not fit in small letters is counted instead."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - only when a page is made

    held = covered.held
    target = BytesIO()
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), pageCompression=1, lang=held.talk.language)
    canvas.setTitle(held.told(said("page.title")))
    canvas.setAuthor("Limber")
    canvas.setCreator(f"Limber {version_of('limber')}")
    put_down(_page(covered), canvas, x=0, top=HEIGHT)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _page(covered: Covered) -> Iterator[Shape]:
    held = covered.held
    yield from _head(covered)
    y = 112.0
    charted, pain = _charted(covered), "pain" in covered.parts
    if pain or activities(charted):
        height = BOTH if pain and activities(charted) else CHART
        yield from panels(charted, Area(MARGIN, y, ROOM, height, CHART_LETTERS), pain=pain)
        y += height + 8
    foot = HEIGHT - MARGIN - FOOT
    yield from _columns(sections(covered), held, y, foot - 10)
    yield from _foot(held, foot)


def _charted(covered: Covered) -> Held:
    """Leave out of the chart what was left out of the page."""
    kinds = {"mark": "pain", "rating": "activities"}
    kept = [each for each in covered.held.entries if kinds.get(each.kind) in covered.parts]
    return replace(covered.held, entries=tuple(kept))


def _head(covered: Covered) -> Iterator[Shape]:
    held = covered.held
    yield Label(MARGIN, 60, held.told(said("page.title")), 16, bold=True)
    made = said("page.made", on=held.on(held.today), version=version_of("limber"))
    yield Label(MARGIN, 77, held.told(period(covered)), 10, colour=SOFT)
    yield Label(WIDTH - MARGIN, 77, held.told(made), 10, "end", colour=SOFT)
    name = held.told(said("page.name"))
    yield Label(MARGIN, 98, f"{name}:", 10)
    yield Path(((MARGIN + 40, 100), (MARGIN + COLUMN, 100)), 0.6, SOFT)  # to be written by hand


def _foot(held: Held, y: float) -> Iterator[Shape]:
    yield Path(((MARGIN, y), (WIDTH - MARGIN, y)), 0.6, FAINT)
    lines = [*wrapped(held.told(said("page.limber")), 8, ROOM), held.told(version(held))]
    for row, line in enumerate(lines):
        yield Label(MARGIN, y + 14 + row * 11, line, 8, colour=SOFT)


# ---- two columns


@dataclass(frozen=True)
class Block:
    """A section as it is set: its title and its lines, broken."""

    title: str
    items: tuple[tuple[str, ...], ...]

    def height(self, size: float) -> float:
        lines = sum(map(len, self.items))
        return size * (2.1 + LEADING * lines + 0.35 * len(self.items) + 1.1)


def _columns(told: Sequence[Section], held: Held, top: float, foot: float) -> Iterator[Shape]:
    columns, size = _fitted(told, held, foot - top)
    for number, blocks in enumerate(columns):
        x, y = MARGIN + number * (COLUMN + GUTTER), top
        for block in blocks:
            yield from _set(block, x, y, size)
            y += block.height(size)


def _fitted(
    told: Sequence[Section], held: Held, room: float
) -> tuple[tuple[list[Block], list[Block]], float]:
    """Take the largest letters in which all fits; in the smallest, the longest parts give way."""
    for size in SIZES:
        columns = _shared([_block(section, held, size) for section in told], size)
        if max(_tall(column, size) for column in columns) <= room:
            return columns, size
    size, most = SIZES[-1], max((len(section.lines) for section in told), default=0)
    for kept in range(most, -1, -1):
        shorter = [_shortened(section, kept) for section in told]
        columns = _shared([_block(section, held, size) for section in shorter], size)
        if max(_tall(column, size) for column in columns) <= room:
            break
    return columns, size


def _shortened(section: Section, kept: int) -> Section:
    more = len(section.lines) - kept
    if more <= 0:
        return section
    return replace(section, lines=(*section.lines[:kept], said("page.more", n=more)))


def _block(section: Section, held: Held, size: float) -> Block:
    room = COLUMN - size * 1.1
    items = (tuple(wrapped(held.told(line), size, room)) for line in section.lines)
    return Block(held.told(section.title), tuple(items))


def _shared(blocks: Sequence[Block], size: float) -> tuple[list[Block], list[Block]]:
    """Fill the left column first, up to where both are shortest."""
    ways = [(list(blocks[:place]), list(blocks[place:])) for place in range(len(blocks) + 1)]
    return min(ways, key=lambda way: max(_tall(column, size) for column in way))


def _tall(blocks: Sequence[Block], size: float) -> float:
    return sum(block.height(size) for block in blocks)


def _set(block: Block, x: float, y: float, size: float) -> Iterator[Shape]:
    y += size * 1.2
    yield Label(x, y, block.title, size * 1.1, bold=True)
    y += size * 0.5
    yield Path(((x, y), (x + COLUMN, y)), 0.5, SOFT)
    y += size * 0.4
    for item in block.items:
        for row, line in enumerate(item):
            y += size * LEADING
            if row == 0:
                yield Box(x + size * 0.15, y - size * 0.48, size * 0.3, size * 0.3, fill=SOFT)
            yield Label(x + size * 1.1, y, line, size)
        y += size * 0.35
