"""Lengths, reading grade, sources and dates; and that each of them can be missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.content_tools.grade import grade, syllables
from bot.content_tools.lint import (
    CUE_WORDS,
    FEW_WORDS,
    GRADE,
    QUESTION_WORDS,
    QUESTIONS_GRADE,
    Finding,
    awaiting_in,
    linted,
    questions_grade,
)
from bot.content_tools.messages import messages
from content.catalogue import Catalogue
from content.load import CONTENT

TODAY = date(2026, 11, 23)
HARD = (
    "Individuals experiencing considerable musculoskeletal discomfort should immediately "
    "discontinue participation in rehabilitative activities."
)
SPECIFIED = {"screen.XC.ask"}  # a list in one sentence, word for word as specified


def with_words(catalogue: Catalogue, changes: Mapping[str, Any]) -> Catalogue:
    return replace(catalogue, words={"en": {**catalogue.words["en"], **changes}})


def findings(catalogue: Catalogue, today: date = TODAY) -> list[Finding]:
    return list(linted(catalogue, awaiting_in(CONTENT), today).findings)


def found(catalogue: Catalogue, where: str) -> list[Finding]:
    return [each for each in findings(catalogue) if each.where == where]


# ---- the content as shipped


def test_the_content_has_nothing_to_mend(catalogue: Catalogue) -> None:
    assert [] == [str(each) for each in findings(catalogue) if each.mend]


def test_what_exceeds_is_the_specification_s_own(catalogue: Catalogue) -> None:
    assert {each.where for each in findings(catalogue)} <= {*SPECIFIED, "phones"}


def test_every_message_as_sent_reads_at_the_grade_or_below(catalogue: Catalogue) -> None:
    hard = [m.name for m in messages(catalogue)
            if grade(m.text) > GRADE and len(m.text.split()) >= FEW_WORDS]  # fmt: skip
    assert [] == hard


def test_questions_read_easier_still_on_average(catalogue: Catalogue) -> None:
    assert questions_grade(messages(catalogue)) <= QUESTIONS_GRADE


def test_every_question_card_and_advice_is_judged(catalogue: Catalogue) -> None:
    names = {(each.kind, each.name) for each in messages(catalogue)}
    assert {("question", screen) for screen in catalogue.screens} <= names
    assert {("card", exercise) for exercise in catalogue.exercises} <= names
    assert {("advice", rule.id) for rule in catalogue.rules} <= names


# ---- what is missed when it is there


@pytest.mark.parametrize(
    ("key", "where"),
    [
        ("screen.Q1.why", "Q1, why"),
        ("exercise.cat_cow.cue", "cat_cow"),
        ("home.not_today", "home.not_today"),
    ],
)
def test_a_hard_message_is_found(catalogue: Catalogue, key: str, where: str) -> None:
    hard = with_words(catalogue, {key: " ".join([HARD] * 9)})
    assert ["reads at grade" in each.sentence for each in found(hard, where)] == [True]


def test_hard_questions_are_found_together(catalogue: Catalogue) -> None:
    words = {f"screen.{screen}.ask": " ".join([HARD] * 9) for screen in catalogue.screens}
    assert found(with_words(catalogue, words), "questions")


@pytest.mark.parametrize(
    ("key", "most"),
    [("screen.Q1_belly.again", QUESTION_WORDS), ("exercise.cat_cow.cue", CUE_WORDS)],
)
def test_a_long_sentence_is_found_by_its_first_word_too_many(
    catalogue: Catalogue, key: str, most: int
) -> None:
    at_most = with_words(catalogue, {key: "go " * most})
    too_long = with_words(catalogue, {key: "go " * (most + 1)})
    assert [] == found(at_most, key)
    assert [True] == [each.mend for each in found(too_long, key)]


def test_a_signed_sentence_is_a_remark_and_fails_nothing(catalogue: Catalogue) -> None:
    long = with_words(catalogue, {"screen.Q1.ask": "go " * 26})
    assert [False] == [each.mend for each in found(long, "screen.Q1.ask")]


def test_a_screen_without_a_source_is_found(catalogue: Catalogue) -> None:
    bare = catalogue.screens["Q1"].model_copy(update={"src": ()})
    without = replace(catalogue, screens={**catalogue.screens, "Q1": bare})
    assert ["it names no source. Add `src`."] == [f.sentence for f in found(without, "screen Q1")]


def test_a_source_is_due_after_twelve_months_and_not_before(catalogue: Catalogue) -> None:
    oldest = min(source.reviewed for source in catalogue.sources.values())
    year = timedelta(days=365)
    due = [each for each in findings(catalogue, oldest + year) if "looked at" in each.sentence]
    over = findings(catalogue, oldest + year + timedelta(days=1))
    assert [] == due
    assert [False] == list({each.mend for each in over if "looked at" in each.sentence})


def test_numbers_that_nobody_has_verified_are_told_before_a_release(catalogue: Catalogue) -> None:
    verified = catalogue.phones.model_copy(update={"verify_before_release": ()})
    (told,) = found(catalogue, "phones")

    assert all(country in str(told) for country in catalogue.phones.verify_before_release)
    assert not told.mend
    assert [] == found(replace(catalogue, phones=verified), "phones")


def test_what_awaits_a_signature_is_counted(catalogue: Catalogue) -> None:
    facts = linted(catalogue, ["home.not_today"], TODAY).facts
    assert any("signature: 1 sentences" in fact for fact in facts)


# ---- the grade itself


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("back", 1),
        ("stretching", 2),
        ("emergency", 4),
        ("38", 1),
        ("hmm", 1),
        ("physiotherapist", 5),
    ],  # not in the dictionary: its vowels, one too few
)
def test_syllables_are_counted_as_spoken(word: str, expected: int) -> None:
    assert expected == syllables(word)


def test_the_grade_is_that_of_flesch_and_kincaid() -> None:
    """Six words of one syllable each: 0.39 x 6 + 11.8 - 15.59."""
    assert round(0.39 * 6 + 11.8 - 15.59, 6) == round(grade("The cat sat on the mat."), 6)


def test_marks_numbers_of_a_list_and_commands_are_no_words() -> None:
    assert grade("The cat sat.\nThe dog ran.") == grade("1 The <b>cat</b> sat.\n• The dog ran.")
    assert grade("Use this.") == grade("Use /physiotherapy.")


def test_a_text_without_words_has_no_grade() -> None:
    assert 0.0 == grade("▱▱▱ 🎉")
