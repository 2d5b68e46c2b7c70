"""A session in its ordinary course, from lead-in to rating."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import get_args

from flows.base import Hurts
from flows.session import (
    EVENTS,
    MACHINE,
    begin,
    plan,
)  # fmt: skip
from flows.session.machine import TRANSITIONS
from flows.session.vocabulary import (
    ANSWERED,
    Phase,
)
from tests.flows.session.player import (
    NINE,
    RIGHT,
    Player,
    bell_keys,
    content,
    held,
    knee,
    sequence,
    step,
    tilt,
)


class TestTable:
    """`transitions` checks no name when it is built, so we do."""

    def test_every_event_is_a_trigger_and_every_trigger_an_event(self) -> None:
        names = {event.model_fields["trigger"].default for event in ANSWERED}

        assert names == set(MACHINE.events)
        assert set(EVENTS) | {Hurts} == set(ANSWERED)

    def test_every_row_joins_states_that_exist(self) -> None:
        for row in TRANSITIONS:
            MACHINE.get_state(row["source"])
            MACHINE.get_state(row["dest"])

    def test_every_leaf_is_a_phase_and_every_phase_a_leaf(self) -> None:
        names = MACHINE.get_nested_state_names()
        leaves = {n for n in names if not any(m.startswith(n + "_") for m in names)}

        assert leaves == set(get_args(Phase))


class TestCourse:
    def test_the_lead_in_counts_by_itself_and_the_hold_follows(self) -> None:
        player = Player(knee(), tilt())

        assert ("active_position", "fresh") == (player.phase, player.card.how)
        assert NINE + timedelta(seconds=10) == player.alarms["session"].due_at
        player.wait(10)

        assert "active_hold" == player.phase
        assert NINE + timedelta(seconds=30) == player.alarms["session"].due_at
        assert ["exercise.single_knee_to_chest.bell"] == bell_keys(player)
        assert "change" == player.card.how

    def test_a_helper_doubles_the_lead_in(self) -> None:
        player = Player(knee(), helper=True)

        assert NINE + timedelta(seconds=20) == player.alarms["session"].due_at

    def test_no_lead_in_means_straight_into_the_hold(self) -> None:
        player = Player(knee(), lead_in_s=0)

        assert "active_hold" == player.phase
        assert NINE + timedelta(seconds=20) == player.alarms["session"].due_at
        assert 1 == len(player.cards)

    def test_left_comes_first_then_eight_seconds_then_right(self) -> None:
        player = Player(knee(reps=1))
        player.to("active_change")

        assert "right" == player.session.side
        assert NINE + timedelta(seconds=30 + 8) == player.alarms["session"].due_at
        assert "session.bell_switch" == bell_keys(player)[-1]
        player.to("rating")

        assert [20, 20] == held(player)

    def test_repeats_of_long_holds_have_a_gap_and_one_bell_each(self) -> None:
        player = Player(knee(sides="none"))
        player.to("rating")

        phases = [phase for phase, _ in player.counted]
        assert ["active_position", "active_hold", "active_between", "active_hold"] == phases
        assert timedelta(seconds=4) == player.counted[2][1]
        keys = ["exercise.single_knee_to_chest.bell", "session.bell_again", "session.bell_done"]
        assert keys == bell_keys(player)

    def test_quick_repeats_are_one_block_of_holds_and_moves_with_one_alarm(self) -> None:
        player = Player(tilt())
        player.to("rating")

        block = timedelta(seconds=6 * (5 + 2))
        lead_in = timedelta(seconds=10)
        assert [("active_position", lead_in), ("active_hold", block)] == player.counted

    def test_between_sets_stands_a_rest_no_shorter_than_the_lead_in(self) -> None:
        player = Player(tilt(sets=2, rest_s=15), lead_in_s=30)
        player.to("active_rest")

        player.to("active_hold")

        assert ("active_rest", timedelta(seconds=30)) == player.counted[-1]

    def test_the_rest_after_a_move_goes_on_while_it_is_rated_and_into_the_next_lead_in(
        self,
    ) -> None:
        player = Player(tilt(rest_s=30), knee())
        player.to("rating")
        player.wait(5)
        player.tap(RIGHT)

        assert ("active_position", "change") == (player.phase, player.card.how)
        assert player.now + timedelta(seconds=25) == player.alarms["session"].due_at

    def test_a_block_too_short_for_its_bell_waits_until_the_bell_may_ring(self) -> None:
        player = Player(tilt(rest_s=0), step("knee_rolls", hold_s=1, reps=1), lead_in_s=0)
        player.to("rating")
        player.tap(RIGHT)
        player.to("rating")

        moments = [at for at, _ in player.bells]
        gaps = [(later - at).total_seconds() for at, later in pairwise(moments[1:])]
        assert [10, 11] == gaps  # the left side waits; 8 s to change, and 3 s of the right

    def test_what_is_counted_is_what_the_plan_said(self) -> None:
        for program in content().programs.values():
            steps = [step(item.ex, **item.model_dump(exclude={"ex"})) for item in program.items]
            player = Player(*steps)
            for each in steps:
                player.to("rating")
                player.wait(each.rest_s)
                player.tap(RIGHT)

            spent = sum(seconds for each in steps for seconds in parts(each))
            assert spent == sum(length.total_seconds() for _, length in player.counted)
            assert "done" == player.brief.ended

    def test_both_sides_of_every_program_get_the_same_time(self) -> None:
        for program in content().programs.values():
            steps = [step(item.ex, **item.model_dump(exclude={"ex"})) for item in program.items]
            player = Player(*steps)
            for _ in steps:
                player.to("rating")
                player.tap(RIGHT)
            for record, each in zip(player.records, steps, strict=True):
                left, right = record.entry["held_s"]
                assert right == (left if each.sides == "both" else 0)


def parts(each: plan.Step) -> list[float]:
    """Split the timing formula, reading and the ease-out that rest and change cover."""
    move_s = 3 if content().exercises[each.exercise].family == "strength" else 4
    sides = 2 if each.sides == "both" else 1
    one = each.reps * each.hold_s + (each.reps - 1) * move_s
    if each.quick:
        one = each.reps * (each.hold_s + (move_s if move_s == 3 else 2))
    change_s = content().timing.change_s if each.sides == "both" else 0
    return [10, one * sides * each.sets, change_s]


def test_a_session_of_nothing_is_over_at_once() -> None:
    player = Player(knee())
    move = begin("start", {"sequence": sequence().model_dump()}, player.scene())

    assert move.state is None
