"""Warmth: a soft mark over the region where an exercise is felt."""

from __future__ import annotations

from itertools import pairwise

from bot.render.figure.shapes import number, unit
from bot.render.figure.skeleton import Joints, Posture

COLOUR = "#f0644b"
FADE = (
    '<radialGradient id="warm">'
    f'<stop offset="0" stop-color="{COLOUR}" stop-opacity=".5"/>'
    f'<stop offset=".45" stop-color="{COLOUR}" stop-opacity=".32"/>'
    f'<stop offset="1" stop-color="{COLOUR}" stop-opacity="0"/></radialGradient>'
)
ROUND, LONG = 0.055, 0.047  # radii of the discs, for joints and for muscles


def felt(posture: Posture, regions: tuple[str, ...], strength: float = 1.0) -> str:
    """Draw discs that fade outward over each region; `FADE` belongs into the document's head."""
    if strength <= 0:
        return ""
    at = posture.joints()
    return "".join(
        _disc(spot, region, strength) for region in regions for spot in _closer(_spots(region, at))
    )


def _disc(spot: complex, region: str, strength: float) -> str:
    radius = ROUND if region.startswith(("buttock", "hip")) else LONG
    return (
        f'<circle cx="{number(spot.real)}" cy="{number(spot.imag)}" r="{radius}"'
        f' fill="url(#warm)" fill-opacity="{number(strength)}"/>'
    )


def _closer(spots: list[complex]) -> list[complex]:
    """Put one more spot between each two."""
    return [spots[0], *(each for a, b in pairwise(spots) for each in ((a + b) / 2, b))]


def _spots(region: str, at: Joints) -> list[complex]:
    limb = region.removesuffix("_f")
    if limb in ("buttock", "hip_front", "thigh_back", "calf"):
        return _on_leg(limb, "_f" if region.endswith("_f") else "", at)
    return _on_trunk(limb, at)


def _on_trunk(region: str, at: Joints) -> list[complex]:
    hip, waist = at["hip"], at["waist"]
    low, high = unit(waist - hip), unit(at["shoulder"] - waist)
    back = 1j * low
    if region == "belly":
        return [hip + low * along - back * 0.030 for along in (0.05, 0.09, 0.13)]
    if region == "side":  # the one nearest the floor
        under = back if back.imag < 0 else -back
        return [hip + low * along + under * 0.030 for along in (0.03, 0.10, 0.17)]
    if region == "mid_back":
        return [waist + high * along + 1j * high * 0.036 for along in (0.05, 0.10, 0.14)]
    return [
        hip + low * 0.045 + back * 0.034,
        waist + 1j * unit(low + high) * 0.030,
        waist + high * 0.030 + 1j * high * 0.034,
    ]


def _on_leg(region: str, side: str, at: Joints) -> list[complex]:
    hip, knee = at["hip"], at[f"knee{side}"]
    low, thigh = unit(at["waist"] - hip), unit(knee - hip)
    shank = unit(at[f"ankle{side}"] - knee)
    if region == "buttock":
        behind = unit(1j * low - 1j * thigh)
        return [hip + behind * 0.030, hip + behind * 0.026 + thigh * 0.04]
    if region == "hip_front":
        before = unit(1j * thigh - 1j * low)
        return [hip + before * 0.026 + low * 0.01, hip + 1j * thigh * 0.026 + thigh * 0.08]
    if region == "thigh_back":
        return [hip + thigh * along - 1j * thigh * 0.020 for along in (0.08, 0.13, 0.17)]
    return [knee + shank * along - 1j * shank * 0.012 for along in (0.06, 0.13)]
