"""The outbox: the order of each chat, what overtakes, what replaces, what is withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, update

from bot.store.tables import audit, outbox
from bot.store.unit import Unit
from bot.store.waiting import How, Rank, Waiting
from tests.bot.store.moments import DAY, LEASE, NOW, later


def someone(unit: Unit, chat_id: int = 4711) -> int:
    return unit.user_of("telegram", chat_id, day=DAY)


def say(
    unit: Unit, user: int, text: str, rank: Rank = "reply", slot: str = "screen", how: How = "fresh"
) -> int:
    return unit.put(user, rank, slot, how, NOW, text.encode())


def lease(unit: Unit, at: float = 0) -> list[Waiting]:
    return unit.leased("telegram", later(at), LEASE, 10)


def texts(rows: list[Waiting]) -> list[str]:
    return [row.payload.decode() for row in rows]


def drain(unit: Unit) -> list[str]:
    """Send until nothing is left, each row before the next is asked for."""
    said = []
    while rows := lease(unit):
        for row in rows:
            said.append(row.payload.decode())
            unit.sent(row.id, None, NOW)
    return said


def test_a_row_comes_out_as_it_went_in(unit: Unit) -> None:
    user = someone(unit)
    row = unit.put(user, "bell", "bell", "fresh", NOW, b"side", expires_at=later(60))
    expected = Waiting(
        row, user, 4711, "bell", "bell", "fresh", NOW, later(60), tries=0, payload=b"side"
    )
    assert [expected] == lease(unit)


def test_a_chat_hears_in_the_order_of_asking_and_one_at_a_time(unit: Unit) -> None:
    user = someone(unit)
    for text in ("one", "two", "three"):
        say(unit, user, text)
    first = lease(unit)
    assert ["one"] == texts(first)
    assert [] == lease(unit)
    unit.sent(first[0].id, 100, NOW)
    assert ["two"] == texts(lease(unit))


def test_chats_do_not_wait_for_each_other_and_the_best_class_comes_first(unit: Unit) -> None:
    ranks: tuple[Rank, ...] = ("reminder", "tick", "reply", "bell", "stop")
    for chat_id, rank in enumerate(ranks, 1):
        say(unit, someone(unit, chat_id), rank, rank)
    assert ["stop", "bell", "reply", "tick", "reminder"] == texts(lease(unit))


def test_a_stop_goes_beside_what_is_in_flight_and_before_what_waits(unit: Unit) -> None:
    user = someone(unit)
    say(unit, user, "card")
    lease(unit)
    say(unit, user, "next card")
    say(unit, user, "stopped", "stop")
    assert ["stopped"] == texts(lease(unit))


def test_what_waits_stays_behind_a_stop_in_flight(unit: Unit) -> None:
    user = someone(unit)
    say(unit, user, "stopped", "stop")
    say(unit, user, "what happened?")
    stop = lease(unit)
    assert ["stopped"] == texts(stop)
    assert [] == lease(unit)
    unit.sent(stop[0].id, 1, NOW)
    assert ["what happened?"] == texts(lease(unit))


def test_a_bell_never_waits_behind_a_tick_or_a_reminder(unit: Unit) -> None:
    user = someone(unit)
    say(unit, user, "remember", "reminder")
    say(unit, user, "0:20", "tick", "card", "change")
    say(unit, user, "ding", "bell", "bell")
    say(unit, user, "next", "reply")
    assert ["ding", "next", "0:20", "remember"] == drain(unit)


def test_a_bell_goes_beside_a_countdown_in_flight_and_a_reply_does_not(unit: Unit) -> None:
    user = someone(unit)
    say(unit, user, "0:20", "tick", "card", "change")
    lease(unit)
    say(unit, user, "next")
    assert [] == lease(unit)
    unit.unsay(user, ["screen"])
    say(unit, user, "ding", "bell", "bell")
    assert ["ding"] == texts(lease(unit))


def test_an_edit_that_was_told_to_wait_keeps_no_bell(unit: Unit) -> None:
    user = someone(unit)
    row = say(unit, user, "card", slot="card", how="change")
    lease(unit)
    unit.put_back(row, later(20), 0)
    say(unit, user, "ding", "bell", "bell")
    say(unit, user, "next")
    assert ["ding"] == texts(lease(unit))


def test_of_several_chats_the_earliest_deadline_goes_first(unit: Unit) -> None:
    """A reply from half a second ago comes before a bell of now, and after one as old."""
    for chat_id, (text, rank, at) in enumerate(
        (("late", "bell", 0.6), ("old reply", "reply", 0.0), ("old bell", "bell", 0.4)), 1
    ):
        user = someone(unit, chat_id)
        unit.put(user, rank, "screen", "fresh", later(at), text.encode())
    assert ["old bell", "old reply", "late"] == texts(lease(unit, 1))


def test_what_has_to_wait_for_its_chat_is_put_off_and_not_leased(unit: Unit) -> None:
    user = someone(unit)
    say(unit, user, "hurried")
    say(unit, someone(unit, 2), "free")

    def wait_us(row: Waiting) -> int:
        return 3_000_000 if row.user == user else 0

    assert ["free"] == texts(unit.leased("telegram", NOW, LEASE, 9, wait_us=wait_us))
    assert later(3) == unit.soonest("telegram", NOW)
    assert [("hurried", 0)] == [(r.payload.decode(), r.tries) for r in lease(unit, 3)]


def test_a_send_that_takes_long_keeps_its_lease(unit: Unit) -> None:
    say(unit, someone(unit), "long")
    (row,) = lease(unit)
    unit.renew([row.id], later(60))
    assert [] == lease(unit, 59)
    unit.put_back(row.id, later(61), 0)
    unit.renew([row.id], later(90))
    assert ["long"] == texts(lease(unit, 61)), "what was put back is nobody's"


def test_a_row_put_back_keeps_its_place_and_its_tries(unit: Unit) -> None:
    user = someone(unit)
    row = say(unit, user, "one")
    say(unit, user, "two")
    lease(unit)
    unit.put_back(row, later(5), 1)
    assert [] == lease(unit, 4.9)
    again = lease(unit, 5)
    assert [("one", 1)] == [
        (text, row.tries) for text, row in zip(texts(again), again, strict=True)
    ]


def test_a_lease_that_ran_out_counts_as_a_try(unit: Unit) -> None:
    say(unit, someone(unit), "one")
    assert [0] == [row.tries for row in lease(unit)]
    assert [] == lease(unit, 29)
    assert [1] == [row.tries for row in lease(unit, 30)]
    assert [2] == [row.tries for row in lease(unit, 60)]


def test_a_change_replaces_an_unsent_one_of_its_slot(unit: Unit) -> None:
    user = someone(unit)
    say(unit, user, "old card", slot="card", how="change")
    say(unit, user, "other slot", slot="screen", how="change")
    say(unit, someone(unit, 2), "other chat", slot="card", how="change")
    say(unit, user, "new card", slot="card", how="change")
    assert ["other slot", "new card"] == [text for text in drain(unit) if text != "other chat"]


def test_a_change_leaves_alone_what_is_fresh_removed_or_in_flight(unit: Unit) -> None:
    user = someone(unit)
    say(unit, user, "in flight", slot="card", how="change")
    flying = lease(unit)
    say(unit, user, "fresh", slot="card")
    say(unit, user, "remove", slot="card", how="remove")
    say(unit, user, "changed", slot="card", how="change")
    assert unit.sent(flying[0].id, 1, NOW)
    assert ["fresh", "remove", "changed"] == drain(unit)


def test_a_tick_that_replaces_a_reply_is_kept_like_a_reply(unit: Unit) -> None:
    user = someone(unit)
    say(unit, user, "paused", slot="card", how="change")
    unit.put(user, "tick", "card", "change", later(3), b"0:20", expires_at=later(8))
    kept = [(row.rank, row.made_at, row.expires_at, row.payload) for row in lease(unit, 100)]
    assert [("reply", NOW, None, b"0:20")] == kept


def test_a_newer_tick_brings_its_own_expiry(unit: Unit) -> None:
    user = someone(unit)
    unit.put(user, "tick", "card", "change", NOW, b"0:25", expires_at=later(5))
    unit.put(user, "tick", "card", "change", later(3), b"0:20", expires_at=later(8))
    assert ["0:20"] == texts(lease(unit, 6))


def test_a_change_waits_as_long_as_the_one_it_replaces_was_told_to(unit: Unit) -> None:
    user = someone(unit)
    row = say(unit, user, "old", slot="card", how="change")
    lease(unit)
    unit.put_back(row, later(7), 0)
    say(unit, user, "new", slot="card", how="change")
    assert [] == lease(unit, 6)
    assert ["new"] == texts(lease(unit, 7))


def test_what_has_expired_is_never_sent(unit: Unit) -> None:
    user = someone(unit)
    unit.put(user, "tick", "card", "change", NOW, b"0:20", expires_at=later(5))
    assert [] == lease(unit, 5)
    unit.expire(later(5))
    assert unit.waits_until("telegram", later(5)) is None


def test_unsay_withdraws_rows_of_its_slots_even_in_flight(unit: Unit) -> None:
    user = someone(unit)
    say(unit, user, "card", slot="card")
    flying = lease(unit)
    say(unit, user, "bell", "bell", slot="bell")
    say(unit, user, "question")
    say(unit, user, "old bell", "tick", "bell", "remove")
    unit.unsay(user, ["card", "bell"])
    assert not unit.sent(flying[0].id, 5, NOW)
    assert unit.message_of(user, "card") is None
    assert ["question", "old bell"] == drain(unit)


def test_a_reminder_is_withdrawn_alone(unit: Unit) -> None:
    user = someone(unit)
    say(unit, user, "question")
    say(unit, user, "it is time", "reminder")
    unit.unsay(user, ["screen"], "reminder")
    assert ["question"] == drain(unit)


def test_a_withdrawn_message_that_arrived_is_past_from_the_first(unit: Unit) -> None:
    user = someone(unit)
    unit.stray(user, "bell", 5, NOW)
    assert unit.message_of(user, "bell") is None
    assert [5] == unit.past_messages(user, "bell", NOW)


def test_a_number_is_never_used_again_so_a_late_answer_finds_nothing(unit: Unit) -> None:
    user = someone(unit)
    row = say(unit, user, "card", slot="card")
    unit.unsay(user, ["card"])
    assert row < say(unit, user, "next")
    assert not unit.sent(row, 1, NOW)
    assert ["next"] == texts(lease(unit))


def test_a_sent_message_stands_in_its_slot_and_the_older_one_is_past(unit: Unit) -> None:
    user = someone(unit)
    for message_id in (100, 101):
        unit.sent(say(unit, user, "card", slot="card"), message_id, NOW)
    unit.sent(say(unit, user, "edited", slot="card", how="change"), 101, later(9))
    unit.sent(say(unit, user, "other"), 102, later(1))
    assert 101 == unit.message_of(user, "card")
    assert [100] == unit.past_messages(user, "card", NOW)
    assert [] == unit.past_messages(user, "card", later(1))
    assert [100, 101, 102] == unit.recent_messages(user, NOW)
    assert [102] == unit.recent_messages(user, later(1)), "an edit makes no message younger"
    unit.forget_message(user, 100)
    unit.forget_message(user, 101)
    assert unit.message_of(user, "card") is None
    assert [102] == unit.recent_messages(user, NOW)


def test_a_dropped_row_leaves_its_class_and_reason_in_the_audit(
    unit: Unit, connection: Connection
) -> None:
    row = say(unit, someone(unit), "private words")
    unit.dropped(row, "403")
    assert [] == lease(unit)
    notes = connection.execute(select(audit.c.kind, audit.c.note)).all()
    assert [("dropped", "reply: 403")] == notes


def test_a_damaged_row_silences_nobody(unit: Unit, connection: Connection) -> None:
    row = say(unit, someone(unit), "damaged")
    say(unit, someone(unit), "next")
    say(unit, someone(unit, 2), "sound")
    connection.execute(update(outbox).where(outbox.c.id == row).values(payload=b"x" * 40))
    assert ["sound"] == texts(lease(unit))
    assert ["next"] == texts(lease(unit))


@pytest.mark.parametrize("at", [0, 4.9])
def test_the_sender_is_told_when_to_look_again(unit: Unit, at: float) -> None:
    assert unit.waits_until("telegram", NOW) is None
    user = someone(unit)
    unit.put(user, "reply", "screen", "fresh", NOW, b"later", not_before=later(5))
    say(unit, user, "behind it")
    assert later(5) == unit.waits_until("telegram", later(at))
    assert later(6) == unit.waits_until("telegram", later(6))
    lease(unit, 6)
    assert later(36) == unit.waits_until("telegram", later(6))
    assert unit.waits_until("terminal", later(6)) is None


def test_no_more_than_the_limit_is_leased(unit: Unit) -> None:
    for chat_id in range(5):
        say(unit, someone(unit, chat_id), "hello")
    assert 2 == len(unit.leased("telegram", NOW, LEASE, 2))
    assert 3 == len(unit.leased("telegram", NOW, LEASE, 10))


def test_a_farewell_outlives_its_owner_by_an_hour(unit: Unit, connection: Connection) -> None:
    unit.erase(someone(unit))
    unit.put_farewell("telegram", 4711, b"all erased", NOW)
    row = lease(unit)[0]
    assert (None, 4711, b"all erased") == (row.user, row.chat_id, row.payload)
    unit.put_back(row.id, NOW, 1)
    assert [] == unit.leased("telegram", NOW + timedelta(hours=1), LEASE, 10)
    unit.expire(NOW + timedelta(hours=1))
    assert [] == connection.execute(select(outbox)).all()


def test_a_sent_farewell_leaves_nothing(unit: Unit, connection: Connection) -> None:
    row = unit.put_farewell("telegram", 4711, b"all erased", NOW)
    assert unit.sent(row, 900, NOW)
    assert [] == connection.execute(select(outbox)).all()
