"""Own activities: named, scored each week, and when a change is real."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import pytest

from flows.aiming import change_of, grade, is_due
from flows.aims import EVENTS, MACHINE, AimsScreen, advance, begin, odd, read, view
from flows.aims.vocabulary import Finished, Named, PassedOver, Phase, Scored, Written
from flows.base import Activity, Aims, Event, Move, Record, Scene, Set
from tests.flows.reminder.scenes import NOW, content, scene, taps, verdict

DAY = timedelta(days=1)
SHOES, OWN = Activity(id="shoes"), Activity(id="own1", text="play with my grandchildren")


def at(aims: Aims, **fields: Any) -> Scene:  # noqa: ANN401 - fields of a scene
    told = {"sessions_done": 5, "verdict": verdict(), **fields}
    return replace(scene(), aims=aims, **told)


def kept(move: Move) -> Aims:
    aims = [piece.fields["aims"] for piece in move.news if isinstance(piece, Set)][-1]
    assert isinstance(aims, Aims)
    return aims


def line(event: Event, aims: Aims) -> str:
    return str(advance(AimsScreen(), event, at(aims)).state.line)


class TestTable:
    """`transitions` checks no name when it is built, so we do."""

    def test_every_event_is_a_trigger_and_every_trigger_an_event(self) -> None:
        names = {kind.model_fields["trigger"].default for kind in EVENTS}
        assert names == set(MACHINE.events)

    def test_every_state_is_a_phase(self) -> None:
        assert set(get_args(Phase)) == set(MACHINE.get_nested_state_names())


def test_up_to_three_are_picked_or_typed() -> None:
    picked = kept(advance(AimsScreen(), Named(activity="shoes", mark="on"), at(Aims())))
    typed = kept(advance(AimsScreen(), Written(text="  walk  the dog "), at(picked)))
    assert (SHOES, Activity(id="own1", text="walk the dog")) == typed.activities
    full = typed.model_copy(update={"activities": (*typed.activities, Activity(id="garden"))})
    assert "aims.full" == line(Named(activity="stairs", mark="on"), full)
    assert "aims.full" == line(Written(text="dance"), full)


def test_what_is_too_long_or_nothing_is_not_taken() -> None:
    assert "aims.long" == line(Written(text="x" * 61), Aims())
    assert "aims.long" == line(Written(text="  "), Aims())


def test_one_that_was_taken_out_makes_room_under_a_name_of_its_own() -> None:
    two = Aims(activities=(OWN, Activity(id="own2", text="dance")))
    one = kept(advance(AimsScreen(), Named(activity="own1", mark="off"), at(two)))
    again = kept(advance(AimsScreen(), Written(text="swim"), at(one)))
    assert ["own2", "own1"] == [each.id for each in again.activities]


def test_a_score_is_kept_with_the_words_it_was_asked_by() -> None:
    here = at(Aims(activities=(OWN, SHOES)))
    move = advance(AimsScreen(phase="scoring"), Scored(n=4), here)
    entry = {"what": "activity", "id": "own1", "text": OWN.text, "score": 4}
    assert Record(kind="rating", entry=entry) == move.effects[0]
    assert (4, 4) == (kept(move).activities[0].first, kept(move).activities[0].last)
    assert ("scoring", 1) == (move.state.phase, move.state.at)


def test_the_first_score_stays_to_be_compared_with() -> None:
    scored = Activity(id="shoes", first=2, last=3)
    here = at(Aims(activities=(scored,), first_at=NOW - 14 * DAY))
    move = advance(AimsScreen(phase="scoring"), Scored(n=6), here)
    assert (2, 6) == (kept(move).activities[0].first, kept(move).activities[0].last)
    assert NOW == kept(move).asked_at
    assert move.state is None


@pytest.mark.parametrize(("change", "word"), [
    (-1.3, "down"), (-1.2, "same"), (0, "same"), (1.2, "same"), (1.3, "small"), (2.2, "small"),
    (2.3, "medium"), (2.7, "large"), (10, "large"),
])  # fmt: skip
def test_a_change_is_called_real_by_the_published_numbers(change: float, word: str) -> None:
    assert word == grade(change, content())


def test_less_than_a_week_says_nothing_yet() -> None:
    activity = Activity(id="shoes", first=1, last=9)
    early = Aims(activities=(activity,), first_at=NOW - 6 * DAY)
    late = Aims(activities=(activity,), first_at=NOW - 7 * DAY)
    assert ("early", "large") == (change_of(early, at(early)), change_of(late, at(late)))


def test_it_is_asked_from_the_third_session_on_once_a_week() -> None:
    asked = Aims(activities=(SHOES,), asked_at=NOW - 6 * DAY)
    assert not is_due(at(Aims(), sessions_done=2))
    assert is_due(at(Aims(), sessions_done=3))
    assert not is_due(at(asked))
    assert is_due(at(asked.model_copy(update={"asked_at": NOW - 7 * DAY})))


def test_whoever_names_none_is_not_asked_again() -> None:
    declined = kept(advance(AimsScreen(), Finished(), at(Aims())))
    assert not is_due(at(declined, at=NOW + 30 * DAY))


def test_a_question_that_nobody_answers_has_been_asked() -> None:
    assert NOW == kept(begin("weekly", {}, at(Aims()))).asked_at
    assert () == begin("command", {}, at(Aims())).news


def test_nothing_is_asked_while_stretching_is_blocked() -> None:
    assert not is_due(at(Aims(), verdict=verdict(level="SOON", stretch="blocked")))


def test_each_may_be_passed_over() -> None:
    here = at(Aims(activities=(SHOES, OWN)))
    first = advance(AimsScreen(phase="scoring"), PassedOver(), here)
    assert 1 == first.state.at
    last = advance(first.state, PassedOver(), here)
    assert (None, NOW) == (last.state, kept(last).asked_at)


def test_typed_words_are_an_activity_only_while_they_are_asked_for() -> None:
    here = at(Aims(activities=(SHOES,)))
    assert Written(text="dance") == read(AimsScreen(), "dance", here)
    assert Finished() == read(AimsScreen(), "nope", here)
    assert read(AimsScreen(phase="scoring"), "dance", here) is None


def test_what_has_gone_meanwhile_gives_way_to_the_list() -> None:
    lost = AimsScreen(phase="scoring", at=2)
    assert "gdone" in taps(view(lost, at(Aims(activities=(SHOES,)))))
    assert lost == odd(lost, at(Aims())).state
    assert "scoring" == begin("weekly", {}, at(Aims(activities=(SHOES,)))).state.phase
