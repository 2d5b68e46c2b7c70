"""Settling: the least change of angles with which a posture's flesh rests on the floor.

Poses are drawn round bones whose contacts lie on the floor within a few hundredths; skin must meet
it, neither sunk in nor floating.  Damped least squares over the angles and the hip's place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.render.figure.body import heights, resting
from bot.render.figure.skeleton import SEGMENTS, Posture, joints_of

Floats = NDArray[np.float64]
Pins = Mapping[str, float]  # where along the floor a joint is to stay

NAMES = tuple(segment.name for segment in SEGMENTS)
GIVE = {  # degrees that each segment gives way as easily as the others
    "lumbar": 3.0, "thorax": 3.0, "head": 4.0, "uarm": 8.0, "farm": 8.0,
    "thigh": 5.0, "shank": 5.0, "foot": 10.0,
}  # fmt: skip
GIVES = np.array([GIVE[name.removesuffix("_f")] for name in NAMES])
FIRM = 2000.0  # of contacts and floor, against one easy give
PINNED = 400.0
DRIFT = 1.0  # of the hip along the floor: just enough to have one answer
STEPS = 40
LONGEST = 2.0  # of a step, in easy gives
HALVINGS = 8
NUDGE = 1e-5


def settled(posture: Posture, pins: Pins | None = None) -> Posture:
    wanted = np.array([posture.angles[name] for name in NAMES])
    now = np.concatenate([np.zeros(len(NAMES)), [posture.hip.real, posture.hip.imag]])

    def strain(change: Floats) -> Floats:
        angles = dict(zip(NAMES, (wanted + change[:-2] * GIVES).tolist(), strict=True))
        hip = complex(change[-2], change[-1])
        at = joints_of(angles, posture.scales, hip)
        above = heights(at, angles)
        touch = [gap for each in sorted(posture.contacts) for gap in resting(each, above, angles)]
        sunk = [min(0.0, gap) for gap in above.values()]
        off = [at[joint].real - x for joint, x in (pins or {}).items()]
        return np.concatenate(
            [
                change[:-2],
                np.array([*touch, *sunk]) * FIRM,
                np.array(off) * PINNED,
                [(hip.real - posture.hip.real) * DRIFT],
            ]
        )

    for _ in range(STEPS):
        step = _step(strain, now)
        now = now + step
        if float(np.max(np.abs(step))) < NUDGE:
            break
    angles = dict(zip(NAMES, (wanted + now[:-2] * GIVES).tolist(), strict=True))
    return replace(posture, angles=angles, hip=complex(now[-2], now[-1]))


def _step(strain: Callable[[Floats], Floats], now: Floats) -> Floats:
    """Take one step of Gauss and Newton, halved until it helps: contacts change abruptly."""
    here = strain(now)
    slope = np.stack([(strain(now + nudge) - here) / NUDGE for nudge in np.eye(len(now)) * NUDGE])
    step = np.asarray(np.linalg.lstsq(slope.T, -here, rcond=None)[0], dtype=np.float64)
    step = step / max(1.0, float(np.max(np.abs(step))) / LONGEST)
    for _ in range(HALVINGS):
        if float(np.linalg.norm(strain(now + step))) < float(np.linalg.norm(here)):
            break
        step = step / 2
    return step
