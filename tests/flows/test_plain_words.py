"""Words that people type where a button stands: under a plan, beside a scale, in a session."""

from __future__ import annotations

import pytest

from bot.content_tools.chat import Chat
from content.catalogue import Catalogue
from tests.transcript import FOLDER, replay

OFFER, HOLD = "@ well_adult_to_the_offer", "@ first_hold"
WISH, ENDED = "@ well_adult_to_the_wish", "@ well_adult_first_session"
JOINT = f"{HOLD}\n> ow\n> 2\n> no\n> A joint\n> Knee"
SETTLED = f"{HOLD}\n> ow\n> 2\n> no\n> Sharp\n~ 5 min"
FRACTURE = (FOLDER / "possible_fracture.chat").read_text(encoding="utf-8")
EXAMINED = FRACTURE.partition("\n<. Has a doctor or physiotherapist examined")[0]
RATING, ALOUD = f"{HOLD}\n~ 51 s", f"{HOLD}\n> /settings\n> [Screen reader]\n> [Done]"
GOES_ON = f"{ALOUD}\n> 02\n~ 12 s\n> 1\n~ 10 s\n> 1\n> 3\n> 9"


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
    (RATING, "yeah", "session active_position"),
    (RATING, "right leg", "session waiting_asked"),
    (RATING, "a bit", "session waiting_asked"),
    (RATING, "ok 5", "session waiting_asked"),
    (RATING, "S T O P", "stop asking_check"),
    (HOLD, "no no no", "stop asking_check"),
    (HOLD, "my neck hurts", "stop asking_check"),
    (f"{JOINT}\n> none of these", "2", "stop resting"),
    (f"{SETTLED}\n> yes but a bit stiff\n> 0", "no", "stop asking_next"),
    (WISH, "no thanks", "after resting"),
    (WISH, "8 in the evening", "after resting, over it reminders"),
    (WISH, "4", "after resting"),
    (ENDED, "thanks", "idle resting"),
    (GOES_ON, "1", "stop asking_check"),
    (GOES_ON, "01", "stop asking_check"),
    (GOES_ON, "02", "session active_position"),
    (OFFER, " ", "offer offered"),
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


@pytest.mark.parametrize("typed", [
    "it hurts and i have a fever", "ow, i fell on my back yesterday", "stop, my leg is weak",
    "stop, i think i am pregnant",
])  # fmt: skip
@pytest.mark.parametrize("beginning", [HOLD, f"{HOLD}\n> ow", f"{HOLD}\n> /settings"])
def test_a_stop_word_swallows_no_danger(catalogue: Catalogue, beginning: str, typed: str) -> None:
    chat = after(catalogue, beginning, typed)
    assert "triage asking, timer: none" == chat.status()
    assert any("all" == left.what for left in chat.talk.left_out)


@pytest.mark.parametrize("typed", ["I am pregnant", "I am 16"])
@pytest.mark.parametrize("beginning", [f"{HOLD}\n> ow", f"{HOLD}\n> /settings"])
def test_news_told_in_a_stop_or_over_a_session_breaks_it_off(
    catalogue: Catalogue, beginning: str, typed: str
) -> None:
    assert "triage asking, timer: none" == after(catalogue, beginning, typed).status()


@pytest.mark.parametrize("typed", ["yes but not for this", "yes, before the fall", "i think so"])
def test_only_a_plain_yes_is_a_clinicians_word(catalogue: Catalogue, typed: str) -> None:
    chat = after(catalogue, EXAMINED, typed)
    assert "cleared_by_clinician" not in chat.talk.facts
    assert chat.status().startswith("triage ")
