"""What is asked again over the weeks, and who is never led at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.schema import Fact, Value
from flows import news, offer, rechecks
from flows.base import Brief, Checked, HandOver, Known
from flows.offer import gate
from flows.offer.vocabulary import Changed, StillSo
from flows.talk import Talk
from flows.triage.rules import advice_for
from tests.flows.progress.test_locks import judged, learned, talk
from tests.flows.progress.weeks import DAY, NOW, brief, content, day

FULL = Checked(full_at=NOW - 3 * DAY)
LAST = brief(1)


def screens(
    *sessions: Brief,
    checked: Checked = FULL,
    at: datetime = NOW,
    **fields: Any,  # noqa: ANN401 - fields of a talk, each of its type
) -> tuple[str, ...]:
    told: Mapping[str, Value] = fields.pop("told", {})
    before = talk(sessions=sessions, sessions_done=4, checked=checked, **fields)
    known = {**before.facts, **{n: Known(value=v, at=NOW - 3 * DAY) for n, v in told.items()}}
    scene = news.scene_of(before.model_copy(update={"facts": known}), at, content())
    return rechecks.before_session(scene)


FLEXED = {"dp_worse": "flexion", "dp_ease": "extension"}
STRAIGHT = [brief(n, rise, program="extension_bias") for n, rise in ((3, 1), (2, 0), (1, 1))]


def test_a_direction_that_failed_twice_in_three_is_asked_anew() -> None:
    assert ("D",) == screens(*STRAIGHT, told=FLEXED)
    assert () == screens(*STRAIGHT[1:], told=FLEXED)
    assert () == screens(*STRAIGHT, brief(0, program="mixed"), told=FLEXED)


def test_until_then_the_plan_is_the_all_round_one() -> None:
    before = talk(sessions=tuple(STRAIGHT), sessions_done=4)
    told = {name: Known(value=value, at=NOW) for name, value in FLEXED.items()}
    same = before.model_copy(update={"facts": {**before.facts, **told}})
    other = learned(same, NOW, dp_worse="extension", dp_ease="flexion")

    def program(of: Talk) -> str:
        known = {**news.scene_of(of, NOW, content()).facts, "stretch": "allowed"}
        return next(li.program for li in content().choices if content().holds(li.cond, known))

    assert ("mixed", "flexion_bias") == (program(same), program(other))


@pytest.mark.parametrize("way", ["flexion", "extension"])
def test_answers_that_contradict_each_other_are_asked_at_the_next_session(way: str) -> None:
    told = {"dp_worse": way, "dp_ease": way}

    assert ("D",) == screens(LAST, told=told)
    assert () == screens(told=told)  # the first session is still to come
    assert () == screens(LAST, told=told, rechecked={"direction": NOW})
    assert () == screens(LAST, told=told, checked=Checked(full_at=NOW))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (6, ()),
        (7, ("Q10_stops",)),
        (14, ("Q10_stops", "Q10_trend")),
        (28, ("Q10_stops", "Q10_trend")),
        (42, ("Q10_stops", "Q10_trend")),
    ],
)
def test_the_weeks_bring_their_questions(days: int, expected: tuple[str, ...]) -> None:
    old = Checked(full_at=NOW - 50 * DAY)

    assert expected == screens(LAST, checked=old, first_at=NOW - days * DAY)


def test_what_was_asked_in_a_week_is_not_asked_again_in_it() -> None:
    old, asked = Checked(full_at=NOW - 50 * DAY), {"function": NOW - 3 * DAY}

    assert () == screens(LAST, checked=old, first_at=NOW - 8 * DAY, rechecked=asked)


def test_no_better_after_two_weeks_asks_which_moves_help_and_says_so() -> None:
    days = (day(15, 5), day(0, 5))
    old = Checked(full_at=NOW - 16 * DAY)
    since: dict[str, Any] = {"first_at": NOW - 15 * DAY, "first_function": "some"}
    better = {"function_limit": "none"}

    assert "D" in screens(LAST, checked=old, days=days, **since)
    assert "D" not in screens(LAST, checked=old, days=days, told=better, **since)
    before = talk(sessions=(LAST,), checked=old, days=days, **since)
    scene = news.scene_of(before, NOW, content())
    assert ["remark.two_weeks"] == [said.key for said in rechecks.remarks(scene)]


def test_worry_and_mood_are_asked_after_the_second_session_and_once() -> None:
    def after(done: int, **fields: object) -> str | None:
        before = talk(sessions=(LAST,), sessions_done=done, **fields)
        found = rechecks.after_session(news.scene_of(before, NOW, content()))
        return found.id if found else None

    assert [None, "yellow", "yellow"] == [after(1), after(2), after(5)]
    assert None is after(3, rechecked={"yellow": NOW})


# ---- blocked by what may have changed


def test_what_blocked_is_asked_one_by_one_and_the_rest_is_judged() -> None:
    told = learned(talk(), NOW, weight_loss=True, progressive_pain=True)
    told, _ = judged(told, "SOON", blocked=True)
    fired = tuple(
        rule.id
        for rule in content().rules
        if rule.level == "SOON" and rule.stretch == "blocked"
        and content().facts_of(rule.cond) & {"weight_loss", "progressive_pain"}
    )  # fmt: skip
    assert told.verdict is not None
    told = told.model_copy(update={"verdict": told.verdict.model_copy(update={"fired": fired})})
    scene = news.scene_of(told, NOW, content())

    move = offer.advance(offer.begin("start", {}, scene).state, Changed(), scene)
    asked = []
    while move.state.phase == "doubting":
        asked.append(move.state.doubts[0])
        move = offer.advance(move.state, StillSo(answer="no"), scene)

    assert {"weight_loss", "progressive_pain"} >= set(asked)
    assert asked
    handed = [n for n in move.news if isinstance(n, HandOver)]
    assert [("triage", "part", [])] == [(n.to, n.why, n.args["screens"]) for n in handed]
    assert set(asked) == set(handed[0].args["facts"])


# ---- young people: told, and never led

ORDERED: list[Fact] = [f for f in content().facts.values() if f.clinical and f.id != "age"]


def values(fact: Fact) -> st.SearchStrategy[Value]:
    match fact.type:
        case "bool":
            return st.booleans()
        case "enum":
            return st.sampled_from(fact.values)
        case "int":
            return st.integers(fact.low or 0, fact.high if fact.high is not None else 100)
        case _:
            return st.just("DE")


@settings(max_examples=300, deadline=None)
@given(
    age=st.integers(1, 17),
    told=st.fixed_dictionaries({}, optional={f.id: values(f) for f in ORDERED}),
)
def test_nobody_under_18_is_ever_led(age: int, told: dict[str, Value]) -> None:
    known = content().complete({**told, "age": age})

    assert "blocked" == advice_for(known, content()).stretch


def test_a_clearance_does_not_lead_the_young() -> None:
    known = content().complete({"age": 17, "sex": "male", "cleared_by_clinician": True})

    assert "blocked" == advice_for(known, content()).stretch


def test_no_way_leads_past_a_blocked_advice() -> None:
    blocked, _ = judged(talk(), "SOON", blocked=True)
    scene = news.scene_of(blocked, NOW, content())

    assert not gate.may_begin(scene, HandOver(to="session", why="start"), "offer")
    assert not gate.may_begin(scene, HandOver(to="session", why="resume"), "stop")
