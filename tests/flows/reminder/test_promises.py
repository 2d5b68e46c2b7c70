"""Whatever is tapped and typed on the reminder screen, these lines hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from flows.base import DropAlarm, Event, Scene, Set, SetAlarm
from flows.reminder import Reminders, Wish, advance, begin, odd, read, view
from flows.reminder.schedule import is_quiet_time, quiet_hours
from flows.reminder.vocabulary import (
    EVENTS,
    DayMarked,
    Finished,
    OneMoreAsked,
    Paused,
    TimePicked,
    TurnedOff,
    WentOn,
    ZonePicked,
)
from tests.flows.reminder.scenes import NOW, WISH, scene, taps


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
            if isinstance(piece, Set) and "rests" in piece.fields:
                self.scene = replace(self.scene, rests=piece.fields["rests"])
            if isinstance(piece, Set) and "quiet_from" in piece.fields:
                own = self.scene.settings.model_copy(update=piece.fields)
                self.scene = replace(self.scene, settings=own)
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

    @rule(text=st.sampled_from(["8", "22:00", "Berlin", "Springfield", "?", "no", "19:00", "7:05"]))
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
            hours = quiet_hours(self.scene.settings, self.scene.content.reminders)
            assert not is_quiet_time(time.fromisoformat(local), hours)
            assert NOW <= self.alarm

    @invariant()
    def nothing_is_counted_while_a_wish_rests(self) -> None:
        wish = self.scene.wish
        if isinstance(wish, Wish) and wish.paused is not None:
            assert any(rest.end is None for rest in self.scene.rests)  # type: ignore[attr-defined]


TestPromises = Promises.TestCase
TestPromises.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
