"""The timeline of a sound track: as a listener's session really goes, and what is heard when."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from flows.base import Cue, Settings
from flows.session.cues import LAST_S, TONE_S, cues
from flows.session.plan import Sequence, Step
from flows.session.starting import TO_PRESS_PLAY
from flows.session.timeline import timeline
from flows.session.vocabulary import Pause
from tests.flows.session.player import NINE, Player, content, knee, sequence, step, tilt

SEQUENCES = {
    program.id: tuple(
        step(**{"exercise": item.ex, **item.model_dump(exclude={"ex"})}) for item in program.items
    )
    for program in content().programs.values()
}
LEAD_INS = (0, 1, 10, 60)


def listened(steps: tuple[Step, ...], lead_in_s: int) -> Player:
    planned = sequence(*steps).model_dump(mode="json")
    args = {"sequence": planned, "listening": True}
    return Player(lead_in_s=lead_in_s, args=args)


def planned(steps: tuple[Step, ...]) -> Sequence:
    return sequence(*steps)


def heard(steps: tuple[Step, ...], lead_in_s: int = 10) -> tuple[Cue, ...]:
    return cues(planned(steps), Settings(lead_in_s=lead_in_s), content())


@pytest.mark.parametrize("lead_in_s", [0, 10, 60])
@pytest.mark.parametrize("program", SEQUENCES)
def test_the_timeline_is_what_a_listener_goes_through(program: str, lead_in_s: int) -> None:
    player = listened(SEQUENCES[program], lead_in_s)
    lived = []
    while player.state is not None:
        session = player.session
        assert session.begins_at
        assert session.ends_at
        since, until = (at - NINE - TO_PRESS_PLAY for at in (session.begins_at, session.ends_at))
        lived.append((session.phase, session.place, max(timedelta(0), since), until))
        player.wait((session.ends_at - player.now).total_seconds())

    told = timeline(planned(SEQUENCES[program]), Settings(lead_in_s=lead_in_s), content())
    spans = [
        (s.phase, s.place, timedelta(seconds=s.begins_s), timedelta(seconds=s.ends_s)) for s in told
    ]
    assert lived[-len(spans) :] == spans
    assert len(lived) - len(spans) == (lead_in_s == 0), "only the time to press play comes first"


class TestListening:
    def test_the_next_move_follows_without_a_question(self) -> None:
        player = listened((knee(reps=1, sides="none"), tilt()), 10)
        player.wait(TO_PRESS_PLAY.total_seconds() + 10 + 20)

        assert "active_position" == player.phase
        assert 1 == player.session.place.move
        assert [20, 0] == list(player.records[-1].entry["held_s"])
        assert player.records[-1].entry["effort"] is None

    def test_it_ends_by_itself_after_the_last_move(self) -> None:
        player = listened((knee(reps=1, sides="none"),), 10)
        player.wait(600)

        assert player.state is None
        assert ("done", 1) == (player.brief.ended, player.brief.moves_done)
        assert "after" == player.handed.to
        assert "session.bell_done" == player.bells[-1][1].text[-1].key

    def test_where_the_leg_is_asked_about_it_is_asked(self) -> None:
        player = Player(
            args={
                "sequence": sequence(knee(), leg_question=True).model_dump(mode="json"),
                "listening": True,
            }
        )
        player.to("rating")

        assert "rating" == player.phase

    def test_a_pause_says_to_pause_the_sound_too(self) -> None:
        player = listened((knee(),), 10)
        player.tap(Pause())

        assert "session.pause_sound" in [line.key for line in player.card.text]

    def test_the_card_waits_for_play_to_be_pressed(self) -> None:
        player = listened((knee(),), 10)

        assert player.session.ends_at == NINE + TO_PRESS_PLAY + timedelta(seconds=10)


class TestCues:
    def test_a_hold_is_announced_begun_halved_and_counted_down(self) -> None:
        told = heard((knee(reps=1, sides="none"),))

        assert [
            (0, "remind"), (1, "ready"), (10, "begin"), (20, "half"),
            (27, "tick"), (28, "tick"), (29, "tick"), (30, "finish"),
        ] == [(cue.at_s, cue.tone) for cue in told]  # fmt: skip

    def test_sides_and_rests_have_tones_of_their_own(self) -> None:
        tones = Counter(cue.tone for cue in heard((knee(reps=2, sets=2),)))

        assert 2 == tones["change"]
        assert 4 + 1 == tones["rest"], "between the holds of each side and set, and between sets"
        assert 1 == tones["finish"]

    def test_quick_repeats_are_a_rhythm(self) -> None:
        tones = Counter(cue.tone for cue in heard((tilt(reps=6),)))

        assert (1, 5, 6, 0) == (tones["begin"], tones["in"], tones["out"], tones["tick"])

    @pytest.mark.parametrize("lead_in_s", LEAD_INS)
    @pytest.mark.parametrize("program", SEQUENCES)
    def test_every_exercise_is_announced_by_a_reminder(self, program: str, lead_in_s: int) -> None:
        told = heard(SEQUENCES[program], lead_in_s)

        assert len(SEQUENCES[program]) == sum(cue.tone == "remind" for cue in told)
        assert ("remind", 0.0) == (told[0].tone, told[0].at_s)

    @pytest.mark.parametrize("lead_in_s", LEAD_INS)
    @pytest.mark.parametrize("program", SEQUENCES)
    def test_no_tone_lies_on_another(self, program: str, lead_in_s: int) -> None:
        for first, second in pairwise(heard(SEQUENCES[program], lead_in_s)):
            assert second.at_s - first.at_s >= TONE_S, (first, second)

    def test_the_last_seconds_are_counted_down(self) -> None:
        assert (3, 2, 1) == LAST_S
