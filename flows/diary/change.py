"""What the diary comes to: whether pain and own activities have really changed.

Small changes come and go by chance: what counts as one, and how much must be told before anything
is said, is content.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from content.schema import Measures
from flows.diary.entries import Mark, Score
from flows.progress.days import day_of

ONE = timedelta(days=1)

Trend = Literal["early", "same", "better", "worse"]
Size = Literal["", "small", "medium", "large"]


@dataclass(frozen=True)
class Change:
    """What two weeks come to, compared: the first and the last."""

    trend: Trend
    then: float = 0.0
    now: float = 0.0
    size: Size = ""


@dataclass(frozen=True)
class Line:
    """An own activity over time, and what it comes to."""

    id: str
    text: str
    scores: tuple[Score, ...] = field(default=())
    change: Change = Change("early")


def by_day(told: Iterable[Mark], zone: str | None) -> dict[date, float]:
    """Give the average of each day on which the pain was told."""
    days: dict[date, list[int]] = {}
    for mark in told:
        days.setdefault(day_of(mark.at, zone), []).append(mark.pain)
    return {on: sum(pains) / len(pains) for on, pains in sorted(days.items())}


def running(days: Mapping[date, float], over: int) -> dict[date, float]:
    """Average each day with those before it, `over` days in all."""
    return {
        on: _average([pain for day, pain in days.items() if on - ONE * (over - 1) <= day <= on])
        for on in days
    }


def pain_change(days: Mapping[date, float], today: date, measures: Measures) -> Change:
    """Compare the last days with the first; too few of either, or days of both, tell nothing."""
    if not days:
        return Change("early")
    span = ONE * (measures.over_days - 1)
    first, last = min(days) + span, today - span
    then = [pain for on, pain in days.items() if on <= first]
    now = [pain for on, pain in days.items() if last <= on <= today]
    if first >= last or min(len(then), len(now)) < measures.marks:
        return Change("early")
    before, after = _average(then), _average(now)
    least = min(measures.pain.change, before * measures.pain.percent / 100 or measures.pain.change)
    if abs(after - before) < least:
        return Change("same", before, after)
    return Change("better" if after < before else "worse", before, after)


def activities(told: Iterable[Score], measures: Measures) -> tuple[Line, ...]:
    """Sort the scores by activity, and say of each whether it has changed, and how much."""
    lines: dict[str, list[Score]] = {}
    for score in told:
        lines.setdefault(score.id, []).append(score)
    return tuple(
        Line(name, each[-1].text, tuple(each), score_change(each, measures))
        for name, each in lines.items()
    )


def score_change(told: Sequence[Score], measures: Measures) -> Change:
    first, last = told[0], told[-1]
    then, now = float(first.score), float(last.score)
    if last.at - first.at < ONE * measures.activity_apart_days:
        return Change("early", then, now)
    scale = measures.activity
    sizes: dict[Size, float] = {
        "large": scale.large, "medium": scale.medium, "small": scale.small,
    }  # fmt: skip
    size: Size = next((name for name, least in sizes.items() if abs(now - then) >= least), "")
    if not size:
        return Change("same", then, now)
    return Change("better" if now > then else "worse", then, now, size)


def _average(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)
