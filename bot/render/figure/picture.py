"""The picture: panels, one a pose, each with person, things and marks, as SVG and as PNG.

Everything stands on one ground and in one scale, so the poses can be compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import resvg_py

from bot.render.figure.arrow import arrow, arrow_line
from bot.render.figure.body import discs
from bot.render.figure.icon import icon
from bot.render.figure.motion import Way, postures_of
from bot.render.figure.person import person
from bot.render.figure.props import Prop, props, strap
from bot.render.figure.skeleton import Posture
from bot.render.figure.warmth import FADE, felt
from content.schema import Exercise

CARD, PANEL, RIM, GROUND = "#f3eee4", "#fbf8f2", "#e2dacb", "#bdb3a1"
WIDTH, HEIGHT = 800, 500
MARGIN, GUTTER, PAD = 14, 12, 26
LARGEST = 620.0  # pixels for a body's height
AIR = 0.05
ICON_PX = 42
PLAIN = 2  # poses: start and end; a third is a second end


@dataclass(frozen=True)
class Area:
    """A rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Scene:
    """One exercise on its ground."""

    exercise: Exercise

    @cached_property
    def postures(self) -> tuple[Posture, ...]:
        return postures_of(self.exercise)

    @cached_property
    def shown(self) -> tuple[Posture, ...]:
        """The poses worth a panel: a rest needs only one, a neutral start before two ends none."""
        first, last = self.postures[-2:]
        return (last,) if self.is_rest else (first, last)

    @cached_property
    def is_rest(self) -> bool:
        first, last = self.exercise.poses[-2:]
        return first.model_dump(exclude={"name"}) == last.model_dump(exclude={"name"})

    @cached_property
    def way(self) -> Way:
        return Way(*self.postures[-2:])

    @cached_property
    def things(self) -> list[Prop]:
        return props(self.exercise.equipment, self.postures[-2:])

    @cached_property
    def arrows(self) -> list[list[complex]]:
        return [arrow_line(self.way, joint) for joint in self.exercise.moves]

    @cached_property
    def first_arrows(self) -> list[list[complex]]:
        """How the first of two ends is reached, where the movement begins between them."""
        if len(self.postures) == PLAIN:
            return []
        way = Way(*self.postures[:2])
        return [arrow_line(way, joint) for joint in self.exercise.moves]

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, right, low, high of all that may be seen."""
        seen = [self.way.at(step / 4) for step in range(5)]
        parts = [disc for each in seen for disc in discs(each.joints(), each.angles).values()]
        corners = [corner for thing in self.things for corner in thing.corners]
        corners += [point for line in self.arrows + self.first_arrows for point in line]
        xs = [at.real + side * r for at, r in parts for side in (-1, 1)] + [c.real for c in corners]
        ys = [at.imag + r for at, r in parts] + [c.imag for c in corners]
        return min(xs) - AIR, max(xs) + AIR, -0.07, max(ys) + AIR

    def drawn(self, posture: Posture, *, warmth: float = 1.0, breath: float = 0.0) -> str:
        laid = "".join(thing.before for thing in self.things)
        warm = felt(posture, self.exercise.felt, warmth)
        return "".join(
            [
                *(thing.behind for thing in self.things),
                person(posture, self.exercise.view, breath=breath, before=laid + warm),
                strap(posture) if "strap" in self.exercise.equipment else "",
            ]
        )

    def panel(self, area: Area, scale: float, posture: Posture, drawing: str) -> str:
        """One pose in its place; the second view small in the corner."""
        left, right, low, high = self.bounds
        x = area.x + area.width / 2 - (left + right) / 2 * scale
        y = area.y + area.height / 2 + (low + high) / 2 * scale
        ground = (
            f'<path d="M{area.x + 1:.1f} {y:.2f}h{area.width - 2:.1f}" stroke="{GROUND}" '
            f'stroke-width="2"/>'
        )
        aside = icon(self.exercise, posture)
        corner = area.x + area.width - ICON_PX - 14, area.y + ICON_PX + 14
        return (
            f'<rect x="{area.x:.1f}" y="{area.y:.1f}" width="{area.width:.1f}" '
            f'height="{area.height:.1f}" rx="16" fill="{PANEL}" stroke="{RIM}"/>{ground}'
            f'<g transform="translate({x:.2f} {y:.2f}) scale({scale:.3f} {-scale:.3f})">'
            f'{drawing}</g><g transform="translate({corner[0]:.1f} {corner[1]:.1f}) '
            f'scale({ICON_PX} {-ICON_PX})">{aside}</g>'
        )

    def scale(self, area: Area) -> float:
        left, right, low, high = self.bounds
        wide, tall = area.width - PAD, area.height - PAD
        return min(wide / (right - left), tall / (high - low), LARGEST)


def still(scene: Scene) -> str:
    """Start and end, side by side or one above the other, whichever shows them larger."""
    layouts = [_row(len(scene.shown)), _column(len(scene.shown))]
    areas = max(layouts, key=lambda each: scene.scale(each[0]))
    scale = scene.scale(areas[0])
    drawn = [
        scene.panel(area, scale, posture, _pose(scene, number, posture))
        + _dots(area, number if len(areas) > 1 else 0)
        for number, (area, posture) in enumerate(zip(areas, scene.shown, strict=True), start=1)
    ]
    return svg("".join(drawn), WIDTH, HEIGHT)


def _pose(scene: Scene, number: int, posture: Posture) -> str:
    is_last = number == len(scene.shown)
    lines = scene.arrows if is_last else scene.first_arrows
    warmth = 1.0 if is_last or scene.first_arrows else 0.0
    return scene.drawn(posture, warmth=warmth) + "".join(arrow(line) for line in lines)


def _row(count: int) -> list[Area]:
    width = (WIDTH - 2 * MARGIN - (count - 1) * GUTTER) / count
    return [
        Area(MARGIN + step * (width + GUTTER), MARGIN, width, HEIGHT - 2 * MARGIN)
        for step in range(count)
    ]


def _column(count: int) -> list[Area]:
    height = (HEIGHT - 2 * MARGIN - (count - 1) * GUTTER) / count
    return [
        Area(MARGIN, MARGIN + step * (height + GUTTER), WIDTH - 2 * MARGIN, height)
        for step in range(count)
    ]


def _dots(area: Area, number: int) -> str:
    """Which panel comes first, in any language: one dot, two dots."""
    return "".join(
        f'<circle cx="{area.x + 22 + step * 14:.1f}" cy="{area.y + 22:.1f}" r="4.5" '
        f'fill="{GROUND}"/>'
        for step in range(number)
    )


def svg(inner: str, width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<defs>{FADE}</defs><rect width="{width}" height="{height}" fill="{CARD}"/>'
        f"{inner}</svg>"
    )


def png(drawing: str, width: int) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, width=width, skip_system_fonts=True))
