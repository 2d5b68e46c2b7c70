"""A reminder falls due: when it speaks, when it keeps quiet, and what is answered to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.render.message import Voice
from flows.base import DropAlarm, Event, HandOver, Left, Record, Scene, Settings
from flows.progress import Rest
from flows.reminder import Wish, answered, due
from flows.reminder.vocabulary import (
    CameBack,
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
from tests.manners import HEALTH


def left_out(what_id: str, what: Any = "all") -> Left:  # noqa: ANN401 - one of its literals
    return Left(what=what, id=what_id, until=NOW + timedelta(days=1), why="cramp", at=NOW)


HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def ring(
    wish: Wish = WISH,
    *,
    busy: bool = False,
    at: datetime = NOW,
    turn: int | None = 5,
    minutes: int | None = None,
    **fields: Any,  # noqa: ANN401 - fields of a scene
) -> Any:  # noqa: ANN401 - a move
    return due(wish, scene(at, **fields), busy=busy, turn=turn, minutes=minutes)


def test_a_reminder_rings_and_arms_tomorrows() -> None:
    move = ring(sessions=(brief(),))

    (show,) = shown(move)
    assert ("screen", "fresh", "reminder", False) == (show.slot, show.how, show.rank, show.silent)
    assert [NOW + DAY] == [alarm.due_at for alarm in alarms(move)]
    assert ["reminder"] == [alarm.name for alarm in alarms(move)]
    assert ["rstart|whole", "rstart|short", "rsnooze", "revening", "rnot", "hurts"] == taps(show)


def test_nothing_in_a_reminder_tells_of_health() -> None:
    """In all of it, not only in what a lock screen shows."""
    left = brief(NOW - 12 * HOUR, ended="paused", moves_done=2)
    lines = range(len(content().reminders.lines) + 1)
    every = [ring(WISH.model_copy(update={"rung": n}), minutes=n) for n in lines]
    every += [ring(sessions=(left,)), ring(WISH.model_copy(update={"ignored": 7}))]
    voice = Voice("en", content().words, NOW, "plain")
    told = ["\n".join(map(voice.told, show.text)) for move in every for show in shown(move)]
    assert len(lines) + 2 == len(told)
    assert [] == [text for text in told if HEALTH.search(text)]


@pytest.mark.parametrize("against", [
    {"busy": True},
    {"sessions": (brief(NOW - HOUR),)},  # done today
    {"sessions": (brief(NOW - HOUR, ended="finished_early"),)},
    {"sessions": (brief(NOW - 23 * HOUR, ended="stopped", event="cramp"),)},
    {"verdict": verdict(stretch="blocked", level="URGENT")},
    {"left_out": (left_out("all"),)},  # a rest, or a stop that wants a check first
    {"verdict": verdict(crisis=True, at=NOW - 23 * HOUR)},
    {"at": NOW + 2 * HOUR + timedelta(minutes=1)},  # too late
    {"at": NOW - HOUR, "wish": Wish(times=("07:00",), zone="Europe/Berlin")},  # quiet hours
    {"settings": Settings(quiet_from="22:00", quiet_until="09:00")},  # the user's own
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
    {"left_out": (left_out("bridge", what="exercise"),)},
    {"verdict": verdict(crisis=True, at=NOW - 25 * HOUR)},
    {"at": NOW + 2 * HOUR},
])  # fmt: skip
def test_a_reminder_speaks_where_nothing_stands_against_it(allowed: dict[str, Any]) -> None:
    assert 1 == len(shown(ring(**allowed)))


def test_a_place_left_lying_keeps_only_one_reminder_back() -> None:
    """A check that nobody goes on with for a day is no reason to be silent for ever."""
    first = ring(busy=True, turn=7)
    assert ([], 7) == (shown(first), kept(first).passed_turn)

    assert [] == shown(ring(kept(first), busy=True, turn=8, at=NOW + DAY)), "they have moved since"
    second = ring(kept(first), busy=True, turn=7, at=NOW + DAY)
    assert (1, None) == (len(shown(second)), kept(second).passed_turn)


def test_what_ends_by_itself_keeps_every_reminder_back() -> None:
    wish = WISH.model_copy(update={"passed_turn": 7})
    assert [] == shown(ring(wish, busy=True, turn=None))


def test_one_skipped_for_being_late_is_noted() -> None:
    move = ring(at=NOW + 3 * HOUR)
    (record,) = [effect for effect in move.effects if isinstance(effect, Record)]
    assert ("reminder", "late") == (record.kind, record.entry["skipped"])


def test_the_words_change_and_begin_with_the_plainest() -> None:
    lines = content().reminders.lines
    rung = [ring(WISH.model_copy(update={"rung": n})) for n in range(len(lines) + 2)]
    told = [keys(shown(move)[0]) for move in rung]
    assert ["reminder.due_plain"] == told[0] == told[-1]
    assert [f"reminder.line.{line}" for line in lines] == [each[1] for each in told[1:-1]]


def test_a_reminder_names_the_minutes_of_todays_plan() -> None:
    (show,) = shown(ring(minutes=6))
    assert ("reminder.due", 6) == (show.text[0].key, show.text[0].args["n"])
    assert 6 == show.rows[0][0].label.args["n"]


def test_spaced_out_it_comes_every_so_many_days() -> None:
    wish, at, rung = WISH.model_copy(update={"every_days": 7}), NOW, []
    for _ in range(3):
        move = ring(wish, at=at)
        rung.append((at - NOW).days)
        wish = kept(move).model_copy(update={"ignored": 0})
        at = alarms(move)[0].due_at
    assert [0, 7, 14] == rung


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
    ("whole", {"prefer": ""}), ("short", {"prefer": "short"}), ("go_on", {"prefer": "go_on"}),
])  # fmt: skip
def test_start_goes_to_the_offer_and_no_further(how: Any, args: dict[str, str]) -> None:  # noqa: ANN401
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


def test_this_evening_is_not_overtaken_by_a_time_of_the_day() -> None:
    wish = WISH.model_copy(update={"times": ("08:00", "12:30")})
    assert NOW.replace(hour=18) == answer(ThisEvening(), NOW, wish)


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
    assert ("asked", None) == (kept(move, "rests")[0].why, kept(move, "rests")[0].end)


def test_not_today_of_a_weekly_one_is_tomorrow_and_not_next_week() -> None:
    wish = WISH.model_copy(update={"every_days": 7, "rung_at": NOW})
    assert NOW + DAY == answer(NotToday(), NOW, wish)


def test_back_from_going_alone_they_come_daily_and_a_session_is_offered() -> None:
    alone = WISH.model_copy(update={"paused": "graduated", "every_days": 7, "next_at": None})
    rest = Rest(why="graduated", begin=NOW.date() - 60 * DAY)
    move = answered(CameBack(), alone, scene(rests=(rest,)))

    assert (None, 1) == (kept(move).paused, kept(move).every_days)
    assert NOW.date() == kept(move, "rests")[0].end
    assert NOW + DAY == alarms(move)[0].due_at
    assert HandOver(to="offer", why="start") in move.news


def test_an_answer_to_a_reminder_that_was_turned_off_changes_nothing_but_starts() -> None:
    here: Scene = scene()
    assert not answered(Snoozed(), None, here).moved
    assert answered(Started(how="whole"), None, here).moved
