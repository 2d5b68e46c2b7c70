"""Messages: which one stands in each slot of a chat, and which ones stood there before.

What is past is kept for 48 hours, as long as Telegram lets a bot delete it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from bot.store.dialects import insert_or_change
from bot.store.ledger import Ledger
from bot.store.moments import micros
from bot.store.tables import messages

OF_USER = messages.c.user_id == bindparam("user")
IN_SLOT = messages.c.slot == bindparam("in_slot")
STANDING = select(messages.c.message_id).where(OF_USER, IN_SLOT, messages.c.gone_at.is_(None))
PAST = (
    select(messages.c.message_id)
    .where(
        OF_USER,
        IN_SLOT,
        messages.c.gone_at.is_not(None),
        messages.c.sent_at >= bindparam("since"),
    )
    .order_by(messages.c.message_id)
)
RECENT = (
    select(messages.c.message_id)
    .where(OF_USER, messages.c.sent_at >= bindparam("since"))
    .order_by(messages.c.message_id)
)
GIVE_WAY = (
    update(messages)
    .where(
        OF_USER,
        IN_SLOT,
        messages.c.gone_at.is_(None),
    )
    .values(gone_at=bindparam("at"))
)
KEEP = insert_or_change(messages, ["user_id", "message_id"], ["slot", "gone_at"])
FORGET = delete(messages).where(OF_USER, messages.c.message_id == bindparam("message"))


class Messages(Ledger):
    """The part of a unit that knows what stands on the user's screen."""

    def message_of(self, user: int, slot: str) -> int | None:
        message: int | None = self._do(STANDING, user=user, in_slot=slot).scalar_one_or_none()
        return message

    def past_messages(self, user: int, slot: str, since: datetime) -> list[int]:
        """List what stood in the slot before, the oldest first."""
        rows = self._do(PAST, user=user, in_slot=slot, since=micros(since))
        return list(rows.scalars())

    def recent_messages(self, user: int, since: datetime) -> list[int]:
        """List all that still stands in the chat, of every slot, the oldest first."""
        return list(self._do(RECENT, user=user, since=micros(since)).scalars())

    def forget_message(self, user: int, message_id: int) -> None:
        self._do(FORGET, user=user, message=message_id)

    def stray(self, user: int, slot: str, message_id: int, at: datetime) -> None:
        """Note a message that arrived though it was withdrawn: past from the first."""
        if self.is_known(user):  # or withdrawn because the user is erased: then nothing is noted
            self._note(user, slot, message_id, at, gone_at=micros(at))

    def _arrived(self, user: int, slot: str, message_id: int, at: datetime) -> None:
        self._do(GIVE_WAY, user=user, in_slot=slot, at=micros(at))
        self._note(user, slot, message_id, at, gone_at=None)

    def _note(
        self, user: int, slot: str, message_id: int, at: datetime, *, gone_at: int | None
    ) -> None:
        self._do(
            KEEP,
            user_id=user,
            slot=slot,
            message_id=message_id,
            sent_at=micros(at),  # of an edited message the first moment stays
            gone_at=gone_at,
        )
