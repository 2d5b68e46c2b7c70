"""Ways round the two promises that nobody may find: late clocks, edits, what was not heard."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.content_tools.chat import Chat
from content.catalogue import Catalogue
from flows.heard import Failed, Odd
from tests.flows.progress.weeks import content
from tests.transcript import replay

HOLD = "@ first_hold"
AWAY = timedelta(days=3)
STOP = "[It hurts \u2013 stop]"


@pytest.fixture
def catalogue() -> Catalogue:
    return content()


def after(script: str, catalogue: Catalogue, *, away: timedelta = timedelta(0)) -> Chat:
    """Play a script, then let the clock go on while no alarm rings: the program is down."""
    chat = Chat(catalogue)
    replay(script, chat)
    chat.now += away
    return chat


@pytest.mark.parametrize(
    ("script", "line"),
    [
        (f"{HOLD}\n> [Pause]", "[Resume]"),
        (f"{HOLD}\n> [Pause]", "[Restart hold]"),
        (f"{HOLD}\n> [Pause]", "go"),
        (f"{HOLD}\n> [Skip]", "[Not today]"),
        (HOLD, "[+10 s]"),
        (HOLD, "[Back]"),
        (f"{HOLD}\n~ 60 s", "[Right]"),
        (f"{HOLD}\n> ow\n> [2]\n> [No]\n> [Strong stretch]", "[Go on]"),
    ],
)
def test_no_session_goes_on_that_only_a_stopped_clock_has_kept_open(
    script: str, line: str, catalogue: Catalogue
) -> None:
    chat = after(script, catalogue, away=AWAY)
    replay(f"> {line}", chat)

    assert ("triage", "short") == (chat.talk.floor.flow, getattr(chat.talk.floor, "kind", ""))
    assert "session" not in chat.alarms


def test_a_pause_pressed_days_late_does_not_make_it_fresh(catalogue: Catalogue) -> None:
    chat = after(HOLD, catalogue, away=AWAY)
    replay("> [Pause]\n> [Resume]", chat)

    assert "session" != chat.talk.floor.flow


def test_pain_told_days_late_is_a_stop_all_the_same(catalogue: Catalogue) -> None:
    chat = after(HOLD, catalogue, away=AWAY)
    list(chat.feed(chat.meant(STOP)))

    assert "stop" == chat.talk.floor.flow


def test_a_hold_stands_still_when_something_could_not_be_heard(catalogue: Catalogue) -> None:
    chat = after(HOLD, catalogue)
    list(chat.feed(Failed()))

    assert "session waiting_paused, timer: none" == chat.status()


@pytest.mark.parametrize(
    ("text", "flow"), [("it hurts", "stop"), ("I can't pee", "offer"), ("30", "session")]
)
def test_an_edited_text_is_heard_for_danger_and_is_no_answer(
    text: str, flow: str, catalogue: Catalogue
) -> None:
    chat = after(HOLD, catalogue)
    list(chat.feed(Odd(kind="edited", text=text)))

    assert flow == chat.talk.floor.flow
    assert "session" not in chat.alarms


@pytest.mark.parametrize("line", ["/stop", "/pain", "/check", "/stretch"])
def test_an_emergency_that_is_ticked_is_not_left_behind(line: str, catalogue: Catalogue) -> None:
    script = "@ well_adult_to_the_offer\n> /check\n> [None of these]\n> [Cannot pee]"
    chat = after(script, catalogue)
    replay(f"> {line}", chat)

    assert chat.talk.verdict is not None
    assert "EMERGENCY" == chat.talk.verdict.level
    assert "offer advised, timer: none" == chat.status()


def test_a_danger_told_half_way_wants_the_whole_check(catalogue: Catalogue) -> None:
    script = "@ well_adult_to_the_offer\n> /check\n> [None of these]\n> [None of these]"
    chat = after(f"{script}\n> [Weak, one leg]\n> /stop", catalogue)

    assert chat.talk.checked.wants_full
    assert chat.talk.checked.short_at is None


def test_a_check_left_with_nothing_told_wants_no_whole_one(catalogue: Catalogue) -> None:
    chat = after("@ well_adult_to_the_offer\n> /check\n> [None of these]\n> /stop", catalogue)

    assert not chat.talk.checked.wants_full
    assert chat.talk.checked.short_at is None
