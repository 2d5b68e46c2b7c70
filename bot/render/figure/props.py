"""Things: mat, chair, worktop, pillow, towel and strap, placed where the person needs them.

They stand still while the person moves, so they are placed by all postures at once; only the
strap follows hand and foot.  An exercise names them as its equipment; what is not known here is
not drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.render.figure.body import ball, discs
from bot.render.figure.shapes import box, filled, polygon, stroked
from bot.render.figure.skeleton import Posture

MAT, MAT_EDGE = "#b9cfc4", "#93b0a3"
WOOD, WOOD_FAR = "#c9a77f", "#ab8a64"
WALL, CLOTH, CLOTH_EDGE = "#dcd5c8", "#e8dcc0", "#cdbd98"
STRAP = "#b5485d"
DEEP = 0.026  # how much of the ground's depth is seen in front of a contact
THIGH = 0.055
CALF = 0.036
NEAR_FLOOR = 0.08

Postures = Sequence[Posture]


@dataclass(frozen=True)
class Prop:
    behind: str = ""
    before: str = ""
    corners: tuple[complex, ...] = ()


def props(equipment: Sequence[str], postures: Postures) -> list[Prop]:
    return [PAINTERS[each](postures) for each in equipment if each in PAINTERS]


def strap(posture: Posture) -> str:
    """From the hands round the ball of the raised foot."""
    at = posture.joints()
    foot = ball(at["ankle"], posture.angles["foot"])
    away = (foot - at["hand"]) / abs(foot - at["hand"])
    loop = (foot + away * 0.016 + 0.012j * away, foot + away * 0.018 - 0.012j * away)
    return stroked((at["hand"], *loop, at["hand"]), STRAP, 0.010)


def _mat(postures: Postures) -> Prop:
    parts = [disc for p in postures for disc in discs(p.joints(), p.angles).values()]
    low = [(at, radius) for at, radius in parts if at.imag - radius < NEAR_FLOOR]
    left = min(at.real - radius for at, radius in low) - 0.07
    right = max(at.real + radius for at, radius in low) + 0.07
    top = polygon(
        (complex(left + 0.03, DEEP), complex(right - 0.03, DEEP),
         complex(right, -DEEP), complex(left, -DEEP))
    )  # fmt: skip
    edge = box(complex(left, -DEEP), complex(right, -DEEP - 0.014), MAT_EDGE, 0.006)
    return Prop(edge + filled(top, MAT), corners=(complex(left, -0.05), complex(right, 0)))


def _seat(postures: Postures) -> Prop:
    """Put a firm chair under the thighs, or its seat under the calves."""
    last = postures[-1]
    at = last.joints()
    if "shoulder" in last.contacts:  # lying: the chair stands beyond the knees, its back far
        top = (at["knee"].imag + at["ankle"].imag) / 2 - CALF
        return _chair(at["knee"].real + 0.05, at["ankle"].real + 0.06, top, back_left=False)
    top = min(p.joints()["hip"].imag for p in postures) - THIGH
    return _chair(at["hip"].real - 0.17, at["hip"].real + 0.13, top, back_left=True)


def _held_chair(postures: Postures) -> Prop:
    """Put a chair so that its back is where the hand ends up."""
    hand = postures[-1].joints()["hand"]
    post, height = hand.real + 0.01, hand.imag - 0.022
    return _chair(post, post + 0.28, height * 0.55, back_left=True, back=height)


def _near_chair(postures: Postures) -> Prop:
    """Put a chair within reach, in front of the forward foot."""
    toes = max(ball(p.joints()["ankle"], p.angles["foot"]).real for p in postures)
    return _chair(toes + 0.09, toes + 0.37, 0.27, back_left=False)


def _chair(
    left: float, right: float, top: float, *, back_left: bool, back: float | None = None
) -> Prop:
    height = top + 0.26 if back is None else back
    post, lean = (left, -0.03) if back_left else (right, 0.03)
    legs = [(left + 0.02, left + 0.01), (right - 0.02, right - 0.01)]
    drawn = [
        *(stroked((complex(a, top), complex(b, 0.008)), WOOD_FAR, 0.020) for a, b in legs),
        stroked((complex(post, top - 0.01), complex(post + lean, height)), WOOD_FAR, 0.022),
        stroked(
            (complex(post + lean * 0.55, top + (height - top) * 0.55),
             complex(post + lean, height)), WOOD, 0.030,
        ),
        box(complex(left - 0.01, top), complex(right + 0.01, top - 0.026), WOOD, 0.012),
    ]  # fmt: skip
    far = min(left, post + lean) - 0.02, max(right, post + lean) + 0.02
    return Prop("".join(drawn), corners=(complex(far[0], 0), complex(far[1], height + 0.02)))


def _worktop(postures: Postures) -> Prop:
    """Put a worktop behind the back, near enough to be reached."""
    hips = min(p.joints()["hip"].real for p in postures)
    left, right, top = hips - 0.52, hips - 0.20, 0.50
    front = box(complex(left + 0.01, 0), complex(right - 0.03, top - 0.02), WALL, 0.004)
    line = stroked((complex(left + 0.13, 0.06), complex(left + 0.13, top - 0.08)), WOOD_FAR, 0.004)
    slab = box(complex(left, top), complex(right, top - 0.034), WOOD, 0.008)
    return Prop(front + line + slab, corners=(complex(left, 0), complex(right, top)))


def _pillow(postures: Postures) -> Prop:
    """Under the belly of who lies on it; else behind the knees of who sits back on the heels."""
    last = postures[-1]
    at = last.joints()
    if "hip" in last.contacts:
        return Prop(before=_cushion(at["waist"].real + 0.02, 0.15, 0.034))
    return Prop()


def _towel(postures: Postures) -> Prop:
    """Folded, under the knee that kneels."""
    knees = [p.joints()[c] for p in postures for c in p.contacts if c.startswith("knee")]
    middle = sum(knee.real for knee in knees) / len(knees)
    return Prop(before=_cushion(middle, 0.13, 0.022))


def _cushion(middle: float, width: float, height: float) -> str:
    left, right = middle - width / 2, middle + width / 2
    return box(complex(left, -0.012), complex(right, height - 0.010), CLOTH_EDGE, height / 2) + box(
        complex(left + 0.003, -0.006), complex(right - 0.003, height - 0.010), CLOTH, height / 2.4
    )


PAINTERS: dict[str, Callable[[Postures], Prop]] = {
    "mat": _mat,
    "firm_chair": _seat,
    "chair_or_cushions": _seat,
    "chair_or_wall": _held_chair,
    "chair": _near_chair,
    "worktop": _worktop,
    "pillow": _pillow,
    "towel": _towel,
}
