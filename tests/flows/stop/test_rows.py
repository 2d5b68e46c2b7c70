"""Each row of the table of 9.2: what it leaves out, for how long, and what it asks at once."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import pytest

from flows.base import LeftOut
from tests.flows.stop.driver import Driver, content, hours, scene

DAY = 24.0
WEEK = 7 * DAY
TODAY = "today"
NO_OTHER = "session"  # this one may go on a little, and no other begins today


class Row(NamedTuple):
    option: str
    facts: dict[str, Any]
    exercise_h: float | None
    family_h: float | None
    more: frozenset[str]  # of "all", "head_down", TODAY, NO_OTHER
    triage: tuple[str, ...]
    way: Literal["on", "out"]


ROWS = {
    "sharp": Row("sharp", {}, WEEK, 2 * DAY, frozenset({TODAY}), ("Q2", "Q3", "SORE_BONE"), "out"),
    "sharp, settled": Row(
        "sharp", {"settled": True, "settled_pain": 2, "popped": False},
        WEEK, 2 * DAY, frozenset({NO_OTHER}), ("Q2", "Q3", "SORE_BONE"), "on",
    ),
    "sharp, settled, a pop": Row(
        "sharp", {"settled": True, "settled_pain": 2, "popped": True},
        WEEK, 2 * DAY, frozenset({TODAY}), ("Q2", "Q3", "SORE_BONE"), "out",
    ),
    "sharp, settled above the start": Row(
        "sharp", {"settled": True, "settled_pain": 4, "popped": False},
        WEEK, 2 * DAY, frozenset({TODAY}), ("Q2", "Q3", "SORE_BONE"), "out",
    ),
    "electric": Row("electric", {}, WEEK, WEEK, frozenset({TODAY}), ("Q3", "Q2"), "out"),
    "leg": Row("leg", {}, WEEK, WEEK, frozenset({TODAY}), ("Q2", "Q3"), "out"),
    "numb": Row("numb", {}, None, None, frozenset({"all", TODAY}), ("Q2", "Q3"), "out"),
    "dizzy": Row(
        "dizzy", {"gone": True}, None, None, frozenset({"head_down", NO_OTHER}), ("Q1",), "on"
    ),
    "dizzy still": Row("dizzy", {}, None, None, frozenset({"head_down", TODAY}), ("Q1",), "out"),
    "chest": Row("chest", {}, None, None, frozenset({"all", TODAY}), (), "out"),
    "joint": Row("joint", {"which_joint": "hip"}, 2 * WEEK, None, frozenset(), (), "on"),
    "joint, swollen": Row(
        "joint", {"which_joint": "hip", "joint_swollen": True},
        2 * WEEK, None, frozenset({TODAY}), (), "out",
    ),
    "joint, no weight": Row(
        "joint", {"which_joint": "hip", "joint_no_weight": True},
        2 * WEEK, None, frozenset({TODAY}), (), "out",
    ),
    "joint, tight chest": Row(
        "joint", {"which_joint": "shoulder", "joint_chest": True},
        2 * WEEK, None, frozenset({TODAY}), ("Q1",), "out",
    ),
    "cramp": Row("cramp", {"gone": True}, None, None, frozenset(), (), "on"),
    "cramp still": Row("cramp", {}, None, None, frozenset({TODAY}), (), "out"),
    "cramp, calf sore": Row(
        "cramp", {"calf_sore": True}, None, None, frozenset({TODAY}), ("Q8",), "out"
    ),
    "stretch": Row("stretch", {}, None, None, frozenset(), (), "on"),
    "other": Row("other", {}, DAY, None, frozenset({TODAY}), ("Q1", "Q2", "Q3"), "out"),
    "other, not the body": Row("other", {"was_body": False}, None, None, frozenset(), (), "on"),
}  # fmt: skip


@pytest.fixture(params=ROWS, ids=str)
def row(request: pytest.FixtureRequest) -> Row:
    return ROWS[request.param]


@pytest.fixture
def told(row: Row) -> Driver:
    facts: dict[str, Any] = {"was_body": True, "gone": False, "calf_sore": False, **row.facts}
    facts = {"settled": False, "popped": False, "leg_still": True, "joint_chest": False, **facts}
    return Driver(scene(before=3)).begin().check(2).tell(row.option, **facts)


def test_the_exercise_and_its_family_are_left_out_for_as_long_as_the_row_says(
    row: Row, told: Driver
) -> None:
    family = content().exercises["cat_cow"].family
    wanted = {("exercise", "cat_cow", row.exercise_h), ("family", family, row.family_h)}

    assert {each for each in wanted if each[2] is not None} == {
        (b.what, b.id, hours(b)) for b in told.blocks if b.what in {"exercise", "family"}
    }


def test_all_else_that_is_left_out_is_what_the_row_says(row: Row, told: Driver) -> None:
    more = {
        TODAY if block.what == "all" and block.until else block.what
        for block in told.blocks
        if block.what in {"all", "head_down", "session"}
    }

    assert row.more == more
    assert any(isinstance(n, LeftOut) for n in told.news) == bool(told.blocks)


def test_the_danger_questions_of_the_row_are_asked_at_once(row: Row, told: Driver) -> None:
    if "xok" in told.offered and told.state and told.state.phase == "advised":
        told.tap("xok")
    asked = told.left.args["screens"] if told.left and told.left.to == "triage" else []

    assert list(row.triage) == asked


def test_the_session_goes_on_only_where_the_row_says(row: Row, told: Driver) -> None:
    if told.state is not None and told.state.phase == "resting":
        told.wait()
    back = told.state is not None and told.state.onward is not None

    assert (row.way == "on") == ("xgo" in told.offered or back)


def test_no_row_goes_on_at_six_or_more(row: Row) -> None:
    told = Driver(scene(before=6)).begin().check(6).tell(row.option, **row.facts)

    assert told.state is None or told.state.onward is None


def test_under_the_cap_for_some_pain_no_other_session_begins_today() -> None:
    told = Driver(scene(before=3)).begin().check(4).tell("cramp", gone=True, calf_sore=False)

    assert told.state is not None
    assert told.state.onward is not None
    assert ["session"] == [block.what for block in told.blocks]
