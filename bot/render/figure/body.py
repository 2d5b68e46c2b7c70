"""Flesh: how thick a body is round its bones, and how far each part is above the floor.

A body part is a disc that moves with a joint.  What touches the floor is the skin, not the bone.
"""

from __future__ import annotations

import cmath
from collections.abc import Iterator, Mapping
from math import radians

from bot.render.figure.skeleton import Angles, Joints

HIP = 0.060
WAIST = 0.052
CHEST = 0.060
SHOULDER = 0.060
HEAD = 0.060
ELBOW = 0.026
HAND = 0.017
KNEE = 0.038
ANKLE = 0.023
SOLE = 0.024  # from the ankle to the middle of heel and ball
HEEL = 0.016
BALL = 0.014
FINGERS = 0.05  # what a flat hand adds in front of the wrist

RADII = {"hip": HIP, "waist": WAIST, "shoulder": SHOULDER, "head": HEAD} | {
    f"{joint}{side}": radius
    for side in ("", "_f")
    for joint, radius in {"elbow": ELBOW, "hand": HAND, "knee": KNEE, "ankle": ANKLE}.items()
}
FLAT_SINE = 0.7  # a foot steeper than this rests on its heel alone

Disc = tuple[complex, float]


def heel(ankle: complex, foot_deg: float) -> complex:
    along = cmath.rect(1, radians(foot_deg))
    return ankle - along * 0.018 - 1j * along * SOLE


def ball(ankle: complex, foot_deg: float) -> complex:
    along = cmath.rect(1, radians(foot_deg))
    return ankle + along * 0.085 - 1j * along * SOLE


def discs(at: Joints, angles: Angles) -> dict[str, Disc]:
    """Every part that could meet the floor, by name."""
    parts = {joint: (at[joint], radius) for joint, radius in RADII.items()}
    parts["chest"] = ((at["waist"] + at["shoulder"]) / 2, CHEST)
    for side in ("", "_f"):
        ankle, foot = at[f"ankle{side}"], angles[f"foot{side}"]
        parts[f"heel{side}"] = (heel(ankle, foot), HEEL)
        parts[f"ball{side}"] = (ball(ankle, foot), BALL)
    return parts


def heights(at: Joints, angles: Angles) -> dict[str, float]:
    """How far the skin of each part is above the floor; below it is negative."""
    return {name: centre.imag - radius for name, (centre, radius) in discs(at, angles).items()}


def resting(contact: str, above: Mapping[str, float], angles: Angles) -> Iterator[float]:
    """Name the heights that must be nothing where this contact rests."""
    joint, side = contact.removesuffix("_f"), "_f" if contact.endswith("_f") else ""
    if joint != "ankle":
        yield above[contact]
        return
    yield min(above[f"ankle{side}"], above[f"heel{side}"])
    if abs(cmath.rect(1, radians(angles[f"foot{side}"])).imag) < FLAT_SINE:
        yield above[f"ball{side}"]
