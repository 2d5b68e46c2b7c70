"""Crowds at the way out, with a clock that only the test moves: nobody is late, nobody starved."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url

from bot.outbox.pace import MICROS, Pace
from bot.store.schema import vault_of
from bot.store.sqlite import engine_of
from bot.store.tables import METADATA
from bot.store.unit import Unit
from bot.store.waiting import RANKS, Rank
from bot.store.work import Aftermath
from tests.bot.outbox.crowds import API_S, Crowds
from tests.bot.postgres.server import KEYS

RATE = 27
LATE_BELL_S, LATE_REPLY_S = 1.0, 1.5


@pytest.fixture
def unit() -> Iterator[Unit]:
    """Open a transaction on an empty database in memory, which nobody commits."""
    engine = engine_of(make_url("sqlite://"))
    with engine.connect() as connection:
        METADATA.create_all(connection)
        yield Unit(connection, vault_of(connection, KEYS), Aftermath())
    engine.dispose()


def p99(waits_s: list[float]) -> float:
    return waits_s[len(waits_s) * 99 // 100]


def test_in_a_crowd_bells_and_replies_are_in_time_and_reminders_use_the_rest(unit: Unit) -> None:
    """20 bells and 3 replies a second, and many reminders at once: 4 a second are left for them."""
    chance = random.Random(20261122)  # noqa: S311 - moments, not secrets
    crowds = Crowds(unit, Pace(RATE))
    seconds, reminders = 20, 60
    for number in range(20 * seconds):
        crowds.ask(chance.uniform(0, seconds), number % 250, "bell", "bell")
    for number in range(3 * seconds):
        crowds.ask(chance.uniform(0, seconds), 250 + number % 50, "reply")
    for number in range(reminders):
        crowds.ask(0, 1000 + number, "reminder")
    crowds.play(60)
    assert p99(crowds.waits_s("bell")) <= LATE_BELL_S
    assert p99(crowds.waits_s("reply")) <= LATE_REPLY_S
    assert 20 * seconds == len(crowds.waits_s("bell"))
    assert crowds.waits_s("reminder")[-1] <= 1.2 * reminders / (RATE - 23)
    assert 0 == crowds.beside


def test_when_more_is_said_than_may_go_nobody_is_starved(unit: Unit) -> None:
    """Bells alone would fill the rate: replies wait as long, and reminders keep their share."""
    crowds = Crowds(unit, Pace(RATE))
    for number in range(300):
        crowds.ask(number / RATE, number, "bell", "bell")
        crowds.ask(number / RATE / 2, 1000 + number, "reply")
    crowds.ask(0, 5000, "stop")
    for number in range(50):
        crowds.ask(0, 10_000 + number, "reminder")
    seconds = 10
    crowds.play(seconds)
    first, last = crowds.waits_s("reply")[0], crowds.waits_s("reply")[-1]
    assert first < LATE_REPLY_S
    assert abs(last - crowds.waits_s("bell")[-1]) <= 1.0, "both wait alike"
    sent = len(crowds.went)
    assert sent // 20 - 1 <= len(crowds.waits_s("reminder")) <= sent // 20 + 2
    assert crowds.waits_s("stop")[0] <= 0.2


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 10, allow_nan=False), st.integers(1, 4), st.sampled_from(RANKS),
            st.sampled_from(["card", "screen"]),
        ),
        max_size=40,
    )
)  # fmt: skip
def test_whatever_is_asked_of_a_few_chats_goes_at_the_pace_and_in_order(
    unit: Unit, asked: list[tuple[float, int, Rank, str]]
) -> None:
    savepoint = unit._connection.begin_nested()  # noqa: SLF001 - each example begins with nothing
    crowds = Crowds(unit, Pace(RATE))
    for at_s, chat_id, rank, slot in asked:
        crowds.ask(at_s, chat_id, rank, slot)
    crowds.play(200)
    savepoint.rollback()
    assert len(asked) == len(crowds.went), "all has gone"
    speaks = [each for each in crowds.went if each.rank != "stop"]
    assert 0 == crowds.beside, "only a stop does, and a bell beside a countdown"
    for chat_id in range(1, 5):
        moments = [each.at_s for each in speaks if each.chat_id == chat_id]
        assert all(later - at > 10 - 1e-6 for at, later in zip(moments, moments[10:], strict=False))
    for each in crowds.went:
        if each.rank == "stop":
            assert each.waited_s <= len(asked) / RATE
        if each.rank == "bell":
            unrelated = [w for w in crowds.went if w.rank in ("tick", "reminder")]
            worse = [w.at_s for w in unrelated if w.chat_id == each.chat_id]
            begun = each.at_s - each.waited_s
            assert all(not begun < at < each.at_s for at in worse), (
                "a bell waits behind no tick and no reminder"
            )


def test_a_wait_of_a_chat_lets_others_go_at_once(unit: Unit) -> None:
    crowds = Crowds(unit, Pace(RATE))
    for _ in range(6):
        crowds.ask(0, 1, "reply")
    for chat_id in range(2, 6):
        crowds.ask(0.5, chat_id, "reply")
    crowds.play(30)
    others = [each.waited_s for each in crowds.went if each.chat_id > 1]
    assert max(others) <= 4 / RATE
    mine = [each.at_s for each in crowds.went if each.chat_id == 1]
    assert mine[2] <= 2 * API_S + 1 / MICROS
    assert 3 * 1.25 == pytest.approx(mine[5], abs=0.1)
