"""The two interpreters of conditions agree: what judges people, and what is proved of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.proofs.case import Asker, case_of
from bot.proofs.world import ORDINARY, Formula, code, world_of
from bot.triage_cases import cases_in, judge_case
from content.catalogue import Catalogue
from content.conditions import facts_of
from content.load import load
from content.schema import STRETCHES, Fact, Level, Value
from flows.triage.rules import advice_for

CONTENT = load()
WORLD = world_of(CONTENT)
NUMBERS = st.sampled_from([0, 1, 3, 4, 5, 7, 8, 14, 15, 20, 28, 29, 42, 43, 52, 60, 70, 90, 999])


def values(fact: Fact) -> st.SearchStrategy[Value]:
    match fact.type:
        case "bool":
            return st.booleans()
        case "enum":
            return st.sampled_from(fact.values)
        case _:
            return NUMBERS


FACTS = st.fixed_dictionaries(
    {"age": st.integers(1, 95), "sex": st.sampled_from(["female", "male", "other"])},
    optional={
        fact.id: values(fact)
        for fact in CONTENT.facts.values()
        if fact.type != "text" and fact.id not in ORDINARY
    },
)


class Reader:
    """Facts put into formulas: nothing is left to be solved."""

    def __init__(self, facts: Mapping[str, Value]) -> None:
        solver = z3.Solver()
        solver.add([WORLD.is_(name, facts[name]) for name in WORLD.unknowns])
        solver.check()
        self.model = solver.model()

    def says(self, formula: Formula) -> bool:
        return z3.is_true(self.model.eval(formula))


TREES = {
    text: WORLD.of(tree)
    for text, tree in CONTENT.trees.items()
    if facts_of(tree) <= WORLD.unknowns.keys() | WORLD.fired.keys()
}
LEVELS = {level: WORLD.is_level(level) for level in Level}
STRICT = {stretch: WORLD.is_stretch(stretch) for stretch in STRETCHES}


def test_nearly_all_conditions_are_formulas() -> None:
    assert len(CONTENT.trees) - len(TREES) < 5  # those over a text, such as the country


@settings(max_examples=100, deadline=None)
@given(some=FACTS)
def test_all_conditions_mean_the_same_to_both(some: dict[str, Value]) -> None:
    facts = CONTENT.complete(some)
    reader = Reader(facts)
    known = {**facts, **dict.fromkeys(advice_for(facts, CONTENT).fired, True)}
    expected = {text: CONTENT.tests[text](known) for text in TREES}
    assert expected == {text: reader.says(formula) for text, formula in TREES.items()}


@settings(max_examples=100, deadline=None)
@given(some=FACTS)
def test_the_advice_is_the_same_to_both(some: dict[str, Value]) -> None:
    facts = CONTENT.complete(some)
    reader, advice = Reader(facts), advice_for(facts, CONTENT)
    assert advice.fired == tuple(r for r, formula in WORLD.fired.items() if reader.says(formula))
    strictness = STRETCHES.index(advice.stretch)
    for level, formula in LEVELS.items():
        assert (advice.level >= level) == reader.says(formula)
    for stretch, formula in STRICT.items():
        assert (strictness >= STRETCHES.index(stretch)) == reader.says(formula)


@settings(max_examples=40, deadline=None)
@given(some=FACTS, fact=st.sampled_from(sorted(WORLD.unknowns)), data=st.data())
def test_one_fact_changed_is_the_person_with_that_fact(
    some: dict[str, Value], fact: str, data: st.DataObject
) -> None:
    value = data.draw(values(CONTENT.facts[fact]))
    written = code(CONTENT.facts[fact], value)
    constant = z3.BoolVal(written) if isinstance(written, bool) else z3.IntVal(written)
    other = WORLD.but(fact, constant)
    facts = CONTENT.complete(some)
    reader = Reader(facts)
    expected = advice_for({**facts, fact: value}, CONTENT).fired
    assert expected == tuple(r for r, formula in other.fired.items() if reader.says(formula))


def test_what_the_solver_finds_is_what_the_core_judges(asker: Asker, catalogue: Catalogue) -> None:
    for rule in catalogue.rules[::5]:
        facts = asker.found(asker.world.fired[rule.id])
        assert facts is not None
        assert rule.id in advice_for(facts, catalogue).fired


def test_a_counterexample_is_a_case_with_as_few_facts_as_it_takes(
    asker: Asker, catalogue: Catalogue, tmp_path: Path
) -> None:
    facts = asker.found(asker.world.fired["U09"])
    assert facts is not None
    told = case_of(facts, catalogue, "a note", (Level.EMERGENCY, "blocked"))
    assert told.text.startswith("# a note\n- age: 40\n")
    path = tmp_path / "cases.yaml"
    path.write_text(f"found:\n{told.text}", "utf-8")
    (case,) = cases_in(path)
    assert {"trauma": "minor", "steroid_use": "long_term"} == case.facts
    assert ("EMERGENCY", False) == (case.expected, judge_case(case, catalogue).ok)


@pytest.mark.parametrize(
    ("fact", "value", "can"),
    [
        ("pain_now", 10, True),
        ("pain_now", 11, False),
        ("postpartum_weeks", 999, True),
        ("trauma_days", 100_000, True),  # it ages
        ("trauma_days", -1, False),
        ("age", 0, False),
    ],
)
def test_only_what_can_be_told_is_thought_of(
    fact: str,
    value: int,
    can: bool,  # noqa: FBT001 - a column of the table
    asker: Asker,
) -> None:
    assert can == asker.can(asker.world.unknowns[fact] == value)


def test_a_model_is_read_back_in_the_words_of_content(asker: Asker) -> None:
    with asker.supposing(asker.world.is_("trauma", "major")):
        facts = asker.found()
    assert facts is not None
    assert "major" == facts["trauma"]
