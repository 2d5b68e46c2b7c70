"""Alarms: one per user and name, due at an absolute moment, taken exactly once.

Whoever leases an alarm may hear it; whoever hears it takes it, in the transaction that acts on
it.  A lease that runs out makes the alarm due again, so a killed process delays and loses none.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, bindparam, delete, func, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from bot.store.dialects import insert_or_change
from bot.store.moments import micros, moment_of
from bot.store.tables import alarms
from bot.store.work import Work

SET = insert_or_change(alarms, ["user_id", "name"], ["front_end", "due_at", "wake_at", "event"])
THIS_ONE = (alarms.c.user_id == bindparam("user"), alarms.c.name == bindparam("name"))
DROP = delete(alarms).where(*THIS_ONE)
TAKE = (
    delete(alarms).where(*THIS_ONE, alarms.c.due_at == bindparam("due")).returning(alarms.c.event)
)
NEXT = select(func.min(alarms.c.wake_at)).where(alarms.c.front_end == bindparam("front_end"))
ARMED = (
    select(func.count())
    .select_from(alarms)
    .where(
        alarms.c.front_end == bindparam("front_end"),
        alarms.c.wake_at <= bindparam("until"),
        alarms.c.name == bindparam("name"),
    )
)
waiting = alarms.alias("waiting")
HOLDS = "session"  # the alarm of those who are stretching: nobody else's may stand before it


def _lease(*which: ColumnElement[bool]) -> ReturningUpdate[tuple[int, str, int]]:
    picked = (  # apart, for PostgreSQL might ask a plain subquery more than once
        select(waiting.c.id)
        .where(
            waiting.c.front_end == bindparam("of_front_end"),
            waiting.c.wake_at <= bindparam("now"),
            *which,
        )
        .order_by(waiting.c.wake_at)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    return (
        update(alarms)
        .where(alarms.c.id.in_(select(picked.c.id)))
        .values(wake_at=bindparam("until"))
        .returning(alarms.c.user_id, alarms.c.name, alarms.c.due_at)
    )


LEASE_DUE = _lease()
LEASE_HOLDS = _lease(waiting.c.name == HOLDS)
LEASE_OTHERS = _lease(waiting.c.name != HOLDS)


class DueAlarm(NamedTuple):
    user: int
    name: str
    due_at: datetime


class Alarms(Work):
    """The part of a unit that waits."""

    def set_alarm(self, user: int, name: str, due_at: datetime, event: bytes) -> None:
        """Arm it; one of this name that was armed before is replaced."""
        due = micros(due_at)
        self._do(
            SET,
            user_id=user,
            front_end=self._owner(user).front_end,
            name=name,
            due_at=due,
            wake_at=due,
            event=self._seal(user, event, "alarms", _row(name, due)),
        )
        self._aftermath.arm(due_at)

    def drop_alarm(self, user: int, name: str) -> None:
        self._do(DROP, user=user, name=name)

    def take_alarm(self, user: int, name: str, due_at: datetime) -> bytes | None:
        """Delete and return it; nothing when it was taken, dropped or set anew meanwhile."""
        due = micros(due_at)
        sealed = self._do(TAKE, user=user, name=name, due=due).scalar_one_or_none()
        return None if sealed is None else self._open(user, sealed, "alarms", _row(name, due))

    def due_alarms(
        self, front_end: str, now: datetime, lease: timedelta, limit: int,
        *, which: Literal["any", "holds", "others"] = "any",
    ) -> list[DueAlarm]:  # fmt: skip
        """Lease what is due, the longest overdue first."""
        rows = self._do(
            {"any": LEASE_DUE, "holds": LEASE_HOLDS, "others": LEASE_OTHERS}[which],
            of_front_end=front_end,
            now=micros(now),
            until=micros(now + lease),
            most=limit,
        )
        due = [DueAlarm(row.user_id, row.name, moment_of(row.due_at)) for row in rows]
        return sorted(due, key=lambda alarm: alarm.due_at)

    def next_due(self, front_end: str) -> datetime | None:
        """Say when to look again: the nearest due alarm or end of a lease."""
        nearest = self._do(NEXT, front_end=front_end).scalar_one()
        return None if nearest is None else moment_of(nearest)

    def armed_until(self, front_end: str, name: str, until: datetime) -> int:
        """Count the alarms of this name that are due until then."""
        count: int = self._do(
            ARMED, front_end=front_end, name=name, until=micros(until)
        ).scalar_one()
        return count


def _row(name: str, due: int) -> str:
    return f"{name}@{due}"
