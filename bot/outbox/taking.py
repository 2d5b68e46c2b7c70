"""Which rows go now: the best that the pace lets through, leased in one transaction.

Replicas that share a database share the bucket and its window, the pace of each chat and the count
of what is spoken; alone, all of it lives in memory, and a restart forgets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.outbox.crowd import Crowd
from bot.outbox.pace import Pace, micros
from bot.store import outbox_order as order
from bot.store.paces import Drawn
from bot.store.unit import Unit
from bot.store.waiting import Waiting

LEASE = timedelta(seconds=8)
LOOK_AROUND = timedelta(seconds=1)
A_SESSION_WAITS = timedelta(minutes=15)  # no hold and no pause is longer
OLD = "old_"  # of slots: tidying up what stood there


@dataclass(frozen=True)
class Standing:
    """What stood in a row's slot when it was leased."""

    message: int | None = None
    past: tuple[int, ...] = ()
    leased_us: int = 0


@dataclass(frozen=True)
class Taken:
    """What may be sent, and when to look again; none: when something new is asked for."""

    rows: tuple[tuple[Waiting, Standing], ...]
    again_at: datetime | None


class Taking:
    def __init__(
        self, front_end: str, pace: Pace, *, bot_id: int = 0, shared: bool = False,
        kept_for: timedelta = timedelta(hours=48),
    ) -> None:  # fmt: skip
        self.front_end, self.pace = front_end, pace
        self.bot_id, self.shared = bot_id, shared  # whose bucket it is, and whether others draw
        self.crowd = Crowd(pace.rate_per_second)
        self.kept_for = kept_for
        self.looked_at: datetime | None = None

    def take(self, unit: Unit, now: datetime, most: int) -> Taken:
        """Lease what may go now, `most` at most."""
        self._read_shared(unit)
        self.pace.settle()
        self._look_around(unit, now)
        room = min(most, self.pace.room(micros(now)))
        looks = Looks(self, unit, now)
        rows = looks.rows(room) if room else []
        self._keep_shared(unit)
        standing = [(row, self._standing(unit, row, now)) for row in rows]
        return Taken(tuple(standing), self._again_at(unit, now, more=looks.may_be_more))

    def refused(self, unit: Unit, row: Waiting, now: datetime, until: datetime) -> None:
        """Obey Telegram's wish for patience, on all replicas."""
        self._read_shared(unit)
        edit = row.how == "change"
        self.load(unit, row)
        self.pace.refused(row.chat_id, micros(now), micros(until), edit=edit)
        self.keep(unit, row)
        self._keep_shared(unit)
        unit.put_back(row.id, until, row.tries)

    # ---- what is shared

    def load(self, unit: Unit, row: Waiting) -> None:
        if self.shared and row.user is not None:
            self.pace.chat(row.chat_id).next_us = unit.pace_of(row.user)

    def keep(self, unit: Unit, row: Waiting) -> None:
        if self.shared and row.user is not None:
            unit.keep_pace(row.user, self.pace.chat(row.chat_id).next_us)

    def _read_shared(self, unit: Unit) -> None:
        if self.shared:
            drawn = unit.bucket(self.bot_id)
            self.pace.all.next_us, self.crowd.spoken = drawn.full_until, drawn.spoken
            self.pace.window.moments = list(drawn.moments)

    def _keep_shared(self, unit: Unit) -> None:
        if self.shared:
            pace = self.pace
            moments = tuple(pace.window.moments)
            unit.keep_bucket(self.bot_id, Drawn(pace.all.next_us, self.crowd.spoken, moments))

    # ---- around the rows

    def _look_around(self, unit: Unit, now: datetime) -> None:
        """See once a second what has expired, and how many are in a session."""
        if self.looked_at is not None and timedelta(0) <= now - self.looked_at < LOOK_AROUND:
            return
        self.looked_at = now
        unit.expire(now)
        self.crowd.sessions = unit.armed_until(self.front_end, "session", now + A_SESSION_WAITS)
        self.crowd.note(micros(now))

    def _standing(self, unit: Unit, row: Waiting, now: datetime) -> Standing:
        if row.user is None or not row.slot.startswith(OLD):
            return Standing(row.stands, leased_us=micros(now))
        slot = "bell" if row.slot == "old_bells" else row.slot
        past = unit.past_messages(row.user, slot, now - self.kept_for)
        return Standing(past=tuple(past), leased_us=micros(now))

    def _again_at(self, unit: Unit, now: datetime, *, more: bool) -> datetime | None:
        if more:
            return now + timedelta(microseconds=self.pace.wait_us(micros(now)))
        return unit.soonest(self.front_end, now)


class Looks:
    """One look at the outbox: each row in its turn, as far as the pace goes."""

    def __init__(self, taking: Taking, unit: Unit, now: datetime) -> None:
        self.taking, self.unit, self.now, self.now_us = taking, unit, now, micros(now)
        self.count = 0
        self.may_be_more = True

    def rows(self, room: int) -> list[Waiting]:
        """Take a reminder first where none has gone for long, and then what is best."""
        rows: list[Waiting] = []
        if not self.taking.pace.floor.wait_us(self.now_us):
            rows += self._leased(1, order.REMINDS)
        if (most := room - len(rows)) > 0:
            before = self.count
            rows += self._leased(most, order.SPEAKS)
            self.may_be_more = self.count - before == most
        return rows

    def _leased(self, most: int, from_lane: order.Lane) -> list[Waiting]:
        taking = self.taking
        return self.unit.leased(
            taking.front_end, self.now, LEASE, most, from_lane=from_lane, wait_us=self._wait_us
        )

    def _wait_us(self, row: Waiting) -> int:
        """Tell how long this one has to wait for its chat; none: it is counted and goes."""
        self.count += 1
        taking, pace = self.taking, self.taking.pace
        taking.load(self.unit, row)
        if row.rank == "reminder":
            taking.crowd.reminder_seen_us = self.now_us
        wait_us = pace.chat_wait_us(
            row.chat_id, self.now_us, edit=row.how == "change", tick=row.rank == "tick"
        )
        if wait_us and row.rank != "stop":
            return wait_us
        pace.take(row.chat_id, self.now_us)
        if row.expires_at is None:  # countdowns and reminders have an end, all else is spoken
            taking.crowd.spoken += 1
        if row.rank == "reminder":
            pace.floor.take(self.now_us)
        taking.keep(self.unit, row)
        return 0
