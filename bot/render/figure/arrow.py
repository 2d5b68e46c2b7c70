"""Arrows: which way a joint goes, drawn clear of the body."""

from __future__ import annotations

import cmath
from itertools import pairwise
from math import radians

from bot.render.figure.motion import Way
from bot.render.figure.shapes import filled, polygon, stroked, unit

COLOUR, UNDER = "#d9822b", "#fffaf0"
SAMPLES = 12
CLEAR = {"head": 0.100, "hip": 0.095, "waist": 0.090, "knee": 0.140, "ankle": 0.115}
CLEAR_ELSE = 0.075  # from the joint to the arrow
SHORT, LONG = 0.10, 0.28
BARB = 0.034
STRIDE = 0.18
TRUNK = ("hip", "waist", "shoulder")
UPRIGHT_SINE = 0.7
ALONG = 0.75  # a way more parallel to the outside than this leads straight out, or in
LOWEST = 0.03  # an arrow in the ground helps nobody


def arrow(path: list[complex]) -> str:
    tip = path[-1]
    back = next((p for p in reversed(path) if abs(p - tip) > BARB), path[0])
    ahead = unit(tip - back)
    barbs = (
        tip + ahead * 0.022,
        tip + ahead * cmath.rect(BARB, radians(128)),
        tip + ahead * cmath.rect(BARB, radians(-128)),
    )
    shaft = [each for each in path if abs(each - tip) > BARB / 2] or path[:1]
    return (
        stroked([*shaft, tip], UNDER, 0.024, 0.85)
        + stroked((*barbs, barbs[0]), UNDER, 0.014, 0.85)
        + stroked([*shaft, tip], COLOUR, 0.012)
        + filled(polygon(barbs), COLOUR)
    )


def arrow_line(way: Way, joint: str) -> list[complex]:
    """Move the joint's way clear of the body; or point straight out of it, or into it."""
    path = [way.at(step / SAMPLES).joints()[joint] for step in range(SAMPLES + 1)]
    if way.is_stepping:  # walking: on, and on
        path = [path[0] + STRIDE * step / SAMPLES for step in range(SAMPLES + 1)]
    heading = unit(path[-1] - path[0])
    clear = CLEAR.get(joint.removesuffix("_f"), CLEAR_ELSE)
    out = _outward(way, joint, path)
    lean = _dot(heading, out)
    if joint in TRUNK and abs(lean) > ALONG:
        near, far = path[-1] + out * clear, path[-1] + out * (clear + SHORT)
        return [near, far] if lean > 0 else [far, near]
    normal = 1j * heading if _dot(1j * heading, out) > 0 else -1j * heading
    if min((each + normal * clear).imag for each in path) < LOWEST:
        normal = -normal
    return _fitted([each + normal * clear for each in path])


def _outward(way: Way, joint: str, path: list[complex]) -> complex:
    """Where there is air: above a level trunk, behind an upright one, away from it for limbs."""
    at = way.end.joints()
    if joint not in TRUNK:
        return unit(path[len(path) // 2] - (at["hip"] + at["shoulder"]) / 2)
    is_upright = abs(unit(at["shoulder"] - at["hip"]).imag) > UPRIGHT_SINE
    return -unit(path[-1] - path[0]) if is_upright else 1j


def _dot(one: complex, other: complex) -> float:
    return (one.conjugate() * other).real


def _fitted(path: list[complex]) -> list[complex]:
    """Neither too short to be seen nor so long that it crosses the picture."""
    length = sum(abs(b - a) for a, b in pairwise(path))
    middle = path[len(path) // 2]
    if length < SHORT:
        return [middle + (each - middle) * SHORT / max(length, 1e-9) for each in path]
    if length > LONG:
        spare = round(len(path) * (1 - LONG / length) / 2)
        return path[spare : len(path) - spare]
    return path
