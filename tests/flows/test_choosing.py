"""Numbers in the place of buttons: which number is whose, and when a number is an answer itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.content_tools.chat import Chat
from content.catalogue import Catalogue
from flows.base import Beside, Hurts, Show, choice, said
from flows.base.numbering import numbered
from flows.conversation import Conversation
from tests.bot.seed import TO_THE_FIRST_HOLD, TO_THE_OFFER
from tests.transcript import replay

HURTS = Hurts()


def keys(*labels: str, numbers: tuple[int | None, ...] = (), counts: bool = False) -> list[str]:
    told = numbers or (None,) * len(labels)
    choices = [choice("button.ok", HURTS, number=number) for number in told]
    return list(numbered(choices, labels, counts=counts))


def test_buttons_are_numbered_as_they_are_read() -> None:
    assert ["1", "2", "3"] == keys("It hurts", "Back", "+10 s")


def test_an_option_keeps_the_number_it_has_in_the_text() -> None:
    assert ["1", "2", "3"] == keys("None", "Fever", "Fall", numbers=(None, 2, 3))
    assert ["2", "1", "3"] == keys("Fever", "Chest", "None", numbers=(2, 1, None))


def test_a_label_that_begins_with_a_number_goes_by_it() -> None:
    assert ["1", "2", "5", "3"] == keys("Start 8 min", "2 min", "5 min", "Not today")
    assert ["1", "2"] == keys("08:00", "10:00"), "a time of day is no number"


def test_where_a_number_is_an_answer_buttons_go_by_a_zero_and_theirs() -> None:
    assert ["01", "02"] == keys("Not sure", "Back", counts=True)
    assert ["0", "1", "01"] == keys("0", "1", "Why do you ask?", counts=True)


def at(catalogue: Catalogue, lines: str) -> Chat:
    chat = Chat(catalogue)
    replay(lines, chat)
    return chat


def test_no_number_that_was_not_shown_steers_a_running_hold(catalogue: Catalogue) -> None:
    """It may tell how much it hurts: the hold pauses, and we ask."""
    chat = at(catalogue, TO_THE_FIRST_HOLD)
    list(chat.hear("4"))
    assert "waiting_asked" == chat.talk.floor.phase


@pytest.mark.parametrize(("typed", "phase"), [
    ("ok", "active_hold"), ("stop", "asking_check"), ("hurts", "asking_check"),
    ("pause", "waiting_paused"), ("ow", "asking_check"),
])  # fmt: skip
def test_a_reply_from_a_watch_is_enough(catalogue: Catalogue, typed: str, phase: str) -> None:
    chat = at(catalogue, TO_THE_FIRST_HOLD)
    list(chat.hear(typed))
    assert phase == chat.talk.floor.phase


def test_what_was_asked_beside_the_floor_is_answered_by_number_until_the_talk_moves_on(
    catalogue: Catalogue,
) -> None:
    chat = at(catalogue, f"{TO_THE_OFFER}\n> [Not today]")
    asked = choice(said("button.not_today"), HURTS)
    beside = Beside(turn=chat.talk.turn, rows=((asked,),))
    talk = chat.talk.model_copy(update={"beside": beside})
    now = chat.now + timedelta(days=1)

    step = Conversation(talk, now, catalogue, typed=True)
    assert HURTS == step.meant("1")
    assert HURTS == step.meant("not today")
    assert HURTS != step.meant("help"), "the floor's own buttons still work"
    assert step.meant("help") is not None

    moved_on = talk.model_copy(update={"turn": talk.turn + 1})
    later = Conversation(moved_on, now, catalogue, typed=True)
    assert HURTS != later.meant("1")


def test_every_button_of_a_message_is_listed_with_what_to_type(catalogue: Catalogue) -> None:
    chat = at(catalogue, TO_THE_OFFER)
    step = Conversation(chat.talk, chat.now, catalogue, typed=True)
    show = step.listed(step.view())
    assert ("1", "2", "5", "3", "4") == show.typed
    assert () == step.listed(Show(slot="screen", how="fresh", text=())).typed
