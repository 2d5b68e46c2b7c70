"""Users, talks, diary, messages, updates seen and media: what is kept comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select, update

from bot.store.diary import DiaryEntry
from bot.store.faults import BrokenSeal
from bot.store.moments import micros, moment_of
from bot.store.tables import audit, diary, messages, seen_updates, talks, users
from bot.store.unit import Unit
from bot.store.work import NobodyHere
from tests.bot.store.moments import DAY, NOW, later


def someone(unit: Unit, chat_id: int = 4711) -> int:
    return unit.user_of("telegram", chat_id, day=DAY)


def test_a_chat_is_one_user_for_each_front_end(unit: Unit) -> None:
    user = someone(unit)
    assert user == someone(unit)
    assert user == unit.known_user("telegram", 4711)
    assert unit.known_user("terminal", 4711) is None
    assert user != unit.user_of("terminal", 4711, day=DAY)


def test_the_chat_id_comes_back(unit: Unit) -> None:
    assert 4711 == unit.chat_of(someone(unit))
    assert -100 == unit.chat_of(someone(unit, -100))


def test_the_day_last_heard_moves_on(unit: Unit, connection: Connection) -> None:
    user = someone(unit)
    unit.user_of("telegram", 4711, day=DAY + timedelta(days=1))
    heard = connection.execute(select(users.c.heard_on).where(users.c.id == user)).scalar_one()
    assert DAY + timedelta(days=1) == heard


def test_a_new_user_has_a_talk_to_lock_and_no_snapshot(unit: Unit) -> None:
    user = someone(unit)
    unit.lock(user)
    assert unit.talk_of(user) is None


def test_the_last_snapshot_is_the_talk(unit: Unit) -> None:
    user = someone(unit)
    unit.keep_talk(user, b"first")
    unit.keep_talk(user, b"second")
    assert b"second" == unit.talk_of(user)


def test_a_row_copied_to_another_user_does_not_open(unit: Unit, connection: Connection) -> None:
    one, other = someone(unit, 1), someone(unit, 2)
    unit.keep_talk(one, b"first")
    unit.keep_talk(other, b"second")
    stolen = select(talks.c.snapshot).where(talks.c.user_id == one).scalar_subquery()
    connection.execute(update(talks).where(talks.c.user_id == other).values(snapshot=stolen))
    with pytest.raises(BrokenSeal):
        unit.talk_of(other)


def test_a_diary_entry_that_changed_its_kind_does_not_open(
    unit: Unit, connection: Connection
) -> None:
    user = someone(unit)
    unit.add_diary(user, "mark", NOW, b"4")
    connection.execute(update(diary).values(kind="session"))
    with pytest.raises(BrokenSeal):
        unit.diary_of(user)


def test_the_diary_keeps_its_order_and_can_be_read_by_kind(unit: Unit) -> None:
    user = someone(unit)
    first = unit.add_diary(user, "session", NOW, b"done")
    second = unit.add_diary(user, "mark", later(-9), b"4")
    unit.add_diary(someone(unit, 2), "mark", NOW, b"other")
    session = DiaryEntry(first, "session", NOW, b"done")
    mark = DiaryEntry(second, "mark", later(-9), b"4")
    assert [session, mark] == unit.diary_of(user)
    assert [mark] == unit.diary_of(user, kinds=["mark"])
    assert [] == unit.diary_of(user, kinds=[])


def test_an_update_is_seen_once(unit: Unit) -> None:
    assert unit.seen(10, NOW)
    assert not unit.seen(10, later(1))
    assert unit.seen(9, later(2))


def test_updates_are_remembered_for_three_days_and_past_messages_for_two(
    unit: Unit, connection: Connection
) -> None:
    user = someone(unit)
    unit.seen(10, NOW)
    unit.stray(user, "card", 1, NOW)
    unit.tidy(NOW + timedelta(hours=47))
    assert not unit.seen(10, NOW)
    assert [1] == unit.past_messages(user, "card", NOW)
    unit.tidy(NOW + timedelta(hours=73))
    assert [] == connection.execute(select(seen_updates)).all()
    assert [] == connection.execute(select(messages)).all()


def test_tidying_happens_while_updates_come_in(unit: Unit) -> None:
    unit.seen(1, NOW)
    for update_id in range(100, 200):
        unit.seen(update_id, NOW + timedelta(days=4))
        unit.finish()
    assert unit.seen(1, NOW)


def test_a_file_id_is_kept_per_bot_until_it_is_refused(unit: Unit) -> None:
    unit.keep_media(1, "hash", "file-a")
    unit.keep_media(1, "hash", "file-b")
    assert "file-b" == unit.media_of(1, "hash")
    assert unit.media_of(2, "hash") is None
    unit.forget_media(1, "hash")
    assert unit.media_of(1, "hash") is None


def test_the_audit_keeps_names_and_counts(unit: Unit, connection: Connection) -> None:
    unit.audit("erased", NOW, "diary: 3")
    rows = connection.execute(select(audit.c.kind, audit.c.at, audit.c.note)).all()
    assert [("erased", micros(NOW), "diary: 3")] == rows


def test_nobody_can_be_asked_for_who_is_not_there(unit: Unit) -> None:
    with pytest.raises(NobodyHere):
        unit.keep_talk(99, b"lost")


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_comes_back_to_the_microsecond(moment: datetime) -> None:
    assert moment == moment_of(micros(moment))
