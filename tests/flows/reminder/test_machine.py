"""The reminder screen, held to its table, its manners and its promises."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from flows.base import DropAlarm, Event, Scene, Set, SetAlarm
from flows.reminder import MACHINE, Reminders, Wish, advance, begin, odd, read, view
from flows.reminder.vocabulary import (
    EVENTS,
    ON_SCREEN,
    DayMarked,
    DaysAsked,
    Finished,
    OneMoreAsked,
    Paused,
    Phase,
    PlaceAsked,
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


def test_one_clock_in_the_country_and_nobody_is_asked_where_they_live() -> None:
    move = begin("wish", {"time": "08:00"}, scene(country="DE"))

    assert move.state is None
    wish = kept(move)
    assert Wish(times=("08:00",), zone="Europe/Berlin", next_at=wish.next_at) == wish
    assert "Europe/Berlin" == kept(move, "zone")
    assert wish.next_at == alarms(move)[0].due_at
    assert ["reminder.set"] == keys(shown(move)[0])


def test_several_clocks_and_the_place_is_asked_by_city() -> None:
    asked = begin("wish", {"time": "18:00"}, scene(country="US"))
    assert "place" == asked.state.phase
    assert "rzone|America/New_York" in taps(shown(asked)[0])

    move = advance(asked.state, ZonePicked(zone="America/Chicago"), scene(country="US"))

    assert ("America/Chicago", ("18:00",)) == (kept(move).zone, kept(move).times)
    assert 18 == alarms(move)[0].due_at.astimezone(ZoneInfo("America/Chicago")).hour


def test_a_city_may_be_typed() -> None:
    here = scene()
    asked = begin("wish", {"time": "18:00"}, here)
    event = read(asked.state, "São Paulo", here)
    assert event is not None
    assert "America/Sao_Paulo" == kept(advance(asked.state, event, here)).zone


def test_an_unknown_place_is_told_and_the_place_kept() -> None:
    here = scene()
    asked = begin("wish", {"time": "18:00"}, here)
    event = read(asked.state, "qwertyuiop", here)
    assert event is not None
    move = advance(asked.state, event, here)
    assert ("place", "18:00", "zone.unknown") == (
        move.state.phase, move.state.time, keys(shown(move)[0])[0]
    )  # fmt: skip


@pytest.mark.parametrize(("text", "time"), [("7:30", "07:30"), ("half past eight", "08:30")])
def test_a_time_may_be_typed(text: str, time: str) -> None:
    here = scene(country="DE")
    asked = begin("", {}, here)
    event = read(asked.state, text, here)
    assert TimePicked(time=time) == event
    assert (time,) == kept(advance(asked.state, event, here)).times


@pytest.mark.parametrize("time", ["21:30", "03:00", "07:29"])
def test_a_time_in_the_quiet_hours_is_refused_kindly(time: str) -> None:
    here = scene(country="DE")
    move = advance(begin("", {}, here).state, TimePicked(time=time), here)
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
    for time in ("19:00", "12:30"):
        adding = advance(state, OneMoreAsked(), here).state
        here = replace(here, wish=kept(advance(adding, TimePicked(time=time), here)))
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
    move = advance(asked, ZonePicked(zone="Asia/Tokyo"), here)
    assert (("08:00",), "Asia/Tokyo") == (kept(move).times, kept(move).zone)


def test_who_should_not_stretch_on_rising_is_told_so() -> None:
    facts = {**content().complete({}), "dp_worse": "flexion"}
    here = replace(scene(), facts=facts)
    assert "reminder.not_early" in keys(shown(begin("", {}, here))[0])


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


class Promises(RuleBasedStateMachine):
    """Whatever is tapped and typed on the screen, in whatever order."""

    @initialize(country=st.sampled_from([None, "DE", "US"]), at_first=st.sampled_from([None, WISH]))
    def begin(self, country: str | None, at_first: Wish | None) -> None:
        self.scene: Scene = scene(country=country, wish=at_first)
        self.state: Reminders | None = None
        self.alarm = at_first.next_at if at_first else None
        self.keep(begin("", {}, self.scene))

    def keep(self, move: object) -> None:
        self.state = move.state  # type: ignore[attr-defined]  # a Move
        for effect in move.effects:  # type: ignore[attr-defined]
            if isinstance(effect, SetAlarm):
                self.alarm = effect.due_at
            elif isinstance(effect, DropAlarm):
                self.alarm = None
        for piece in move.news:  # type: ignore[attr-defined]
            if isinstance(piece, Set) and "wish" in piece.fields:
                self.scene = replace(self.scene, wish=piece.fields["wish"])
        if self.state is not None:
            self.state = Reminders.model_validate_json(self.state.model_dump_json())

    def feed(self, event: Event | None) -> None:
        if event is not None and self.state is not None:
            move = advance(self.state, event, self.scene)
            assert move.moved or (move.state == self.state and not move.effects)
            self.keep(move)

    @rule(data=st.data())
    def tap(self, data: st.DataObject) -> None:
        if self.state is None:
            self.keep(begin("", {}, self.scene))
        assert self.state is not None
        offered = taps(view(self.state, self.scene))
        trigger, *args = data.draw(st.sampled_from(offered)).split("|")
        kinds = {kind.model_fields["trigger"].default: kind for kind in EVENTS}
        self.feed(kinds[trigger].of(args))

    @rule(text=st.sampled_from(["8", "22:00", "Berlin", "Springfield", "?", "no", "19:00"]))
    def type(self, text: str) -> None:
        if self.state is not None:
            event = read(self.state, text, self.scene)
            self.keep(odd(self.state, self.scene)) if event is None else self.feed(event)

    @rule(event=st.sampled_from([
        TimePicked(time="23:00"), ZonePicked(zone="Asia/Tokyo"), DayMarked(day=3, mark="off"),
        Paused(why="ill"), WentOn(), Finished(), TurnedOff(), OneMoreAsked(),
    ]))  # fmt: skip
    def anything(self, event: Event) -> None:
        self.feed(event)

    @invariant()
    def an_alarm_stands_exactly_while_a_wish_is_awake(self) -> None:
        wish = self.scene.wish
        awake = isinstance(wish, Wish) and wish.paused is None
        assert awake == (self.alarm is not None)
        if isinstance(wish, Wish):
            assert wish.next_at == self.alarm
            assert 1 <= len(wish.times) <= 3
            assert wish == Wish.model_validate_json(wish.model_dump_json())

    @invariant()
    def no_reminder_is_armed_for_the_quiet_hours(self) -> None:
        if self.alarm is not None and isinstance(self.scene.wish, Wish):
            local = self.alarm.astimezone(ZoneInfo(self.scene.wish.zone)).strftime("%H:%M")
            assert "07:30" <= local < "21:30"
            assert NOW <= self.alarm


TestPromises = Promises.TestCase
TestPromises.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
