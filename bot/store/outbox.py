"""The outbox: what is to be said, and what became of it (which row goes next: `leases.py`).

A change takes the place of one of its slot that nobody is sending yet.  A farewell has no owner:
its key and chat lie in its own row, for an hour.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, update

from bot.store.direct import Row
from bot.store.leases import Leases, place_of
from bot.store.moments import micros
from bot.store.tables import outbox
from bot.store.waiting import LANES, PATIENCE_US, RANKS, How, Rank

FAREWELL_KEPT = timedelta(hours=1)

PUT = insert(outbox).returning(outbox.c.id)
REPLACE = (
    delete(outbox)
    .where(
        outbox.c.user_id == bindparam("user"),
        outbox.c.slot == bindparam("slot"),
        outbox.c.how == "change",
        outbox.c.lease_until <= bindparam("now"),
    )
    .returning(outbox.c.rank, outbox.c.made_at, outbox.c.not_before, outbox.c.expires_at)
)
UNSAY = (
    delete(outbox)
    .where(
        outbox.c.user_id == bindparam("user"),
        outbox.c.slot.in_(bindparam("slots", expanding=True)),
        outbox.c.rank.in_(bindparam("ranks", expanding=True)),
        outbox.c.how != "remove",  # what takes away is not taken back
    )
    .returning(outbox.c.id)
)
AWAITS = (
    select(outbox.c.id)
    .where(outbox.c.user_id == bindparam("user"), outbox.c.slot == bindparam("slot"))
    .limit(1)
)
PUT_BACK = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(lease_until=0, not_before=bindparam("from_then"), tries=bindparam("so_far"))
)


@dataclass(frozen=True)
class _Place:
    """When and how urgently a row may go."""

    rank: int
    made_at: int
    not_before: int
    expires_at: int | None

    @property
    def deadline(self) -> int:
        """Say by when it should be sent; of countdowns the longest overdue goes first."""
        rank = RANKS[self.rank]
        begins = max(self.made_at, self.not_before) if rank == "tick" else self.made_at
        return begins + PATIENCE_US[rank]

    def inherited_from(self, old: Row) -> _Place:
        """Take the place of a replaced row: the newest words, not later than the older ones.

        The better class wins, and its expiry with it, so a tick that replaces a reply is kept
        like a reply.  A wait that Telegram has asked for holds for the newer row as well; a tick
        waits of its own accord, and what is news does not wait with it.
        """
        first = old.rank < self.rank
        tick = old.rank == RANKS.index("tick")
        return _Place(
            rank=min(self.rank, old.rank),
            made_at=min(self.made_at, old.made_at),
            not_before=self.not_before if tick else max(self.not_before, old.not_before),
            expires_at=old.expires_at if first else self.expires_at,
        )


class Outbox(Leases):
    """The part of a unit that speaks."""

    def put(
        self,
        user: int,
        rank: Rank,
        slot: str,
        how: How,
        made_at: datetime,
        payload: bytes,
        *,
        not_before: datetime | None = None,
        expires_at: datetime | None = None,
    ) -> int:
        """Ask for a message; a change replaces one of its slot that nobody is sending yet."""
        place = _Place(
            rank=RANKS.index(rank),
            made_at=micros(made_at),
            not_before=0 if not_before is None else micros(not_before),
            expires_at=None if expires_at is None else micros(expires_at),
        )
        if how == "change":
            for old in self._do(REPLACE, user=user, slot=slot, now=micros(made_at)):
                place = place.inherited_from(old)
        sealed = self._seal(user, payload, "outbox", place_of(slot, how, place.made_at))
        return self._insert(place, slot, how, sealed, user_id=user,
                            front_end=self._owner(user).front_end)  # fmt: skip

    def put_farewell(self, front_end: str, chat_id: int, payload: bytes, at: datetime) -> int:
        """Ask for a last message to someone who is erased: its own key, for an hour."""
        made_at = micros(at)
        seal, wrapped = self._vault.new_key("outbox", 0)
        row = place_of("farewell", "fresh", made_at)
        return self._insert(
            _Place(RANKS.index("reply"), made_at, 0, micros(at + FAREWELL_KEPT)),
            "farewell",
            "fresh",
            seal.seal(payload, "outbox", 0, row),
            user_id=None,
            front_end=front_end,
            own_key=wrapped,
            own_chat=seal.seal(str(chat_id).encode(), "outbox", 0, "chat"),
        )

    def awaits(self, user: int, slot: str) -> bool:
        """Tell whether something newer for this slot waits to be sent."""
        return self._do(AWAITS, user=user, slot=slot).first() is not None

    def unsay(self, user: int, slots: Collection[str], rank: Rank | None = None) -> None:
        """Withdraw what these slots would say (of one rank alone), even what is being sent."""
        ranks = list(range(len(RANKS))) if rank is None else [RANKS.index(rank)]
        rows = self._do(UNSAY, user=user, slots=list(slots), ranks=ranks).scalars()
        self._aftermath.withdrawn.update(rows)
        self._aftermath.posted = True  # what waited behind it may go

    def sent(self, row_id: int, message_id: int | None, at: datetime) -> bool:
        """Delete the row, and note what stands in its slot now.

        False says that it was withdrawn while it was on its way: `stray` notes such a message.
        """
        row = self._done(row_id)
        if row is None:
            return False
        if message_id is not None and row.user_id is not None:
            self._arrived(row.user_id, row.slot, message_id, at)
        return True

    def put_back(self, row_id: int, not_before: datetime, tries: int) -> None:
        """Free a row to be sent later."""
        self._do(PUT_BACK, row=row_id, from_then=micros(not_before), so_far=tries)
        self._aftermath.posted = True  # it may be sooner than what is slept for

    def _insert(self, place: _Place, slot: str, how: How, sealed: bytes, **owner: object) -> int:
        self._aftermath.posted = True
        row_id: int = self._do(
            PUT,
            rank=place.rank,
            lane=LANES[RANKS[place.rank]],
            deadline=place.deadline,
            slot=slot,
            how=how,
            made_at=place.made_at,
            not_before=place.not_before,
            expires_at=place.expires_at,
            lease_until=0,
            tries=0,
            payload=sealed,
            **{"own_key": None, "own_chat": None, **owner},
        ).scalar_one()
        return row_id
