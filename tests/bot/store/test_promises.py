"""Promises: whatever is asked of alarms and outbox in whatever order, a plain model foretells it.

Every step is a transaction of its own on a real file; now and then another process takes over.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import Connection, make_url

from bot.store.alarms import DueAlarm
from bot.store.schema import vault_of
from bot.store.sqlite import engine_of, free_leases
from bot.store.unit import Unit
from bot.store.waiting import LANES, PATIENCE_US, RANKS, How, Rank
from bot.store.work import Aftermath
from tests.bot.store.conftest import KEYS
from tests.bot.store.moments import DAY, LEASE, NOW

CHATS = st.integers(1, 2)
NAMES = st.sampled_from(["session", "reminder"])
SLOTS = st.sampled_from(["card", "bell"])
SECONDS = st.integers(0, 60)


@dataclass
class Armed:
    due_at: datetime
    event: bytes
    leased_until: datetime


@dataclass
class Asked:
    """A row of the outbox, as a plain object."""

    id: int
    chat: int
    rank: Rank
    slot: str
    how: How
    payload: bytes
    made_at: datetime
    not_before: datetime
    leased_until: datetime
    was_leased: bool = False
    tries: int = 0


@settings(max_examples=150, stateful_step_count=40, deadline=None)
class Promises(RuleBasedStateMachine):
    empty: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(shutil.copy(self.empty, self.folder.name))
        self.engine = engine_of(make_url(f"sqlite:///{path}"))
        self.connection = self.engine.connect()
        self.now = NOW
        self.count = 0
        self.alarms: dict[tuple[int, str], Armed] = {}
        self.outbox: list[Asked] = []
        with self.connection.begin():
            self.vault = vault_of(self.connection, KEYS)
        self.users = {chat: self.user_of(chat) for chat in (1, 2)}

    def teardown(self) -> None:
        self.connection.close()
        self.engine.dispose()
        self.folder.cleanup()

    def unit(self, connection: Connection) -> Unit:
        return Unit(connection, self.vault, Aftermath())

    def user_of(self, chat: int) -> int:
        with self.connection.begin():
            return self.unit(self.connection).user_of("telegram", chat, day=DAY)

    def words(self) -> bytes:
        self.count += 1
        return str(self.count).encode()

    @rule(seconds=SECONDS)
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(chat=CHATS, name=NAMES, seconds=SECONDS)
    def arm(self, chat: int, name: str, seconds: int) -> None:
        armed = Armed(self.now + timedelta(seconds=seconds), self.words(), NOW)
        with self.connection.begin():
            unit = self.unit(self.connection)
            unit.set_alarm(self.users[chat], name, armed.due_at, armed.event)
        self.alarms[chat, name] = armed

    @rule(chat=CHATS, name=NAMES)
    def drop(self, chat: int, name: str) -> None:
        with self.connection.begin():
            self.unit(self.connection).drop_alarm(self.users[chat], name)
        self.alarms.pop((chat, name), None)

    @rule(late=st.booleans())
    def hear_due_alarms(self, late: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        with self.connection.begin():
            due = self.unit(self.connection).due_alarms("telegram", self.now, LEASE, 9)
        expected = {
            (self.users[chat], name, armed.due_at)
            for (chat, name), armed in self.alarms.items()
            if armed.due_at <= self.now and armed.leased_until <= self.now
        }
        assert expected == set(due)
        for key, armed in self.alarms.items():
            if (self.users[key[0]], key[1], armed.due_at) in expected:
                armed.leased_until = self.now + LEASE
        if not late:
            self.take(due)

    def take(self, due: list[DueAlarm]) -> None:
        chats = {user: chat for chat, user in self.users.items()}
        for user, name, due_at in due:
            with self.connection.begin():
                unit = self.unit(self.connection)
                first = unit.take_alarm(user, name, due_at)
                second = unit.take_alarm(user, name, due_at)
            assert (self.alarms.pop((chats[user], name)).event, None) == (first, second)

    @rule(chat=CHATS, rank=st.sampled_from(RANKS), slot=SLOTS,
          how=st.sampled_from(["change", "change", "fresh", "remove"]))  # fmt: skip
    def put(self, chat: int, rank: Rank, slot: str, how: How) -> None:
        payload = self.words()
        with self.connection.begin():
            unit = self.unit(self.connection)
            row = unit.put(self.users[chat], rank, slot, how, self.now, payload)
        asked = Asked(row, chat, rank, slot, how, payload, self.now, NOW, NOW)
        if how == "change":
            for old in [row for row in self.outbox if self.is_replaced(row, asked)]:
                self.outbox.remove(old)
                asked.rank = min(asked.rank, old.rank, key=RANKS.index)
                asked.made_at = min(asked.made_at, old.made_at)
                if old.rank != "tick":  # it waits of its own accord, and what is news does not
                    asked.not_before = max(asked.not_before, old.not_before)
        self.outbox.append(asked)

    def is_replaced(self, old: Asked, new: Asked) -> bool:
        same_place = (old.chat, old.slot, old.how) == (new.chat, new.slot, "change")
        return same_place and old.leased_until <= self.now

    @rule(chat=CHATS, slots=st.lists(SLOTS, unique=True))
    def unsay(self, chat: int, slots: list[str]) -> None:
        with self.connection.begin():
            self.unit(self.connection).unsay(self.users[chat], slots)
        self.outbox = [
            row
            for row in self.outbox
            if row.chat != chat or row.slot not in slots or row.how == "remove"
        ]

    @rule()
    def lease(self) -> None:
        with self.connection.begin():
            leased = self.unit(self.connection).leased("telegram", self.now, LEASE, 99)
        may_go = sorted((row for row in self.outbox if self.may_go(row)), key=turn)
        for row in may_go:
            row.tries += row.was_leased
            row.was_leased, row.leased_until = True, self.now + LEASE
        expected = [(row.id, row.chat, row.rank, row.payload, row.tries) for row in may_go]
        assert expected == [
            (row.id, row.chat_id, row.rank, row.payload, row.tries) for row in leased
        ]

    def may_go(self, row: Asked) -> bool:
        if max(row.not_before, row.leased_until) > self.now:
            return False
        others = [other for other in self.outbox if other.chat == row.chat and other is not row]
        return row.rank == "stop" or not any(self.holds_up(other, row) for other in others)

    def holds_up(self, other: Asked, row: Asked) -> bool:
        bell, lanes = row.rank == "bell", (LANES[other.rank], LANES[row.rank])
        if other.leased_until > self.now and not (bell and lanes[0] > 0):
            return True
        told_to_wait = other.how == "change" and other.not_before > self.now
        older = other.rank == "stop" or other.id < row.id
        return lanes[0] < lanes[1] or (
            lanes[0] == lanes[1] and older and not (bell and told_to_wait)
        )

    def flying(self) -> list[Asked]:
        return [row for row in self.outbox if row.was_leased]

    @precondition(lambda self: self.flying())
    @rule(data=st.data())
    def sent(self, data: st.DataObject) -> None:
        row = data.draw(st.sampled_from(self.flying()))
        with self.connection.begin():
            unit = self.unit(self.connection)
            known = unit.sent(row.id, 1000 + row.id, self.now)
            standing = unit.message_of(self.users[row.chat], row.slot)
        self.outbox.remove(row)
        assert (True, 1000 + row.id) == (known, standing)

    @precondition(lambda self: self.flying())
    @rule(data=st.data(), seconds=SECONDS, tries=st.integers(0, 3))
    def put_back(self, data: st.DataObject, seconds: int, tries: int) -> None:
        row = data.draw(st.sampled_from(self.flying()))
        row.not_before, row.tries = self.now + timedelta(seconds=seconds), tries
        row.was_leased, row.leased_until = False, NOW
        with self.connection.begin():
            self.unit(self.connection).put_back(row.id, row.not_before, tries)

    @rule()
    def another_process_takes_over(self) -> None:
        self.connection.close()
        self.connection = self.engine.connect()
        with self.connection.begin():
            free_leases(self.connection)
        for row in self.outbox:
            row.leased_until = NOW
        for armed in self.alarms.values():
            armed.leased_until = NOW

    @rule(chat=CHATS)
    def erase(self, chat: int) -> None:
        with self.connection.begin():
            self.unit(self.connection).erase(self.users[chat])
        self.users[chat] = self.user_of(chat)
        self.alarms = {key: armed for key, armed in self.alarms.items() if key[0] != chat}
        self.outbox = [row for row in self.outbox if row.chat != chat]

    @invariant()
    def both_loops_are_told_when_to_look_again(self) -> None:
        with self.connection.begin():
            unit = self.unit(self.connection)
            alarm, row = unit.next_due("telegram"), unit.waits_until("telegram", self.now)
        waits = [max(armed.due_at, armed.leased_until) for armed in self.alarms.values()]
        assert min(waits, default=None) == alarm
        later = [max(asked.not_before, asked.leased_until) for asked in self.outbox]
        if any(self.may_go(asked) for asked in self.outbox):
            assert self.now == row
        else:
            assert min((at for at in later if at > self.now), default=None) == row


def turn(row: Asked) -> tuple[int, datetime, int]:
    deadline = row.made_at + timedelta(microseconds=PATIENCE_US[row.rank])
    return LANES[row.rank], deadline, row.id


@pytest.fixture(autouse=True)
def _empty(empty_database: Path) -> None:
    Promises.empty = empty_database


TestPromises = Promises.TestCase
