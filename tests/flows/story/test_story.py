"""A typed story: shown, confirmed, and taken into the check; dangers in it count at once."""

from __future__ import annotations

from typing import get_args

from content.catalogue import Catalogue
from flows.story import EVENTS, MACHINE
from flows.story.vocabulary import Phase
from flows.triage import Triage
from tests.transcript import Chat

STORY = "I take prednisolone every day since a year, pain is 4/10, i'm 45"


def asked(catalogue: Catalogue, story: str, answer: str) -> Chat:
    chat = Chat(catalogue)
    for line in ("/start", "[I understand, go on]", "[Germany]", story, answer):
        list(chat.hear(line))
    return chat


class TestTable:
    def test_every_event_is_a_trigger_and_every_trigger_an_event(self) -> None:
        assert {kind.model_fields["trigger"].default for kind in EVENTS} == set(MACHINE.events)

    def test_every_leaf_is_a_phase_and_every_phase_a_leaf(self) -> None:
        assert set(get_args(Phase)) == set(MACHINE.get_nested_state_names())


def test_a_confirmed_story_saves_the_questions_it_answers(catalogue: Catalogue) -> None:
    floor = asked(catalogue, STORY, "[Yes]").talk.floor

    assert isinstance(floor, Triage)
    assert "A2" == floor.screen  # the age is not asked
    assert ("long_term", 45) == (floor.given["steroid_use"], floor.given["age"])


def test_a_story_that_is_not_so_leaves_nothing_behind(catalogue: Catalogue) -> None:
    floor = asked(catalogue, STORY, "[No]").talk.floor

    assert isinstance(floor, Triage)
    assert ("A1", {}) == (floor.screen, floor.given)


def test_nothing_counts_before_the_tap(catalogue: Catalogue) -> None:
    chat = asked(catalogue, STORY, "(sticker)")

    assert "story" == getattr(chat.talk.over, "flow", None)
    assert "steroid_use" not in chat.talk.facts


def test_an_emergency_in_a_story_counts_without_a_tap(catalogue: Catalogue) -> None:
    chat = Chat(catalogue)
    told = "three days of back pain, i'm 45 and since this morning i am numb between my legs"
    for line in ("/start", "[I understand, go on]", "[Germany]", told):
        list(chat.hear(line))

    assert chat.talk.verdict is not None
    assert "EMERGENCY" == chat.talk.verdict.level
