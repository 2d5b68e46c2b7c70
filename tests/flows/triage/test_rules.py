"""Judging: the cases of the specification, how rules combine, and what "not sure" means."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.triage_cases import cases_in, judge_case, told_in
from content.load import CONTENT as FOLDER
from content.load import load
from content.schema import STRETCHES, Case, Fact, Level, Value
from flows.session.plan import program_for
from flows.triage.rules import Advice, advice_for, emergency_for, readings_of

CONTENT = load()
CASES = [case for path in sorted((FOLDER / "cases").glob("*.yaml")) for case in cases_in(path)]
WELL: dict[str, Value] = {"age": 40, "sex": "female"}


def named(case: Case) -> str:
    return case.id or str(case.rule)


def advised(**facts: Value) -> Advice:
    return advice_for({**WELL, **facts}, CONTENT)


def harm(advice: Advice) -> tuple[Level, int]:
    return advice.level, STRETCHES.index(advice.stretch)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_case_gets_the_advice_it_should(case: Case) -> None:
    result = judge_case(case, CONTENT, program_for)
    assert result.level in (case.acceptable or (case.expected,))
    assert case.stretching in {None, result.stretch}
    assert set(case.key_rules) <= set(result.rules)
    assert case.rule is None or case.rule in result.rules
    assert (result.program is None) == (result.stretch == "blocked")


def test_every_rule_has_a_case_that_fires_it() -> None:
    fired = {rule for case in CASES for rule in judge_case(case, CONTENT).rules}
    assert set() == {rule.id for rule in CONTENT.rules} - fired


def test_nothing_told_means_self_care_and_stretching() -> None:
    assert Advice(level=Level.SELF_CARE, stretch="allowed") == advised()


def test_the_gravest_level_decides_and_the_strictest_stretch_holds() -> None:
    advice = advised(low_mood=True, duration_days=42)  # S26 leaves stretching, S07 only gentle
    assert (Level.SOON, "gentle") == (advice.level, advice.stretch)
    assert ("S07", "S26") == advice.fired


def test_at_most_two_reasons_are_told_in_the_order_of_the_rules() -> None:
    advice = advised(chest_pain=True, saddle_numbness=True, fever=True, collapse=True)
    assert ("E01", "E03") == advice.reasons
    assert "U01" in advice.fired


def test_a_clinicians_word_takes_away_only_what_an_examination_answers() -> None:
    told: dict[str, Value] = {"severe_days": 4, "pain_now": 7, "fever": True}
    assert {"S06", "U01"} <= set(advised(**told).fired)
    cleared = advised(**told, cleared_by_clinician=True)
    assert "S06" not in cleared.fired
    assert "U01" in cleared.fired


def test_after_a_clinicians_word_severe_days_are_gentle_care() -> None:
    advice = advised(severe_days=4, pain_now=7, cleared_by_clinician=True)
    assert (Level.SELF_CARE_MODIFIED, "gentle") == (advice.level, advice.stretch)


def test_thoughts_of_self_harm_are_a_crisis() -> None:
    assert advised(self_harm=True).crisis
    assert not advised(chest_pain=True).crisis


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"severe_days": 3}, 5),
        ({"duration_days": 42}, 14),
        ({"urinary_burning": True}, 2),
        ({"urinary_burning": True, "low_mood": True}, 2),
        ({"fever": True}, 1),
        ({}, None),
    ],
)
def test_an_advice_says_within_how_many_days(facts: dict[str, Value], expected: int | None) -> None:
    assert expected == advised(**facts).within_days


def test_an_accident_may_wait_for_the_question_whether_it_was_examined() -> None:
    emergency = emergency_for({**WELL, "trauma": "major", "trauma_days": 1}, CONTENT)
    assert (("E20",), True) == (emergency.fired, emergency.clearable)


def test_an_accident_with_numbness_does_not_wait() -> None:
    told = {**WELL, "trauma": "major", "trauma_days": 1, "saddle_numbness": True}
    assert not emergency_for(told, CONTENT).clearable


def test_no_emergency_fires_for_the_well() -> None:
    assert () == emergency_for(WELL, CONTENT).fired


def test_an_unsure_injury_is_judged_with_both_readings() -> None:
    told: dict[str, Value] = {
        "age": 62, "sex": "male", "sudden_onset_pain": True, "pain_now": 8,
        "smoker_ever": True, "unrelenting_pain": True,
    }  # fmt: skip
    assert "E07" not in advice_for({**told, "trauma": "minor"}, CONTENT).fired
    assert "E07" in advice_for(told, CONTENT, unsure=frozenset({"trauma"})).fired


def test_two_unsure_facts_of_both_readings_make_four() -> None:
    unsure = frozenset({"trauma", "steroid_use"})
    readings = list(readings_of(WELL, CONTENT, unsure))
    pairs = {(reading["trauma"], reading["steroid_use"]) for reading in readings}
    assert {
        ("minor", "long_term"), ("minor", "none"), ("none", "long_term"), ("none", "none"),
    } == pairs  # fmt: skip


def test_what_was_ticked_is_never_lowered_by_not_sure() -> None:
    told = {**WELL, "bladder_change": "cannot_pass"}
    (reading,) = readings_of(told, CONTENT, frozenset({"bladder_change"}))
    assert "cannot_pass" == reading["bladder_change"]


ASKABLE = [
    fact
    for fact in CONTENT.facts.values()
    if fact.clinical and not fact.lasting and fact.type in {"bool", "enum"}
]
MILDER_BY_DESIGN = {  # clinical specification 5.4: where more said can mean a lower level
    "urinary_burning", "pregnant",
}  # fmt: skip


def values_of(fact: Fact) -> st.SearchStrategy[Value]:
    return st.booleans() if fact.type == "bool" else st.sampled_from(fact.values)


TOLD = st.fixed_dictionaries(
    {"age": st.integers(18, 90), "sex": st.sampled_from(["female", "male"])},
    optional={
        **{fact.id: values_of(fact) for fact in ASKABLE if fact.id != "cleared_by_clinician"},
        "pain_now": st.integers(0, 10),
        "severe_days": st.sampled_from([0, 1, 3, 7]),
        "duration_days": st.sampled_from([0, 3, 7, 14, 28, 42, 90]),
    },
)


@settings(max_examples=500, deadline=None)
@given(told=TOLD, fact=st.sampled_from([f for f in ASKABLE if f.id not in MILDER_BY_DESIGN]))
def test_not_sure_is_never_milder_than_no(told: dict[str, Value], fact: Fact) -> None:
    no = {name: value for name, value in told.items() if name != fact.id}
    unsure = advice_for(no, CONTENT, unsure=frozenset({fact.id}))
    assert harm(advice_for(no, CONTENT)) <= harm(unsure)


@settings(max_examples=300, deadline=None)
@given(told=TOLD)
def test_emergencies_after_a_screen_are_those_of_the_whole_judgement(
    told: dict[str, Value],
) -> None:
    advice = advice_for(told, CONTENT)
    emergency = emergency_for(told, CONTENT)
    assert (advice.level == Level.EMERGENCY) == bool(emergency.fired)
    assert emergency.fired == tuple(rule for rule in advice.fired if rule.startswith("E"))


def test_yes_no_and_unsure_may_be_written_for_any_fact(tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(
        "mine:\n- {id: X1, age: 30, sex: female, expected: URGENT, facts: "
        "{pregnant: no, fever: yes, vomiting: false, trauma: unsure, pain_now: 4}}\n",
        "utf-8",
    )
    (case,) = cases_in(path)
    told = told_in(case, CONTENT)
    assert frozenset({"trauma"}) == told.unsure
    assert {
        "age": 30, "sex": "female", "pregnant": "no", "fever": True, "vomiting": False,
        "pain_now": 4,
    } == told.facts  # fmt: skip
