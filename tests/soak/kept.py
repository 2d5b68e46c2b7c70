"""What the database says once all is over: who is in a session, what is known to have arrived.

A new message that has arrived is noted in the commit that deletes its row of the outbox: so what
is not noted may have been sent again, and what is noted may not.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from bot.store import outbox_order as order
from bot.store.moments import micros
from bot.store.store import Store
from bot.store.tables import alarms, audit, messages, outbox
from bot.store.unit import Unit
from flows.reminder.vocabulary import ALARM
from flows.upgrades import lifted
from tests.bot.seed import opened

OVERDUE = timedelta(seconds=5)
TODAY = timedelta(hours=1)  # one that has rung is due again tomorrow
SOME_DAY = 2**62


class Dropped(NamedTuple):
    """A row of the outbox that was given up."""

    at: float  # monotonic, as all moments of a soak
    why: str


@dataclass
class Kept:
    in_session: set[int] = field(default_factory=set)
    hanging: list[int] = field(default_factory=list)  # in a hold that no alarm will end
    overdue: list[int] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)  # as the audit has it
    unsent: int = 0
    noted: set[tuple[int, int]] = field(default_factory=set)  # chat, message: it has arrived
    not_yet: set[int] = field(default_factory=set)  # whose reminder is due later, or waits to go


async def kept(env: dict[str, str], numbers: list[int], over_at: datetime) -> Kept:
    """Read the store of a Limber that has ended."""
    async with opened(env) as store:
        return await _read(store, numbers, over_at)


async def _read(store: Store, numbers: list[int], over_at: datetime) -> Kept:
    found = Kept()
    began_at = time.time() - time.monotonic()

    def read(unit: Unit) -> None:
        do = unit._do  # noqa: SLF001 - as an operator with the database open
        rows = do(select(alarms.c.user_id, alarms.c.name, alarms.c.due_at)).all()
        due = {(row.user_id, row.name): row.due_at for row in rows}
        waiting = do(select(outbox.c.user_id, outbox.c.lane)).all()
        arrived = do(select(messages.c.user_id, messages.c.message_id)).all()
        notes = do(select(audit.c.at, audit.c.note).where(audit.c.kind == "dropped")).all()
        found.dropped = [Dropped(row.at / 1e6 - began_at, row.note) for row in notes]
        found.unsent = sum(row.lane == order.SPEAKS for row in waiting)
        to_remind = {row.user_id for row in waiting if row.lane == order.REMINDS}
        for number in numbers:
            user = unit.user_of("telegram", number, day=datetime.now(UTC).date())
            found.noted |= {(number, row.message_id) for row in arrived if row.user_id == user}
            if due.get((user, ALARM), SOME_DAY) < micros(over_at + TODAY) or user in to_remind:
                found.not_yet.add(number)
            floor = lifted(unit.talk_of(user) or b"").floor
            if any(at < micros(over_at - OVERDUE) for (of, _), at in due.items() if of == user):
                found.overdue.append(number)
            if floor.flow == "session" and floor.phase.startswith("active"):
                found.in_session.add(number)
                if (user, "session") not in due:
                    found.hanging.append(number)

    await store.run(read)
    return found
