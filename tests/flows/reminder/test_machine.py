"""The reminder screen, held to its table, its manners and its promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from flows.base import DropAlarm, Moment, Settings
from flows.reminder import MACHINE, Reminders, Wish, advance, begin, odd, read, view
from flows.reminder.vocabulary import (
    ON_SCREEN,
    ClockRead,
    DayMarked,
    DaysAsked,
    NothingSeen,
    OneMoreAsked,
    OtherTimesAsked,
    Paused,
    Phase,
    PlaceAsked,
    QuietAsked,
    Returned,
    TimePicked,
    TurnedOff,
    WentOn,
    ZonePicked,
)
from tests.flows.reminder.scenes import NOW, WISH, alarms, content, kept, keys, scene, shown, taps


class TestTable:
    """`transitions` checks no name when it is built, so we do."""

    def test_every_event_of_the_screen_is_a_trigger_and_every_trigger_an_event(self) -> None:
        names = {kind.model_fields["trigger"].default for kind in ON_SCREEN}
        assert names == set(MACHINE.events)

    def test_every_row_joins_states_that_exist(self) -> None:
        for row in MACHINE.get_transitions():
            MACHINE.get_state(row.source)
            assert row.dest is not None, "an internal row shows nothing; we have none"
            MACHINE.get_state(row.dest)

    def test_every_state_is_a_phase(self) -> None:
        assert set(get_args(Phase)) == set(MACHINE.get_nested_state_names())


def test_the_clock_is_asked_once_and_one_answer_tells_the_zone() -> None:
    here = scene(country="DE")
    asked = begin("wish", {"time": "08:00"}, here)
    assert ("clock", "08:00", NOW) == (asked.state.phase, asked.state.time, asked.state.asked_at)
    assert {"rclock|07:00", "rclock|08:00", "rclock|09:00"} <= set(taps(shown(asked)[0]))

    move = advance(asked.state, ClockRead(time="08:00"), here)

    assert move.state is None
    wish = kept(move)
    assert Wish(times=("08:00",), zone="Europe/Berlin", next_at=wish.next_at, since=NOW) == wish
    assert "Europe/Berlin" == kept(move, "zone")
    assert wish.next_at == alarms(move)[0].due_at
    assert ["reminder.set"] == keys(shown(move)[0])


def test_no_button_and_no_word_asks_for_a_location() -> None:
    show = shown(begin("wish", {"time": "08:00"}, scene()))[0]
    assert Moment(at=NOW, told="asked") == show.text[0].args["at"]
    assert ["rhours", "rblind"] == taps(show)[-2:]


def test_where_the_zone_is_known_nothing_is_asked() -> None:
    move = begin("wish", {"time": "18:00"}, scene(country="US", zone="America/Chicago"))
    assert ("America/Chicago", ("18:00",)) == (kept(move).zone, kept(move).times)
    assert 18 == alarms(move)[0].due_at.astimezone(ZoneInfo("America/Chicago")).hour


def test_clocks_that_will_differ_are_told_apart_by_a_city() -> None:
    here = scene(country="US")
    asked = begin("wish", {"time": "18:00"}, here)
    move = advance(asked.state, ClockRead(time="00:00"), here)
    assert "place" == move.state.phase
    assert ["rzone|America/Denver", "rzone|America/Phoenix"] == taps(shown(move)[0])[:2]

    there = advance(move.state, ZonePicked(zone="America/Phoenix"), here)
    assert "America/Phoenix" == kept(there).zone


def test_who_sees_no_time_picks_a_city_instead() -> None:
    here = scene(country="US")
    asked = begin("wish", {"time": "18:00"}, here)
    blind = advance(asked.state, NothingSeen(), here)
    assert "place" == blind.state.phase
    assert "rzone|America/New_York" in taps(shown(blind)[0])
    assert "clock" == advance(blind.state, Returned(), here).state.phase


def test_other_times_are_all_there_after_one_tap() -> None:
    here = scene(country="DE")
    asked = begin("wish", {"time": "18:00"}, here)
    more = advance(asked.state, OtherTimesAsked(), here)
    offered = {tap for each in (asked, more) for tap in taps(shown(each)[0])}
    assert {f"rclock|{hour:02}:00" for hour in range(24)} <= offered
    assert "Asia/Tokyo" == kept(advance(more.state, ClockRead(time="16:00"), here)).zone


def test_a_time_that_no_clock_shows_is_refused_and_the_place_kept() -> None:
    here = scene(country="DE")
    asked = begin("wish", {"time": "18:00"}, here)
    event = read(asked.state, "9:30", here)
    assert event == ClockRead(time="09:30")
    move = advance(asked.state, event, here)
    assert ("clock", "zone.no_such_clock") == (move.state.phase, keys(shown(move)[0])[0])


def test_a_city_may_be_typed() -> None:
    here = scene()
    asked = begin("wish", {"time": "18:00"}, here)
    event = read(asked.state, "São Paulo", here)
    assert event is not None
    assert "America/Sao_Paulo" == kept(advance(asked.state, event, here)).zone


@pytest.mark.parametrize(("phase", "line"), [
    ("clock", "reminder.not_a_time"), ("place", "zone.unknown"),
])  # fmt: skip
def test_what_is_neither_time_nor_place_is_told_and_the_place_kept(phase: Phase, line: str) -> None:
    here = scene()
    asked = begin("wish", {"time": "18:00"}, here).state.model_copy(update={"phase": phase})
    event = read(asked, "qwertyuiop", here)
    assert event is not None
    move = advance(asked, event, here)
    assert (phase, "18:00", line) == (
        move.state.phase, move.state.time, keys(shown(move)[0])[0]
    )  # fmt: skip


@pytest.mark.parametrize(("text", "told"), [("7:30", "07:30"), ("half past eight", "08:30")])
def test_a_time_may_be_typed(text: str, told: str) -> None:
    here = scene(zone="Europe/Berlin")
    asked = begin("", {}, here)
    event = read(asked.state, text, here)
    assert TimePicked(time=told) == event
    assert (told,) == kept(advance(asked.state, event, here)).times


@pytest.mark.parametrize("told", ["21:30", "03:00", "07:29"])
def test_a_time_in_the_quiet_hours_is_refused_kindly(told: str) -> None:
    here = scene(country="DE")
    move = advance(begin("", {}, here).state, TimePicked(time=told), here)
    assert ("time", "reminder.quiet") == (move.state.phase, keys(shown(move)[0])[0])
    assert [] == alarms(move)


def test_what_is_no_time_is_told_and_the_place_kept() -> None:
    here = scene()
    move = odd(begin("", {}, here).state, here)
    assert ("time", "reminder.not_a_time") == (move.state.phase, keys(shown(move)[0])[0])


def test_with_a_wish_the_screen_tells_it() -> None:
    move = begin("", {}, scene(wish=WISH))
    assert ("menu", "reminder.told") == (move.state.phase, keys(shown(move)[0])[0])


def test_times_are_added_up_to_three_and_changed_all_at_once() -> None:
    here, state = scene(wish=WISH), Reminders(phase="menu")
    for told in ("19:00", "12:30"):
        adding = advance(state, OneMoreAsked(), here).state
        here = replace(here, wish=kept(advance(adding, TimePicked(time=told), here)))
    assert isinstance(here.wish, Wish)
    assert ("08:00", "12:30", "19:00") == here.wish.times
    assert "radd" not in taps(view(state, here))

    changed = advance(Reminders(phase="time"), TimePicked(time="09:00"), here)
    assert ("09:00",) == kept(changed).times


def test_days_are_marked_one_by_one_and_the_last_one_stays() -> None:
    here = scene(wish=WISH.model_copy(update={"weekdays": (0, 2)}))
    days = advance(Reminders(phase="menu"), DaysAsked(), here).state

    off = advance(days, DayMarked(day=2, mark="off"), here)
    alone = replace(here, wish=kept(off))
    last = advance(days, DayMarked(day=0, mark="off"), alone)

    assert ((0,), True) == (kept(off).weekdays, off.free)
    assert () == last.news


def test_a_holiday_stops_the_alarm_and_going_on_sets_it_again() -> None:
    here, menu = scene(wish=WISH), Reminders(phase="menu")
    rest = advance(menu, Paused(why="holiday"), here)
    assert DropAlarm(name="reminder") in rest.effects

    again = advance(menu, WentOn(), replace(here, wish=kept(rest)))
    assert 1 == len(alarms(again))
    assert kept(again).paused is None


def test_a_rest_needs_no_reminders() -> None:
    here, menu = scene(zone="Europe/Berlin"), Reminders(phase="menu")
    ill = advance(menu, Paused(why="ill"), here)
    (rest,) = kept(ill, "rests")
    assert ("ill", None) == (rest.why, rest.end)

    later = replace(here, at=NOW + timedelta(days=3), rests=(rest,))
    assert "menu" == begin("", {}, later).state.phase
    (over,) = kept(advance(menu, WentOn(), later), "rests")
    assert 3 == (over.end - over.begin).days


def test_the_quiet_hours_are_set_in_two_answers() -> None:
    here = scene(wish=WISH)
    begun = advance(Reminders(phase="menu"), QuietAsked(), here).state
    until = advance(begun, TimePicked(time="20:00"), here).state

    move = advance(until, TimePicked(time="07:00"), here)

    assert ("20:00", "07:00") == (kept(move, "quiet_from"), kept(move, "quiet_until"))
    told = shown(move)[0].text[1]
    assert ("20:00", "07:00") == (told.args["begin"], told.args["end"])


@pytest.mark.parametrize("until", ["09:00", "20:00"])  # over the reminder at 08:00; no hours at all
def test_quiet_hours_swallow_no_reminder(until: str) -> None:
    here = scene(wish=WISH)
    waking = Reminders(phase="waking", time="20:00")
    move = advance(waking, TimePicked(time=until), here)
    assert ("waking", "reminder.quiet_clash") == (move.state.phase, keys(shown(move)[0])[0])
    assert () == move.news


def test_a_time_in_the_users_own_quiet_hours_is_refused() -> None:
    here = scene(wish=WISH, settings=Settings(quiet_from="09:00", quiet_until="17:00"))
    day = advance(Reminders(phase="time"), TimePicked(time="12:00"), here)
    night = advance(Reminders(phase="time"), TimePicked(time="22:00"), here)
    assert ("time", "menu") == (day.state.phase, night.state.phase)


@pytest.mark.parametrize("why", ["off", ""])
def test_turned_off_nothing_is_left(why: str) -> None:
    here = scene(wish=WISH)
    move = begin("off", {}, here) if why else advance(Reminders(), TurnedOff(), here)
    assert kept(move) is None
    assert DropAlarm(name="reminder") in move.effects
    assert move.state is None


def test_moving_keeps_the_times_and_takes_the_new_clock() -> None:
    here = scene(wish=WISH)
    asked = advance(Reminders(), PlaceAsked(), here).state
    move = advance(asked, ClockRead(time="16:00"), here)
    assert (("08:00",), "Asia/Tokyo") == (kept(move).times, kept(move).zone)


def test_who_should_not_stretch_on_rising_is_told_so() -> None:
    facts = {**content().complete({}), "dp_worse": "flexion"}
    here = replace(scene(), facts=facts)
    assert "reminder.not_early" in keys(shown(begin("", {}, here))[0])


def test_a_zone_that_was_made_up_moves_nothing() -> None:
    here = scene(wish=WISH)
    move = advance(Reminders(phase="place"), ZonePicked(zone="Mars/Olympus"), here)
    assert not move.moved


def test_every_code_fits_a_button() -> None:
    zones = [zone for place in content().places for zone in place.zones]
    assert not [zone for zone in zones if len(ZonePicked(zone=zone).code()) > 44]


def test_every_row_is_short_and_every_word_is_there() -> None:
    words = content().words["en"]
    here = scene(wish=WISH, country="US")
    for state in (Reminders(phase=phase) for phase in get_args(Phase)):
        show = view(state, here)
        assert all(1 <= len(row) <= 3 for row in show.rows)
        assert all(key in words for key in keys(show))
        assert all(choice.label.key in words for row in show.rows for choice in row)
