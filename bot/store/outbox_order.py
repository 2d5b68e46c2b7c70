"""Which rows of the outbox may go, as SQL."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, case, exists, func, or_, select, update

from bot.store.tables import outbox

row = outbox.alias("candidate")
other = outbox.alias("other")

# In the same chat: something in flight, something of a better lane, something older of this one.
HELD_UP = exists().where(
    other.c.user_id == row.c.user_id,
    other.c.id != row.c.id,
    or_(
        other.c.lease_until > bindparam("now"),
        other.c.lane < row.c.lane,
        and_(other.c.lane == row.c.lane, other.c.id < row.c.id),
    ),
)
MAY_GO = and_(
    row.c.front_end == bindparam("of_front_end"),
    row.c.not_before <= bindparam("now"),
    row.c.lease_until <= bindparam("now"),
    or_(row.c.lane == 0, ~HELD_UP),  # `stop` goes at once, beside whatever is in flight
)
picked = (  # apart, for PostgreSQL might ask a plain subquery more than once
    select(row.c.id)
    .where(MAY_GO)
    .order_by(row.c.rank, row.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=row)
    .cte("picked")
)
LEASE = (
    update(outbox)
    .where(outbox.c.id.in_(select(picked.c.id)))
    .values(
        lease_until=bindparam("until"),
        # Leased before and not put back: whoever had it was killed, perhaps after sending.
        tries=outbox.c.tries + case((outbox.c.lease_until > 0, 1), else_=0),
    )
    .returning(*outbox.c)
)
ANY_MAY_GO = select(row.c.id).where(MAY_GO).limit(1)
LATER = case((row.c.lease_until > row.c.not_before, row.c.lease_until), else_=row.c.not_before)
SOONEST = select(func.min(LATER)).where(
    row.c.front_end == bindparam("of_front_end"),
    or_(row.c.lease_until > bindparam("now"), row.c.not_before > bindparam("now")),
)
