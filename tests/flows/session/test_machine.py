"""A session in its ordinary course, in pauses, in silence, late, and at its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, get_args

import pytest

from flows.base import DropAlarm, Hurts, Left, Record, SetAlarm, Show, Strip, Unsay
from flows.session import (
    EVENTS, MACHINE, Session, abandoned, begin, can_go_on, odd, paused, plan, stopped,
)  # fmt: skip
from flows.session.machine import TRANSITIONS
from flows.session.vocabulary import (
    ANSWERED,
    Back,
    Fine,
    Finish,
    LegFelt,
    Pause,
    Phase,
    Plus,
    Rated,
    Redo,
    Resume,
    Rung,
    Skip,
    Skipped,
)
from tests.flows.session.player import NINE, Player, content, sequence, step

RIGHT = Rated(effort="right")


def knee(**changes: Any) -> plan.Step:
    return step("single_knee_to_chest", **{"hold_s": 20, "reps": 2, "rest_s": 10, **changes})


def tilt(**changes: Any) -> plan.Step:
    return step("pelvic_tilt", **{"hold_s": 5, "reps": 6, "rest_s": 15, **changes})


def bell_keys(player: Player) -> list[str]:
    return [show.text[-1].key for _, show in player.bells]


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

        assert ("active_lead_in", "fresh") == (player.phase, player.card.how)
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
        assert ["active_lead_in", "active_hold", "active_between", "active_hold"] == phases
        assert timedelta(seconds=4) == player.counted[2][1]
        keys = ["exercise.single_knee_to_chest.bell", "session.bell_again", "session.bell_done"]
        assert keys == bell_keys(player)

    def test_quick_repeats_are_one_block_of_holds_and_moves_with_one_alarm(self) -> None:
        player = Player(tilt())
        player.to("rating")

        block = timedelta(seconds=6 * (5 + 2))
        lead_in = timedelta(seconds=10)
        assert [("active_lead_in", lead_in), ("active_hold", block)] == player.counted

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

        assert ("active_lead_in", "fresh") == (player.phase, player.card.how)
        assert player.now + timedelta(seconds=25) == player.alarms["session"].due_at

    def test_a_block_too_short_for_its_bell_waits_until_the_bell_may_ring(self) -> None:
        player = Player(tilt(rest_s=0), step("knee_rolls", hold_s=1, reps=1), lead_in_s=0)
        player.to("rating")
        player.tap(RIGHT)
        player.to("rating")

        moments = [at for at, _ in player.bells]
        gaps = [
            (later - at).total_seconds()
            for at, later in zip(moments[1:], moments[2:], strict=False)
        ]
        assert [10, 11] == gaps  # the left side waits; 8 s to change, and 3 s of the right

    def test_what_is_counted_is_what_the_plan_said(self) -> None:
        for program in content().programs.values():
            steps = [
                step(item.ex, **item.model_dump(exclude={"ex"})) for item in program.items
            ]
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
            steps = [
                step(item.ex, **item.model_dump(exclude={"ex"})) for item in program.items
            ]
            player = Player(*steps)
            for _ in steps:
                player.to("rating")
                player.tap(RIGHT)
            for record, each in zip(player.records, steps, strict=True):
                left, right = record.entry["held_s"]
                assert right == (left if each.sides == "both" else 0)


def parts(each: plan.Step) -> list[float]:
    """The timing formula without reading, and without the ease-out that rest and change cover."""
    move_s = 3 if content().exercises[each.exercise].family == "strength" else 4
    sides = 2 if each.sides == "both" else 1
    one = each.reps * each.hold_s + (each.reps - 1) * move_s
    if each.quick:
        one = each.reps * (each.hold_s + (move_s if move_s == 3 else 2))
    change_s = content().timing.change_s if each.sides == "both" else 0
    return [10, one * sides * each.sets, change_s]


def held(player: Player) -> list[int]:
    """What the diary would be told of the present move."""
    player.tap(RIGHT)
    return list(player.records[-1].entry["held_s"])


class TestPause:
    def test_a_pause_in_the_lead_in_begins_it_again(self) -> None:
        player = Player(knee())
        player.wait(7)
        player.tap(Pause())
        player.wait(60)
        player.tap(Resume())

        assert player.now + timedelta(seconds=10) == player.alarms["session"].due_at
        assert "active_lead_in" == player.phase

    def test_a_pause_in_a_hold_keeps_what_is_left_and_goes_on_through_a_lead_in(self) -> None:
        player = Player(knee())
        player.wait(10 + 13)
        player.tap(Pause())

        assert {"silence"} == set(player.alarms)
        player.wait(300)
        player.tap(Resume())
        assert ("active_lead_in", timedelta(seconds=7)) == (player.phase, player.session.left)
        player.wait(10)
        assert player.now + timedelta(seconds=7) == player.alarms["session"].due_at

    def test_a_second_pause_in_the_lead_in_of_a_resumed_hold_loses_nothing(self) -> None:
        player = Player(knee())
        player.wait(10 + 13)
        for _ in range(3):
            player.tap(Pause())
            player.tap(Resume())
            player.wait(4)

        assert timedelta(seconds=7) == player.session.left

    def test_restart_hold_counts_the_whole_hold_again(self) -> None:
        player = Player(knee())
        player.wait(10 + 13)
        player.tap(Pause())
        player.tap(Redo())
        player.wait(10)

        assert player.now + timedelta(seconds=20) == player.alarms["session"].due_at

    def test_a_hold_in_pieces_is_held_once(self) -> None:
        player = Player(knee(reps=1))
        player.wait(10 + 13)
        player.tap(Pause())
        player.tap(Redo())
        player.wait(10 + 5)
        player.tap(Pause())
        player.tap(Resume())
        player.to("rating")

        assert [20, 20] == held(player)

    def test_pauses_are_no_part_of_the_minutes(self) -> None:
        player = Player(tilt())
        player.wait(5)
        player.tap(Pause())
        player.wait(500)
        player.tap(Resume())
        player.to("rating")
        player.tap(RIGHT)

        assert 1 == player.brief.minutes

    def test_something_else_opened_over_it_pauses_once(self) -> None:
        player = Player(knee())
        player.wait(12)
        player.take(paused(player.session, player.scene()))
        again = paused(player.session, player.scene())

        assert ("waiting_paused", True, ()) == (player.phase, again.free, again.effects)


class TestSteering:
    def test_skip_stands_the_clock_still_and_asks_why(self) -> None:
        player = Player(knee(), tilt())
        player.wait(15)
        player.tap(Skip())

        assert ("waiting_skipping", {"silence"}) == (player.phase, set(player.alarms))
        player.tap(Skipped(why="cannot"))
        entry = player.records[-1].entry
        assert ("short", [5, 0], "cannot") == (entry["how"], list(entry["held_s"]), entry["why"])
        assert ("active_lead_in", 1) == (player.phase, player.session.place.move)

    def test_a_skip_taken_back_goes_on_with_what_was_left(self) -> None:
        player = Player(knee())
        player.wait(15)
        player.tap(Skip())
        player.tap(Resume())

        assert ("active_lead_in", timedelta(seconds=15)) == (player.phase, player.session.left)

    def test_skipping_the_last_move_ends_the_session(self) -> None:
        player = Player(knee())
        player.tap(Skip())
        player.tap(Skipped(why="today"))

        assert (None, 0, "done") == (player.state, player.brief.moves_done, player.brief.ended)
        assert "after" == player.handed.to

    def test_back_in_a_hold_begins_the_move_again(self) -> None:
        player = Player(knee())
        player.to("active_change")
        player.tap(Back())

        assert ("active_lead_in", "left") == (player.phase, player.session.side)

    def test_back_in_the_first_lead_in_of_a_move_goes_to_the_move_before(self) -> None:
        player = Player(tilt(), knee())
        player.to("rating")
        player.tap(RIGHT)
        player.tap(Back())

        assert (0, ()) == (player.session.place.move, player.session.past)
        assert "fresh" == player.card.how

    def test_back_at_the_very_beginning_only_begins_the_lead_in_again(self) -> None:
        player = Player(tilt(), knee())
        player.wait(6)
        player.tap(Back())

        assert player.now + timedelta(seconds=10) == player.alarms["session"].due_at

    def test_ten_seconds_more_lengthen_this_hold_and_the_same_one_on_the_other_side(self) -> None:
        player = Player(knee(reps=1))
        player.wait(12)
        player.tap(Plus())

        assert NINE + timedelta(seconds=10 + 30) == player.alarms["session"].due_at
        player.to("rating")
        assert [30, 30] == held(player)

    def test_more_time_asked_for_in_the_lead_in_is_for_the_hold(self) -> None:
        player = Player(knee())
        player.tap(Plus())

        assert NINE + timedelta(seconds=10) == player.alarms["session"].due_at
        player.wait(10)
        assert player.now + timedelta(seconds=30) == player.alarms["session"].due_at

    def test_the_second_side_gets_what_the_first_one_had_and_no_more(self) -> None:
        player = Player(knee(reps=1))
        player.to("active_change")

        assert not player.tap(Plus()).moved
        player.to("active_hold")
        assert not player.tap(Plus()).moved

    def test_more_time_stays_inside_the_limit_of_content(self) -> None:
        player = Player(knee())
        moves = [player.tap(Plus()).moved for _ in range(6)]

        assert [True] * 4 + [False] * 2 == moves  # 20 s, and at most 60 s

    @pytest.mark.parametrize("plus_at", [0, 12])
    def test_more_time_is_offered_only_where_it_fits(self, plus_at: int) -> None:
        long, quick = Player(knee()), Player(tilt())
        long.wait(plus_at)
        quick.wait(plus_at)
        quick.tap(Fine())

        assert Plus().code() in [button.tap for button in long.buttons]
        assert Plus().code() not in [button.tap for button in quick.buttons]

    def test_ok_while_it_counts_changes_no_clock(self) -> None:
        player = Player(knee())
        player.wait(15)
        before = player.alarms["session"].due_at
        player.tap(Fine())

        assert ("active_hold", before) == (player.phase, player.alarms["session"].due_at)

    def test_effort_is_written_down_and_goes_on(self) -> None:
        player = Player(tilt(), knee())
        player.to("rating")
        player.tap(Rated(effort="much"))

        assert "much" == player.session.past[0].effort
        assert [Record] == [type(record) for record in player.records]
        assert "rating" == player.records[0].kind

    def test_finish_early_says_so(self) -> None:
        player = Player(knee(), tilt())
        player.wait(15)
        player.tap(Pause())
        player.tap(Finish())

        assert ("finished_early", 0, 2) == (
            player.brief.ended, player.brief.moves_done, player.brief.moves,
        )  # fmt: skip
        assert ({}, ()) == (player.alarms, player.card.rows)
        assert player.brief.model_dump(mode="json") == player.handed.args["brief"]

    def test_finish_instead_of_the_last_rating_is_done(self) -> None:
        player = Player(tilt())
        player.to("rating")
        player.tap(Finish())

        assert ("done", 1) == (player.brief.ended, player.brief.moves_done)


class TestLeg:
    def test_the_leg_is_asked_about_instead_of_the_effort(self) -> None:
        player = Player(tilt(), knee(), leg_question=True)
        player.to("rating")

        assert not player.tap(RIGHT).moved
        player.tap(LegFelt(leg="higher"))
        assert ("active_lead_in", "higher") == (player.phase, player.session.past[0].leg)

    def test_further_down_is_a_stop(self) -> None:
        player = Player(tilt(), knee(), leg_question=True)
        player.to("rating")
        player.tap(LegFelt(leg="further"))

        assert (None, "stop") == (player.state, player.handed.to)
        assert "leg_symptom_further" == player.handed.args["event"]


class TestSilence:
    def test_after_two_minutes_without_a_rating_it_pauses_by_itself(self) -> None:
        player = Player(tilt(), knee())
        player.to("rating")
        rung = len(player.bells)
        player.wait(120)

        assert "waiting_paused" == player.phase
        assert ("session.still_there", "change") == (player.card.text[0].key, player.card.how)
        assert rung == len(player.bells)
        player.tap(Resume())
        assert "rating" == player.phase

    def test_ten_minutes_later_it_is_closed_and_nothing_is_sent(self) -> None:
        player = Player(tilt(), knee())
        player.to("rating")
        player.wait(120)
        shown = len(player.cards)
        player.wait(600)

        assert (None, shown, {}) == (player.state, len(player.cards), player.alarms)
        assert ("paused", 1, 2) == (
            player.brief.ended, player.brief.moves_done, player.brief.moves,
        )  # fmt: skip
        assert "idle" == player.handed.to

    def test_a_pause_closes_after_ten_minutes_and_can_be_gone_on_with(self) -> None:
        player = Player(tilt(), knee())
        player.to("rating")
        player.tap(RIGHT)
        player.wait(15)
        player.tap(Pause())
        player.wait(600)
        kept = next(news for news in player.news if hasattr(news, "fields"))
        dump = kept.fields["paused_session"].model_dump(mode="json")
        again = Player(
            why="resume", args={"session": dump}, at=NINE + timedelta(days=1)
        )

        assert ("active_lead_in", 1, None) == (
            again.phase, again.session.place.move, again.session.left,
        )  # fmt: skip
        assert "2" == str(again.card.text[0].args["number"])
        again.to("rating")
        again.tap(RIGHT)
        assert (1, 1, "done") == (
            again.brief.moves_done, again.brief.moves, again.brief.ended,
        )  # fmt: skip

    def test_all_done_and_only_the_last_rating_open_counts_as_done(self) -> None:
        player = Player(tilt())
        player.to("rating")
        player.wait(720)

        assert ("done", 1) == (player.brief.ended, player.brief.moves_done)

    def test_blocked_ends_it_without_a_word(self) -> None:
        player = Player(tilt())
        player.wait(12)
        move = abandoned(player.session, player.scene())

        assert (None, (DropAlarm(name="session"),)) == (move.state, move.effects)


class TestLate:
    def late(self, player: Player, seconds: float) -> None:
        alarm = player.alarms["session"]
        player.now = alarm.due_at + timedelta(seconds=seconds)
        player.ring(alarm)

    def test_up_to_ninety_seconds_late_it_rings_with_an_apology_and_counts(self) -> None:
        player = Player(knee(reps=1))
        player.to("active_hold")
        self.late(player, 90)

        assert ["session.slow", "session.bell_switch"] == [t.key for t in player.bells[-1][1].text]
        player.to("rating")
        assert [20, 20] == held(player)

    def test_a_moment_late_is_no_matter(self) -> None:
        player = Player(knee(reps=1))
        player.to("active_hold")
        self.late(player, 1)

        assert ["session.bell_switch"] == [t.key for t in player.bells[-1][1].text]

    def test_later_it_was_away_and_offers_to_go_on_from_this_side(self) -> None:
        player = Player(knee())
        player.to("active_hold")
        rung = len(player.bells)
        self.late(player, 360)

        assert ("waiting_away", 6, "fresh", False) == (
            player.phase, player.session.away_min, player.card.how, player.card.silent,
        )  # fmt: skip
        assert "button.go_on_side" == player.card.rows[1][0].label.key
        assert rung == len(player.bells)
        player.tap(Resume())
        assert "active_lead_in" == player.phase
        player.to("rating")
        assert [40, 40] == held(player)

    def test_at_night_it_says_so_without_a_sound(self) -> None:
        player = Player(knee(), zone="Pacific/Auckland")  # ten in the evening there
        player.to("active_hold")
        self.late(player, 360)

        assert player.card.silent

    def test_a_lead_in_that_ended_late_begins_the_hold_now(self) -> None:
        player = Player(knee())
        self.late(player, 40)

        assert player.now + timedelta(seconds=20) == player.alarms["session"].due_at

    def test_a_stale_alarm_changes_nothing(self) -> None:
        player = Player(knee())
        old = Rung(seq=player.session.seq)
        player.tap(Pause())
        player.tap(Resume())
        move = player.tap(old)

        assert (False, ()) == (move.moved, move.effects)


class TestHurts:
    @pytest.mark.parametrize("seconds", [3, 15, 55, 70])
    def test_it_hurts_stops_everything_and_hands_over_what_is_known(self, seconds: int) -> None:
        player = Player(knee(), tilt())
        player.wait(seconds)
        move = stopped(player.session, player.scene())

        shown = [effect for effect in move.effects if isinstance(effect, Show | SetAlarm)]
        assert (None, []) == (move.state, shown)
        assert Unsay(slots=("card", "bell")) == move.effects[0]
        assert Strip(slots=("card",)) == move.effects[1]
        assert DropAlarm(name="session") in move.effects
        player.take(move)
        told = player.handed
        assert ("stop", "pain", "single_knee_to_chest", 1) == (
            told.to, told.why, told.args["exercise"], told.args["stops"],
        )  # fmt: skip
        assert ["pelvic_tilt"] == told.args["exercises_left"]
        assert ("stopped", 0) == (
            told.args["brief"]["ended"], told.args["brief"]["moves_done"],
        )  # fmt: skip

    def test_stopping_on_one_side_records_only_that_side(self) -> None:
        player = Player(knee(reps=1))
        player.wait(10 + 12)
        player.take(stopped(player.session, player.scene()))

        assert [12, 0] == list(player.records[-1].entry["held_s"])

    def test_it_hurts_in_the_question_after_a_move_or_in_a_pause_stops_as_well(self) -> None:
        player = Player(tilt(), knee())
        player.to("rating")
        move = stopped(player.session, player.scene())

        assert (None, DropAlarm(name="silence")) == (move.state, move.effects[-1])

    def stopped_at(self, seconds: int) -> dict[str, Any]:
        player = Player(knee(reps=1), tilt(), step("childs_pose"))
        player.wait(seconds)
        player.take(stopped(player.session, player.scene()))
        session: dict[str, Any] = player.handed.args["session"]
        return session

    def resumed(self, **args: Any) -> Player:
        session = self.stopped_at(15)
        return Player(why="resume", args={"session": session, **args})

    def test_going_on_begins_the_move_again_through_a_lead_in(self) -> None:
        player = self.resumed()

        assert ("active_lead_in", "fresh", 1) == (
            player.phase, player.card.how, player.session.stops,
        )  # fmt: skip
        assert (0, None) == (player.session.place.move, player.session.left)

    def test_going_on_without_the_move_that_hurt(self) -> None:
        player = self.resumed(drop="single_knee_to_chest")

        names = [each.exercise for each in player.session.sequence.moves]
        assert ["pelvic_tilt", "childs_pose"] == names

    def test_an_easier_move_comes_in_its_place(self) -> None:
        player = self.resumed(drop="single_knee_to_chest", instead="rest_90_90")

        names = [each.exercise for each in player.session.sequence.moves]
        assert ["rest_90_90", "pelvic_tilt", "childs_pose"] == names

    def test_only_what_is_allowed_also_when_it_was_not_planned(self) -> None:
        player = self.resumed(only=["rest_90_90", "childs_pose"])

        names = [each.exercise for each in player.session.sequence.moves]
        assert ["rest_90_90", "childs_pose"] == names

    def test_what_was_left_out_or_told_since_is_not_gone_on_with(self) -> None:
        session = self.stopped_at(15)
        left = Left(
            what="exercise", id="pelvic_tilt", until=NINE + timedelta(hours=24),
            why="other", at=NINE,
        )  # fmt: skip
        again = Player(why="resume", args={"session": session}, left_out=(left,))
        fallen = Player(
            why="resume", facts={"extension_check": "open"},
            args={"session": session, "only": ["press_up", "childs_pose"]},
        )  # fmt: skip

        exercises = [each.exercise for each in again.session.sequence.moves]
        assert ["single_knee_to_chest", "childs_pose"] == exercises
        assert ["childs_pose"] == [each.exercise for each in fallen.session.sequence.moves]

    def test_a_closed_session_is_offered_again_only_while_its_plan_fits(self) -> None:
        session = Session.model_validate(self.stopped_at(15))
        fits = Player(tilt())
        too_sore = Player(tilt(), facts={"function_limit": "severe"})

        assert can_go_on(session, fits.scene())
        assert not can_go_on(session, too_sore.scene())

    def test_after_a_rest_the_lead_in_waits_for_its_end(self) -> None:
        player = self.resumed(wait_s=120)

        assert player.now + timedelta(seconds=120) == player.alarms["session"].due_at
        player.tap(Pause())
        player.tap(Resume())
        assert NINE + timedelta(seconds=120) == player.alarms["session"].due_at

    def test_half_of_the_hold_is_for_the_move_that_hurt_alone(self) -> None:
        player = self.resumed(share=0.5)

        holds = [each.hold_s for each in player.session.sequence.moves]
        assert [10, 5, content().exercises["childs_pose"].hold_s] == holds

    def test_half_the_range_is_said_on_the_card(self) -> None:
        player = self.resumed(half=True)

        assert "session.half_range" in [line.key for line in player.card.text]

    def test_with_nothing_left_going_on_is_the_end(self) -> None:
        player = Player(knee())
        player.wait(15)
        player.take(stopped(player.session, player.scene()))
        session = player.handed.args["session"]
        again = Player(
            why="resume", args={"session": session, "drop": "single_knee_to_chest"}
        )

        assert (None, "after") == (again.state, again.handed.to)

    def test_alarms_of_before_the_stop_are_strangers(self) -> None:
        session = Session.model_validate(self.stopped_at(15))
        player = Player(why="resume", args={"session": session.model_dump(mode="json")})

        assert not player.tap(Rung(seq=session.seq)).moved


class TestOdd:
    def test_something_not_understood_pauses_a_hold_and_asks(self) -> None:
        player = Player(knee())
        player.wait(10 + 13)
        player.take(odd(player.session, player.scene()))

        assert ("waiting_asked", "session.did_it_hurt") == (player.phase, player.card.text[0].key)
        assert timedelta(seconds=7) == player.session.left
        player.tap(Resume())
        assert "active_lead_in" == player.phase

    def test_in_a_pause_the_place_is_kept(self) -> None:
        player = Player(knee())
        player.tap(Pause())
        move = odd(player.session, player.scene())

        assert (player.session, True) == (move.state, move.free)
        assert isinstance(move.effects[0], Show)
        assert "session.not_understood" == move.effects[0].text[0].key


def test_a_session_of_nothing_is_over_at_once() -> None:
    player = Player(knee())
    move = begin("start", {"sequence": sequence().model_dump()}, player.scene())

    assert move.state is None
