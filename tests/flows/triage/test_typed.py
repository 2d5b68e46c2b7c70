"""Answers in words of one's own: read, or kindly refused with the place kept."""

from __future__ import annotations

import pytest

from flows import triage
from flows.triage.vocabulary import Name, Number, Pick
from tests.flows.triage.chat import Chat, knowing
from tests.flows.triage.driver import at


class TestTyped:
    @pytest.mark.parametrize("age", [0, 300, -3])
    def test_a_number_out_of_range_keeps_the_place(self, age: int) -> None:
        chat = at("A1", Chat())
        shown = chat.give(Number(number=age)).effects[-1]

        assert "asking.range.years" == shown.text[0].key  # type: ignore[union-attr] - a Show
        assert "A1" == chat.state.screen

    def test_something_else_is_answered_with_the_range(self) -> None:
        chat = at("A1", Chat())
        move = triage.odd(chat.state, chat.scene)

        assert (chat.state, True) == (move.state, move.free)
        assert "asking.range.years" == move.effects[0].text[0].key  # type: ignore[union-attr]

    def test_eleven_is_no_strength_of_pain(self) -> None:
        chat = at("Q9")
        chat.type("11")

        assert "Q9" == chat.state.screen

    @pytest.mark.parametrize(
        ("screen", "text", "number"),
        [("Q9", "7", 7), ("Q10_long", "about two weeks", 14), ("Q10_long", "3 days", 3)],
    )
    def test_numbers_are_read_as_people_type_them(
        self, screen: str, text: str, number: int
    ) -> None:
        chat = at(screen)
        chat.type(text)

        assert {number} == set(chat.state.path[-1].numbers.values())

    def test_a_country_may_be_typed(self) -> None:
        chat = Chat()
        chat.type("Norway")

        assert {"country": "NO"} == chat.state.path[-1].numbers

    def test_a_country_that_is_none_is_refused(self) -> None:
        assert not Chat().give(Name(value="XX")).moved

    def test_no_to_a_list_is_none_of_these(self) -> None:
        chat = at("Q1")
        chat.type("no")

        assert "Q2" == chat.state.screen

    def test_a_hedged_yes_that_would_lower_is_not_sure(self) -> None:
        chat = at("Q12")
        chat.type("i think so")

        assert ("again", "Q12") == (chat.state.phase, chat.state.screen)

    @pytest.mark.parametrize(("text", "weeks"), [("20", 20), ("about 3 weeks", 3)])
    def test_weeks_are_read_as_weeks(self, text: str, weeks: int) -> None:
        chat = Chat(known=knowing(country="GB", age=30, sex="female"))
        chat.tap("A3.pregnant", "button.done")
        chat.type(text)

        assert {"pregnancy_weeks": weeks} == chat.state.path[-1].numbers

    def test_a_number_nobody_knows_is_asked_once_more(self) -> None:
        chat = at("Q10_long")
        chat.type("no idea")

        assert ("again", "Q10_long") == (chat.state.phase, chat.state.screen)

    def test_items_are_answered_in_words(self) -> None:
        chat = at("Q5")
        chat.tap("button.not_sure")
        for text in ("nope", "yes", "dunno"):
            chat.type(text)

        assert ("Q5.brittle",) == chat.state.path[-1].ticked
        assert ("Q5.fused",) == chat.state.path[-1].unsure

    def test_no_to_a_whole_part_passes_it(self) -> None:
        chat = at("Q4")
        chat.tap("button.not_sure")
        chat.type("no")

        assert ("Q4_cause",) == chat.state.walked

    def test_not_sure_of_a_list_walks_it(self) -> None:
        chat = at("Q1")
        chat.type("not sure")

        assert "walking" == chat.state.phase

    @pytest.mark.parametrize("screen", ["Q1", "Q10_where", "Q9", "Q10_long"])
    def test_a_story_answers_nothing(self, screen: str) -> None:
        chat = at(screen)

        assert triage.read(chat.state, "no, but my leg is numb", chat.scene) is None

    def test_only_the_careful_answer_may_be_explained(self) -> None:
        chat = at("Q12")
        careful = triage.read(chat.state, "no, but my leg is numb", chat.scene)

        assert Pick(part="Q12", option="no") == careful
        assert triage.read(chat.state, "yes, but my leg is numb", chat.scene) is None

    def test_a_yes_that_raises_is_a_yes_even_when_hedged(self) -> None:
        chat = at("Q10Y", age=20)
        chat.type("i think so")

        assert ("Q10Y.yes",) == chat.state.path[-1].ticked
