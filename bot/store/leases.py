"""Leases: which rows of the outbox are sent now, by whom, and what is given up.

Within a chat three lanes keep their order: what speaks (`stop`, `bell`, `reply`), the countdown
(`tick`), the `reminder`; `outbox_order.py` says what waits for what.  A lease that ran out counts
as a try whose fate nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, delete, select

from bot.store import outbox_order as order
from bot.store.direct import Row
from bot.store.faults import BrokenSeal
from bot.store.messages import Messages
from bot.store.moments import micros, moment_of
from bot.store.tables import outbox
from bot.store.waiting import RANKS, SECOND, Waiting

HORIZON_US = 3 * SECOND  # of deadlines looked at: the longest, and what clocks may differ by

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
DONE = (
    delete(outbox)
    .where(outbox.c.id == bindparam("row"))
    .returning(outbox.c.user_id, outbox.c.slot, outbox.c.rank)
)
BEHIND = select(outbox.c.id).where(outbox.c.user_id == bindparam("user")).limit(1)


def at_once(_: Waiting) -> int:
    """Let it wait no time."""
    return 0


class Leases(Messages):
    """The part of a unit that hands out what is to be sent."""

    def leased(
        self,
        front_end: str,
        now: datetime,
        lease: timedelta,
        limit: int,
        *,
        from_lane: order.Lane = order.SPEAKS,
        wait_us: Callable[[Waiting], int] = at_once,
    ) -> list[Waiting]:
        """Lease what may go now, the earliest deadline of the best lane first.

        `wait_us` is asked of each in this order; whatever has to wait is looked at again then.
        """
        rows = self._do(
            order.CANDIDATES,
            of_front_end=front_end,
            from_lane=from_lane,
            now=micros(now),
            horizon=micros(now) + HORIZON_US,
            most=limit,
        ).all()
        leased = []
        for waiting in filter(None, map(self._read, rows)):
            if wait := wait_us(waiting):
                self._do(order.DELAY, row=waiting.id, till=micros(now) + wait)
            else:
                leased.append(waiting)
        if leased:
            until = micros(now + lease)
            self._do_each(order.LEASE, ({"row": one.id, "until": until} for one in leased))
        return leased

    def renew(self, rows: Collection[int], until: datetime) -> None:
        """Keep what is still being sent."""
        self._do_each(order.RENEW, ({"row": row, "until": micros(until)} for row in rows))

    def expire(self, now: datetime) -> None:
        """Forget what nobody is sending and is worth nothing any more."""
        if any(row.user_id is None for row in self._do(EXPIRE, now=micros(now)).all()):
            self._aftermath.wiped = True

    def waits_until(self, front_end: str, now: datetime) -> datetime | None:
        """Say when to look again: now, at the next wait's or lease's end, or not at all."""
        values = {"of_front_end": front_end, "now": micros(now)}
        beyond = {"from_lane": order.SPEAKS, "horizon": micros(now) + HORIZON_US}
        if self._do(order.ANY_MAY_GO, **values, **beyond).first() is not None:
            return now
        return self.soonest(front_end, now)

    def soonest(self, front_end: str, now: datetime) -> datetime | None:
        """Say when the next wait or lease ends, if what may go now has gone."""
        values = {"of_front_end": front_end, "now": micros(now)}
        ends = [at for at in self._do(order.SOONEST, **values).one() if at is not None]
        return moment_of(min(ends)) if ends else None

    def dropped(self, row_id: int, why: str) -> None:
        """Give a row up, and note the class of it and why."""
        row = self._done(row_id)
        if row is not None:
            self.audit("dropped", datetime.now(UTC), f"{RANKS[row.rank]}: {why}")

    def _done(self, row_id: int) -> Row | None:
        row = self._do(DONE, row=row_id).one_or_none()
        if row is not None and row.user_id is None:
            self._aftermath.wiped = True  # a farewell's key went with it
        elif row is not None and self._do(BEHIND, user=row.user_id).first() is not None:
            self._aftermath.posted = True  # what waited behind it may go
        return row

    def _read(self, row: Row) -> Waiting | None:
        try:
            chat_id, payload = self._unsealed(row)
        except BrokenSeal:  # one damaged row must not silence everybody
            self.dropped(row.id, "does not open under its key")
            self._aftermath.posted = True  # others may have been left out for it
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
            # Leased before and not put back: nobody knows what became of that.
            tries=row.tries + (row.lease_until > 0),
            payload=payload,
            stands=row.stands,
        )

    def _unsealed(self, row: Row) -> tuple[int, bytes]:
        place = place_of(row.slot, row.how, row.made_at)
        if row.user_id is not None:
            self._remember(row.user_id, row.front_end, row.chat, row.wrapped)
            return self.chat_of(row.user_id), self._open(row.user_id, row.payload, "outbox", place)
        seal = self._vault.seal_of(row.own_key, "outbox", 0)
        chat_id = int(seal.open(row.own_chat, "outbox", 0, "chat"))
        return chat_id, seal.open(row.payload, "outbox", 0, place)


def place_of(slot: str, how: str, made_at: int) -> str:
    """Name a row by what it is: its number is only known once it is sealed."""
    return f"{slot}/{how}@{made_at}"
