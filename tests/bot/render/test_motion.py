"""From pose to pose nobody sinks, floats, slides or bends the wrong way."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.render.figure.body import heights, resting
from bot.render.figure.motion import Way, bends, postures_of
from bot.render.figure.skeleton import Posture, posture_of
from content.load import load
from content.schema import Exercise

EXERCISES = load().exercises
FRAMES = 24
SUNK = 0.004  # of the body's height: two pixels of the picture
FLOAT = 0.006
KNEE_DEG = (-4, 165)  # the specification itself goes to -2 where a standing knee is straight
ELBOW_DEG = (-7, 182)  # it goes to -5, and folds an arm flat beside the chest
JUMP = 0.09  # further than this a joint does not go from one frame to the next

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)


def frames(exercise: Exercise) -> list[Posture]:
    found = postures_of(exercise)
    return [
        Way(one, other).at(step / FRAMES)
        for one, other in pairwise(found)
        for step in range(FRAMES + 1)
    ]


@every_exercise
def test_nothing_sinks_into_the_floor(exercise: Exercise) -> None:
    for posture in frames(exercise):
        lowest = min(heights(posture.joints(), posture.angles).items(), key=lambda part: part[1])
        assert -SUNK <= lowest[1], lowest


@every_exercise
def test_every_contact_rests_on_the_floor(exercise: Exercise) -> None:
    for posture in frames(exercise):
        above = heights(posture.joints(), posture.angles)
        for contact in posture.contacts:
            gaps = [abs(gap) for gap in resting(contact, above, posture.angles)]
            assert FLOAT >= max(gaps), contact


@every_exercise
def test_knees_and_elbows_bend_only_their_own_way(exercise: Exercise) -> None:
    for posture in frames(exercise):
        felt = bends(posture.angles)
        for side in ("", "_f"):
            assert ELBOW_DEG[0] <= felt[f"farm{side}"] <= ELBOW_DEG[1]
            if posture.scales[f"shank{side}"] == 1:  # else it leaves the plane of the picture
                assert KNEE_DEG[0] <= felt[f"shank{side}"] <= KNEE_DEG[1]


@every_exercise
def test_the_settled_pose_is_still_the_pose_as_specified(exercise: Exercise) -> None:
    for pose, posture in zip(exercise.poses, postures_of(exercise), strict=True):
        if pose.knee_tip_deg:
            continue  # its legs are drawn shorter, so at other angles
        asked = posture_of(pose)
        for segment in ("lumbar", "thorax", "head"):
            assert asked.angles[segment] == pytest.approx(posture.angles[segment], abs=8)
        for segment in ("thigh", "thigh_f", "shank", "shank_f"):
            assert asked.angles[segment] == pytest.approx(posture.angles[segment], abs=30)


@every_exercise
def test_a_movement_has_no_jump(exercise: Exercise) -> None:
    for one, other in pairwise(postures_of(exercise)):
        way = Way(one, other)
        path = [way.at(step / FRAMES).joints() for step in range(FRAMES + 1)]
        for before, after in pairwise(path):
            assert JUMP > max(abs(after[joint] - before[joint]) for joint in before)


@pytest.mark.parametrize(
    ("exercise", "joint"),
    [("bridge", "ankle"), ("press_up", "hand"), ("cat_cow", "hand"), ("childs_pose", "knee"),
     ("half_kneeling_hip_flexor", "knee_f"), ("curl_up", "ankle"), ("knee_rolls", "ankle")],
)  # fmt: skip
def test_what_bears_weight_stays_at_its_place(exercise: str, joint: str) -> None:
    places = [posture.joints()[joint].real for posture in frames(EXERCISES[exercise])]
    assert 0.015 >= max(places) - min(places)


def test_the_swinging_foot_of_a_step_clears_the_floor() -> None:
    middle = Way(*postures_of(EXERCISES["walk"])).at(0.5)
    above = heights(middle.joints(), middle.angles)
    assert 0.01 < min(above["heel_f"], above["ball_f"])
