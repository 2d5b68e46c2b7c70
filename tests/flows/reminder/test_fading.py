"""Fewer reminders for whom the habit holds: offered, never forced, and taken back with a tap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from flows.base import DropAlarm, Scene, Verdict
from flows.progress import Day, Rest
from flows.progress.days import day_of
from flows.reminder import Reminders, Wish, advance, begin, offered, view
from flows.reminder.vocabulary import MoreWished
from tests.flows.reminder.scenes import (
    NOW,
    WISH,
    alarms,
    content,
    kept,
    keys,
    scene,
    shown,
    taps,
    verdict,
)

DAY = timedelta(days=1)
TODAY = day_of(NOW, WISH.zone)
LONG_AGO = NOW - 60 * DAY
OLD = WISH.model_copy(update={"since": LONG_AGO})


def moved(*ago: int) -> tuple[Day, ...]:
    return tuple(Day(on=TODAY - DAY * n, moved=True) for n in sorted(ago, reverse=True))


EVERY_DAY = moved(*range(1, 30))
FIVE_A_WEEK = moved(*(n for n in range(1, 30) if n % 7 not in {0, 6}))


def offer(
    wish: Wish = OLD, days: tuple[Day, ...] = EVERY_DAY, rests: tuple[Rest, ...] = (),
    found: Verdict | None = None,
) -> str:  # fmt: skip
    rules = content().reminders
    return offered(wish, days, rests, found or verdict(), NOW, LONG_AGO, rules)


@pytest.mark.parametrize("days", [EVERY_DAY, FIVE_A_WEEK])
def test_after_three_good_weeks_fewer_are_offered(days: tuple[Day, ...]) -> None:
    assert "less" == offer(days=days)


@pytest.mark.parametrize("why_not", [
    {"days": moved(*range(1, 14))},  # two good weeks
    {"days": moved(*range(1, 30, 2))},  # every other day
    {"days": (), "rests": (Rest(why="ill", begin=date(2026, 10, 1), end=TODAY),)},  # at rest only
    {"wish": OLD.model_copy(update={"paused": "holiday"})},
    {"wish": OLD.model_copy(update={"since": NOW - 20 * DAY})},  # so often, or asked, only lately
])  # fmt: skip
def test_else_nothing_is_offered(why_not: dict[str, Any]) -> None:
    assert "" == offer(**why_not)


def test_days_that_were_never_wished_for_are_no_lack() -> None:
    three = OLD.model_copy(update={"weekdays": (0, 2, 4)})
    days = tuple(day for day in EVERY_DAY if day.on.weekday() in {0, 2, 4})
    assert "less" == offer(three, days)


def test_first_every_third_day_then_once_a_week_then_none() -> None:
    weekly = OLD.model_copy(update={"every_days": 7})
    assert ["less", "less", "free"] == [
        offer(), offer(OLD.model_copy(update={"every_days": 3})), offer(weekly)
    ]  # fmt: skip


@pytest.mark.parametrize("found", [
    verdict(level="SOON", stretch="gentle"), verdict(level="URGENT", stretch="blocked"),
])  # fmt: skip
def test_nobody_is_sent_off_alone_who_should_be_seen(found: Verdict) -> None:
    assert "" == offer(OLD.model_copy(update={"every_days": 7}), found=found)


def test_less_is_every_third_day_and_can_be_taken_back() -> None:
    here = scene(wish=OLD)
    less = begin("less", {}, here)
    assert 3 == kept(less).every_days
    assert NOW == kept(less).since
    assert ["reminder.less_set"] == keys(shown(less)[0])

    menu = replace(here, wish=kept(less))
    assert "rmore" in taps(view(Reminders(phase="menu"), menu))
    more = advance(Reminders(phase="menu"), MoreWished(), menu)
    assert 1 == kept(more).every_days
    assert "rmore" not in taps(shown(more)[0])


def test_as_before_changes_nothing_and_is_not_asked_again_for_three_weeks() -> None:
    move = begin("keep", {}, scene(wish=OLD))
    assert [] == alarms(move)
    after = kept(move)
    assert OLD.model_copy(update={"since": NOW}) == after
    rules = content().reminders
    later = [
        offered(after, moved(*range(-30, 1)), (), verdict(), NOW + DAY * n, LONG_AGO, rules)
        for n in (20, 21)
    ]
    assert ["", "less"] == later


def test_going_on_alone_stops_reminders_and_count_and_leaves_a_plan_and_a_way_back() -> None:
    here: Scene = scene(wish=OLD.model_copy(update={"every_days": 7}))
    move = begin("free", {}, here)
    (show,) = shown(move)
    assert ["reminder.free_told", "reminder.free_plan"] == keys(show)
    assert ["rhere"] == taps(show)
    assert DropAlarm(name="reminder") in move.effects
    assert ("graduated", "graduated") == (kept(move).paused, kept(move, "rests")[0].why)


def test_i_am_back_without_a_wish_left_still_begins() -> None:
    move = begin("here", {}, scene())
    assert [("offer", "start")] == [(piece.to, piece.why) for piece in move.news]  # type: ignore[union-attr]  # a HandOver
