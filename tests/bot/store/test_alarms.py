"""Alarms: one by name, due when it says, taken once."""

from __future__ import annotations

from bot.store.alarms import DueAlarm
from bot.store.unit import Unit
from tests.bot.store.moments import DAY, LEASE, NOW, later


def someone(unit: Unit, chat_id: int = 4711) -> int:
    return unit.user_of("telegram", chat_id, day=DAY)


def test_an_alarm_is_due_at_its_moment_and_not_before(unit: Unit) -> None:
    user = someone(unit)
    unit.set_alarm(user, "session", later(20), b"hold ended")
    assert [] == unit.due_alarms("telegram", later(19.999999), LEASE, 10)
    assert [DueAlarm(user, "session", later(20))] == unit.due_alarms(
        "telegram", later(20), LEASE, 10
    )


def test_an_alarm_is_taken_once(unit: Unit) -> None:
    user = someone(unit)
    unit.set_alarm(user, "session", later(20), b"hold ended")
    assert b"hold ended" == unit.take_alarm(user, "session", later(20))
    assert unit.take_alarm(user, "session", later(20)) is None
    assert unit.next_due("telegram") is None


def test_a_name_set_again_replaces_what_was_armed(unit: Unit) -> None:
    user = someone(unit)
    unit.set_alarm(user, "session", later(20), b"first")
    unit.set_alarm(user, "session", later(40), b"second")
    assert unit.take_alarm(user, "session", later(20)) is None
    assert later(40) == unit.next_due("telegram")
    assert b"second" == unit.take_alarm(user, "session", later(40))


def test_an_alarm_set_again_while_leased_is_free_again(unit: Unit) -> None:
    user = someone(unit)
    unit.set_alarm(user, "session", NOW, b"first")
    unit.due_alarms("telegram", NOW, LEASE, 10)
    unit.set_alarm(user, "session", later(1), b"second")
    assert [DueAlarm(user, "session", later(1))] == unit.due_alarms("telegram", later(1), LEASE, 10)


def test_names_and_users_do_not_touch_each_other(unit: Unit) -> None:
    one, other = someone(unit, 1), someone(unit, 2)
    unit.set_alarm(one, "session", later(20), b"a")
    unit.set_alarm(one, "silence", later(20), b"b")
    unit.set_alarm(other, "session", later(20), b"c")
    unit.drop_alarm(one, "session")
    assert unit.take_alarm(one, "session", later(20)) is None
    assert b"b" == unit.take_alarm(one, "silence", later(20))
    assert b"c" == unit.take_alarm(other, "session", later(20))


def test_a_leased_alarm_is_nobody_elses_until_the_lease_ends(unit: Unit) -> None:
    user = someone(unit)
    unit.set_alarm(user, "session", NOW, b"hold ended")
    due = unit.due_alarms("telegram", NOW, LEASE, 10)
    assert [] == unit.due_alarms("telegram", later(29), LEASE, 10)
    assert NOW + LEASE == unit.next_due("telegram")
    assert due == unit.due_alarms("telegram", NOW + LEASE, LEASE, 10)


def test_the_longest_overdue_are_leased_first(unit: Unit) -> None:
    user = someone(unit)
    for seconds in (3, 1, 2):
        unit.set_alarm(user, f"alarm-{seconds}", later(seconds), b"")
    due = unit.due_alarms("telegram", later(9), LEASE, 2)
    assert ["alarm-1", "alarm-2"] == [alarm.name for alarm in due]


def test_holds_can_be_leased_apart_from_all_that_can_wait(unit: Unit) -> None:
    user = someone(unit)
    unit.set_alarm(user, "reminder", NOW, b"")
    unit.set_alarm(user, "session", later(1), b"")
    holds = unit.due_alarms("telegram", later(9), LEASE, 9, which="holds")
    others = unit.due_alarms("telegram", later(9), LEASE, 9, which="others")
    assert [DueAlarm(user, "session", later(1))] == holds
    assert [DueAlarm(user, "reminder", NOW)] == others


def test_each_front_end_has_its_own_alarms(unit: Unit) -> None:
    unit.set_alarm(someone(unit), "session", NOW, b"hold ended")
    assert [] == unit.due_alarms("terminal", later(9), LEASE, 10)
    assert unit.next_due("terminal") is None
