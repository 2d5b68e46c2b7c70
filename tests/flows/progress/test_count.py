"""A count that forgives."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from flows.progress import Day, Rest
from flows.progress.count import Mark, Rests, counted, is_alone, marks, rested, resting, resumed

TODAY = date(2026, 11, 25)  # a Wednesday
ONE = timedelta(days=1)


def days(*ago: int) -> tuple[Day, ...]:
    return tuple(Day(on=TODAY - ONE * n, moved=True) for n in sorted(ago, reverse=True))


def rest(begin: int, end: int | None = None) -> Rest:
    """Rest from so many days ago until so many days ago."""
    last = None if end is None else TODAY - ONE * end
    return Rest(why="ill", begin=TODAY - ONE * begin, end=last)


@pytest.mark.parametrize(("moved", "rests", "expected"), [
    ((0, 1, 2, 3, 4, 5, 6), (), 7),
    ((0, 2, 4, 6), (), 4),
    ((0, 1), (rest(6, 2),), 6),  # ill for four days
    ((0,), (rest(4, 4),), 1),  # a rest that lasted no day
    ((5, 6), (rest(4),), 7),  # and still ill
    ((), (), 0),
])  # fmt: skip
def test_rest_counts_as_days_moved_do(moved: tuple[int, ...], rests: Rests, expected: int) -> None:
    told = marks(days(*moved), rests, TODAY)
    assert (expected, 7) == (counted(told), len(told))


def test_a_day_of_pain_told_alone_is_no_day_moved() -> None:
    told = (Day(on=TODAY - ONE, pains=(3,)),)
    assert 0 == counted(marks(told, (), TODAY))


def test_today_never_counts_against_anybody() -> None:
    before = marks(days(1, 2, 3, 4, 5, 6, 7), (), TODAY)
    after = marks(days(0, 1, 2, 3, 4, 5, 6, 7), (), TODAY)
    assert 7 == counted(before) == counted(after) == len(before) == len(after)


def test_days_never_wished_for_are_rest() -> None:
    workdays = (0, 1, 2, 3, 4)
    told = marks(days(1, 2, 5, 6), (), TODAY, weekdays=workdays)
    expected: tuple[Mark, ...] = ("open", "moved", "moved", "rest", "rest", "moved", "moved")
    assert expected == told


def test_nothing_is_missed_before_the_beginning() -> None:
    assert ("moved", "moved") == marks(days(0, 1), (), TODAY, first=TODAY - ONE)


def test_a_rest_ends_when_it_is_ended_or_another_begins() -> None:
    ill = rested((), "ill", TODAY - 3 * ONE)
    away = rested(ill, "holiday", TODAY - ONE)
    assert [TODAY - ONE, None] == [each.end for each in away]
    assert resting(away) == away[-1]
    assert resting(resumed(away, TODAY)) is None


def test_a_rest_taken_back_on_the_same_day_leaves_no_trace() -> None:
    assert () == resumed(rested((), "ill", TODAY), TODAY)


@pytest.mark.parametrize(("why", "alone"), [("graduated", True), ("ill", False)])
def test_only_going_on_alone_is_alone(why: str, *, alone: bool) -> None:
    assert alone == is_alone((Rest.model_validate({"why": why, "begin": TODAY}),))
