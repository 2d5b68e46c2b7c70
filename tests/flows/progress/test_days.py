"""The last weeks day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from flows.base import Leg
from flows.progress.days import (
    Day,
    calm_days,
    centralised_days,
    day_of,
    is_down,
    is_no_better,
    led,
    told,
)
from tests.flows.progress.weeks import NOW, day

TODAY = day_of(NOW, None)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((), 0),
        ((day(0, 6),), 1),
        ((day(1, 6), day(0, 4, 6)), 2),
        ((day(2, 2), day(1, 7), day(0, 3)), 1),
        ((day(1, 5), day(0, 3, 8)), 0),
        ((day(3, 2), day(2, 2), day(0, 2)), 1),  # yesterday nothing was told
        ((day(2, 2), day(1, 2)), 0),  # nor today
    ],
)
def test_calm_days_are_counted_back_from_today(days: tuple[Day, ...], expected: int) -> None:
    assert expected == calm_days(days, TODAY, 6)


@pytest.mark.parametrize(
    ("legs", "expected"),
    [
        ("", 0),
        ("higher higher higher", 3),
        ("higher higher further higher", 1),
        ("higher same higher", 1),
        ("higher higher higher same same", 3),  # taken over to another plan
        ("higher higher higher further", 0),
        ("higher higher - higher", 2),  # a day of which nothing is known
    ],
)
def test_an_easier_leg_is_counted_by_days_running(legs: str, expected: int) -> None:
    words: list[Leg | None] = [word if word != "-" else None for word in legs.split()]  # type: ignore[misc]  # the words above
    days = tuple(day(20 - n, leg=leg) for n, leg in enumerate(words) if leg)

    assert expected == centralised_days(days)


def test_of_two_words_on_one_day_the_graver_stands() -> None:
    days = led(led((), TODAY, "further"), TODAY, "higher")

    assert (Day(on=TODAY, leg="further"),) == days


def test_marks_of_one_day_stand_together_in_the_order_of_days() -> None:
    days = told(told((day(1, 5),), TODAY, 4), TODAY, 2)

    assert (day(1, 5), day(0, 4, 2)) == days


def test_a_day_is_the_users_own() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    assert date(2026, 11, 22) == day_of(late, None)
    assert date(2026, 11, 23) == day_of(late, "Europe/Berlin")


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [(6, 4, True), (6, 5, False), (4, 3, False), (3, 2, True), (2, 2, False), (0, 0, False)],
)
def test_pain_is_down_by_two_points_or_thirty_percent(
    before: int, now: int, *, expected: bool
) -> None:
    days = (day(10, before), day(8, before), day(2, now), day(0, now))

    assert expected == is_down(days, TODAY, over=7, points=2, percent=30)


def test_pain_is_not_down_where_one_of_the_weeks_is_empty() -> None:
    assert not is_down((day(2, 1), day(0, 1)), TODAY, over=7, points=2, percent=30)


@pytest.mark.parametrize(("now", "expected"), [(5, True), (4, False), (6, True)])
def test_less_than_a_point_since_the_beginning_is_no_better(now: int, *, expected: bool) -> None:
    days = (day(20, 5), day(19, 5), day(1, now))

    assert expected == is_no_better(days, TODAY, over=7, points=1)
