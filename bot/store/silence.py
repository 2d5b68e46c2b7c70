"""Who has been silent for long, and whether they were told what comes of it.

The day last heard stands with the user; that they were warned is an entry of their diary, which
goes with them.  Whoever speaks again after a warning begins anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from bot.store.diary import Diary
from bot.store.direct import Row
from bot.store.moments import moment_of
from bot.store.tables import diary, users

WARNED = "fading"  # the kind of the entry
warned_at = (
    select(func.max(diary.c.at))
    .where(diary.c.user_id == users.c.id, diary.c.kind == WARNED)
    .scalar_subquery()
    .label("warned_at")
)
ONE = select(users.c.id, users.c.heard_on, warned_at).where(users.c.id == bindparam("user"))
SILENT = (
    select(users.c.id, users.c.heard_on, warned_at)
    .where(
        users.c.front_end == bindparam("front_end"),
        users.c.heard_on <= bindparam("since"),
        users.c.id > bindparam("after"),
    )
    .order_by(users.c.id)
    .limit(bindparam("most"))
)


class Silent(NamedTuple):
    """A user, when they were last heard, and when they were warned since then."""

    user: int
    heard_on: date
    warned_at: datetime | None


class Silence(Diary):
    """The part of a unit that knows who has not been heard."""

    def silent_since(self, front_end: str, day: date, after: int, limit: int) -> list[Silent]:
        """List users last heard on that day or before, by number, behind the user `after`."""
        rows = self._do(SILENT, front_end=front_end, since=day, after=after, most=limit)
        return list(_read(rows))

    def silence_of(self, user: int) -> Silent | None:
        """Look once more at one user; none when erased meanwhile."""
        return next(_read(self._do(ONE, user=user)), None)

    def note_warned(self, user: int, at: datetime) -> None:
        self.add_diary(user, WARNED, at, b"")


def _read(rows: Iterable[Row]) -> Iterator[Silent]:
    for row in rows:
        warned = None if row.warned_at is None else moment_of(row.warned_at)
        since = warned is not None and warned.date() > row.heard_on
        yield Silent(row.id, row.heard_on, warned if since else None)
