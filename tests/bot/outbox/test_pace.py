"""The pace, told by a clock that only the test moves: rates, bursts, patience, countdowns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from bot.outbox.crowd import Crowd
from bot.outbox.pace import CHAT_BURST, CHAT_INTERVAL_US, MICROS, Bucket, Pace, Window

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


@given(st.integers(1, 1000), WAITS_US)
def test_no_window_holds_more_than_it_may(rate: int, waits_us: list[int]) -> None:
    window, now_us = Window.of_rate(rate), NOW
    moments: list[int] = []
    for wait_us in waits_us:
        now_us += wait_us // rate
        now_us += window.wait_us(now_us)
        room = window.room(now_us)
        assert room >= 1
        moments += [now_us] * room
        for _ in range(room):
            window.take(now_us)
        assert 0 < window.wait_us(now_us)
    assert most_within(moments, window.span_us) <= window.most


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


# ---- the way out


@dataclass
class Way:
    """A way out on which some are held up before they leave, and some after; the moments count."""

    pace: Pace
    before_us: Mapping[int, int]  # by number: from the lease to the request
    after_us: list[int]  # by turns: from there to Telegram
    behind: Collection[int] = ()  # the numbers of those that wait for one and the same thing
    opens_us: int = NOW  # when they may go
    arrived: list[int] = field(default_factory=list)
    leaving: list[tuple[int, int, int]] = field(default_factory=list)  # when, which, leased when

    def send(self, messages: int) -> list[int]:
        now_us, number = NOW, 0
        while number < messages:
            self._leave(now_us)
            self.pace.settle()
            for _ in range(self.pace.room(now_us)):
                self.pace.take(number, now_us)
                self.pace.leased[number] = now_us
                leaves_us = now_us + self.before_us.get(number, 0)
                if number in self.behind:
                    leaves_us = max(leaves_us, self.opens_us)
                self.leaving.append((leaves_us, number, now_us))
                number += 1
            now_us += max(1, self.pace.wait_us(now_us))
        self._leave(now_us + MICROS * 100)
        return sorted(self.arrived)

    def _leave(self, until_us: int) -> None:
        for leaving in sorted(self.leaving):
            at_us, number, leased_us = leaving
            if at_us < until_us:  # who leaves at this very moment has not been seen to
                self.leaving.remove(leaving)
                self.pace.leaves(number, leased_us, at_us)
                self.arrived.append(at_us + self.after_us[number % len(self.after_us)])


SLACK_US = Window.of_rate(RATE).slack_us
TO_TELEGRAM = st.lists(st.integers(0, SLACK_US), min_size=1, max_size=20)
BEHIND = st.sets(st.integers(0, 60), max_size=5)


@given(
    st.dictionaries(st.integers(0, 99), st.integers(0, 3 * MICROS), max_size=5),
    TO_TELEGRAM, BEHIND, st.integers(NOW, NOW + 5 * MICROS),
)  # fmt: skip
@example({}, [0], set(range(10)), NOW + 2 * MICROS)
def test_whatever_is_held_up_no_second_sees_more_than_telegram_takes(
    before_us: dict[int, int], after_us: list[int], behind: set[int], opens_us: int
) -> None:
    arrived = Way(Pace(RATE), before_us, after_us, behind, opens_us).send(150)
    assert most_within(arrived, MICROS) <= TELEGRAM_PER_SECOND


@given(st.integers(0, 40 * MICROS // RATE), st.integers(1, 40))
def test_a_process_that_stood_still_sends_no_more_than_it_may_in_a_second(
    stall_us: int, first: int
) -> None:
    """What it had leased leaves late, all at once, and beside what may go then."""
    stopped_at = NOW + first * MICROS // RATE
    pace, now_us, number = Pace(RATE), NOW, 0
    arrived: list[int] = []
    while number < 150:
        stood_still = now_us >= stopped_at
        stopped_at += 99 * MICROS if stood_still else 0
        for _ in range(pace.room(now_us)):
            pace.take(number, now_us)
            pace.leased[number] = now_us
            leaves_us = now_us + (stall_us if stood_still else 0)
            pace.leaves(number, now_us, leaves_us)
            arrived.append(leaves_us)
            number += 1
        now_us += stall_us if stood_still else 0
        pace.settle()
        now_us += max(1, pace.wait_us(now_us))
    assert most_within(arrived, MICROS) <= TELEGRAM_PER_SECOND


@given(st.integers(0, SLACK_US), TO_TELEGRAM)
def test_the_window_costs_no_message_at_the_rate(before_us: int, after_us: list[int]) -> None:
    late = dict.fromkeys(range(150), before_us)
    arrived = Way(Pace(RATE), late, after_us).send(150)
    assert arrived[-1] - arrived[0] <= 149 * MICROS / RATE + SLACK_US


def test_a_message_of_two_requests_counts_twice() -> None:
    pace = Pace(RATE)
    pace.leased[7] = NOW
    for _ in range(2):
        pace.leaves(7, NOW, NOW)
    pace.settle()
    assert [NOW] == pace.window.moments, "the first was counted when it was leased"


def test_many_that_wait_for_a_file_do_not_keep_all_others_waiting() -> None:
    pace = Pace(RATE)
    pace.leased = dict.fromkeys(range(200), NOW)
    assert 0 < pace.room(NOW + 10 * MICROS)


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
