"""What `limber content phrase` answers, for one text and for lines of them."""

from __future__ import annotations

import json

from bot.phrases import MOST_SIGNS, answered_lines, narrative_facts, phrase
from content.catalogue import Catalogue
from content.schema import Case


def test_a_text_is_answered_with_action_concept_facts_and_denial(catalogue: Catalogue) -> None:
    assert {
        "action": "EMERGENCY_INTERRUPT",
        "concept": "bladder_cannot",
        "facts": {"bladder_change": "cannot_pass"},
        "negated": False,
    } == phrase("I can't pee", catalogue)


def test_the_state_decides_about_stop_words(catalogue: Catalogue) -> None:
    told = [phrase("it hurts when I twist", catalogue, "en", state) for state in ("any", "session")]
    assert ["NONE", "STOP_EXERCISE"] == [each["action"] for each in told]


def test_each_line_is_answered_under_its_id(catalogue: Catalogue) -> None:
    asked = ['{"id": "a", "text": "no fever", "lang": "en", "state": "any"}', "", "{]", "[]"]
    told = [json.loads(line) for line in answered_lines(asked, catalogue)]
    assert ["a", None, None] == [each.get("id") for each in told]
    assert ("NONE", True) == (told[0]["action"], told[0]["negated"])
    assert [False, True, True] == ["error" in each for each in told]


def test_a_line_that_cannot_be_answered_says_so_and_the_next_is_answered(
    catalogue: Catalogue,
) -> None:
    asked = [
        "[" * 100_000,
        json.dumps({"id": 1, "text": "x" * (MOST_SIGNS + 1)}),
        json.dumps({"id": 2, "text": "ow", "state": "mars"}),
        "\ufeff" + json.dumps({"id": 3, "text": "I can't pee"}),
    ]
    told = [json.loads(line) for line in answered_lines(asked, catalogue)]
    assert [None, 1, 2, 3] == [each.get("id") for each in told]
    assert [True, True, True, False] == ["error" in each for each in told]


def test_a_story_fills_facts_beside_the_age_and_sex_given(catalogue: Catalogue) -> None:
    case = Case(age=71, sex="female", narrative="I take prednisolone every day.")
    expected = {"age": 71, "sex": "female", "steroid_use": "long_term"}
    assert expected == narrative_facts(case, catalogue)
