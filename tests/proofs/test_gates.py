"""The gate is asked whenever a session could begin, and each proof of it is able to fail."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transitions.extensions import HierarchicalMachine

import flows
from bot.proofs.gates import NOW, scenes, shut, trapped
from content.catalogue import Catalogue
from content.load import load
from flows.base import HandOver, Scene
from flows.offer import Offer, gate
from flows.step import Step
from flows.talk import Talk

CONTENT = load()
SCENES = tuple(scenes(CONTENT))
FLOWS = Path(flows.__file__).parent


def talk_of(scene: Scene) -> Talk:
    return Talk(
        talk="abcd",
        floor=Offer(phase="offered"),
        consent_version=1 if scene.consented else None,
        verdict=scene.verdict,
        checked=scene.checked,
        sessions=scene.sessions,
        left_out=scene.left_out,
    )


@settings(max_examples=200, deadline=None)
@given(scene=st.sampled_from(SCENES), why=st.sampled_from(["start", "again", "resume"]))
def test_the_conversation_asks_the_gate_before_it_gives_a_session_the_floor(
    scene: Scene, why: str
) -> None:
    wish = HandOver(to="session", why=why)
    if gate.may_begin(scene, wish, "offer"):
        return
    step = Step(talk_of(scene), NOW, CONTENT, typed=False)
    step.hand_over(wish)
    assert "session" != step.talk.floor.flow


def test_some_scenes_are_open_and_most_are_not() -> None:
    ways = [gate.way(scene) for scene in SCENES]
    assert 0 < ways.count("open") < len(SCENES) / 50
    assert {
        "consent", "full", "blocked", "locked", "resting", "first", "short", "open",
    } == set(ways)  # fmt: skip


def test_only_the_offer_and_a_stop_hand_over_to_a_session() -> None:
    sites = {
        path.relative_to(FLOWS).as_posix()
        for path in FLOWS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _hands_over(node)
    }
    assert {"offer/run.py", "stop/handing.py"} == sites


def _hands_over(call: ast.Call) -> bool:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    places = [*call.args[:1], *(k.value for k in call.keywords if k.arg == "to")]
    to_session = any(isinstance(p, ast.Constant) and p.value == "session" for p in places)
    return name in {"HandOver", "hand_over"} and to_session


def no_gate(_: Scene, wish: HandOver, floor: str) -> bool:
    return floor == "offer" and wish.why == "start"


def forgets_the_lock(scene: Scene, wish: HandOver, floor: str) -> bool:
    unlocked = scene.checked.model_copy(update={"locked_until": None})
    same = {name: getattr(scene, name) for name in Scene.__dataclass_fields__}
    return gate.may_begin(Scene(**{**same, "checked": unlocked}), wish, floor)


def resumes_whatever_was_advised(scene: Scene, wish: HandOver, floor: str) -> bool:
    return gate.may_begin(scene, wish, floor) or (wish.why == "resume" and floor == "stop")


@pytest.mark.parametrize("broken", [no_gate, forgets_the_lock, resumes_whatever_was_advised])
def test_a_gate_that_lets_somebody_through_is_caught(broken: object, catalogue: Catalogue) -> None:
    assert any(shut(catalogue, broken))  # type: ignore[arg-type]  # a column of functions


def test_a_state_without_a_way_on_is_caught() -> None:
    rows = [["go", "begun", "lost"], ["turn", "lost", "found"], ["turn", "found", "lost"]]
    machine = HierarchicalMachine(
        model=None, states=["begun", "lost", "found", "ended"],
        transitions=[*rows, ["end", "begun", "ended"]], initial="begun", auto_transitions=False,
    )  # fmt: skip
    found = [each.text for each in trapped({"one": machine})]
    assert [
        "In the flow one nothing leads on from found.\n",
        "In the flow one nothing leads on from lost.\n",
    ] == found
