"""Whatever is thrown at a session, in whatever order and however late, these lines hold."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from flows.base import Event, HandOver, Hurts, Move, SetAlarm, Show
from flows.session import advance, begin, odd, paused, stopped, view
from flows.session.vocabulary import (
    EVENTS,
    LegFelt,
    Rated,
    Rung,
    Silent,
    Skipped,
)
from tests.flows.session.player import Player, step

COUNTED = {"active_position", "active_hold", "active_between", "active_change", "active_rest"}
PLAIN = [event() for event in EVENTS if len(event.model_fields) == 1]
ASKED: list[Event] = [
    *PLAIN,
    *(Rated(effort=effort) for effort in ("easy", "right", "much")),
    *(LegFelt(leg=leg) for leg in ("higher", "same")),
    *(Skipped(why=why) for why in ("cannot", "today")),
]
STEPS = st.lists(
    st.sampled_from([
        ("single_knee_to_chest", {"hold_s": 20, "reps": 2, "rest_s": 10}),
        ("single_knee_to_chest", {"hold_s": 10, "reps": 1, "rest_s": 5, "sets": 2}),
        ("pelvic_tilt", {"hold_s": 5, "reps": 6, "rest_s": 15}),
        ("pelvic_tilt", {"hold_s": 1, "reps": 1, "rest_s": 0}),
        ("knee_rolls", {"hold_s": 1, "reps": 1, "rest_s": 5}),
        ("prone_lying", {"hold_s": 45, "reps": 1, "rest_s": 15}),
        ("seated_forward_fold", {"hold_s": 5, "reps": 2, "rest_s": 5}),
        ("childs_pose", {"hold_s": 10, "reps": 3, "rest_s": 0, "sets": 2}),
    ]),
    min_size=1, max_size=3, unique_by=lambda each: each[0],
)  # fmt: skip


class Promises(RuleBasedStateMachine):
    @initialize(
        steps=STEPS, lead_in_s=st.sampled_from([0, 10, 60]), leg=st.booleans(),
        helper=st.booleans(),
    )  # fmt: skip
    def begin(self, steps: list[tuple[str, dict[str, int]]], **how: bool | int) -> None:
        self.steps = [step(name, **dose) for name, dose in steps]
        self.how = how
        self.start()

    def start(self) -> None:
        self.player = Player(
            *self.steps, lead_in_s=int(self.how["lead_in_s"]),
            leg_question=bool(self.how["leg"]), helper=bool(self.how["helper"]),
        )  # fmt: skip

    @precondition(lambda self: not self.live)
    @rule()
    def another_session(self) -> None:
        self.start()

    @property
    def live(self) -> bool:
        return self.player.state is not None

    def feed(self, event: Event) -> Move:
        before = self.player.session
        shown = len(self.player.cards)
        move = self.player.tap(event)
        if not move.moved:
            assert (before, (), ()) == (move.state, move.effects, move.news)
            assert shown == len(self.player.cards)
        return move

    @precondition(lambda self: self.live)
    @rule(event=st.sampled_from(ASKED))
    def anything(self, event: Event) -> None:
        self.feed(event)

    @precondition(lambda self: self.live)
    @rule(data=st.data())
    def a_button_of_the_card(self, data: st.DataObject) -> None:
        codes = {choice.tap for choice in self.player.buttons if choice.tap != "hurts"}
        codes -= {"sleg|further"}
        offered = [event for event in ASKED if event.code() in codes]
        assert len(codes) == len(offered)
        if offered:
            assert self.feed(data.draw(st.sampled_from(offered))).moved

    @precondition(lambda self: self.live)
    @rule(seconds=st.floats(0, 40))
    def time_passes(self, seconds: float) -> None:
        before = self.player.session
        until = self.player.now + timedelta(seconds=seconds)
        while self.live and (due := self.due(until)):
            self.player.now = max(self.player.now, due.due_at)
            self.rings(due)
        self.player.now = until
        assert self.player.state is None or self.player.session.seq >= before.seq

    @precondition(lambda self: self.live and self.player.alarms)
    @rule(late=st.floats(0, 200))
    def the_next_alarm_rings_late(self, late: float) -> None:
        due = min(self.player.alarms.values(), key=lambda alarm: alarm.due_at)
        self.player.now = max(self.player.now, due.due_at + timedelta(seconds=late))
        self.rings(due)

    @precondition(lambda self: self.live)
    @rule(back=st.integers(1, 5), kind=st.sampled_from([Rung, Silent]))
    def a_stale_alarm(self, back: int, kind: type[Rung | Silent]) -> None:
        before = self.player.session
        move = self.feed(kind(seq=max(0, before.seq - back)))
        assert not move.moved

    @precondition(lambda self: self.live)
    @rule()
    def something_odd(self) -> None:
        self.player.take(odd(self.player.session, self.player.scene()))
        assert self.player.phase not in COUNTED | {"rating"}

    @precondition(lambda self: self.live)
    @rule()
    def settings_are_opened(self) -> None:
        self.player.take(paused(self.player.session, self.player.scene()))
        assert self.player.phase not in COUNTED

    @precondition(lambda self: self.live)
    @rule(again=st.booleans())
    def it_hurts(self, *, again: bool) -> None:
        move = stopped(self.player.session, self.player.scene())
        assert move.moved
        asked = [effect for effect in move.effects if isinstance(effect, Show | SetAlarm)]
        assert (None, []) == (move.state, asked)
        self.player.take(move)
        assert not self.player.alarms
        assert isinstance(move.news[-1], HandOver)
        if again and len(self.player.bells) < 40:
            args = {"session": self.player.handed.args["session"]}
            self.player.take(begin("resume", args, self.player.scene()))

    def due(self, until: datetime) -> SetAlarm | None:
        due = [a for a in self.player.alarms.values() if a.due_at <= until]
        return min(due, key=lambda alarm: alarm.due_at, default=None)

    def rings(self, alarm: SetAlarm) -> None:
        before = self.player.session
        shown = len(self.player.bells)
        move = self.player.ring(alarm)
        assert move.moved
        if before.phase == "active_hold" and self.player.state is not None:
            late = self.player.now - alarm.due_at
            ended = late <= timedelta(seconds=90)
            assert ended == (len(self.player.bells) == shown + 1), "each hold ends with a bell"
        if self.player.state is not None and self.player.phase == "active_hold":
            assert before.phase in COUNTED - {"active_hold"}, "a hold begins after a gap"

    @invariant()
    def bells_are_ten_seconds_apart(self) -> None:
        moments = [at for at, _ in self.player.bells]
        gaps = [later - at for at, later in pairwise(moments)]
        assert all(gap >= timedelta(seconds=10) for gap in gaps)

    @invariant()
    def one_session_alarm_exactly_while_something_is_counted(self) -> None:
        alarms = self.player.alarms
        if self.player.state is None:
            assert not alarms
        elif self.player.phase in COUNTED:
            assert {"session"} == set(alarms)
            assert alarms["session"].due_at == self.player.session.ends_at
        else:
            assert {"silence"} == set(alarms)

    @invariant()
    def the_way_out_of_pain_is_the_first_row_alone(self) -> None:
        if self.live:
            first, *rest = view(self.player.session, self.player.scene()).rows
            assert ["hurts"] == [choice.tap for choice in first]
            assert all(1 <= len(row) <= 3 for row in rest)

    @invariant()
    def the_card_that_stands_is_the_view_of_the_place(self) -> None:
        if self.live:
            standing = self.player.card
            seen = view(self.player.session, self.player.scene())
            assert (standing.text[-1], standing.rows) == (seen.text[-1], seen.rows)

    @invariant()
    def the_way_behind_is_as_long_as_the_place_says(self) -> None:
        if self.live:
            session = self.player.session
            assert len(session.past) == session.place.move
            assert session.place.move < len(session.sequence.moves)

    @invariant()
    def whole_moves_have_equal_sides(self) -> None:
        done = [r.entry for r in self.player.records if r.entry["how"] == "done"]
        two = {"single_knee_to_chest", "knee_rolls"}
        assert all(len(set(e["held_s"])) == 1 for e in done if e["exercise"] in two)


def test_hurts_is_understood_in_every_live_phase() -> None:
    player = Player(step("single_knee_to_chest"))

    assert advance(player.session, Hurts(), player.scene()).moved


TestPromises = Promises.TestCase
TestPromises.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
