"""It hurts: the stop, and going on after it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from flows.base import DropAlarm, Left, SetAlarm, Show, Strip, Unsay
from flows.session import (
    Session,
    can_go_on,
    stopped,
)  # fmt: skip
from flows.session.vocabulary import (
    Pause,
    Resume,
    Rung,
)
from tests.flows.session.player import (
    NINE,
    Player,
    content,
    knee,
    step,
    tilt,
)


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

    def resumed(self, **args: object) -> Player:
        session = self.stopped_at(15)
        return Player(why="resume", args={"session": session, **args})

    def test_going_on_begins_the_move_again_through_a_lead_in(self) -> None:
        player = self.resumed()

        assert ("active_position", "fresh", 1) == (
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
        again = Player(why="resume", args={"session": session, "drop": "single_knee_to_chest"})

        assert (None, "after") == (again.state, again.handed.to)

    def test_alarms_of_before_the_stop_are_strangers(self) -> None:
        session = Session.model_validate(self.stopped_at(15))
        player = Player(why="resume", args={"session": session.model_dump(mode="json")})

        assert not player.tap(Rung(seq=session.seq)).moved
