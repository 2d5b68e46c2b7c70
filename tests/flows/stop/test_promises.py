"""Whatever is pressed after a stop, in whatever order and however late."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from flows import stop
from flows.base import DropAlarm, Event, HandOver, Hurts, Left, Move, SetAlarm, Show
from flows.stop.onward import barred
from flows.stop.vocabulary import (
    EVENTS,
    NoneOfThese,
    NotSure,
    Picked,
    RestEnded,
    SilenceHeard,
    Strength,
    Ticked,
    TicksDone,
)
from tests.flows.stop.driver import Driver, content, scene

PLAIN = [kind.of([]) for kind in EVENTS if len(kind.model_fields) == 1]
KINDS = {kind.model_fields["trigger"].default: kind for kind in EVENTS}
HOPED = frozenset(
    f"xpick|{answer}"
    for answer in ("settled|yes", "popped|no", "gone|yes", "was_body|else", "leg_still|no",
                   "which_joint|hip", "joint_chest|no", "head_was_down|no", "calf_sore|no")
)  # fmt: skip
HAPPENED = st.deferred(
    lambda: st.sampled_from([o.id for o in content().screens["STOP_WHAT"].parts[0].options])
)
ANYTHING = st.one_of(
    st.builds(Strength, n=st.integers(0, 10)),
    st.builds(
        Picked,
        part=st.sampled_from(["new_danger", "happened", "settled", "gone", "was_body"]),
        option=st.sampled_from(["yes", "no", "unsure", "else"]) | HAPPENED,
    ),
    st.builds(
        Ticked,
        part=st.just("joint_signs"),
        option=st.sampled_from(["swollen", "locked", "no_weight", "x"]),
        mark=st.sampled_from(["on", "off"]),
    ),
    st.builds(RestEnded, seq=st.integers(0, 30)),
    st.builds(SilenceHeard, seq=st.integers(0, 30)),
    st.sampled_from([*PLAIN, TicksDone(), NoneOfThese(), NotSure()]),
)
EXERCISES = st.deferred(lambda: st.sampled_from(sorted(content().exercises)))


class Promises(RuleBasedStateMachine):
    driver: Driver

    @initialize(
        before=st.integers(0, 10), stops=st.integers(1, 2), exercise=EXERCISES,
        age=st.sampled_from([30, 76]),
    )  # fmt: skip
    def begin(self, before: int, stops: int, exercise: str, age: int) -> None:
        self.before, self.stops, self.exercise = before, stops, exercise
        self.pain: int | None = None
        self.new: str | None = None
        self.hurt_again = False
        self.alarms: set[str] = set()
        self.driver = Driver(scene(before=before, facts={"age": age}))
        self.driver.begin(exercise=exercise, stops=stops)
        self.note_alarms(self.driver.effects)

    def feed(self, event: Event) -> None:
        state = self.driver.state
        assert state is not None
        heard, told = len(self.driver.effects), len(self.driver.news)
        move = self.driver.hear(event)
        assert move.moved or move.state == state
        if not move.moved:
            assert not move.effects
            assert not move.news
            return
        self.note_alarms(self.driver.effects[heard:])
        self.note_answers(event, state.phase)
        for piece in self.driver.news[told:]:
            if isinstance(piece, HandOver):
                self.left(piece, move)

    def note_answers(self, event: Event, phase: str) -> None:
        match event:
            case Strength(n=n) if phase == "asking_check":
                self.pain = n
            case Picked(part="new_danger", option=option):
                self.new = option
            case Hurts() if not phase.startswith("asking"):
                self.pain = self.new = None
                self.hurt_again = True

    def note_alarms(self, effects: Sequence[object]) -> None:
        for effect in effects:
            if isinstance(effect, SetAlarm):
                self.alarms.add(effect.name)
            if isinstance(effect, DropAlarm):
                self.alarms.discard(effect.name)

    def left(self, over: HandOver, move: Move) -> None:
        assert move.state is None
        handed_on = over.args.get("args", {})
        if over.to == "session" or "back" in handed_on:
            self.may_go_on(over)
        if self.new in {"yes", "unsure"}:
            assert over.to in {"triage", "idle"}
            assert not handed_on.get("today", False)

    def may_go_on(self, over: HandOver) -> None:
        assert self.new == "no"
        assert self.pain is not None
        assert not self.hurt_again
        assert self.stops == 1
        assert self.pain < 6
        assert self.pain <= self.before + 3
        if over.to != "session":
            return
        args = over.args
        if self.pain >= 4:
            assert args["drop"] == self.exercise
            assert args["instead"] or args["only"]
            assert self.exercise not in (args["instead"], *args["only"])
        shut = barred(self.driver.scene.facts, self.driver.scene.left_out, content())
        assert not shut & {args["instead"], *args["only"]}
        assert args["drop"] or args["only"] or not self.blamed()

    def blamed(self) -> bool:
        def blames(block: Left) -> bool:
            return block.what == "exercise" and block.id == self.exercise

        return any(blames(block) for block in self.driver.blocks)

    @property
    def is_open(self) -> bool:
        return self.driver.state is not None

    @precondition(lambda self: not self.is_open)
    @rule()
    def the_danger_questions_are_answered(self) -> None:
        """Come back where a way back was given, and to a new stop elsewhere."""
        over = self.driver.left
        assert over is not None
        if "back" not in over.args.get("args", {}):
            self.begin(self.before, self.stops, self.exercise, 30)
            return
        self.driver = Driver(self.driver.scene)
        self.driver.keep(stop.begin("back", over.args["args"], self.driver.scene))
        self.note_alarms(self.driver.effects)

    @precondition(lambda self: self.is_open)
    @rule(event=ANYTHING)
    def anything(self, event: Event) -> None:
        self.feed(event)

    @precondition(lambda self: self.is_open)
    @rule(data=st.data())
    def what_is_offered(self, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(sorted(self.driver.offered)))
        self.press(code)

    @precondition(lambda self: self.is_open)
    @rule()
    def nothing_new(self) -> None:
        self.feed(Picked(part="new_danger", option="no"))

    @precondition(lambda self: self.is_open)
    @rule(kind=st.sampled_from([SilenceHeard, RestEnded]))
    def time_goes_by(self, kind: type[SilenceHeard | RestEnded]) -> None:
        assert self.driver.state is not None
        self.feed(kind(seq=self.driver.state.seq))

    @precondition(lambda self: self.is_open)
    @rule()
    def it_hurts(self) -> None:
        self.feed(Hurts())
        assert self.driver.state is not None
        assert self.driver.state.phase.startswith("asking")
        assert self.driver.said[0] == "stop.stopped"

    @precondition(lambda self: self.is_open)
    @rule(
        pain=st.integers(0, 7),
        new=st.sampled_from(["no", "no", "yes", "unsure"]),
        option=HAPPENED,
    )
    def a_story_that_ends_well(self, pain: int, new: str, option: str) -> None:
        """Answer all there is to answer as hopefully as can be, and press on."""
        hoped = {f"xpick|new_danger|{new}", f"xpick|happened|{option}", *HOPED}
        for _ in range(12):
            offered = sorted(self.driver.offered)
            state = self.driver.state
            if state is None:
                return
            if state.phase in {"settling", "resting"}:
                self.feed(RestEnded(seq=state.seq))
            elif picked := [code for code in offered if code in hoped]:
                self.press(picked[0])
            else:
                wanted = {f"xnum|{pain}", "xnone", "xdone", "xgo", "xeasier", "xok"}
                self.press(next(code for code in offered if code in wanted))

    def press(self, code: str) -> None:
        trigger, *rest = code.split("|")
        self.feed(KINDS[trigger].of(rest))

    @invariant()
    def nothing_rings_like_a_session(self) -> None:
        shows = [effect for effect in self.driver.effects if isinstance(effect, Show)]
        assert {"screen"} == {show.slot for show in shows}
        assert {show.rank for show in shows} <= {"stop", "reply"}

    @invariant()
    def one_alarm_is_live_and_none_after_the_end(self) -> None:
        assert (1 if self.is_open else 0) == len(self.alarms)

    @invariant()
    def what_is_shown_can_be_answered(self) -> None:
        if self.driver.state is not None:
            show = stop.view(self.driver.state, self.driver.scene)
            assert show.rows
            assert all(1 <= len(row) <= 6 for row in show.rows)
            assert show.text


TestPromises = Promises.TestCase
TestPromises.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
