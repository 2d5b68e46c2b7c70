"""What the database says once all is over: who is in a session, and what was given up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.store.moments import micros
from bot.store.store import Store
from bot.store.tables import alarms, audit, outbox
from bot.store.unit import Unit
from flows.upgrades import lifted
from tests.bot.seed import opened

OVERDUE = timedelta(seconds=5)


@dataclass
class Kept:
    in_session: set[int] = field(default_factory=set)
    hanging: list[int] = field(default_factory=list)  # in a hold that no alarm will end
    overdue: list[int] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)  # notes of the audit
    unsent: int = 0


async def kept(env: dict[str, str], numbers: list[int], over_at: datetime) -> Kept:
    """Read the store of a Limber that has ended."""
    async with opened(env) as store:
        return await _read(store, numbers, over_at)


async def _read(store: Store, numbers: list[int], over_at: datetime) -> Kept:
    found = Kept()

    def read(unit: Unit) -> None:
        do = unit._do  # noqa: SLF001 - as an operator with the database open
        rows = do(select(alarms.c.user_id, alarms.c.name, alarms.c.due_at)).all()
        due = {(row.user_id, row.name): row.due_at for row in rows}
        found.dropped = list(do(select(audit.c.note).where(audit.c.kind == "dropped")).scalars())
        found.unsent = len(do(select(outbox.c.id).where(outbox.c.lane == 0)).all())
        for number in numbers:
            user = unit.user_of("telegram", number, day=datetime.now(UTC).date())
            floor = lifted(unit.talk_of(user) or b"").floor
            if any(at < micros(over_at - OVERDUE) for (of, _), at in due.items() if of == user):
                found.overdue.append(number)
            if floor.flow == "session" and floor.phase.startswith("active"):
                found.in_session.add(number)
                if (user, "session") not in due:
                    found.hanging.append(number)

    await store.run(read)
    return found
