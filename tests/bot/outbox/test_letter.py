"""A letter that is at hand is the letter that was sealed."""

from __future__ import annotations

import pytest

from bot.outbox import letter
from bot.outbox.letter import AT_HAND, Letter
from content.catalogue import Catalogue
from flows.base import Show
from flows.conversation import advance
from flows.heard import Command
from tests.transcript import START, Chat, replay

TALKS = ("@ well_adult_to_the_offer", "@ first_hold", "@ first_hold\n> ow")


def opened_anew(payload: bytes) -> Letter:
    return Letter.model_validate_json(payload)


@pytest.mark.parametrize("lines", TALKS)
def test_what_is_at_hand_is_what_would_be_read(catalogue: Catalogue, lines: str) -> None:
    chat = Chat(catalogue, START)
    replay(lines, chat)
    for name in ("today", "help", "settings", "progress", "check", "reminders"):
        after, effects = advance(chat.talk, Command(name=name), chat.now, catalogue)
        for show in (effect for effect in effects if isinstance(effect, Show)):
            sealed = Letter.of(show, after)
            payload = sealed.sealed()
            assert sealed is Letter.opened(payload)
            assert sealed == opened_anew(payload)


def test_each_is_given_out_once_and_only_so_many_are_kept() -> None:
    letter.forget()
    payloads = [Letter(do="strip", messages=(number,)).sealed() for number in range(AT_HAND + 9)]
    assert AT_HAND == len(letter.at_hand)
    for payload in (payloads[0], payloads[-1], payloads[-1]):
        assert opened_anew(payload) == Letter.opened(payload)
    assert payloads[-1] not in letter.at_hand
    letter.forget()
    assert {} == letter.at_hand
