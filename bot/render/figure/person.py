"""The person: flesh and clothes round a posture, far side first, so that depth is seen.

Rounded and calm: no face but a profile, no detail that a thumbnail would lose.
"""

from __future__ import annotations

import cmath
from dataclasses import dataclass
from math import radians, sin

from bot.render.figure.body import FINGERS, HEAD, RADII, ball, heel
from bot.render.figure.shapes import Disc, filled, flowing, tube
from bot.render.figure.skeleton import Posture

SHIRT = ("#4f9d97", "#3a7a77")  # near, far
TROUSERS = ("#43536d", "#303d53")
SKIN = ("#e3b295", "#c2906f")
HAIR = "#54433c"
SHADE = "#1d2733"
LIGHT = "#ffffff"
EDGE = 0.0045  # of shade round what lies in front of the body
SHOULDERS = 0.07  # half their width, seen when the chest turns
FOLDED_COSINE = -0.4
ASIDE = 0.022  # how much nearer to the viewer, and so lower, an arm lies beside the body
LIFTED = 0.06
STEEP_SINE = 0.5  # a forearm steeper than this ends in a flat hand on the floor


@dataclass(frozen=True)
class Limb:
    """One side of the body: which joints, which tones."""

    suffix: str
    tone: int  # 0 near, 1 far


NEAR, FAR = Limb("", 0), Limb("_f", 1)


def person(posture: Posture, view: str, *, breath: float = 0.0, before: str = "") -> str:
    """Everything of the body, back to front; `before` lies on it, under the near arm only.

    `breath`, 0 to 1, swells the chest a little.
    """
    crossing = posture.scales["shank_f"] < 1 <= posture.scales["shank"]
    parts = [
        _arm(posture, FAR),
        _leg(posture, FAR),
        _head(posture, view),
        _trunk(posture, breath),
        _leg(posture, NEAR),
        _shin(posture, FAR) if crossing else "",  # it points at the viewer, over the near thigh
        before,
        _arm(posture, NEAR),
    ]
    return "".join(parts)


def _solid(spine: list[Disc], colour: str, *, edged: bool) -> str:
    """Round a form with a soft light on its upper side and, in front, a thin shade round it."""
    edge = filled(tube(spine, EDGE), SHADE, 0.28) if edged else ""
    return edge + filled(tube(spine), colour) + filled(_shine(spine), LIGHT, 0.10)


def _shine(spine: list[Disc]) -> str:
    return tube([Disc(d.at + complex(-0.1, 0.22) * d.radius, d.radius * 0.55) for d in spine])


def _trunk(posture: Posture, breath: float) -> str:
    at = posture.joints()
    hip, waist, shoulder = at["hip"], at["waist"], at["shoulder"]
    spine = [
        Disc(hip, 0.056),
        Disc(waist, 0.052 + breath * 0.004),
        Disc((waist + shoulder) / 2, 0.060 + breath * 0.006),
        Disc(shoulder, 0.046),
    ]
    return _solid(flowing(spine), SHIRT[0], edged=True)


def _head(posture: Posture, view: str) -> str:
    at = posture.joints()
    centre, shoulder = at["head"], at["shoulder"]
    up = (centre - shoulder) / abs(centre - shoulder)
    front = -1j * up if view != "front" else 0j
    neck = [Disc(shoulder, 0.036), Disc(shoulder + (centre - shoulder) * 0.7, 0.029)]
    face = [
        Disc(centre + front * 0.012 - up * 0.010, 0.046),
        Disc(centre + front * 0.018 - up * 0.022, 0.034),
    ]
    nose = [Disc(centre + front * 0.055 - up * 0.012, 0.0085)] if front else []
    skull = [Disc(centre, HEAD - 0.003), Disc(centre - front * 0.012 + up * 0.004, 0.046)]
    ear = [Disc(centre - front * 0.012 - up * 0.010, 0.010)] if front else []
    return (
        _solid(neck, SKIN[1], edged=False)
        + _solid(skull, HAIR, edged=False)
        + filled(tube(face) + tube(nose), SKIN[0])
        + (filled(tube(ear), SKIN[1]) if ear else "")
    )


def _leg(posture: Posture, limb: Limb) -> str:
    """Foot, shin, then thigh with that side's half of the trousers round the hip."""
    at = posture.joints()
    hip, waist, knee = at["hip"], at["waist"], at[f"knee{limb.suffix}"]
    seat = [Disc(hip + (waist - hip) * 0.40, 0.0555), Disc(hip, 0.060)]
    thigh = [Disc(hip, 0.057), Disc(hip + (knee - hip) * 0.45, 0.050), Disc(knee, 0.037)]
    whole = tube(seat, EDGE) + tube(flowing(thigh), EDGE) + tube(_calf(posture, limb), EDGE)
    edge = filled(whole, SHADE, 0.28) if limb is NEAR else ""
    colour = TROUSERS[limb.tone]
    shin = _foot(posture, limb) + edge + _solid(_calf(posture, limb), colour, edged=False)
    crease = filled(tube(flowing(thigh), EDGE), SHADE, 0.28) if _folded(posture, limb) else ""
    skin = filled(tube(seat) + tube(flowing(thigh)), colour)
    return shin + crease + skin + filled(_shine([seat[0], *flowing(thigh)]), LIGHT, 0.10)


def _folded(posture: Posture, limb: Limb) -> bool:
    """Whether the thigh lies on the shin, and needs a line between them."""
    bend = posture.angles[f"thigh{limb.suffix}"] - posture.angles[f"shank{limb.suffix}"]
    return cmath.rect(1, radians(bend)).real < FOLDED_COSINE


def _shin(posture: Posture, limb: Limb) -> str:
    return _foot(posture, limb) + _solid(_calf(posture, limb), TROUSERS[limb.tone], edged=True)


def _calf(posture: Posture, limb: Limb) -> list[Disc]:
    at = posture.joints()
    knee, ankle = at[f"knee{limb.suffix}"], at[f"ankle{limb.suffix}"]
    back = -1j * (ankle - knee) / abs(ankle - knee)
    middle = knee + (ankle - knee) * 0.35 + back * 0.004
    return flowing([Disc(knee, 0.036), Disc(middle, 0.034), Disc(ankle, 0.0215)])


def _foot(posture: Posture, limb: Limb) -> str:
    ankle = posture.joints()[f"ankle{limb.suffix}"]
    deg = posture.angles[f"foot{limb.suffix}"]
    along = cmath.rect(1, radians(deg))
    instep = ankle + along * 0.045 - 1j * along * 0.016
    sole = [Disc(heel(ankle, deg), 0.016), Disc(ball(ankle, deg), 0.014)]
    top = [Disc(ankle, 0.020), Disc(instep, 0.019), Disc(ball(ankle, deg), 0.014)]
    colour = SKIN[limb.tone]
    edge = filled(tube(sole, EDGE) + tube(top, EDGE), SHADE, 0.22) if limb is NEAR else ""
    return edge + filled(tube(sole) + tube(top), colour)


def _arm(posture: Posture, limb: Limb) -> str:
    at = posture.joints()
    aside = SHOULDERS * sin(radians(posture.turn_deg)) * (-1 if limb is NEAR else 1)
    shoulder, elbow, hand = (
        at[joint] + aside for joint in ("shoulder", f"elbow{limb.suffix}", f"hand{limb.suffix}")
    )
    if limb is NEAR:
        lower = 1j * ASIDE * _lying(posture)
        elbow, hand = elbow - 0.7 * lower, hand - lower
    cuff = shoulder + (elbow - shoulder) * 0.62
    sleeve = [Disc(shoulder, 0.037), Disc((shoulder + cuff) / 2, 0.034), Disc(cuff, 0.031)]
    forearm = [
        Disc(elbow + (cuff - elbow) * 0.7, 0.025),
        Disc(elbow, 0.0235),
        Disc(elbow + (hand - elbow) * 0.3, 0.0235),
        Disc(elbow + (hand - elbow) * 0.8, 0.0155),
    ]
    edged = limb is NEAR
    return (
        _solid([*forearm, *_hand(posture, limb, elbow, hand)], SKIN[limb.tone], edged=edged)
        + _solid(sleeve, SHIRT[limb.tone], edged=edged)
    )  # fmt: skip


def _lying(posture: Posture) -> float:
    """From 1, trunk and arm flat on the floor, to 0 as any of them leaves it."""
    at = posture.joints()
    highest = max(at[joint].imag - RADII[joint] for joint in ("hip", "shoulder", "elbow", "hand"))
    return max(0.0, 1.0 - max(0.0, highest) / LIFTED)


def _hand(posture: Posture, limb: Limb, elbow: complex, hand: complex) -> list[Disc]:
    """In line with the forearm, or flat on the floor with the fingers forward."""
    along = (hand - elbow) / abs(hand - elbow)
    bears = f"hand{limb.suffix}" in posture.contacts
    flat = min(1.0, max(0.0, (-along.imag - STEEP_SINE) / 0.15)) if bears else 0.0
    palm = hand - along * 0.012 * (1 - flat)
    fingers = palm + (along * 0.012 * (1 - flat) + complex(FINGERS, -0.004) * flat)
    return [Disc(palm, 0.0165), Disc(fingers, 0.0165 - 0.004 * flat)]
