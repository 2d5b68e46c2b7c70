"""Shapes: rounded forms as SVG, in the figure's own measure (shares of body height, y up).

Points are complex numbers; colour is given, never chosen here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

Line = Sequence[complex]
TINY = 1e-9


@dataclass(frozen=True)
class Disc:
    at: complex
    radius: float


def unit(way: complex) -> complex:
    return way / abs(way) if abs(way) > TINY else 1j


def number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def tube(spine: Sequence[Disc], swell: float = 0.0) -> str:
    """Make a limb: discs along a line and all the skin between them, as one path."""
    grown = [Disc(each.at, each.radius + swell) for each in spine]
    sleeves = (_sleeve(one, other) for one, other in pairwise(grown))
    return "".join([*map(_round, grown), *filter(None, sleeves)])


def _round(disc: Disc) -> str:
    """Round off before the ends are reckoned: half an arc shows every misfit."""
    x, radius = round(disc.at.real, 4), round(disc.radius, 4)
    y, r, back, forth = map(number, (disc.at.imag, radius, x - radius, x + radius))
    return f"M{back} {y}A{r} {r} 0 1 1 {forth} {y}A{r} {r} 0 1 1 {back} {y}Z"


def _sleeve(one: Disc, other: Disc) -> str:
    """Join two discs by the straight sides that touch both."""
    apart = abs(other.at - one.at)
    slope = one.radius - other.radius
    if apart <= abs(slope):
        return ""
    along = (other.at - one.at) / apart
    sine = slope / apart
    side = along * complex(sine, (1 - sine * sine) ** 0.5)
    mirrored = along * complex(sine, -((1 - sine * sine) ** 0.5))
    corners = (
        one.at + side * one.radius,
        one.at + mirrored * one.radius,
        other.at + mirrored * other.radius,
        other.at + side * other.radius,
    )
    return polygon(corners)


def polygon(corners: Iterable[complex]) -> str:
    return "M" + "L".join(f"{number(c.real)} {number(c.imag)}" for c in corners) + "Z"


def flowing(discs: Sequence[Disc], between: int = 6) -> list[Disc]:
    """Put more discs in between, along a curve through all of them."""
    ends = [discs[0], *discs, discs[-1]]
    found: list[Disc] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for share in np.linspace(0, 1, between, endpoint=False).tolist():
            at = _curve(a.at, b.at, c.at, d.at, share)
            found.append(Disc(at, _curve(a.radius, b.radius, c.radius, d.radius, share).real))
    return [*found, discs[-1]]


def _curve(a: complex, b: complex, c: complex, d: complex, t: float) -> complex:
    """Go from b to c on the curve of Catmull and Rom."""
    bend = (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    return complex(2 * b + (c - a) * t + bend) / 2


def filled(path: str, colour: str, opacity: float = 1.0) -> str:
    faint = f' fill-opacity="{number(opacity)}"' if opacity < 1 else ""
    return f'<path d="{path}" fill="{colour}"{faint}/>'


def stroked(line: Line, colour: str, width: float, opacity: float = 1.0) -> str:
    points = " ".join(f"{number(each.real)},{number(each.imag)}" for each in line)
    faint = f' stroke-opacity="{number(opacity)}"' if opacity < 1 else ""
    return (
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{number(width)}"'
        f' stroke-linecap="round" stroke-linejoin="round"{faint}/>'
    )


def box(corner: complex, other: complex, colour: str, rounding: float = 0.008) -> str:
    left, right = sorted((corner.real, other.real))
    low, high = sorted((corner.imag, other.imag))
    return (
        f'<rect x="{number(left)}" y="{number(low)}" width="{number(right - left)}"'
        f' height="{number(high - low)}" rx="{number(rounding)}" fill="{colour}"/>'
    )
