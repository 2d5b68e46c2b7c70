"""What may follow pain: the table of 9.2 under the caps of 9.0, as its conditions judge it."""

import pytest

from content.load import load
from content.schema import Outcome, Value

CONTENT = load()


def cap(**told: Value) -> str:
    facts = CONTENT.complete({"age": 40, **told})
    return next(cap.offer for cap in CONTENT.stop.caps if CONTENT.holds(cap.cond, facts))


def outcome(event: str, **told: Value) -> Outcome:
    facts = CONTENT.complete({"age": 40, **told})
    rows = CONTENT.events[event].outcomes
    return next(row for row in rows if CONTENT.holds(row.cond, facts))


@pytest.mark.parametrize(
    ("pain", "before", "offer"),
    [(0, 0, "table"), (3, 0, "table"), (4, 0, "over"), (4, 1, "easier"), (5, 2, "easier"),
     (6, 6, "over"), (5, 1, "over")],
)  # fmt: skip
def test_the_stronger_the_pain_the_less_is_offered(pain: int, before: int, offer: str) -> None:
    assert offer == cap(stop_pain=pain, pain_before=before)


def test_a_second_stop_ends_the_session() -> None:
    assert "over" == cap(stop_pain=0, stops_today=2)


def test_every_event_of_the_fact_has_its_row() -> None:
    assert {*CONTENT.facts["session_event"].values} - {"none"} == set(CONTENT.events)


def test_the_buttons_of_what_happened_are_the_events() -> None:
    options = CONTENT.screens[CONTENT.stop.what].parts[0].options
    assert list(CONTENT.events) == [option.set["session_event"] for option in options]


@pytest.mark.parametrize("event", CONTENT.events)
def test_every_event_ends_in_an_outcome_whatever_was_answered(event: str) -> None:
    assert None is CONTENT.events[event].outcomes[-1].cond


@pytest.mark.parametrize("event", ["electric_pain", "leg_symptom_further", "new_numb_or_weak"])
def test_nerve_signs_never_go_on_today(event: str) -> None:
    assert {"over"} == {row.then for row in CONTENT.events[event].outcomes}
    assert {"Q2", "Q3"} == set(CONTENT.events[event].triage)


def test_sharp_pain_that_settled_leaves_rest_and_walk_only() -> None:
    settled = outcome("sharp_pain", settled=True, settled_pain=2, pain_before=2)
    assert ("go_on", ("rest_90_90", "walk")) == (settled.then, settled.only)
    assert "over" == outcome("sharp_pain", settled=True, settled_pain=3, pain_before=2).then
    assert "over" == outcome("sharp_pain", settled=True, settled_pain=2, popped=True).then


@pytest.mark.parametrize("person", [{"age": 65}, {"osteoporosis_known": True}])
def test_a_pop_in_weak_bones_is_sudden_pain(person: dict[str, Value]) -> None:
    assert {"sudden_onset_pain": True} == outcome("sharp_pain", popped=True, **person).sets


def test_a_second_time_asks_for_someone_to_see_it() -> None:
    assert "SOON" == outcome("leg_symptom_further", leg_further_week=2).level
    assert "SOON" == outcome("dizzy", dizzy_times=2, gone=True).level


def test_dizziness_that_has_gone_leaves_what_is_done_sitting() -> None:
    assert "seated" == outcome("dizzy", gone=True).position
    assert "over" == outcome("dizzy", gone=False).then


def test_chest_pain_is_an_emergency_at_once() -> None:
    row = outcome("chest_or_breath")
    assert ("emergency", {"chest_pain": True, "breathless": True}) == (row.then, row.sets)


@pytest.mark.parametrize(
    ("told", "level"),
    [("joint_no_weight", "URGENT"), ("joint_replaced", "URGENT"), ("joint_swollen", "SOON"),
     ("joint_locked", "SOON")],
)  # fmt: skip
def test_a_joint_with_a_sign_is_looked_at(told: str, level: str) -> None:
    assert level == outcome("joint_pain", **{told: True}).level


def test_a_joint_without_a_sign_goes_on_without_that_exercise() -> None:
    assert ("go_on", "exercise") == (outcome("joint_pain").then, outcome("joint_pain").drop)
    assert ("Q1",) == outcome("joint_pain", joint_chest=True).triage


def test_a_strong_stretch_that_is_too_strong_counts_as_sharp_pain() -> None:
    assert "sharp_pain" == outcome("mild_stretch", stop_pain=4, pain_before=3).treat_as
    assert outcome("mild_stretch", stop_pain=3, pain_before=1).range_half


def test_what_was_not_the_body_leaves_nothing_behind() -> None:
    row = outcome("other", was_body=False)
    assert ("go_on", True) == (row.then, row.lifts)
    assert not CONTENT.holds(
        CONTENT.events["other"].triage_when, CONTENT.complete({"age": 40, "was_body": False})
    )


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [(2, 3, []), (2, 4, ["flare"]), (5, 7, ["flare_strong"]), (7, 7, [])],
)
def test_a_rise_of_two_is_a_flare(before: int, after: int, rules: list[str]) -> None:
    facts = CONTENT.complete({"age": 40, "pain_before": before, "pain_after": after})
    assert rules == [rule.id for rule in CONTENT.stop.after if CONTENT.holds(rule.cond, facts)]


@pytest.mark.parametrize("told", [{"flares_running": 2}, {"grave_stops_lately": 2}])
def test_two_flares_or_two_grave_stops_pause_the_sessions(told: dict[str, Value]) -> None:
    facts = CONTENT.complete({"age": 40, **told})
    held = [rule for rule in CONTENT.stop.after if CONTENT.holds(rule.cond, facts)]
    assert [("SOON", True)] == [(rule.level, rule.pauses) for rule in held]
