"""The pace, told by a clock that only the test moves: rates, bursts, patience, countdowns."""

from __future__ import annotations

from bisect import bisect_left
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.outbox.crowd import Crowd
from bot.outbox.pace import BURST, CHAT_BURST, CHAT_INTERVAL_US, MICROS, Bucket, Pace

NOW = 10 * MICROS
RATE = 27
TELEGRAM_PER_SECOND = 30
PROMISED_PER_10_S = 10

WAITS_US = st.lists(st.integers(0, 3 * MICROS), min_size=1, max_size=60)


def sent_at(bucket: Bucket, waits_us: list[int]) -> list[int]:
    """Ask after these waits, each time as soon as the bucket lets one through."""
    now_us, moments = NOW, []
    for wait_us in waits_us:
        now_us += wait_us
        now_us += bucket.wait_us(now_us)
        assert bucket.room(now_us) >= 1
        bucket.take(now_us)
        moments.append(now_us)
    return moments


def most_within(moments: list[int], window_us: int) -> int:
    return max(bisect_left(moments, at + window_us) - place for place, at in enumerate(moments))


@given(st.integers(1, 1000), st.integers(1, 20), WAITS_US, st.integers(1, 20 * MICROS))
def test_no_window_of_any_length_holds_more_than_its_rate_and_the_burst(
    rate: int, burst: int, waits_us: list[int], window_us: int
) -> None:
    interval_us = MICROS // rate
    moments = sent_at(Bucket(interval_us, burst), waits_us)
    assert most_within(moments, window_us) <= burst + (window_us - 1) // interval_us


@given(WAITS_US)
def test_a_bucket_keeps_nobody_waiting_longer_than_its_rate_demands(waits_us: list[int]) -> None:
    """The next goes at the latest one interval after the one before."""
    bucket, now_us = Bucket(MICROS, 3), NOW
    for wait_us in waits_us:
        now_us += wait_us
        waited_us = bucket.wait_us(now_us)
        assert waited_us <= MICROS
        now_us += waited_us
        bucket.take(now_us)


def test_the_bots_rate_stays_under_telegrams_in_every_second() -> None:
    pace = Pace(RATE)
    moments = sent_at(pace.all, [0] * 200)
    assert BURST + RATE - 1 == most_within(moments, MICROS) < TELEGRAM_PER_SECOND


@given(WAITS_US)
def test_a_chat_gets_no_more_than_one_a_second_in_any_ten_seconds(waits_us: list[int]) -> None:
    moments = sent_at(Pace(RATE).chat(1), waits_us)
    assert most_within(moments, 10 * MICROS) <= PROMISED_PER_10_S


def test_three_quick_taps_are_answered_at_once() -> None:
    chat = Pace(RATE).chat(1)
    assert CHAT_BURST == chat.room(NOW)
    for _ in range(CHAT_BURST):
        chat.take(NOW)
    assert CHAT_INTERVAL_US == chat.wait_us(NOW)


@given(st.integers(0, 6), st.integers(0, 5 * MICROS))
def test_what_overtakes_goes_into_debt_that_the_others_pay(stops: int, wait_us: int) -> None:
    chat = Bucket(MICROS, 3)
    for _ in range(3 + stops):
        chat.take(NOW)
    expected = max(0, (1 + stops) * MICROS - wait_us)
    assert expected == chat.wait_us(NOW + wait_us)


def test_a_tick_leaves_room_for_a_bell_behind_it() -> None:
    pace = Pace(RATE)
    for _ in range(CHAT_BURST - 1):
        pace.take(1, NOW)
    assert 0 == pace.chat_wait_us(1, NOW)
    assert CHAT_INTERVAL_US == pace.chat_wait_us(1, NOW, edit=True, tick=True)


@given(WAITS_US, st.integers(RATE, 1000))
def test_forgetting_chats_that_have_rested_changes_no_wait(waits_us: list[int], rate: int) -> None:
    pace, now_us = Pace(rate), NOW
    for chat_id, wait_us in enumerate(waits_us):
        now_us += wait_us
        pace.take(chat_id % 7, now_us)
        before = {chat: pace.chat_wait_us(chat, now_us) for chat in range(7)}
        pace.forget(now_us)
        assert before == {chat: pace.chat_wait_us(chat, now_us) for chat in range(7)}


@given(st.integers(0, 3 * MICROS))
def test_a_process_that_stands_still_sends_no_more_than_it_may_in_a_second(stall_us: int) -> None:
    """It leases, stands still, and goes on: what it had leased counts when it leaves."""
    pace, now_us = Pace(RATE), NOW
    moments: list[int] = []
    for number in range(200):
        now_us += pace.all.wait_us(now_us)
        pace.all.take(now_us)
        leased_us, now_us = now_us, now_us + (stall_us if number == 100 else 0)
        pace.left_late(leased_us, now_us)
        moments.append(now_us)
    assert most_within(moments, MICROS) < TELEGRAM_PER_SECOND


# ---- patience


def test_a_chat_that_asks_for_patience_gets_it_and_no_other_waits() -> None:
    pace = Pace(RATE)
    pace.take(1, NOW)
    pace.refused(1, NOW, NOW + 7 * MICROS, edit=False)
    assert 7 * MICROS == pace.chat_wait_us(1, NOW)
    assert (0, 0) == (pace.chat_wait_us(2, NOW), pace.all.wait_us(NOW))


def test_patience_asked_of_an_edit_keeps_no_new_message_waiting() -> None:
    pace = Pace(RATE)
    pace.take(1, NOW)
    pace.refused(1, NOW, NOW + 7 * MICROS, edit=True)
    assert 0 == pace.chat_wait_us(1, NOW)
    assert 7 * MICROS == pace.chat_wait_us(1, NOW, edit=True)


def test_two_chats_that_nobody_hurried_mean_all() -> None:
    pace = Pace(RATE)
    for chat_id in (1, 2):
        pace.take(chat_id, NOW)
        pace.refused(chat_id, NOW + MICROS, NOW + 7 * MICROS, edit=chat_id == 1)
    assert 6 * MICROS == pace.all.wait_us(NOW + MICROS)
    assert 0 == pace.all.room(NOW + 7 * MICROS - 1)


def test_two_chats_that_were_hurried_mean_themselves() -> None:
    pace = Pace(RATE)
    for chat_id in (1, 2):
        for _ in range(2):
            pace.take(chat_id, NOW)
        pace.refused(chat_id, NOW, NOW + 7 * MICROS, edit=False)
    assert 0 == pace.all.wait_us(NOW + MICROS)
    assert 6 * MICROS == pace.chat_wait_us(2, NOW + MICROS)


def test_two_chats_refused_long_after_each_other_mean_themselves() -> None:
    pace = Pace(RATE)
    for chat_id in (1, 2):
        now_us = NOW + chat_id * 3 * MICROS
        pace.take(chat_id, now_us)
        pace.refused(chat_id, now_us, now_us + MICROS, edit=False)
    assert 0 == pace.all.wait_us(NOW + 6 * MICROS)


# ---- countdowns


def crowd_of(sessions: int, spoken_per_second: int) -> Crowd:
    crowd = Crowd(RATE, sessions)
    for second in range(11):
        crowd.spoken = second * spoken_per_second
        crowd.note(NOW + second * MICROS)
    return crowd


THEN = NOW + 10 * MICROS


def test_a_few_sessions_are_edited_every_five_seconds() -> None:
    assert timedelta(seconds=5) == crowd_of(20, 1).edit_every(THEN)


def test_many_sessions_share_what_bells_and_replies_leave() -> None:
    every = crowd_of(200, 7).edit_every(THEN)
    assert every is not None
    assert timedelta(seconds=200 / (RATE - 7)) == every


def test_in_a_crowd_that_leaves_nothing_there_are_no_edits() -> None:
    assert crowd_of(500, RATE).edit_every(THEN) is None


def test_reminders_that_wait_come_before_edits_until_they_are_out() -> None:
    crowd = crowd_of(60, 7)
    crowd.reminder_seen_us = THEN
    assert timedelta(seconds=30) == crowd.edit_every(THEN)
    assert timedelta(seconds=5) == crowd.edit_every(THEN + 3 * MICROS)


@given(st.integers(0, 5000), st.integers(0, 40))
def test_edits_of_all_sessions_together_never_take_more_than_is_left(
    sessions: int, spoken: int
) -> None:
    crowd = crowd_of(sessions, spoken)
    every = crowd.edit_every(THEN)
    if every is not None:
        assert sessions / every.total_seconds() <= RATE - spoken + 1e-3
