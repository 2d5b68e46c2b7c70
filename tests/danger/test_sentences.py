"""Danger in free text, held to the labelled sentences and to the stories of the cases."""

from __future__ import annotations

from pathlib import Path

import pytest

import content as content_room
from bot.phrases import judge_narrative, phrase
from bot.triage_cases import cases_in
from content.catalogue import Catalogue
from content.schema import Case
from flows.text.danger import Reading, meant
from tests.danger.labelled import NEVER_MISSED, Answer, answers, sentences
from tests.danger.report import rates

RECALL, HARMLESS, WORST_LANGUAGE = 0.98, 0.95, 0.95
STORIES = Path(content_room.__file__).parent / "cases" / "vignettes.yaml"


@pytest.fixture(scope="module")
def told(catalogue: Catalogue) -> tuple[Answer, ...]:
    return answers(catalogue)


@pytest.fixture(scope="module")
def stories() -> list[Case]:
    return [case for case in cases_in(STORIES) if case.narrative]


def test_there_are_enough_sentences_and_a_third_are_harmless() -> None:
    every = sentences()
    assert len(every) >= 400
    assert sum(not each.is_danger for each in every) / len(every) >= 0.3
    assert len(every) == len({(each.text, each.state) for each in every})


def test_no_sentence_of_self_harm_or_cauda_equina_is_missed(told: tuple[Answer, ...]) -> None:
    grave = [each for each in told if each.sentence.concept in NEVER_MISSED]
    assert [] == [each.sentence.text for each in grave if each.is_missed]


@pytest.mark.parametrize("half", ["tuning", "check"])
def test_danger_is_heard(told: tuple[Answer, ...], half: str) -> None:
    danger = [each for each in told if each.sentence.is_danger and each.sentence.half == half]
    assert sum(each.is_right for each in danger) / len(danger) >= RECALL


@pytest.mark.parametrize("half", ["tuning", "check"])
def test_the_harmless_is_left_alone(told: tuple[Answer, ...], half: str) -> None:
    harmless = [each for each in told if not each.sentence.is_danger and each.sentence.half == half]
    assert sum(each.is_right for each in harmless) / len(harmless) >= HARMLESS


def test_no_language_is_far_behind(told: tuple[Answer, ...]) -> None:
    by_language = rates(told, lambda each: each.sentence.lang)
    assert min(right / every for right, every in by_language.values()) >= WORST_LANGUAGE


def test_the_stories_of_emergencies_reach_it_by_their_words(
    catalogue: Catalogue, stories: list[Case]
) -> None:
    grave = [case for case in stories if case.expected == "EMERGENCY"]
    found = [case for case in grave if judge_narrative(case, catalogue).level.name == "EMERGENCY"]
    assert len(found) / len(grave) >= 0.9


def test_no_story_of_self_care_is_an_emergency_by_its_words(
    catalogue: Catalogue, stories: list[Case]
) -> None:
    mild = [case for case in stories if (case.expected or "").startswith("SELF_CARE")]
    raised = [c.id for c in mild if judge_narrative(c, catalogue).level.name == "EMERGENCY"]
    assert [] == raised


def test_what_is_only_asked_about_can_be_looked_up(
    catalogue: Catalogue, told: tuple[Answer, ...]
) -> None:
    doubtful = [each for each in told if each.action == "URGENT_CHECK"]
    readings = [Reading.model_validate(_reading_of(each)) for each in doubtful]
    assert len(doubtful) > 100
    assert [] == [each for each in readings if not meant(each, catalogue)]


def _reading_of(answer: Answer) -> dict[str, object]:
    return {"action": answer.action, "concept": answer.concept, "facts": answer.facts}


def test_every_concept_that_is_asked_about_says_what_it_would_mean(catalogue: Catalogue) -> None:
    grave = [each for each in catalogue.danger.concepts if each.action != "NONE"]
    assert [] == [each.id for each in grave if not each.facts]


def test_the_language_of_the_chat_changes_nothing(catalogue: Catalogue) -> None:
    text = "kann nicht mehr pinkeln"
    assert phrase(text, catalogue, "pt") == phrase(text, catalogue, "de")
