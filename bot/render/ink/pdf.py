"""A drawing on a page of a PDF, at a place and in a scale."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.render.ink.letters import BOLD, PLAIN, registered
from bot.render.ink.shapes import INK, PAPER, Box, Dot, Grid, Label, Path, Shape

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def put_down(
    shapes: Iterable[Shape], canvas: Canvas, *, x: float, top: float, scale: float = 1.0
) -> None:
    """Draw with the drawing's upper left corner at (x, top), counted from the page's bottom."""
    registered()
    pen = _Pen(canvas, x, top, scale)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for shape in shapes:
        pen.draw(shape)


class _Pen:
    def __init__(self, canvas: Canvas, x: float, top: float, scale: float) -> None:
        self.canvas, self.left, self.top, self.scale = canvas, x, top, scale

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.left + x * self.scale, self.top - y * self.scale

    def draw(self, shape: Shape) -> None:
        match shape:
            case Path():
                self.path(shape)
            case Dot():
                self.dot(shape)
            case Box():
                self.box(shape)
            case Label():
                self.label(shape)
            case Grid():
                self.grid(shape)

    def path(self, path: Path) -> None:
        canvas = self.canvas
        canvas.setStrokeColor(path.colour)
        canvas.setLineWidth(path.width * self.scale)
        canvas.setDash([part * self.scale for part in path.dash])
        drawn = canvas.beginPath()
        drawn.moveTo(*self.at(*path.points[0]))
        for point in path.points[1:]:
            drawn.lineTo(*self.at(*point))
        canvas.drawPath(drawn, stroke=1, fill=0)
        canvas.setDash([])

    def dot(self, dot: Dot) -> None:
        canvas, r = self.canvas, dot.radius * self.scale
        x, y = self.at(dot.x, dot.y)
        canvas.setFillColor(PAPER if dot.mark == "ring" else dot.colour)
        canvas.setStrokeColor(dot.colour)
        canvas.setLineWidth(r / 2.2)
        match dot.mark:
            case "disc" | "ring":
                canvas.circle(x, y, r, stroke=int(dot.mark == "ring"), fill=1)
            case "square":
                canvas.rect(x - r, y - r, 2 * r, 2 * r, stroke=0, fill=1)
            case "triangle":
                drawn = canvas.beginPath()
                drawn.moveTo(x, y + r * 1.2)
                drawn.lineTo(x - r * 1.1, y - r)
                drawn.lineTo(x + r * 1.1, y - r)
                drawn.close()
                canvas.drawPath(drawn, stroke=0, fill=1)

    def box(self, box: Box) -> None:
        x, y = self.at(box.x, box.y + box.height)
        if box.fill:
            self.canvas.setFillColor(box.fill)
        if box.rim:
            self.canvas.setStrokeColor(box.rim)
            self.canvas.setLineWidth(self.scale)
        self.canvas.roundRect(
            x, y, box.width * self.scale, box.height * self.scale, box.round * self.scale,
            stroke=int(box.rim is not None), fill=int(box.fill is not None),
        )  # fmt: skip

    def label(self, label: Label) -> None:
        canvas = self.canvas
        canvas.setFillColor(label.colour)
        canvas.setFont(BOLD if label.bold else PLAIN, label.size * self.scale)
        write = {
            "start": canvas.drawString, "middle": canvas.drawCentredString,
            "end": canvas.drawRightString,
        }[label.anchor]  # fmt: skip
        write(*self.at(label.x, label.y), label.text)

    def grid(self, grid: Grid) -> None:
        self.canvas.setFillColor(INK)
        side = grid.cell * self.scale
        for row, line in enumerate(grid.rows):
            for column, black in enumerate(line):
                if black:
                    x, y = self.at(grid.x + column * grid.cell, grid.y + (row + 1) * grid.cell)
                    self.canvas.rect(x, y, side, side, stroke=0, fill=1)
