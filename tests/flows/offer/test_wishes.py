"""A wish for another plan: where the back decides, it is not even offered."""

from __future__ import annotations

import pytest

from content.schema import Value
from flows import news, offer
from flows.base import Known, Scene
from flows.offer.vocabulary import Offer, PlanWished
from flows.offer.wishes import learned, rows
from flows.session.plan import program_for
from tests.flows.progress.test_locks import judged, talk
from tests.flows.progress.weeks import DAY, NOW, brief, content

STRAIGHT: dict[str, Value] = {"dp_worse": "flexion", "dp_ease": "extension"}


def scene(**facts: Value) -> Scene:
    sessions = (brief(3), brief(2), brief(1))
    before = judged(talk(sessions=sessions, sessions_done=4), "SELF_CARE", NOW - DAY)[0]
    told = {name: Known(value=value, at=NOW) for name, value in facts.items()}
    known = before.model_copy(update={"facts": {**before.facts, **told}})
    return news.scene_of(known, NOW, content())


def wished(of: Scene) -> list[str]:
    return [choice.tap.split("|")[1] for row in rows(of) for choice in row]


def test_the_hip_plan_is_offered_where_no_direction_decides() -> None:
    assert ["hips", "chair"] == wished(scene())
    assert ["chair", "usual"] == wished(scene(wants_hips=True))
    assert ["chair"] == wished(scene(**STRAIGHT))


@pytest.mark.parametrize("decides", [
    {"pain_now": 8}, {"function_limit": "severe"}, {"osteoporosis_known": True},
    {"sex": "female", "pregnant": "yes", "pregnancy_weeks": 20}, {"radiation": "below_knee"},
])  # fmt: skip
def test_no_wish_is_offered_where_the_back_decides(decides: dict[str, Value]) -> None:
    assert [] == wished(scene(**decides))


def test_one_wish_takes_the_place_of_another() -> None:
    told = learned(PlanWished(wish="chair"), scene(wants_hips=True))

    assert {"wants_hips": False, "wants_chair": True} == {
        name: known.value for name, known in told.facts.items()
    }


def test_without_a_plan_there_is_nothing_to_wish_for() -> None:
    explained = Offer(phase="explained")

    assert not offer.advance(explained, PlanWished(wish="hips"), scene()).moved


def test_a_wish_makes_the_plan_anew() -> None:
    chosen = program_for(scene(wants_hips=True).facts, "allowed", content())

    assert chosen is not None
    assert "hip_focus" == chosen.program
