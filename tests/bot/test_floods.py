"""A flood: told once, kept from everybody's way, and never deaf to pain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.floods import BURST, EVERY, REMEMBERED, Floods, is_urgent
from content.catalogue import Catalogue
from flows.base import Hurts
from flows.heard import Blocked, Command, Heard, Odd, Tapped, Typed

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def flows_of(floods: Floods, count: int, apart: timedelta, chat: int = 1) -> list[str]:
    return [floods.look(chat, NOW + apart * n) for n in range(count)]


def test_whoever_ticks_a_long_list_in_haste_is_heard_out() -> None:
    assert {"calm"} == set(flows_of(Floods(), BURST, timedelta(milliseconds=50)))


def test_a_steady_hand_is_heard_for_good() -> None:
    assert {"calm"} == set(flows_of(Floods(), 1000, EVERY))


def test_a_flood_is_told_once() -> None:
    seen = flows_of(Floods(), 500, timedelta(milliseconds=1))
    assert (1, "flooding") == (seen.count("rising"), seen[-1])


def test_another_chat_is_not_touched_by_it() -> None:
    floods = Floods()
    flows_of(floods, 500, timedelta(milliseconds=1))
    assert floods.look(2, NOW + timedelta(seconds=1)) == "calm"


def test_it_is_over_when_it_is_over_and_the_next_is_told_again() -> None:
    floods = Floods()
    flows_of(floods, 500, timedelta(milliseconds=1))
    later = NOW + timedelta(minutes=1)
    again = [floods.look(1, later + timedelta(milliseconds=n)) for n in range(500)]
    assert ("calm", 1) == (again[0], again.count("rising"))


def test_chats_heard_long_ago_are_forgotten() -> None:
    floods = Floods()
    for chat in range(REMEMBERED + 50):
        floods.look(chat, NOW)
    assert REMEMBERED == len(floods.full_until)


def test_nothing_is_kept_of_chats_whose_bucket_is_empty_again() -> None:
    floods = Floods()
    for chat in range(50):
        floods.look(chat, NOW)
    floods.look(50, NOW + EVERY)
    assert [50] == list(floods.full_until)


@pytest.mark.parametrize(
    ("heard", "urgent"),
    [
        (Tapped(talk="abcd", turn=3, tap=Hurts().code()), True),
        (Tapped(talk="abcd", turn=3, tap="qnone|Q1"), False),
        (Typed(text="ow"), True),
        (Typed(text="1"), True),
        (Command(name="ouch"), True),
        (Command(name="help", argument="I can't pee"), True),
        (Odd(kind="edited", text="it hurts"), True),
        (Typed(text="i can't pee"), True),
        (Typed(text="buy cheap pills"), False),
        (Command(name="stop"), True),
        (Command(name="start"), False),
        (Odd(kind="sticker"), False),
        (Blocked(), True),
    ],
)
def test_pain_and_danger_are_heard_in_any_flood(
    heard: Heard, *, urgent: bool, catalogue: Catalogue
) -> None:
    assert urgent == is_urgent(heard, NOW, catalogue)
