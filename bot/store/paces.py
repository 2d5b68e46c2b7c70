"""What replicas share of the pace: the bot's bucket, and how far each chat has drawn on its own.

A moment each (`bot/outbox/pace.py`), in microseconds; beside the bot's, when each message of the
last second or so has left.  Only senders come here.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from bot.store.dialects import insert_if_new, insert_or_change
from bot.store.tables import bucket, paces
from bot.store.work import Work

OF_BOT = bucket.c.bot_id == bindparam("bot")
BUCKET = (
    select(bucket.c.full_until, bucket.c.spoken, bucket.c.moments).where(OF_BOT).with_for_update()
)
BEGIN_BUCKET = insert_if_new(bucket, ["bot_id"], returning="bot_id")
KEEP_BUCKET = (
    update(bucket)
    .where(OF_BOT)
    .values(full_until=bindparam("until"), spoken=bindparam("so_far"), moments=bindparam("of_late"))
)
PACE = select(paces.c.full_until).where(paces.c.user_id == bindparam("user"))
KEEP_PACE = insert_or_change(paces, ["user_id"], ["full_until"])


class Drawn(NamedTuple):
    """How far the bucket is drawn on, how many bells and replies have gone; the last moments."""

    full_until: int
    spoken: int
    moments: tuple[int, ...] = ()


class Paces(Work):
    """The part of a unit that knows how fast all replicas together have sent."""

    def bucket(self, bot_id: int) -> Drawn:
        """Lock the bucket that all replicas share, and read it.

        Whoever holds it leases alone, so that of two replicas none sends beside the other what
        must go one after the other.
        """
        row = self._do(BUCKET, bot=bot_id).one_or_none()
        if row is None:
            self._do(BEGIN_BUCKET, bot_id=bot_id, full_until=0, spoken=0)
            row = self._do(BUCKET, bot=bot_id).one()
        return Drawn(row.full_until, row.spoken, unpacked(row.moments or b""))

    def keep_bucket(self, bot_id: int, drawn: Drawn) -> None:
        until, so_far, moments = drawn
        self._do(KEEP_BUCKET, bot=bot_id, until=until, so_far=so_far, of_late=packed(moments))

    def pace_of(self, user: int) -> int:
        """Say from when on this chat may be sent to freely."""
        full_until: int | None = self._do(PACE, user=user).scalar_one_or_none()
        return full_until or 0

    def keep_pace(self, user: int, full_until: int) -> None:
        if self.is_known(user):  # or erased meanwhile
            self._do(KEEP_PACE, user_id=user, full_until=full_until)


def packed(moments: Iterable[int]) -> bytes:
    return array("q", moments).tobytes()


def unpacked(kept: bytes) -> tuple[int, ...]:
    return tuple(array("q", kept))
