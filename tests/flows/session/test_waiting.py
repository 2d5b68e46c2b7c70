"""A session left alone: silence, and alarms that come late."""

from __future__ import annotations

from datetime import timedelta

from flows.base import DropAlarm
from flows.session import (
    abandoned,
)  # fmt: skip
from flows.session.vocabulary import (
    Pause,
    Resume,
    Rung,
)
from tests.flows.session.player import (
    NINE,
    RIGHT,
    Player,
    held,
    knee,
    tilt,
)


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
        again = Player(why="resume", args={"session": dump}, at=NINE + timedelta(days=1))

        assert ("active_position", 1, None) == (
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
        assert "active_position" == player.phase
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
