"""What a drawing is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

INK, SOFT, FAINT, PAPER = "#1f2a30", "#5b676d", "#d5dadd", "#ffffff"
DEEP, WARM = "#0b5f66", "#a4541c"  # apart in grey as well

Anchor = Literal["start", "middle", "end"]
Mark = Literal["disc", "ring", "square", "triangle"]


@dataclass(frozen=True)
class Path:
    """A line through points; `dash` is drawn and left out by turns."""

    points: tuple[tuple[float, float], ...]
    width: float = 1.0
    colour: str = INK
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Dot:
    """A mark at one point, told from others by its form."""

    x: float
    y: float
    radius: float
    mark: Mark = "disc"
    colour: str = INK


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    rim: str | None = None
    round: float = 0.0


@dataclass(frozen=True)
class Label:
    """One line of text, standing on (x, y)."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = "start"
    bold: bool = False
    colour: str = INK


@dataclass(frozen=True)
class Grid:
    """Black squares of side `cell`, row by row: a QR code."""

    x: float
    y: float
    cell: float
    rows: tuple[tuple[bool, ...], ...]


Shape = Path | Dot | Box | Label | Grid
