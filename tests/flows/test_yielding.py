"""In a crowd bells go first: a card that a bell has told all of follows as room allows."""

from __future__ import annotations

from content.catalogue import Catalogue
from flows.base import Show
from flows.conversation import advance
from flows.heard import Rang, Tapped
from tests.transcript import START, Chat, replay


def in_a_hold(catalogue: Catalogue) -> Chat:
    chat = Chat(catalogue, START)
    replay("@ first_hold", chat)
    return chat


def ranks(effects: tuple[object, ...]) -> dict[str, str]:
    return {effect.slot: effect.rank for effect in effects if isinstance(effect, Show)}


def test_what_an_alarm_brings_rings_first_and_changes_the_card_after(catalogue: Catalogue) -> None:
    chat = in_a_hold(catalogue)
    due_at, then = chat.alarms["session"]
    _, effects = advance(chat.talk, Rang(alarm="session", then=then), due_at, catalogue)
    assert {"bell": "bell", "card": "tick"} == ranks(effects)


def test_what_a_tap_brings_is_an_answer(catalogue: Catalogue) -> None:
    chat = in_a_hold(catalogue)
    pause = Tapped(talk=chat.talk.talk, turn=chat.talk.turn, tap="spause")
    _, effects = advance(chat.talk, pause, chat.now, catalogue)
    assert {"card": "reply"} == ranks(effects)
