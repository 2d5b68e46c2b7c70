"""The bones are those of the clinical specification, 10.1, to the letter."""

from __future__ import annotations

from statistics import fmean

import pytest

from bot.render.figure.skeleton import LENGTHS, posture_of
from content.catalogue import Catalogue
from content.load import load
from content.schema import Pose

CATALOGUE: Catalogue = load()
POSES = [
    pytest.param(pose, id=f"{exercise.id}-{pose.name}")
    for exercise in CATALOGUE.exercises.values()
    for pose in exercise.poses
]


def test_segments_are_as_long_as_specified() -> None:
    near = {name: length for name, length in LENGTHS.items() if not name.endswith("_f")}
    assert {
        "lumbar": 0.12, "thorax": 0.18, "head": 0.13, "uarm": 0.17, "farm": 0.18,
        "thigh": 0.24, "shank": 0.24, "foot": 0.10,
    } == near  # fmt: skip
    assert near == {name.removesuffix("_f"): LENGTHS[name] for name in LENGTHS}


@pytest.mark.parametrize("pose", POSES)
def test_contacts_lie_on_the_floor_within_three_hundredths(pose: Pose) -> None:
    at = posture_of(pose).joints()
    heights = [at[joint].imag for joint in pose.contacts]
    assert 0 == pytest.approx(fmean(heights), abs=1e-9)
    assert 0.03 >= max(abs(height) for height in heights)


def test_a_far_limb_without_angles_follows_the_near_one() -> None:
    both = posture_of(CATALOGUE.exercises["double_knee_to_chest"].poses[1]).joints()
    assert both["ankle"] == both["ankle_f"]
    one = posture_of(CATALOGUE.exercises["single_knee_to_chest"].poses[1]).joints()
    assert one["ankle"] != one["ankle_f"]


def test_a_shin_that_points_at_the_viewer_is_shorter() -> None:
    near = posture_of(CATALOGUE.exercises["side_plank_knees"].poses[0]).joints()
    assert pytest.approx(0.06) == abs(near["ankle"] - near["knee"])
    assert pytest.approx(0.06) == abs(near["ankle_f"] - near["knee_f"])
    far = posture_of(CATALOGUE.exercises["seated_figure_four"].poses[1]).joints()
    assert pytest.approx(0.24) == abs(far["ankle"] - far["knee"])
    assert pytest.approx(0.12) == abs(far["ankle_f"] - far["knee_f"])
