"""Words that people type where a button stands: under a plan, beside a scale, in a session."""

from __future__ import annotations

import pytest

from bot.content_tools.chat import Chat
from content.catalogue import Catalogue
from tests.transcript import replay

OFFER, HOLD = "@ well_adult_to_the_offer", "@ first_hold"
WISH, ENDED = "@ well_adult_to_the_wish", "@ well_adult_first_session"
RATING, ALOUD = f"{HOLD}\n~ 51 s", f"{HOLD}\n> /settings\n> [Screen reader]\n> [Done]"


def after(catalogue: Catalogue, beginning: str, typed: str) -> Chat:
    chat = Chat(catalogue)
    replay(f"{beginning}\n> {typed}", chat)
    return chat


@pytest.mark.parametrize(("beginning", "typed", "stands"), [
    (OFFER, "let's go", "session active_position"),
    (OFFER, "five minutes", "session active_position"),
    (OFFER, "not now", "idle resting"),
    (OFFER, "why", "offer explained"),
    (OFFER, "fifty minutes", "offer offered"),
    (RATING, "too hard", "session active_position"),
    (RATING, "7", "session waiting_asked"),
    (WISH, "no thanks", "after resting"),
    (WISH, "8 in the evening", "after resting, over it reminders"),
    (WISH, "4", "after resting"),
    (ENDED, "thanks", "idle resting"),
    (ALOUD, "02", "session active_position"),
    (ALOUD, "01", "stop asking_check"),
    (ALOUD, "1", "stop asking_check"),
    (ALOUD, "3", "session waiting_paused"),
])  # fmt: skip
def test_plain_words_do_for_buttons(
    catalogue: Catalogue, beginning: str, typed: str, stands: str
) -> None:
    chat = after(catalogue, beginning, typed)
    assert stands == chat.status().split(", timer")[0]


@pytest.mark.parametrize(
    ("typed", "pain"), [("none", 0), ("about 3", 3), ("7/10", 7), ("11", None)]
)
def test_a_scale_is_answered_in_words(catalogue: Catalogue, typed: str, pain: int | None) -> None:
    chat = after(catalogue, f"{HOLD}\n~ 51 s\n> finish", typed)
    assert pain == chat.talk.sessions[-1].pain_after


def test_a_number_in_a_hold_stops_no_clock_but_makes_it_stand_and_then_means_pain(
    catalogue: Catalogue,
) -> None:
    chat = after(catalogue, f"{ALOUD}\n> 02\n~ 10 s", "5")
    assert "session waiting_asked, timer: none" == chat.status()
    list(chat.hear("5"))
    assert "stop asking_check, timer: none" == chat.status()
