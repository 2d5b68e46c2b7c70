"""Whether something has changed: only what was told often enough, and by enough, is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from content.catalogue import Catalogue
from flows.diary import Score, by_day, marks, pain_change, running, score_change
from flows.diary.entries import Entry, Mark

FIRST = date(2026, 10, 5)
AT = datetime(2026, 10, 5, 23, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def days(*pains: float) -> dict[date, float]:
    return {FIRST + n * DAY: pain for n, pain in enumerate(pains)}


def trend(catalogue: Catalogue, told: dict[date, float], today: date) -> str:
    return pain_change(told, today, catalogue.measures).trend


def test_of_nothing_nothing_is_said(catalogue: Catalogue) -> None:
    assert "early" == trend(catalogue, {}, FIRST)


def test_two_weeks_that_share_a_day_are_too_early(catalogue: Catalogue) -> None:
    told = days(*[6.0] * 6, *[2.0] * 7)
    assert "early" == trend(catalogue, told, FIRST + 12 * DAY)
    assert "better" == trend(catalogue, told | {FIRST + 13 * DAY: 2.0}, FIRST + 13 * DAY)


def test_two_marks_a_week_are_too_few(catalogue: Catalogue) -> None:
    told = {FIRST + n * DAY: 6.0 for n in (0, 1, 20, 21)}
    assert "early" == trend(catalogue, told, FIRST + 21 * DAY)
    more = told | {FIRST + 2 * DAY: 6.0, FIRST + 19 * DAY: 6.0}
    assert "same" == trend(catalogue, more, FIRST + 21 * DAY)


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        (8, 6, "better"), (8, 6.1, "same"), (8, 10, "worse"), (8, 9.9, "same"),
        (5, 3.5, "better"), (5, 3.6, "same"), (0, 1.9, "same"), (0, 2, "worse"),
    ],
)  # fmt: skip
def test_two_points_or_a_third_are_a_change(
    catalogue: Catalogue, then: float, now: float, told: str
) -> None:
    weeks = days(*[float(then)] * 7, *[float(now)] * 7)
    assert told == trend(catalogue, weeks, FIRST + 13 * DAY)


def test_a_day_is_the_users_own_and_counts_once() -> None:
    told = (Mark(AT, "before", 4), Mark(AT + timedelta(minutes=20), "after", 2))
    assert {FIRST: 3.0} == by_day(told, None)
    assert {FIRST + DAY: 3.0} == by_day(told, "Europe/Berlin")


def test_a_running_average_looks_back_alone() -> None:
    assert [4.0, 3.0, 2.0] == list(running(days(4, 2, 2), 2).values())


@pytest.mark.parametrize(
    ("first", "last", "after", "told"),
    [
        (3, 9, 6, ("early", "")), (3, 4, 7, ("same", "")), (3, 5, 7, ("better", "small")),
        (3, 6, 7, ("better", "large")), (5, 3, 7, ("worse", "small")),
    ],
)  # fmt: skip
def test_an_activity_has_changed_by_as_much_as_was_published(
    catalogue: Catalogue, first: int, last: int, after: int, told: tuple[str, str]
) -> None:
    both = [Score(AT, "shoes", "", first), Score(AT + after * DAY, "shoes", "", last)]
    change = score_change(both, catalogue.measures)
    assert told == (change.trend, change.size)


def test_entries_of_another_kind_or_release_are_passed_over() -> None:
    entries = [
        Entry("mark", AT, {"when": "before", "pain": 4, "of_another_release": True}),
        Entry("rating", AT, {"exercise": "cat_cow", "effort": "right"}),
    ]
    assert (Mark(AT, "before", 4),) == marks(entries)
