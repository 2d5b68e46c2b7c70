"""The diary: entries are added and read, never changed; they end with their user."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select

from bot.store.moments import micros, moment_of
from bot.store.tables import diary
from bot.store.work import Work

ADD = insert(diary).returning(diary.c.id)
ALL = select(diary).where(diary.c.user_id == bindparam("user")).order_by(diary.c.id)
SOME = ALL.where(diary.c.kind.in_(bindparam("kinds", expanding=True)))


class DiaryEntry(NamedTuple):
    id: int
    kind: str
    at: datetime
    entry: bytes


class Diary(Work):
    """The part of a unit that keeps what has happened."""

    def add_diary(self, user: int, kind: str, at: datetime, entry: bytes) -> int:
        moment = micros(at)
        sealed = self._seal(user, entry, "diary", _row(kind, moment))
        values = {"user_id": user, "kind": kind, "at": moment, "entry": sealed}
        entry_id: int = self._do(ADD, **values).scalar_one()
        return entry_id

    def diary_of(self, user: int, kinds: Collection[str] | None = None) -> list[DiaryEntry]:
        """Read the entries of these kinds, or all, in the order in which they were added."""
        if kinds is None:
            rows = self._do(ALL, user=user).all()
        else:
            rows = self._do(SOME, user=user, kinds=list(kinds)).all()
        return [
            DiaryEntry(
                row.id,
                row.kind,
                moment_of(row.at),
                self._open(user, row.entry, "diary", _row(row.kind, row.at)),
            )
            for row in rows
        ]


def _row(kind: str, moment: int) -> str:
    return f"{kind}@{moment}"
