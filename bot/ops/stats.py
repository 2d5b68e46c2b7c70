"""Statistics: how many users did what.  Counts below five are not told: they could be somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.store.silence import WARNED
from bot.store.unit import Unit

FEWEST = 5
SPANS = (1, 7, 30)  # days
TOLD = {  # the kinds of a diary, told so that nothing of health is in them
    "session": "sessions",
    "receipt": "checks with advice",
    "rating": "ratings",
    "consent": "consents",
    WARNED: "warnings of a long silence",
}
ARMED = {"reminder": "a reminder set", "session": "a session running"}


def stats(unit: Unit, at: datetime) -> list[str]:
    return list(_lines(unit, at))


def _lines(unit: Unit, at: datetime) -> Iterator[str]:
    yield f"Users: {_told(unit.users_heard(date.min))}"
    for days in SPANS:
        heard = unit.users_heard(at.date() - timedelta(days=days - 1))
        yield f"Heard in {days} d: {_told(heard)}"
    entries = unit.users_with_entries(at - timedelta(days=SPANS[-1]))
    for kind, name in TOLD.items():
        yield f"Users with {name} in {SPANS[-1]} d: {_told(entries.get(kind, 0))}"
    armed = unit.users_with_alarms()
    for alarm, name in ARMED.items():
        yield f"Users with {name}: {_told(armed.get(alarm, 0))}"
    yield f"Messages waiting to be sent: {_told(sum(unit.waiting_messages().values()))}"


def _told(count: int) -> str:
    return str(count) if count >= FEWEST else f"fewer than {FEWEST}"
