"""Pause, skip, back, more time, ratings, and what is not understood."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.base import Record, Show, Toast, said
from flows.session import (
    odd,
    paused,
)  # fmt: skip
from flows.session.vocabulary import (
    Back,
    Fine,
    Finish,
    LegFelt,
    Pause,
    Plus,
    Rated,
    Redo,
    Resume,
    Skip,
    Skipped,
)
from tests.flows.session.player import (
    NINE,
    RIGHT,
    Player,
    held,
    knee,
    tilt,
)


class TestPause:
    def test_a_pause_in_the_lead_in_begins_it_again(self) -> None:
        player = Player(knee())
        player.wait(7)
        player.tap(Pause())
        player.wait(60)
        player.tap(Resume())

        assert player.now + timedelta(seconds=10) == player.alarms["session"].due_at
        assert "active_position" == player.phase

    def test_a_pause_in_a_hold_keeps_what_is_left_and_goes_on_through_a_lead_in(self) -> None:
        player = Player(knee())
        player.wait(10 + 13)
        player.tap(Pause())

        assert {"silence"} == set(player.alarms)
        player.wait(300)
        player.tap(Resume())
        assert ("active_position", timedelta(seconds=7)) == (player.phase, player.session.left)
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
        assert ("active_position", 1) == (player.phase, player.session.place.move)

    def test_a_skip_taken_back_goes_on_with_what_was_left(self) -> None:
        player = Player(knee())
        player.wait(15)
        player.tap(Skip())
        player.tap(Resume())

        assert ("active_position", timedelta(seconds=15)) == (player.phase, player.session.left)

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

        assert ("active_position", "left") == (player.phase, player.session.side)

    def test_back_in_the_first_lead_in_of_a_move_goes_to_the_move_before(self) -> None:
        player = Player(tilt(), knee())
        player.to("rating")
        player.tap(RIGHT)
        player.tap(Back())

        assert (0, ()) == (player.session.place.move, player.session.past)
        assert "change" == player.card.how

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
        move = player.tap(LegFelt(leg="higher"))
        assert Toast(text=said("session.leg_higher"), alert=True) in move.effects
        assert ("active_position", "higher") == (player.phase, player.session.past[0].leg)

    def test_further_down_is_a_stop(self) -> None:
        player = Player(tilt(), knee(), leg_question=True)
        player.to("rating")
        player.tap(LegFelt(leg="further"))

        assert (None, "stop") == (player.state, player.handed.to)
        assert "leg_symptom_further" == player.handed.args["event"]


class TestOdd:
    def test_something_not_understood_pauses_a_hold_and_asks(self) -> None:
        player = Player(knee())
        player.wait(10 + 13)
        player.take(odd(player.session, player.scene()))

        assert ("waiting_asked", "session.did_it_hurt") == (player.phase, player.card.text[0].key)
        assert timedelta(seconds=7) == player.session.left
        player.tap(Resume())
        assert "active_position" == player.phase

    def test_in_a_pause_the_place_is_kept(self) -> None:
        player = Player(knee())
        player.tap(Pause())
        move = odd(player.session, player.scene())

        assert (player.session, True) == (move.state, move.free)
        assert isinstance(move.effects[0], Show)
        assert "session.not_understood" == move.effects[0].text[0].key
