"""Which rows of the outbox may go, as SQL: the earliest deadline first, lane after lane.

In its chat a row waits for whatever is in flight and whatever is better.  `stop` waits for
nothing.  A bell waits neither for a countdown or reminder in flight nor for an edit that was told
to wait: what Telegram refuses to edits keeps no bell.
"""

from __future__ import annotations

from typing import Literal

from sqlalchemy import BindParameter, and_, bindparam, case, exists, func, not_, or_, select, update

from bot.store.tables import keys, messages, outbox, users

Lane = Literal[0, 1, 2]
SPEAKS: Lane = 0
COUNTS: Lane = 1
REMINDS: Lane = 2
STOP, BELL = 0, 1  # the ranks that are told apart here

row = outbox.alias("candidate")
other = outbox.alias("other")
now: BindParameter[int] = bindparam("now")

IN_FLIGHT = and_(
    other.c.lease_until > now,
    not_(and_(row.c.rank == BELL, other.c.lane > SPEAKS)),
)
OLDER = and_(
    other.c.lane == row.c.lane,
    or_(other.c.rank == STOP, other.c.id < row.c.id),
    not_(and_(row.c.rank == BELL, other.c.how == "change", other.c.not_before > now)),
)
HELD_UP = exists().where(
    other.c.user_id == row.c.user_id,
    other.c.id != row.c.id,
    or_(other.c.expires_at.is_(None), other.c.expires_at > now),
    or_(IN_FLIGHT, other.c.lane < row.c.lane, OLDER),
)
MAY_GO = and_(
    row.c.front_end == bindparam("of_front_end"),
    row.c.lane >= bindparam("from_lane"),
    row.c.deadline <= bindparam("horizon"),  # in the index: a countdown's turn may be far away
    row.c.not_before <= now,
    row.c.lease_until <= now,
    or_(row.c.expires_at.is_(None), row.c.expires_at > now),
    or_(row.c.rank == STOP, ~HELD_UP),
)
STANDS = (
    select(messages.c.message_id)
    .where(
        messages.c.user_id == row.c.user_id,
        messages.c.slot == row.c.slot,
        messages.c.gone_at.is_(None),
    )
    .scalar_subquery()
    .label("stands")
)
CANDIDATES = (  # whom it is for and what stands in its place are read along with it
    select(row, users.c.chat, keys.c.wrapped, STANDS)
    .select_from(
        row.outerjoin(users, users.c.id == row.c.user_id).outerjoin(
            keys, keys.c.user_id == row.c.user_id
        )
    )
    .where(MAY_GO)
    .order_by(row.c.lane, row.c.deadline, row.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=row)
)
THIS = outbox.c.id == bindparam("row")
LEASE = (
    update(outbox)
    .where(THIS)
    .values(
        lease_until=bindparam("until"),
        # Leased before and not put back: whoever had it was killed, perhaps after sending.
        tries=outbox.c.tries + case((outbox.c.lease_until > 0, 1), else_=0),
    )
)
RENEW = update(outbox).where(THIS, outbox.c.lease_until > 0).values(lease_until=bindparam("until"))
DELAY = update(outbox).where(THIS).values(not_before=bindparam("till"))
ANY_MAY_GO = select(row.c.id).where(MAY_GO).limit(1)
OURS = outbox.c.front_end == bindparam("of_front_end")
# Two looks into an index each, whatever waits.
SOONEST = select(
    select(func.min(outbox.c.not_before)).where(OURS, outbox.c.not_before > now).scalar_subquery(),
    select(func.min(outbox.c.lease_until))
    .where(OURS, outbox.c.lease_until > now)
    .scalar_subquery(),
)
