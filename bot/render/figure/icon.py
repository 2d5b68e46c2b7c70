"""Icons: a small second view, from above or from the feet, of turns the side view cannot show."""

from __future__ import annotations

import cmath
from math import radians

from bot.render.figure.arrow import COLOUR as ARROW
from bot.render.figure.shapes import Disc, filled, polygon, stroked, tube, unit
from bot.render.figure.skeleton import Posture
from content.schema import Exercise

SKIN, HAIR, CLOTH, LEG = "#e3b295", "#54433c", "#4f9d97", "#43536d"
RIM, FLOOR = "#d8d0c0", "#93b0a3"


def icon(exercise: Exercise, posture: Posture) -> str:
    """Draw the second view, if it has one, in a disc of radius 1 round the origin."""
    if exercise.view == "top":
        return _rim() + _from_above(posture.turn_deg)
    if exercise.view == "foot_end":
        return _rim() + _from_the_feet(posture.knee_tip_deg)
    return ""


def _rim() -> str:
    return f'<circle r="1" fill="#ffffff" stroke="{RIM}" stroke-width=".05"/>'


def _from_above(turn_deg: float) -> str:
    """Seen from above, facing right; the legs stay, the shoulders turn."""
    legs = "".join(stroked((complex(0, y), complex(0.62, y)), LEG, 0.26) for y in (-0.2, 0.2))
    turned = (
        stroked((0.5j, -0.5j), CLOTH, 0.40)
        + stroked((complex(0.1, 0.45), complex(0.36, 0), complex(0.1, -0.45)), SKIN, 0.15)
        + filled(tube([Disc(0.26 + 0j, 0.09)]), SKIN)
        + filled(tube([Disc(0j, 0.25)]), HAIR)
    )
    return f'{legs}<g transform="rotate({-turn_deg:.1f})">{turned}</g>' + _round_arrow(
        0.80, -55, -105 if turn_deg else -80, turn_deg
    )


def _from_the_feet(tip_deg: float) -> str:
    """Seen from the feet: trunk on the floor, knees up, then both to one side."""
    floor = stroked((complex(-0.85, -0.5), complex(0.85, -0.5)), FLOOR, 0.08)
    trunk = stroked((complex(-0.34, -0.28), complex(0.34, -0.28)), CLOTH, 0.36)
    legs = (
        stroked((complex(-0.12, -0.32), complex(-0.11, 0.42)), LEG, 0.22)
        + stroked((complex(0.12, -0.32), complex(0.11, 0.42)), LEG, 0.22)
        + filled(tube([Disc(complex(-0.12, -0.36), 0.10)]), SKIN)
        + filled(tube([Disc(complex(0.12, -0.36), 0.10)]), SKIN)
    )
    return f'{floor}{trunk}<g transform="rotate({-tip_deg:.1f} 0 -.36)">{legs}</g>' + _round_arrow(
        0.72, 100, 50, tip_deg
    )


def _round_arrow(radius: float, begin: float, end: float, shown: float) -> str:
    if not shown:
        return ""
    turns = [begin + (end - begin) * step / 8 for step in range(9)]
    path = [cmath.rect(radius, radians(turn)) for turn in turns]
    ahead = unit(path[-1] - path[-2])
    tip = path[-1] + ahead * 0.10
    barbs = (tip, tip + ahead * cmath.rect(0.24, radians(150)),
             tip + ahead * cmath.rect(0.24, radians(-150)))  # fmt: skip
    return stroked(path, ARROW, 0.08) + filled(polygon(barbs), ARROW)
