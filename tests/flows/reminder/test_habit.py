"""Good weeks and what is offered after them, through the whole conversation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from content.catalogue import Catalogue
from flows.base import Unsay
from flows.progress import Day
from flows.progress.days import day_of
from tests.transcript import Chat, replay

DAY = timedelta(days=1)
A_SESSION = "> /stretch\n> [2]\n> [None of these]\n> [2 min]\n~ 75 s\n> [Right]\n"


@pytest.fixture
def chat(catalogue: Catalogue) -> Chat:
    """Give somebody who moved every day of the last four weeks, a day before the next reminder."""
    chat = Chat(catalogue)
    replay("@ reminder_clock\n> [Done]\n", chat)
    today = day_of(chat.now, chat.talk.zone)
    days = tuple(Day(on=today - DAY * n, pains=(2,), moved=True) for n in range(28, 0, -1))
    habit(chat, every_days=1)
    asked = {each.id: chat.now for each in catalogue.freshness.rechecks}
    chat.talk = chat.talk.model_copy(
        update={"days": days, "rechecked": asked, "first_at": chat.now - 30 * DAY}
    )
    return chat


def habit(chat: Chat, every_days: int) -> None:
    wish = chat.talk.wish
    assert wish is not None
    since = {"since": chat.now - 30 * DAY, "every_days": every_days}
    chat.talk = chat.talk.model_copy(update={"wish": wish.model_copy(update=since)})


def test_after_three_good_weeks_fewer_reminders_are_offered_and_can_be_had_back(
    chat: Chat,
) -> None:
    told = replay(A_SESSION + "> [2]\n> [Remind me less]\n> /reminders\n> [Remind me more]\n", chat)
    assert "3 good weeks. Shall I remind you less often?" in told
    assert "[Remind me less]  [Keep as it is]" in told
    assert "All right, about every 3 days." in told
    assert "About every 3 days." in told
    assert chat.talk.wish is not None
    assert 1 == chat.talk.wish.every_days


def test_the_offer_may_be_passed_over(chat: Chat) -> None:
    told = replay(A_SESSION + "> [Skip this]\n> [Keep as it is]\n", chat)
    assert told.endswith("<* All right, as it is.\n")
    assert "reminder" in chat.alarms


def test_whoever_goes_on_alone_has_a_plan_and_comes_back_with_a_tap(chat: Chat) -> None:
    habit(chat, every_days=7)
    told = replay(A_SESSION + "> [2]\n> [Yes, I go on alone]\n", chat)
    assert "• Sore spells are common, and they pass." in told
    assert "reminder" not in chat.alarms

    alone = replay("~ 30 days\n> /stop\n", chat)
    assert "minutes are ready" not in alone
    assert "[I'm back]" in alone

    back = replay("> [I'm back]\n", chat)
    assert "(Good to see you. I write again, as before.)" in back
    assert "With this back pain, do you have any of these right now" in back, "the whole check"
    assert "reminder" in chat.alarms
    assert chat.talk.rests[-1].end is not None


def test_a_reminder_that_still_waits_is_taken_back_when_a_session_is_asked_for(
    chat: Chat,
) -> None:
    replay("~ 23 h\n> /stretch\n", chat)
    assert Unsay(slots=("screen",), rank="reminder") in chat.effects
    replay("~ 3 h\n> /stretch\n", chat)
    assert not [effect for effect in chat.effects if isinstance(effect, Unsay)]
