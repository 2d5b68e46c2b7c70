"""Codes that clinics hand out: kept as a keyed hash, with what they ask for and how often.

Nothing here names a user: a code knows how many came with it, and not who.
"""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, or_, select, update

from bot.store.moments import micros, moment_of
from bot.store.tables import codes
from bot.store.work import Work

LONGEST_NUMBER = 9  # digits

MAKE = insert(codes).returning(codes.c.id)
IN_FORCE = (
    codes.c.revoked_at.is_(None),
    or_(codes.c.ends_at.is_(None), codes.c.ends_at > bindparam("at")),
)
FIND = select(codes.c.id, codes.c.wish).where(codes.c.code_hash == bindparam("of"), *IN_FORCE)
USE = (
    update(codes)
    .where(codes.c.id == bindparam("number"))
    .where(or_(codes.c.most_uses.is_(None), codes.c.uses < codes.c.most_uses))
    .values(uses=codes.c.uses + 1)
)
REVOKE = (
    update(codes)
    .where(codes.c.revoked_at.is_(None))
    .where(or_(codes.c.id == bindparam("number"), codes.c.code_hash == bindparam("of")))
    .values(revoked_at=bindparam("at"))
)
ALL = select(codes).order_by(codes.c.id)


class Invitation(NamedTuple):
    """A code that is in force."""

    number: int
    wish: str


class Code(NamedTuple):
    """A code as an operator sees it; `name` are its first letters."""

    number: int
    name: str
    wish: str
    uses: int
    most_uses: int | None
    ends_at: datetime | None
    revoked_at: datetime | None


class Codes(Work):
    """The part of a unit that knows invitations."""

    def add_code(
        self, code: str, name: str, wish: str, at: datetime, *,
        most_uses: int | None = None, ends_at: datetime | None = None,
    ) -> int:  # fmt: skip
        """Keep a new code; returns its number."""
        number: int = self._do(
            MAKE, code_hash=self._hash(code), name=name, wish=wish, made_at=micros(at),
            most_uses=most_uses, ends_at=micros(ends_at) if ends_at else None,
        ).scalar_one()  # fmt: skip
        return number

    def invitation(self, code: str, at: datetime) -> Invitation | None:
        """Find a code that is neither revoked nor over; it may be used up."""
        row = self._do(FIND, of=self._hash(code), at=micros(at)).one_or_none()
        return Invitation(row.id, row.wish) if row else None

    def use_code(self, number: int) -> bool:
        """Count one more who came with it; False when it is used up."""
        return self._do(USE, number=number).rowcount == 1

    def revoke_code(self, code: str, at: datetime) -> bool:
        """Revoke a code, named whole or by its number; False when there is none to revoke."""
        number = int(code) if code.isdecimal() and len(code) <= LONGEST_NUMBER else 0
        done = self._do(REVOKE, number=number, of=self._hash(code), at=micros(at))
        return done.rowcount == 1

    def all_codes(self) -> list[Code]:
        return [
            Code(
                row.id, row.name, row.wish, row.uses, row.most_uses,
                moment_of(row.ends_at) if row.ends_at else None,
                moment_of(row.revoked_at) if row.revoked_at else None,
            )
            for row in self._do(ALL).all()
        ]  # fmt: skip

    def _hash(self, code: str) -> bytes:
        return hmac.digest(self._vault.look_up, f"code\0{code}".encode(), "sha256")
