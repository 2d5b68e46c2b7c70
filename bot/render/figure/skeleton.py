"""Bones: where the joints of a posed body are, in shares of its height, floor at 0, y up.

Points are complex numbers, angles degrees anticlockwise from +x; `_f` is the far limb.  Lengths,
and how a pose stands on its contacts, are the clinical specification's (10.1).  No flesh here.
"""

from __future__ import annotations

import cmath
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import radians
from statistics import fmean

from content.schema import Pose

Angles = Mapping[str, float]
Joints = Mapping[str, complex]


@dataclass(frozen=True)
class Segment:
    name: str
    begins: str  # at this joint
    ends: str  # at that one
    length: float


def _limbs(suffix: str) -> tuple[Segment, ...]:
    return (
        Segment(f"uarm{suffix}", "shoulder", f"elbow{suffix}", 0.17),
        Segment(f"farm{suffix}", f"elbow{suffix}", f"hand{suffix}", 0.18),
        Segment(f"thigh{suffix}", "hip", f"knee{suffix}", 0.24),
        Segment(f"shank{suffix}", f"knee{suffix}", f"ankle{suffix}", 0.24),
        Segment(f"foot{suffix}", f"ankle{suffix}", f"toe{suffix}", 0.10),
    )


SEGMENTS = (
    Segment("lumbar", "hip", "waist", 0.12),
    Segment("thorax", "waist", "shoulder", 0.18),
    Segment("head", "shoulder", "head", 0.13),
    *_limbs(""),
    *_limbs("_f"),
)
LENGTHS = {segment.name: segment.length for segment in SEGMENTS}
LIMB_OF = {"elbow": "uarm", "hand": "farm", "knee": "thigh", "ankle": "shank"}


@dataclass(frozen=True)
class Posture:
    """One pose with nothing left unsaid: both limbs, all lengths, all that rests on the floor."""

    angles: Angles
    scales: Mapping[str, float]  # of segments that point at the viewer, or away
    contacts: frozenset[str]
    seat: bool = False
    knee_tip_deg: float = 0.0
    turn_deg: float = 0.0
    hip: complex = 0j

    def joints(self) -> dict[str, complex]:
        return joints_of(self.angles, self.scales, self.hip)


def joints_of(angles: Angles, scales: Mapping[str, float], hip: complex = 0j) -> dict[str, complex]:
    """Follow the segments from the hip outward."""
    at = {"hip": hip}
    for each in SEGMENTS:
        along = cmath.rect(each.length * scales.get(each.name, 1.0), radians(angles[each.name]))
        at[each.ends] = at[each.begins] + along
    return at


def posture_of(pose: Pose) -> Posture:
    """Read a pose as specified: the far limb follows the near one, and its contacts with it."""
    said = pose.model_dump(exclude_none=True)
    angles = {
        name: float(said.get(name, said.get(name.removesuffix("_f"), 0.0))) for name in LENGTHS
    }
    far = pose.shank_scale if pose.shank_f_scale is None else pose.shank_f_scale
    contacts = {
        *pose.contacts,
        *(f"{joint}_f" for joint in pose.contacts if _has_twin(joint, said)),
    }
    if {"hip", "knee"} <= contacts and pose.shank_scale == 1:  # prone: on the insteps as well
        contacts |= {"ankle", "ankle_f"}
    posture = Posture(
        angles,
        {
            "thigh": 1.0,
            "thigh_f": 1.0,
            "shank": pose.shank_scale,
            "shank_f": far,
            **{f"uarm{side}": pose.uarm_scale for side in ("", "_f")},
            **{f"farm{side}": pose.farm_scale for side in ("", "_f")},
        },
        frozenset(contacts),
        seat=pose.seat,
        knee_tip_deg=pose.knee_tip_deg or 0.0,
        turn_deg=pose.turn_deg or 0.0,
    )
    height = fmean(posture.joints()[joint].imag for joint in pose.contacts)
    return replace(posture, hip=complex(0, -height))


def _has_twin(joint: str, said: Mapping[str, object]) -> bool:
    """Whether the far limb rests where the near one does, because no pose of its own is given."""
    own = f"{LIMB_OF[joint]}_f" if joint in LIMB_OF else None
    return own is not None and own not in said
