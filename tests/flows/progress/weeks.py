"""Past weeks made up for tests: one session a day, and what was told of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from content.catalogue import Catalogue
from content.load import load
from content.schema import Value
from flows import progress
from flows.base import Brief, Leg
from flows.progress import Day, Growth, Past, Turn
from flows.progress.days import day_of

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@cache
def content() -> Catalogue:
    return load()


def brief(days_ago: int, rise: int | None = 0, **fields: object) -> Brief:
    """Tell of a session some days ago, with the pain so much higher after it."""
    after = None if rise is None else 3 + rise
    told = Brief(
        at=NOW - DAY * days_ago, program="mixed", minutes=14, moves_done=8, moves=8,
        ended="done", pain_before=3, pain_after=after,
    )  # fmt: skip
    return told.model_copy(update=fields)


def past(
    *sessions: Brief,
    days: Iterable[Day] = (),
    weeks: int = 2,
    **fields: Any,  # noqa: ANN401 - fields of the past, each of its type
) -> Past:
    """Put sessions into a past that began some weeks ago."""
    told = Past(
        sessions=sessions, sessions_done=len(sessions) + 4, days=tuple(days),
        first_at=NOW - 7 * DAY * (weeks - 1),
    )  # fmt: skip
    return replace(told, **fields)


def day(days_ago: int, *pains: int, leg: Leg | None = None) -> Day:
    return Day(on=day_of(NOW - DAY * days_ago, None), pains=pains, leg=leg)


def facts(**told: Value) -> dict[str, Value]:
    person = {"age": 40, "sex": "male", "pain_now": 3, "stretch": "allowed", **told}
    return content().complete(person)


def own(of: Past, **told: Value) -> dict[str, Value]:
    known = facts(**told)
    return {**known, **progress.own_facts(of, known, NOW, content())[0]}


def turn(of: Past, **told: Value) -> Turn:
    found = progress.own_facts(of, facts(**told), NOW, content())[1]
    assert found is not None
    return found


def grown(**steps: int) -> Growth:
    return Growth(steps=steps)
