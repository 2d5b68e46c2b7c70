"""What is asked for, fitted to the one it is for."""

from __future__ import annotations

from flows.base import Move, Settings, Show, Strip, Toast, said
from flows.manners import fitted, knocking, opened

CARD = Show(slot="card", how="change", text=(said("session.paused"),))
BELL = Show(slot="bell", how="fresh", rank="bell", silent=False, text=(said("session.bell_done"),))
STOP = Show(slot="screen", how="fresh", rank="stop", silent=False, text=(said("stop.stopped"),))
TOAST = Toast(text=said("toast.already_done"))
ALOUD, QUIET = Settings(screen_reader=True), Settings(quiet=True)


def listed(show: Show) -> Show:
    return show.model_copy(update={"typed": ("1",)})


def test_most_get_what_the_flows_ask_for() -> None:
    effects = (CARD, BELL, STOP, TOAST, Strip(slots=("card",)))
    assert effects == fitted(effects, Settings(), typed=False, listed=listed)


def test_a_text_is_answered_below_it() -> None:
    (card,) = fitted((CARD,), Settings(), typed=True, listed=listed)
    assert CARD.model_copy(update={"how": "fresh"}) == card


def test_a_screen_reader_gets_new_messages_listed_buttons_and_alerts() -> None:
    card, toast = fitted((CARD, TOAST), ALOUD, typed=False, listed=listed)
    assert CARD.model_copy(update={"how": "fresh", "typed": ("1",)}) == card
    assert TOAST.model_copy(update={"alert": True}) == toast


def test_quiet_silences_bells_and_nothing_else() -> None:
    bell, stop = fitted((BELL, STOP), QUIET, typed=False, listed=listed)
    assert BELL.model_copy(update={"silent": True}) == bell
    assert STOP == stop


def test_a_session_says_once_that_it_is_quiet() -> None:
    move = Move(None, (BELL, CARD))
    assert move == opened(move, Settings())
    (bell, card) = opened(move, QUIET).effects
    assert BELL == bell
    assert isinstance(card, Show)
    assert (said("card.quiet"), *CARD.text) == card.text


def test_what_knocks_says_nothing_before_it_is_opened() -> None:
    (card, toast) = knocking([CARD, TOAST])
    assert isinstance(card, Show)
    assert (said("talk.knock"), *CARD.text) == card.text
    assert 1 == card.veil
    assert TOAST == toast
    (lined,) = knocking([STOP], since=1)
    assert STOP.model_copy(update={"veil": 1}) == lined
