"""Deletion asks once, counts what would be gone, and then truly erases."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest

from flows.base import Draw, Erase, Show
from flows.delete import EVENTS, MACHINE, Delete, advance, begin, odd, read, receipt, view
from flows.delete.vocabulary import Confirmed, CopyAsked, Kept, Phase
from flows.text import matches
from tests.flows.reminder.scenes import NOW, content, keys, scene, shown, taps

COUNTS = {"sessions": 12, "facts": 31, "reminders": 2, "talk": "a7Qx"}
ASKING = begin("", COUNTS, scene()).state


class TestTable:
    """`transitions` checks no name when it is built, so we do."""

    def test_every_event_is_a_trigger_and_every_trigger_an_event(self) -> None:
        assert {kind.model_fields["trigger"].default for kind in EVENTS} == set(MACHINE.events)

    def test_every_state_is_a_phase(self) -> None:
        assert set(get_args(Phase)) == set(MACHINE.get_nested_state_names())


def test_the_question_counts_what_would_be_gone() -> None:
    move = begin("", COUNTS, scene())
    (show,) = shown(move)
    counted = show.text[0].args
    assert [12, 31, 2] == [
        counted[name].args["n"]  # type: ignore[union-attr]  # sentences stand in these gaps
        for name in ("sessions", "facts", "reminders")
    ]
    assert "fresh" == show.how
    assert ["dcopy", "dyes", "dkeep"] == taps(show)


def test_the_question_alone_erases_nothing() -> None:
    move = begin("", COUNTS, scene())
    assert not [effect for effect in move.effects if isinstance(effect, Erase)]


def test_delete_everything_erases_with_a_receipt() -> None:
    move = advance(ASKING, Confirmed(), scene())
    (erase,) = move.effects
    assert isinstance(erase, Erase)
    assert receipt("a7Qx", NOW) == erase.farewell.text[0].args["code"]
    assert () == erase.farewell.rows
    assert move.state is None


def test_a_copy_first_is_sent_and_the_question_stands() -> None:
    move = advance(ASKING, CopyAsked(), scene())
    draw, show = move.effects
    assert isinstance(draw, Draw)
    assert isinstance(show, Show)
    assert ("export", ASKING) == (draw.what, move.state)
    assert ["dcopy", "dyes", "dkeep"] == taps(show)


def test_keep_erases_nothing() -> None:
    move = advance(ASKING, Kept(), scene())
    (show,) = move.effects
    assert isinstance(show, Show)
    assert ["delete.kept"] == keys(show)


@pytest.mark.parametrize("text", ["yes", "ok", "yes please", "y", "1"])
def test_a_typed_yes_erases_nothing(text: str) -> None:
    here = scene()
    offered = [choice for row in view(ASKING, here).rows for choice in row]
    assert matches(offered, text, here) is None
    assert read(ASKING, text, here) is None
    assert (ASKING, "talk.choose") == (
        odd(ASKING, here).state, keys(shown(odd(ASKING, here))[0])[0]
    )  # fmt: skip


def test_a_receipt_is_the_same_for_the_same_talk_and_moment() -> None:
    code = receipt("a7Qx", NOW)
    assert code == receipt("a7Qx", NOW)
    assert code != receipt("a7Qx", NOW + timedelta(seconds=1))
    assert code != receipt("b7Qx", NOW)
    assert (7, "-") == (len(code), code[4])


def test_every_word_is_there() -> None:
    words = content().words["en"]
    farewell = advance(ASKING, Confirmed(), scene()).effects[0]
    assert isinstance(farewell, Erase)
    assert all(key in words for key in (*keys(view(ASKING, scene())), *keys(farewell.farewell)))


def test_the_state_survives_the_database() -> None:
    assert ASKING == Delete.model_validate_json(ASKING.model_dump_json())
