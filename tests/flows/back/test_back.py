"""Back after a block: a choice first; what fell due is asked then; who stays away is forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest

from content.catalogue import Catalogue
from flows.back import EVENTS, MACHINE
from flows.back.vocabulary import Gone, Phase
from flows.base import Erase, SetAlarm
from tests.transcript import Chat, replay

FORGET, KEPT = "forget", timedelta(days=30)


@pytest.fixture
def blocked(catalogue: Catalogue) -> Chat:
    chat = Chat(catalogue)
    replay("@ well_adult_to_the_offer\n> (blocks)", chat)
    return chat


class TestTable:
    def test_every_event_but_the_alarm_is_a_trigger(self) -> None:
        triggers = {kind.model_fields["trigger"].default for kind in EVENTS if kind is not Gone}
        assert triggers == set(MACHINE.events)

    def test_every_leaf_is_a_phase_and_every_phase_a_leaf(self) -> None:
        assert set(get_args(Phase)) == set(MACHINE.get_nested_state_names())


def test_a_block_starts_the_clock_and_a_second_one_does_not_start_it_anew(blocked: Chat) -> None:
    due_at = blocked.now + KEPT
    list(blocked.wait(timedelta(days=3)))
    list(blocked.hear("(blocks)"))
    assert due_at == blocked.alarms[FORGET][0]


def test_after_thirty_days_all_is_erased_without_a_word(blocked: Chat) -> None:
    assert [] == list(blocked.wait(KEPT))
    assert [Erase()] == blocked.effects
    assert "next" == blocked.talk.talk


@pytest.mark.parametrize("does", ["/help", "hello", "(sticker)", "[Not today]"])
def test_whoever_does_something_has_stopped_the_clock(blocked: Chat, does: str) -> None:
    list(blocked.hear(does))
    assert FORGET not in blocked.alarms
    assert (None, None) == (blocked.talk.erase_at, blocked.talk.blocked_at)


def test_unblocking_alone_does_not_stop_the_clock(blocked: Chat) -> None:
    list(blocked.hear("(returns)"))
    assert FORGET in blocked.alarms
    list(blocked.hear("[Continue]"))
    assert FORGET not in blocked.alarms


def test_what_fell_due_meanwhile_is_asked_on_return_and_once(blocked: Chat) -> None:
    list(blocked.wait(timedelta(days=8)))
    assert {"follow_up"} == set(blocked.talk.missed)
    list(blocked.hear("(returns)"))
    list(blocked.hear("yes"))
    asked = [effect for effect in blocked.effects if isinstance(effect, SetAlarm)]
    assert [("follow_up", blocked.now)] == [(alarm.name, alarm.due_at) for alarm in asked]
    assert {} == blocked.talk.missed


def test_a_reminder_that_fell_due_meanwhile_is_not(catalogue: Catalogue) -> None:
    chat = Chat(catalogue)
    replay("@ well_adult_to_the_wish\n> [Yes, morning]\n> (blocks)", chat)
    list(chat.wait(timedelta(days=3)))
    list(chat.hear("(returns)"))
    list(chat.hear("[Continue]"))
    assert "reminder" not in chat.alarms
