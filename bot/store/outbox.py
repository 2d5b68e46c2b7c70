"""The outbox: what is to be said, in the order in which each chat may hear it.

Within a chat three lanes keep their order: what speaks (`bell`, `reply`), the countdown
(`tick`), the `reminder`; a later lane waits for an earlier one, and all wait while something is
in flight.  `stop` waits for nothing.  A lease that ran out counts as a try whose fate nobody
knows.  A farewell has no owner: its key and chat lie in its own row, for an hour.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.store import outbox_order as order
from bot.store.faults import BrokenSeal
from bot.store.messages import Messages
from bot.store.moments import micros, moment_of
from bot.store.tables import outbox

Rank = Literal["stop", "bell", "reply", "tick", "reminder"]  # best first
How = Literal["change", "fresh", "remove"]
RANKS: tuple[Rank, ...] = get_args(Rank)
LANES: dict[Rank, int] = {"stop": 0, "bell": 1, "reply": 1, "tick": 2, "reminder": 3}
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
UNSAY = delete(outbox).where(
    outbox.c.user_id == bindparam("user"),
    outbox.c.slot.in_(bindparam("slots", expanding=True)),
    outbox.c.how != "remove",  # what takes away is not taken back
)
AWAITS = (
    select(outbox.c.id)
    .where(outbox.c.user_id == bindparam("user"), outbox.c.slot == bindparam("slot"))
    .limit(1)
)
stale = outbox.alias("stale")
EXPIRE = (
    delete(outbox)
    .where(
        outbox.c.id.in_(
            select(stale.c.id)
            .where(stale.c.expires_at <= bindparam("now"), stale.c.lease_until <= bindparam("now"))
            .with_for_update(skip_locked=True)
        )
    )
    .returning(outbox.c.user_id)
)
THIS_ONE = outbox.c.id == bindparam("row")
DONE = delete(outbox).where(THIS_ONE).returning(outbox.c.user_id, outbox.c.slot, outbox.c.rank)
PUT_BACK = (
    update(outbox)
    .where(THIS_ONE)
    .values(lease_until=0, not_before=bindparam("from_then"), tries=bindparam("so_far"))
)


@dataclass(frozen=True)
class Waiting:
    """A leased row, ready to be sent.  `tries` counts sends whose fate nobody knows."""

    id: int
    user: int | None  # none: a farewell
    chat_id: int
    rank: Rank
    slot: str
    how: How
    made_at: datetime
    expires_at: datetime | None
    tries: int
    payload: bytes


@dataclass(frozen=True)
class _Place:
    """When and how urgently a row may go."""

    rank: int
    made_at: int
    not_before: int
    expires_at: int | None

    def inherited_from(self, old: Row[Any]) -> _Place:
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


class Outbox(Messages):
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
        sealed = self._seal(user, payload, "outbox", _row(slot, how, place.made_at))
        return self._insert(place, slot, how, sealed, user_id=user,
                            front_end=self._owner(user).front_end)  # fmt: skip

    def put_farewell(self, front_end: str, chat_id: int, payload: bytes, at: datetime) -> int:
        """Ask for a last message to someone who is erased: its own key, for an hour."""
        made_at = micros(at)
        seal, wrapped = self._vault.new_key("outbox", 0)
        row = _row("farewell", "fresh", made_at)
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

    def unsay(self, user: int, slots: Collection[str]) -> None:
        """Withdraw what these slots would say, even what is being sent."""
        self._do(UNSAY, user=user, slots=list(slots))
        self._aftermath.posted = True  # what waited behind it may go

    def leased(self, front_end: str, now: datetime, lease: timedelta, limit: int) -> list[Waiting]:
        """Lease what may go now, best class first and then in the order of asking."""
        self._expire(now)
        rows = self._do(
            order.LEASE,
            of_front_end=front_end,
            now=micros(now),
            until=micros(now + lease),
            most=limit,
        ).all()
        read = (self._read(row) for row in sorted(rows, key=lambda row: (row.rank, row.id)))
        return [waiting for waiting in read if waiting is not None]

    def waits_until(self, front_end: str, now: datetime) -> datetime | None:
        """Say when to look again: now, at the next wait's or lease's end, or not at all."""
        values = {"of_front_end": front_end, "now": micros(now)}
        if self._do(order.ANY_MAY_GO, **values).first() is not None:
            return now
        soonest = self._do(order.SOONEST, **values).scalar_one()
        return None if soonest is None else moment_of(soonest)

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

    def dropped(self, row_id: int, why: str) -> None:
        """Give a row up, and note the class of it and why."""
        row = self._done(row_id)
        if row is not None:
            self.audit("dropped", datetime.now(UTC), f"{RANKS[row.rank]}: {why}")

    def _insert(self, place: _Place, slot: str, how: How, sealed: bytes, **owner: object) -> int:
        self._aftermath.posted = True
        row_id: int = self._do(
            PUT,
            rank=place.rank,
            lane=LANES[RANKS[place.rank]],
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

    def _done(self, row_id: int) -> Row[Any] | None:
        row = self._do(DONE, row=row_id).one_or_none()
        if row is not None and row.user_id is None:
            self._aftermath.wiped = True  # a farewell's key went with it
        return row

    def _expire(self, now: datetime) -> None:
        if any(row.user_id is None for row in self._do(EXPIRE, now=micros(now)).all()):
            self._aftermath.wiped = True

    def _read(self, row: Row[Any]) -> Waiting | None:
        try:
            chat_id, payload = self._unsealed(row)
        except BrokenSeal:  # one damaged row must not silence everybody
            self.dropped(row.id, "does not open under its key")
            return None
        return Waiting(
            id=row.id,
            user=row.user_id,
            chat_id=chat_id,
            rank=RANKS[row.rank],
            slot=row.slot,
            how=row.how,
            made_at=moment_of(row.made_at),
            expires_at=None if row.expires_at is None else moment_of(row.expires_at),
            tries=row.tries,
            payload=payload,
        )

    def _unsealed(self, row: Row[Any]) -> tuple[int, bytes]:
        place = _row(row.slot, row.how, row.made_at)
        if row.user_id is not None:
            return self.chat_of(row.user_id), self._open(row.user_id, row.payload, "outbox", place)
        seal = self._vault.seal_of(row.own_key, "outbox", 0)
        chat_id = int(seal.open(row.own_chat, "outbox", 0, "chat"))
        return chat_id, seal.open(row.payload, "outbox", 0, place)


def _row(slot: str, how: str, made_at: int) -> str:
    """Name a row by what it is: its number is only known once it is sealed."""
    return f"{slot}/{how}@{made_at}"
