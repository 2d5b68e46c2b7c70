"""A drawing as a picture (PNG), drawn twice as large and made smaller, so that edges are smooth.

Many short calls, and none that keeps the interpreter to itself for long: the event loop goes on
while a thread draws.  (A renderer of SVG in one call held it up for 200 ms.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from itertools import cycle, pairwise
from math import ceil, hypot
from typing import TYPE_CHECKING

from bot.render.ink.letters import font_files
from bot.render.ink.shapes import INK, PAPER, Box, Dot, Grid, Label, Path, Shape

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FINER = 2

Point = tuple[float, float]


def png(shapes: Iterable[Shape], size: tuple[float, float]) -> bytes:
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only when something is drawn

    width, height = (ceil(side) for side in size)
    page = Image.new("RGB", (width * FINER, height * FINER), PAPER)
    pen = _Pen(ImageDraw.Draw(page))
    for shape in shapes:
        pen.draw(shape)
    target = BytesIO()
    page.reduce(FINER).save(target, "PNG")
    return target.getvalue()


class _Pen:
    def __init__(self, paper: ImageDraw) -> None:
        self.paper = paper

    def draw(self, shape: Shape) -> None:
        match shape:
            case Path():
                self.path(shape)
            case Dot():
                self.dot(shape)
            case Box():
                place = (*_at(shape.x, shape.y), *_at(shape.x + shape.width,
                                                      shape.y + shape.height))  # fmt: skip
                self.paper.rounded_rectangle(place, shape.round * FINER, shape.fill, shape.rim)
            case Label():
                font = _font(round(shape.size * FINER), bold=shape.bold)
                anchor = {"start": "ls", "middle": "ms", "end": "rs"}[shape.anchor]
                self.paper.text(_at(shape.x, shape.y), shape.text, shape.colour, font, anchor)
            case Grid():
                self.grid(shape)

    def path(self, path: Path) -> None:
        width = max(1, round(path.width * FINER))
        for line in _dashed(path) if path.dash else [path.points]:
            self.paper.line([_at(*point) for point in line], path.colour, width, "curve")

    def dot(self, dot: Dot) -> None:
        (x, y), r = _at(dot.x, dot.y), dot.radius * FINER
        match dot.mark:
            case "disc":
                self.paper.ellipse((x - r, y - r, x + r, y + r), dot.colour)
            case "ring":
                width = max(1, round(r / 2.2))
                r += width / 2
                self.paper.ellipse((x - r, y - r, x + r, y + r), PAPER, dot.colour, width)
            case "square":
                self.paper.rectangle((x - r, y - r, x + r, y + r), dot.colour)
            case "triangle":
                corners = [(x, y - r * 1.2), (x - r * 1.1, y + r), (x + r * 1.1, y + r)]
                self.paper.polygon(corners, dot.colour)

    def grid(self, grid: Grid) -> None:
        """Draw each black cell in whole points, so that all are alike."""
        side = int(grid.cell * FINER)
        left, top = (round(place) for place in _at(grid.x, grid.y))
        for row, line in enumerate(grid.rows):
            for column, black in enumerate(line):
                if black:
                    x, y = left + column * side, top + row * side
                    self.paper.rectangle((x, y, x + side - 1, y + side - 1), INK)


def _at(x: float, y: float) -> Point:
    return x * FINER, y * FINER


@cache
def _font(size: int, *, bold: bool) -> FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415 - as above

    return ImageFont.truetype(font_files()[bold], size)


def _dashed(path: Path) -> Iterator[tuple[Point, Point]]:
    """Cut a line into the pieces that are drawn."""
    lengths = cycle(path.dash)
    left, drawn = next(lengths), True
    for (x, y), (to_x, to_y) in pairwise(path.points):
        whole, gone = hypot(to_x - x, to_y - y), 0.0
        while gone < whole:
            step = min(left, whole - gone)
            ends = [(x + (to_x - x) * part / whole, y + (to_y - y) * part / whole)
                    for part in (gone, gone + step)]  # fmt: skip
            if drawn:
                yield ends[0], ends[1]
            gone, left = gone + step, left - step
            if left <= 0:
                left, drawn = next(lengths), not drawn
