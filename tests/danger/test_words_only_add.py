"""Words may raise a level and never lower one: not a case's own, nor anybody's, nor by chance."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import content as content_room
from bot.phrases import scene_of
from bot.triage_cases import cases_in, told_in
from bot.triage_words import words_line, words_of
from content.catalogue import Catalogue
from content.load import load
from content.schema import Case
from flows.text.danger import heard, with_told
from flows.text.story import facts_told
from flows.triage.rules import advice_for
from tests.danger.labelled import Sentence, sentences

CASES = Path(content_room.__file__).parent / "cases"
GRAVEST_FIRST = ("CRISIS", "EMERGENCY_INTERRUPT", "STOP_EXERCISE", "URGENT_CHECK", "NONE")

CONTENT = load()
EVERY_CASE = [case for path in sorted(CASES.glob("*.yaml")) for case in cases_in(path)]
DANGER = [each for each in sentences() if each.is_danger]
HARMLESS = [each for each in sentences() if not each.is_danger]


@pytest.fixture(scope="module")
def stories() -> list[Case]:
    return [case for case in EVERY_CASE if case.narrative]


def test_no_story_lowers_what_its_facts_say(catalogue: Catalogue, stories: list[Case]) -> None:
    assert len(stories) >= 40
    assert [] == [case.id for case in stories if words_of(case, catalogue).lowered]


def test_most_stories_reach_the_right_level_by_words_alone(
    catalogue: Catalogue, stories: list[Case]
) -> None:
    told = [words_of(case, catalogue).right for case in stories]
    assert told.count(True) / len(told) >= 0.8


def test_how_far_words_go_is_told_in_a_sentence(catalogue: Catalogue) -> None:
    numb = Case(id="N1", age=40, sex="male", narrative="my groin is numb", expected="EMERGENCY")
    plain = Case(id="N2", age=40, sex="male", narrative="a sore back", expected="SOON")
    expected = (
        "From their words alone 1 of 2 already reach a level they should have; "
        "lowered by words: none."
    )
    assert expected == words_line((numb, plain), catalogue)
    assert words_line((Case(id="N3", age=40, sex="male"),), catalogue) == ""


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(EVERY_CASE), st.lists(st.sampled_from(sentences()), min_size=1, max_size=3))
def test_nothing_anybody_says_lowers_a_level(case: Case, said: list[Sentence]) -> None:
    known = told_in(case, CONTENT)
    scene = scene_of(CONTENT, case.lang)
    told = facts_told(". ".join(each.text for each in said), scene).facts
    both = with_told(known.facts, told, CONTENT)
    before = advice_for(known.facts, CONTENT, unsure=known.unsure)
    after = advice_for(both, CONTENT, unsure=known.unsure - both.keys())
    assert before.level <= after.level


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(HARMLESS), st.sampled_from(DANGER), st.booleans())
def test_danger_is_heard_beside_harmless_talk(
    harmless: Sentence,
    danger: Sentence,
    first: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    scene = scene_of(CONTENT, danger.lang)
    live = danger.state == "session"
    parts = (danger.text, harmless.text) if first else (harmless.text, danger.text)
    alone = heard(danger.text, scene, live=live).action
    beside = heard("\n".join(parts), scene, live=live).action
    assert GRAVEST_FIRST.index(alone) >= GRAVEST_FIRST.index(beside)
