"""What belongs to nobody in particular: updates seen, media known to Telegram, the audit.

No content and no user is named here.  Old rows go now and then, as updates are noted; rows that
another replica holds are left for the next time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, tuple_

from bot.store.dialects import insert_if_new, insert_or_change
from bot.store.moments import micros
from bot.store.tables import audit, media, messages, seen_updates
from bot.store.work import Work

SEEN_KEPT = timedelta(days=3)
PAST_KEPT = timedelta(hours=48)
TIDY_EVERY = 64  # updates, so that tidying costs a hear next to nothing

SEE = insert_if_new(seen_updates, ["update_id"], returning="update_id")
AUDIT = insert(audit)
THIS_MEDIUM = (
    media.c.bot_id == bindparam("bot"),
    media.c.content_hash == bindparam("content"),
)
MEDIUM = select(media.c.file_id).where(*THIS_MEDIUM)
KEEP_MEDIUM = insert_or_change(media, ["bot_id", "content_hash"], ["file_id"])
FORGET_MEDIUM = delete(media).where(*THIS_MEDIUM)
FORGET_SEEN = delete(seen_updates).where(
    seen_updates.c.update_id.in_(
        select(seen_updates.c.update_id)
        .where(seen_updates.c.seen_at < bindparam("before"))
        .with_for_update(skip_locked=True)
    )
)
FORGET_PAST = delete(messages).where(
    tuple_(messages.c.user_id, messages.c.message_id).in_(
        select(messages.c.user_id, messages.c.message_id)
        .where(messages.c.gone_at < bindparam("before"))
        .with_for_update(skip_locked=True)
    )
)


class Ledger(Work):
    """The part of a unit that remembers what is nobody's."""

    _untidy_at: datetime | None = None

    def finish(self) -> None:
        """Do what comes last: rows of others are locked only when none is waited for any more."""
        if self._untidy_at is not None:
            self.tidy(self._untidy_at)

    def seen(self, update_id: int, at: datetime) -> bool:
        """Note an update; False says that it was noted before."""
        if update_id % TIDY_EVERY == 0:
            self._untidy_at = at
        new = self._do(SEE, update_id=update_id, seen_at=micros(at)).first()
        return new is not None

    def tidy(self, now: datetime) -> None:
        """Forget what is past its time."""
        self._do(FORGET_SEEN, before=micros(now - SEEN_KEPT))
        self._do(FORGET_PAST, before=micros(now - PAST_KEPT))

    def media_of(self, bot_id: int, content_hash: str) -> str | None:
        file_id: str | None = self._do(
            MEDIUM, bot=bot_id, content=content_hash
        ).scalar_one_or_none()
        return file_id

    def keep_media(self, bot_id: int, content_hash: str, file_id: str) -> None:
        self._do(KEEP_MEDIUM, bot_id=bot_id, content_hash=content_hash, file_id=file_id)

    def forget_media(self, bot_id: int, content_hash: str) -> None:
        """Forget a file id that Telegram refused, so that it is uploaded anew."""
        self._do(FORGET_MEDIUM, bot=bot_id, content=content_hash)

    def audit(self, kind: str, at: datetime, note: str) -> None:
        """Note that something happened: names and counts, never content."""
        self._do(AUDIT, at=micros(at), kind=kind, note=note)
