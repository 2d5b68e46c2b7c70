"""Erasing: the data key and every row of a user, in one transaction.

The commit also empties the write-ahead log (`Aftermath.wiped`), and `secure_delete` has written
zeros over the rest, so that even the master key opens nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, delete

from bot.store.tables import METADATA, users
from bot.store.work import Work

OF_USER = {
    table.name: delete(table).where(table.c.user_id == bindparam("user"))
    for table in METADATA.sorted_tables
    if "user_id" in table.c
}
THE_USER = delete(users).where(users.c.id == bindparam("user"))


@dataclass(frozen=True)
class Erased:
    """How many rows went, by table."""

    counts: Mapping[str, int]


class Erasure(Work):
    """The part of a unit that forgets."""

    def erase(self, user: int) -> Erased:
        self.lock(user)
        counts = {name: self._do(rows, user=user).rowcount for name, rows in OF_USER.items()}
        counts["users"] = self._do(THE_USER, user=user).rowcount
        self._owners.pop(user, None)
        self._aftermath.wiped = True
        return Erased(counts)
