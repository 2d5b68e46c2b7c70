"""Marks: where a stretch is felt, an arrow for the way, and a small second view for turns."""

from __future__ import annotations

import cmath
from math import radians

from bot.render.figure.motion import Way
from bot.render.figure.shapes import Disc, filled, polygon, stroked, tube
from bot.render.figure.skeleton import Joints, Posture
from content.schema import Exercise

WARM = "#f0644b"
WARMTH = 0.8  # opacity at its middle
ARROW, ARROW_UNDER = "#d9822b", "#fffaf0"
ICON_SKIN, ICON_CLOTH, ICON_LEG, ICON_RIM = "#e3b295", "#4f9d97", "#43536d", "#d8d0c0"
SAMPLES = 12
CLEAR = {"head": 0.100, "hip": 0.095, "waist": 0.090, "knee": 0.140, "ankle": 0.115}  # from the joint to the arrow
SHORT, LONG = 0.10, 0.28
BARB = 0.034
TRUNK_JOINTS = ("hip", "waist", "shoulder")
ALONG = 0.75  # a way more parallel to the outside than this leads straight out or in


def felt(posture: Posture, regions: tuple[str, ...], strength: float = 1.0) -> str:
    """A soft warmth over each region; the filter `soft` blurs it."""
    if strength <= 0:
        return ""
    at = posture.joints()
    spots = "".join(tube([Disc(spot, radius) for spot in _spots(region, at)])
                    for region in regions for radius in (_size(region),))  # fmt: skip
    if not spots:
        return ""
    return f'<g filter="url(#soft)">{filled(spots, WARM, WARMTH * strength)}</g>'


def _size(region: str) -> float:
    return 0.026 if region.startswith(("buttock", "hip")) else 0.021


def _spots(region: str, at: Joints) -> list[complex]:
    side = "_f" if region.endswith("_f") else ""
    hip, waist, shoulder = at["hip"], at["waist"], at["shoulder"]
    low, high = _unit(waist - hip), _unit(shoulder - waist)
    thigh = _unit(at[f"knee{side}"] - hip)
    shank = _unit(at[f"ankle{side}"] - at[f"knee{side}"])
    match region.removesuffix("_f"):
        case "low_back":
            return [
                hip + low * 0.045 + 1j * low * 0.034,
                waist + 1j * _unit(low + high) * 0.030,
                waist + high * 0.030 + 1j * high * 0.034,
            ]
        case "mid_back":
            return [waist + high * along + 1j * high * 0.036 for along in (0.05, 0.10, 0.14)]
        case "belly":
            return [hip + low * along - 1j * low * 0.030 for along in (0.05, 0.09, 0.13)]
        case "side":
            under = 1j * low if (1j * low).imag < 0 else -1j * low
            return [hip + low * along + under * 0.030 for along in (0.03, 0.10, 0.17)]
        case "buttock":
            behind = _unit(1j * low - 1j * thigh)
            return [hip + behind * 0.030, hip + behind * 0.026 + thigh * 0.04]
        case "hip_front":
            before = _unit(1j * thigh - 1j * low)
            return [hip + before * 0.026 + low * 0.01, hip + 1j * thigh * 0.026 + thigh * 0.08]
        case "thigh_back":
            return [hip + thigh * along - 1j * thigh * 0.020 for along in (0.08, 0.13, 0.17)]
        case _:
            knee = at[f"knee{side}"]
            return [knee + shank * along - 1j * shank * 0.012 for along in (0.06, 0.13)]


def arrow(path: list[complex]) -> str:
    tip = path[-1]
    back = next((p for p in reversed(path) if abs(p - tip) > BARB), path[0])
    ahead = _unit(tip - back)
    barbs = (
        tip + ahead * 0.022,
        tip + ahead * cmath.rect(BARB, radians(128)),
        tip + ahead * cmath.rect(BARB, radians(-128)),
    )
    shaft = [each for each in path if abs(each - tip) > BARB / 2] or path[:1]
    return (
        stroked([*shaft, tip], ARROW_UNDER, 0.024, 0.85)
        + stroked((*barbs, barbs[0]), ARROW_UNDER, 0.014, 0.85)
        + stroked([*shaft, tip], ARROW, 0.012)
        + filled(polygon(barbs), ARROW)
    )


def arrow_line(way: Way, joint: str) -> list[complex]:
    """The joint's way, moved clear of the body; or straight out of it, or into it."""
    path = [way.at(step / SAMPLES).joints()[joint] for step in range(SAMPLES + 1)]
    if not way.start.contacts & way.end.contacts:  # walking: on, and on
        path = [path[0] + 0.18 * step / SAMPLES for step in range(SAMPLES + 1)]
    at = way.end.joints()
    heading = _unit(path[-1] - path[0])
    upright = abs(_unit(at["shoulder"] - at["hip"]).imag) > 0.7
    clear = CLEAR.get(joint.removesuffix("_f"), 0.075)
    if joint in TRUNK_JOINTS:
        out = -heading if upright else 1j
    else:
        out = _unit(path[len(path) // 2] - (at["hip"] + at["shoulder"]) / 2)
    lean = _dot(heading, out)
    if lean > ALONG and joint in TRUNK_JOINTS:
        return [path[-1] + out * clear, path[-1] + out * (clear + SHORT)]
    if lean < -ALONG and joint in TRUNK_JOINTS:
        return [path[-1] + out * (clear + SHORT), path[-1] + out * clear]
    normal = 1j * heading if _dot(1j * heading, out) > 0 else -1j * heading
    if min((each + normal * clear).imag for each in path) < 0.03:
        normal = -normal
    return _fitted([each + normal * clear for each in path])


def _dot(one: complex, other: complex) -> float:
    return (one.conjugate() * other).real


def _fitted(path: list[complex]) -> list[complex]:
    """Neither too short to be seen nor so long that it crosses the picture."""
    length = sum(abs(b - a) for a, b in zip(path, path[1:], strict=False))
    middle = path[len(path) // 2]
    if length < SHORT:
        return [middle + (each - middle) * SHORT / max(length, 1e-9) for each in path]
    if length > LONG:
        spare = round(len(path) * (1 - LONG / length) / 2)
        return path[spare : len(path) - spare]
    return path


def _unit(way: complex) -> complex:
    return way / abs(way) if abs(way) > 1e-9 else 1j


def icon(exercise: Exercise, posture: Posture) -> str:
    """A small view from above, or from the feet, in a disc of radius 1 round the origin."""
    if exercise.view == "top":
        return _rim() + _from_above(posture.turn_deg)
    if exercise.view == "foot_end":
        return _rim() + _from_the_feet(posture.knee_tip_deg)
    return ""


def _rim() -> str:
    return f'<circle r="1" fill="#ffffff" stroke="{ICON_RIM}" stroke-width=".05"/>'


def _from_above(turn_deg: float) -> str:
    """Seen from above, facing right; the legs stay, the shoulders turn."""
    legs = "".join(stroked((complex(0, y), complex(0.62, y)), ICON_LEG, 0.26) for y in (-0.2, 0.2))
    turned = (
        stroked((0.5j, -0.5j), ICON_CLOTH, 0.40)
        + stroked((complex(0.1, 0.45), complex(0.36, 0), complex(0.1, -0.45)), ICON_SKIN, 0.15)
        + filled(tube([Disc(0.26 + 0j, 0.09)]), ICON_SKIN)
        + filled(tube([Disc(0j, 0.25)]), "#54433c")
    )
    return f'{legs}<g transform="rotate({-turn_deg:.1f})">{turned}</g>' + _round_arrow(
        0.80, -55, -105 if turn_deg else -80, turn_deg
    )


def _from_the_feet(tip_deg: float) -> str:
    """Seen from the feet: trunk on the floor, knees up, then both to one side."""
    floor = stroked((complex(-0.85, -0.5), complex(0.85, -0.5)), "#93b0a3", 0.08)
    trunk = stroked((complex(-0.34, -0.28), complex(0.34, -0.28)), ICON_CLOTH, 0.36)
    legs = (
        stroked((complex(-0.12, -0.32), complex(-0.11, 0.42)), ICON_LEG, 0.22)
        + stroked((complex(0.12, -0.32), complex(0.11, 0.42)), ICON_LEG, 0.22)
        + filled(tube([Disc(complex(-0.12, -0.36), 0.10)]), ICON_SKIN)
        + filled(tube([Disc(complex(0.12, -0.36), 0.10)]), ICON_SKIN)
    )
    return f'{floor}{trunk}<g transform="rotate({-tip_deg:.1f} 0 -.36)">{legs}</g>' + _round_arrow(
        0.72, 100, 50, tip_deg
    )


def _round_arrow(radius: float, begin: float, end: float, shown: float) -> str:
    if not shown:
        return ""
    turns = [begin + (end - begin) * step / 8 for step in range(9)]
    path = [cmath.rect(radius, radians(turn)) for turn in turns]
    ahead = _unit(path[-1] - path[-2])
    tip = path[-1] + ahead * 0.10
    barbs = (tip, tip + ahead * cmath.rect(0.24, radians(150)),
             tip + ahead * cmath.rect(0.24, radians(-150)))  # fmt: skip
    return stroked(path, ARROW, 0.08) + filled(polygon(barbs), ARROW)
