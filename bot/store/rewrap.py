"""A new master key: every wrapped key is opened with whichever key opens it and wrapped anew.

Nothing that a person has told is touched: data keys and the look-up key stay what they are.
"""

from __future__ import annotations

from sqlalchemy import bindparam, select, update

from bot.store.faults import BrokenSeal, StoreFault
from bot.store.schema import WRAPPED
from bot.store.tables import about, keys, outbox
from bot.store.work import Work

DATA_KEYS = select(keys.c.user_id, keys.c.wrapped).with_for_update()
KEEP_DATA_KEY = (
    update(keys).where(keys.c.user_id == bindparam("user")).values(wrapped=bindparam("anew"))
)
FAREWELLS = (
    select(outbox.c.id, outbox.c.own_key).where(outbox.c.own_key.is_not(None)).with_for_update()
)
KEEP_FAREWELL = (
    update(outbox).where(outbox.c.id == bindparam("row")).values(own_key=bindparam("anew"))
)
OF_HOUSE = select(about.c.name, about.c.value).where(about.c.name.in_(WRAPPED)).with_for_update()
KEEP_OF_HOUSE = update(about).where(about.c.name == bindparam("of")).values(value=bindparam("anew"))


class Rewrapping(Work):
    """The part of a unit that changes locks."""

    def rewrap(self) -> int:
        """Wrap all under the newest master key; returns how many were not."""
        changed = 0
        for row in self._do(DATA_KEYS).all():
            if anew := self._users_anew(row.wrapped, row.user_id):
                self._do(KEEP_DATA_KEY, user=row.user_id, anew=anew)
                changed += 1
        for row in self._do(FAREWELLS).all():
            if anew := self._anew(row.own_key, "outbox", 0):
                self._do(KEEP_FAREWELL, row=row.id, anew=anew)
                changed += 1
        for row in self._do(OF_HOUSE).all():
            if anew := self._anew(row.value, "about", 0, row.name):
                self._do(KEEP_OF_HOUSE, of=row.name, anew=anew)
                changed += 1
        self._aftermath.wiped = True  # what the old key opens must not linger in the log
        return changed

    def _users_anew(self, wrapped: bytes, user: int) -> bytes | None:
        try:
            return self._anew(wrapped, "keys", user)
        except BrokenSeal:
            raise StoreFault(
                f"The key of user {user} is damaged: no master key opens it, and nothing was "
                "changed. Remedy: restore a backup, or, as nothing of theirs can be read any more, "
                f"`limber erase --user {user}`."
            ) from None

    def _anew(self, wrapped: bytes, table: str, user: int, row: str = "key") -> bytes | None:
        return self._vault.wrapping.anew(wrapped, table, user, row)
