"""Motion: the postures between two poses, each joint turning the way that joint can turn.

Knees and elbows are followed by how far they are bent, so they never pass through straight to the
other side.  What rests in both poses stays down between them, at its place.
"""

from __future__ import annotations

from cmath import phase
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import degrees, pi, sin

from bot.render.figure.body import heights, resting
from bot.render.figure.settle import settled
from bot.render.figure.skeleton import LENGTHS, Posture, posture_of
from content.schema import Exercise

PLANTED = ("ankle", "ankle_f", "hand", "hand_f")  # they bear weight where they stand
REACH = 0.20  # a hand or foot that moves further than this is meant to
GAP = 0.012
TRUNK_GIVE_DEG = 7.0
STRIDE_LIFT_DEG = 32.0
ANCHORS = ("shoulder", "ankle", "ankle_f", "knee", "knee_f", "hip")
TRUNK = ("lumbar", "thorax", "head")
BENT = ("farm", "shank", "foot")


@dataclass(frozen=True)
class Way:
    """From one settled posture to another, on common ground."""

    start: Posture
    end: Posture

    @property
    def is_stepping(self) -> bool:
        """Whether nothing stays down from pose to pose."""
        return not self.start.contacts & self.end.contacts

    def at(self, share: float) -> Posture:
        """Stand at a share of the way, 0 to 1, eased by whoever asks."""
        if share <= 0:
            return self.start
        if share >= 1:
            return self.end
        both = self.start.contacts & self.end.contacts
        one, other = self.start.joints(), self.end.joints()
        pins = {joint: _mix(one[joint].real, other[joint].real, share) for joint in sorted(both)}
        between = replace(
            self.start,
            angles=self._angles(share, stepping=self.is_stepping),
            scales={
                name: _mix(scale, self.end.scales.get(name, 1.0), share)
                for name, scale in self.start.scales.items()
            },
            contacts=both or self.start.contacts,  # in a step, the foot behind
            knee_tip_deg=_mix(self.start.knee_tip_deg, self.end.knee_tip_deg, share),
            turn_deg=_mix(self.start.turn_deg, self.end.turn_deg, share),
            hip=self.start.hip + (self.end.hip - self.start.hip) * share,
        )
        return settled(between, pins)

    def _angles(self, share: float, *, stepping: bool) -> dict[str, float]:
        one, other = bends(self.start.angles), bends(self.end.angles)
        now = {name: _mix(one[name], one[name] + _turn(one, other, name), share) for name in one}
        if stepping:
            side = "" if "ankle_f" in self.start.contacts else "_f"
            now[f"shank{side}"] += STRIDE_LIFT_DEG * sin(pi * share)
        return straightened(now)


def bends(angles: Mapping[str, float]) -> dict[str, float]:
    """Angles as joints feel them: limbs and trunk by direction, knees and elbows by their bend."""
    felt = dict(angles)
    for side in ("", "_f"):
        elbow = angles[f"farm{side}"] - angles[f"uarm{side}"]
        knee = angles[f"thigh{side}"] - angles[f"shank{side}"]
        felt[f"farm{side}"] = (elbow + 90) % 360 - 90
        felt[f"shank{side}"] = (knee + 90) % 360 - 90
        felt[f"foot{side}"] = _short(angles[f"foot{side}"] - angles[f"shank{side}"])
    return felt


def straightened(felt: Mapping[str, float]) -> dict[str, float]:
    """Undo `bends`: directions again."""
    angles = dict(felt)
    for side in ("", "_f"):
        angles[f"farm{side}"] = felt[f"uarm{side}"] + felt[f"farm{side}"]
        angles[f"shank{side}"] = felt[f"thigh{side}"] - felt[f"shank{side}"]
        angles[f"foot{side}"] = angles[f"shank{side}"] + felt[f"foot{side}"]
    return angles


def postures_of(exercise: Exercise) -> tuple[Posture, ...]:
    """Settle the exercise's poses, all on the same ground."""
    posed = [_tipped(posture_of(pose), exercise) for pose in exercise.poses]
    last = settled(posed[-1])
    found = [last]
    for each in reversed(posed[:-1]):
        found.insert(0, _on_common_ground(each, found[-1]))
    return tuple(found)


def _tipped(posture: Posture, exercise: Exercise) -> Posture:
    """Knees that roll aside leave the feet where they were: thigh and shin look shorter."""
    if not posture.knee_tip_deg:
        return posture
    at, first = posture.joints(), posture_of(exercise.poses[0]).joints()
    knee = complex(first["knee"].real, at["knee"].imag)
    rise, fall = knee - first["hip"], first["ankle"] - knee
    angles, scales = dict(posture.angles), dict(posture.scales)
    for side in ("", "_f"):
        angles[f"thigh{side}"] = degrees(phase(rise))
        angles[f"shank{side}"] = degrees(phase(fall))
        scales[f"thigh{side}"] = abs(rise) / LENGTHS["thigh"]
        scales[f"shank{side}"] = abs(fall) / LENGTHS["shank"]
    return replace(posture, angles=angles, scales=scales)


def _on_common_ground(posture: Posture, following: Posture) -> Posture:
    """Settle a pose so that what stays down until the next one stays at its place."""
    free = settled(posture)
    both = free.contacts & following.contacts
    anchor = next((joint for joint in ANCHORS if joint in both), "hip")
    there = following.joints()
    free = replace(free, hip=free.hip + there[anchor].real - free.joints()[anchor].real)
    here = free.joints()
    planted = [
        joint
        for joint in PLANTED
        if joint in both and abs(here[joint].real - there[joint].real) < REACH
    ]
    if not planted:
        return free
    pins = {joint: there[joint].real for joint in (anchor, *planted)}
    held = settled(replace(posture, hip=free.hip), pins)
    return held if _is_easy(held, posture, pins) else free


def _is_easy(held: Posture, posed: Posture, pins: Mapping[str, float]) -> bool:
    """Whether keeping hands and feet at their place bends nobody out of the pose."""
    at = held.joints()
    above = heights(at, held.angles)
    touches = (gap for each in held.contacts for gap in resting(each, above, held.angles))
    return (
        all(abs(at[joint].real - x) < GAP for joint, x in pins.items())
        and all(abs(gap) < GAP for gap in touches)
        and all(abs(held.angles[n] - posed.angles[n]) < TRUNK_GIVE_DEG for n in TRUNK)
    )


def _turn(one: Mapping[str, float], other: Mapping[str, float], name: str) -> float:
    """How far a joint turns: limbs and trunk the short way, bends as they are."""
    change = other[name] - one[name]
    return change if name.startswith(BENT) else _short(change)


def _short(turn_deg: float) -> float:
    return (turn_deg + 180) % 360 - 180


def _mix(one: float, other: float, share: float) -> float:
    return one + (other - one) * share
