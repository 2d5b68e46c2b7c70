"""A reminder falls due: when it speaks, when it keeps quiet, and what is answered to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from flows.base import DropAlarm, Event, HandOver, Scene
from flows.reminder import Wish, answered, due
from flows.reminder.vocabulary import (
    NotToday,
    Paused,
    Snoozed,
    Started,
    ThisEvening,
    WentOn,
)
from tests.flows.reminder.scenes import (
    NOW,
    WISH,
    alarms,
    brief,
    content,
    kept,
    keys,
    scene,
    shown,
    taps,
    verdict,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def ring(wish: Wish = WISH, *, busy: bool = False, at: datetime = NOW, **fields: Any) -> Any:  # noqa: ANN401
    return due(wish, scene(at, **fields), busy=busy)


def test_a_reminder_rings_and_arms_tomorrows() -> None:
    move = ring(sessions=(brief(),))

    (show,) = shown(move)
    assert ("screen", "fresh", "reminder", False) == (show.slot, show.how, show.rank, show.silent)
    assert [NOW + DAY] == [alarm.due_at for alarm in alarms(move)]
    assert ["reminder"] == [alarm.name for alarm in alarms(move)]
    assert ["rstart|whole", "rstart|short", "rsnooze", "revening", "rnot", "hurts"] == taps(show)


def test_nothing_in_a_reminder_tells_of_health() -> None:
    words = content().words["en"]
    for move in (ring(), ring(sessions=(brief(),)), ring(WISH.model_copy(update={"ignored": 7}))):
        (show,) = shown(move)
        told = " ".join(str(words[key]) for key in keys(show)).lower()
        assert not [word for word in ("back ", "pain", "stretch", "spine", "hurt") if word in told]


@pytest.mark.parametrize("against", [
    {"busy": True},
    {"sessions": (brief(NOW - HOUR),)},  # done today
    {"sessions": (brief(NOW - HOUR, ended="finished_early"),)},
    {"sessions": (brief(NOW - 23 * HOUR, ended="stopped", event="cramp"),)},
    {"verdict": verdict(stretch="blocked", level="URGENT")},
    {"verdict": verdict(crisis=True, at=NOW - 23 * HOUR)},
    {"at": NOW + 2 * HOUR + timedelta(minutes=1)},  # too late
    {"at": NOW - HOUR, "wish": Wish(times=("07:00",), zone="Europe/Berlin")},  # quiet hours
])  # fmt: skip
def test_a_reminder_keeps_quiet_and_arms_the_next_all_the_same(against: dict[str, Any]) -> None:
    move = ring(**against)
    assert [] == shown(move)
    assert 1 == len(alarms(move))


@pytest.mark.parametrize("allowed", [
    {"sessions": (brief(NOW - 24 * HOUR),)},
    {"sessions": (brief(NOW - 25 * HOUR, ended="stopped", event="cramp"),)},
    {"sessions": (brief(NOW - HOUR, ended="paused"),)},
    {"verdict": verdict(stretch="gentle")},
    {"verdict": verdict(crisis=True, at=NOW - 25 * HOUR)},
    {"at": NOW + 2 * HOUR},
])  # fmt: skip
def test_a_reminder_speaks_where_nothing_stands_against_it(allowed: dict[str, Any]) -> None:
    assert 1 == len(shown(ring(**allowed)))


def test_a_paused_wish_is_silent_and_arms_nothing() -> None:
    move = ring(WISH.model_copy(update={"paused": "holiday"}))
    assert ((), ()) == (move.effects, move.news)


def test_after_three_ignored_it_rings_every_third_day_and_after_seven_it_asks() -> None:
    wish, at, rung = WISH, NOW, []
    for _ in range(40):
        move = ring(wish, at=at)
        rung += [(at - NOW).days for show in shown(move) if "reminder.due_plain" in keys(show)]
        asked = [(at - NOW).days for show in shown(move) if "reminder.pause_ask" in keys(show)]
        wish, at = kept(move), alarms(move)[0].due_at
        if asked:
            break

    assert [0, 1, 2, 5, 8, 11, 14] == rung
    assert [17] == asked
    assert [] == shown(ring(wish, at=at))  # quiet until answered


def test_a_session_made_without_the_reminder_answers_it() -> None:
    wish = WISH.model_copy(update={"ignored": 6, "asking": True, "rung_at": NOW - 2 * DAY})
    move = ring(wish, sessions=(brief(NOW - DAY),))
    assert 1 == len(shown(move))
    assert 1 == kept(move).ignored


def test_a_session_left_lying_can_be_gone_on_with() -> None:
    left = brief(NOW - 12 * HOUR, ended="paused", moves_done=2)
    (show,) = shown(ring(sessions=(left,)))
    assert ["rstart|go_on", "rstart|whole"] == taps(show)[:2]
    assert 3 == show.text[1].args["number"]


@pytest.mark.parametrize(("how", "args"), [
    ("whole", {"short": False, "go_on": False}), ("short", {"short": True, "go_on": False}),
    ("go_on", {"short": False, "go_on": True}),
])  # fmt: skip
def test_start_goes_to_the_offer_and_no_further(how: Any, args: dict[str, bool]) -> None:  # noqa: ANN401
    move = answered(Started(how=how), WISH, scene())
    assert HandOver(to="offer", why="start", args=args) in move.news


def answer(event: Event, at: datetime, wish: Wish = WISH) -> datetime:
    (alarm,) = alarms(answered(event, wish, scene(at)))
    return alarm.due_at


def test_snoozed_it_comes_in_half_an_hour() -> None:
    assert NOW + timedelta(minutes=30) == answer(Snoozed(), NOW)


def test_a_snooze_never_lands_in_quiet_hours() -> None:
    late = datetime(2026, 11, 23, 20, 10, tzinfo=UTC)  # 21:10 in Berlin
    assert NOW + DAY == answer(Snoozed(), late)


@pytest.mark.parametrize(("hour", "due_hour"), [(7, 18), (17, 18)])
def test_this_evening_is_the_evening_of_the_same_day(hour: int, due_hour: int) -> None:
    at = NOW.replace(hour=hour)
    assert NOW.replace(hour=due_hour) == answer(ThisEvening(), at)  # 19:00 in Berlin


def test_this_evening_said_too_late_is_the_next_reminder() -> None:
    assert NOW + DAY == answer(ThisEvening(), NOW.replace(hour=19))


def test_not_today_skips_the_other_times_of_the_day() -> None:
    wish = WISH.model_copy(update={"times": ("08:00", "19:00")})
    assert NOW + DAY == answer(NotToday(), NOW, wish)


def test_any_answer_counts_as_not_ignored() -> None:
    wish = WISH.model_copy(update={"ignored": 5, "asking": True})
    for event in (Snoozed(), ThisEvening(), NotToday(), WentOn(), Started(how="whole")):
        fresh = kept(answered(event, wish, scene()))
        assert (0, False) == (fresh.ignored, fresh.asking)


def test_a_pause_drops_the_alarm() -> None:
    move = answered(Paused(why="asked"), WISH, scene())
    assert DropAlarm(name="reminder") in move.effects
    assert "asked" == kept(move).paused


def test_an_answer_to_a_reminder_that_was_turned_off_changes_nothing_but_starts() -> None:
    here: Scene = scene()
    assert not answered(Snoozed(), None, here).moved
    assert answered(Started(how="whole"), None, here).moved
