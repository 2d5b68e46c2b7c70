"""What may be counted without telling of anyone: users, and how many of them did a thing."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import bindparam, distinct, func, select

from bot.store.moments import micros
from bot.store.tables import alarms, diary, outbox, users
from bot.store.waiting import RANKS
from bot.store.work import Work

USERS = select(func.count()).select_from(users).where(users.c.heard_on >= bindparam("since"))
DID = (
    select(diary.c.kind, func.count(distinct(diary.c.user_id)).label("users"))
    .where(diary.c.at >= bindparam("since"))
    .group_by(diary.c.kind)
)
ARMED = select(alarms.c.name, func.count().label("users")).group_by(alarms.c.name)
WAITING = select(outbox.c.rank, func.count().label("rows")).group_by(outbox.c.rank)


class Counts(Work):
    """The part of a unit that counts."""

    def users_heard(self, since: date) -> int:
        count: int = self._do(USERS, since=since).scalar_one()
        return count

    def users_with_entries(self, since: datetime) -> dict[str, int]:
        """Count users, not entries, by what their diaries say happened since then."""
        return {row.kind: row.users for row in self._do(DID, since=micros(since)).all()}

    def users_with_alarms(self) -> dict[str, int]:
        return {row.name: row.users for row in self._do(ARMED).all()}

    def waiting_messages(self) -> dict[str, int]:
        """Count what waits to be sent, by class."""
        return {RANKS[row.rank]: row.rows for row in self._do(WAITING).all()}
