"""Users and their talks: found by the keyed hash of a chat id, known inside by a number.

A new user gets a data key and an empty talk at once, so the talk is there to be locked.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, insert, select, update

from bot.store.dialects import insert_if_new
from bot.store.tables import keys, talks, users
from bot.store.work import Work

FIND = (
    select(users.c.id, users.c.front_end, users.c.chat, users.c.heard_on, keys.c.wrapped)
    .join(keys, keys.c.user_id == users.c.id)
    .where(users.c.chat_hash == bindparam("chat_hash"))
)
MAKE = insert_if_new(users, ["chat_hash"], returning="id")
KEEP_CHAT = update(users).where(users.c.id == bindparam("user")).values(chat=bindparam("sealed"))
KEEP_KEY = insert(keys)
BEGIN_TALK = insert(talks)
HEARD = update(users).where(users.c.id == bindparam("user")).values(heard_on=bindparam("day"))
TALK = select(talks.c.snapshot).where(talks.c.user_id == bindparam("user"))
KEEP_TALK = (
    update(talks).where(talks.c.user_id == bindparam("user")).values(snapshot=bindparam("sealed"))
)


class People(Work):
    """The part of a unit that knows users and their talks."""

    def user_of(self, front_end: str, chat_id: int, *, day: date) -> int:
        """Find the user of this chat, or make one; either is locked, and was heard today."""
        known = self._find(front_end, chat_id)
        if known is None:
            return self._make(front_end, chat_id, day)
        user, heard_on = known
        if not self.lock(user):  # erased meanwhile: a stranger now
            return self.user_of(front_end, chat_id, day=day)
        if heard_on != day:
            self._do(HEARD, user=user, day=day)
        return user

    def known_user(self, front_end: str, chat_id: int) -> int | None:
        known = self._find(front_end, chat_id)
        return known[0] if known else None

    def talk_of(self, user: int) -> bytes | None:
        sealed = self._do(TALK, user=user).scalar_one_or_none()
        return None if sealed is None else self._open(user, sealed, "talks", "snapshot")

    def keep_talk(self, user: int, snapshot: bytes) -> None:
        self._do(KEEP_TALK, user=user, sealed=self._seal(user, snapshot, "talks", "snapshot"))

    def _find(self, front_end: str, chat_id: int) -> tuple[int, date] | None:
        row = self._do(FIND, chat_hash=self._vault.hash_of(front_end, chat_id)).one_or_none()
        if row is None:
            return None
        self._remember(row.id, row.front_end, row.chat, row.wrapped)
        return row.id, row.heard_on

    def _make(self, front_end: str, chat_id: int, day: date) -> int:
        user: int | None = self._do(
            MAKE,
            front_end=front_end,
            chat_hash=self._vault.hash_of(front_end, chat_id),
            chat=b"",  # sealed below: the seal is bound to the number that only now is known
            heard_on=day,
        ).scalar_one_or_none()
        if user is None:  # another replica was faster
            return self.user_of(front_end, chat_id, day=day)
        seal, wrapped = self._vault.new_key("keys", user)
        chat = seal.seal(str(chat_id).encode(), "users", user, "chat")
        self._do(KEEP_CHAT, user=user, sealed=chat)
        self._do(KEEP_KEY, user_id=user, wrapped=wrapped)
        self._do(BEGIN_TALK, user_id=user, snapshot=None)
        self._remember(user, front_end, chat, wrapped)
        self._locked.add(user)  # nobody else sees it yet
        return user
