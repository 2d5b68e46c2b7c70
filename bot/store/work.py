"""What all rooms of a unit share: the open transaction, the keys, and what the commit sets off.

Statements are constants with bound parameters (three times as fast as building them on each
call).  A data key stays in memory for one transaction only, so an erased one is nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Executable, bindparam, select

from bot.store.dialects import PerDialect
from bot.store.direct import Found, Ready, executed
from bot.store.faults import OneUsers
from bot.store.seal import Seal, Vault
from bot.store.tables import keys, talks, users

OWNER = (
    select(users.c.front_end, users.c.chat, keys.c.wrapped)
    .join(keys, keys.c.user_id == users.c.id)
    .where(users.c.id == bindparam("user"))
)
LOCK = select(talks.c.user_id).where(talks.c.user_id == bindparam("user")).with_for_update()
READY = Ready()


class NobodyHere(OneUsers):
    """The user is not, or no longer, in the database."""


@dataclass
class Aftermath:
    """What a commit sets off: woken loops, and traces to be wiped."""

    armed: datetime | None = None  # the nearest alarm that was set
    posted: bool = False  # the outbox may have something to send
    wiped: bool = False  # a key was destroyed: the write-ahead log must not keep it
    withdrawn: set[int] = field(default_factory=set)  # rows of the outbox that were taken back

    def arm(self, due_at: datetime) -> None:
        self.armed = due_at if self.armed is None else min(self.armed, due_at)


class Owner(NamedTuple):
    """A user for the length of a transaction."""

    front_end: str
    chat: bytes
    seal: Seal


class Work:
    """One open transaction, without what it is for."""

    def __init__(self, connection: Connection, vault: Vault, aftermath: Aftermath) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._vault = vault
        self._aftermath = aftermath
        self._owners: dict[int, Owner] = {}
        self._locked: set[int] = set()

    def _do(self, statement: Executable | PerDialect, **values: object) -> Found:
        if isinstance(statement, PerDialect):
            statement = statement.for_(self._dialect)
        run = READY.run if self._dialect == "sqlite" else executed
        return run(self._connection, statement, values)

    def _do_each(self, statement: Executable, each: Iterable[Mapping[str, object]]) -> None:
        """Do it for each of these: a driver at hand is asked for one after the other."""
        if self._dialect == "sqlite":
            for values in each:
                READY.run(self._connection, statement, values)
        elif many := [dict(values) for values in each]:
            self._connection.execute(statement, many)

    def _owner(self, user: int) -> Owner:
        if user not in self._owners:
            row = self._do(OWNER, user=user).one_or_none()
            if row is None:
                raise NobodyHere(f"User {user} is not in the database (erased?).")
            self._remember(user, row.front_end, row.chat, row.wrapped)
        return self._owners[user]

    def _remember(self, user: int, front_end: str, chat: bytes, wrapped: bytes) -> None:
        self._owners[user] = Owner(front_end, chat, self._vault.seal_of(wrapped, "keys", user))

    def _seal(self, user: int, plain: bytes, table: str, row: str) -> bytes:
        return self._owner(user).seal.seal(plain, table, user, row)

    def _open(self, user: int, sealed: bytes, table: str, row: str) -> bytes:
        return self._owner(user).seal.open(sealed, table, user, row)

    def is_known(self, user: int) -> bool:
        return user in self._owners or self._do(OWNER, user=user).first() is not None

    def chat_of(self, user: int) -> int:
        return int(self._open(user, self._owner(user).chat, "users", "chat"))

    def front_end_of(self, user: int) -> str:
        return self._owner(user).front_end

    def lock(self, user: int) -> bool:
        """Lock the talk, first of all: with mixed order PostgreSQL ends in deadlocks.

        False says that the user was erased, perhaps while we waited for the lock.
        """
        if self._dialect == "sqlite" or user in self._locked:  # its one writer is the lock
            return True
        if self._do(LOCK, user=user).first() is None:
            self._owners.pop(user, None)
            return False
        self._locked.add(user)
        return True
