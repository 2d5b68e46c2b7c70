"""A ladder back to a feared movement: up slowly, down at any time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.base import Aims, Climb, Event, HandOver, Record, Scene, Set
from flows.conversation import Conversation
from flows.home import Home
from flows.ladder import EVENTS, MACHINE, Ladder, advance, begin, hurt, odd, view
from flows.ladder.vocabulary import DayAfter, Did, Down, NotNow, Pain, Phase
from tests.flows.reminder.scenes import NOW, content, scene, taps
from tests.transcript import Chat, replay

STEPS = len(content().ladders["shoes"].steps)


def at(climb: Climb | None, **fields: Any) -> Scene:  # noqa: ANN401 - fields of a scene
    return replace(scene(), aims=Aims(climb=climb), **fields)


def climb_of(here: Scene) -> Climb:
    assert here.aims.climb is not None
    return here.aims.climb


def take(state: Ladder, here: Scene, event: Event) -> tuple[Ladder, Scene]:
    move = advance(state, event, here)
    assert move.moved
    for piece in move.news:
        if isinstance(piece, Set):
            here = replace(here, **piece.fields)
    return move.state, here


def practice(here: Scene, pain: int, *, worse: bool = False) -> Scene:
    """Go through one practice, with the word on the day after the last one before it."""
    state = begin("start", {}, here).state
    if state.phase == "recalling":
        state, here = take(state, here, DayAfter(worse="yes" if worse else "no"))
    state, here = take(state, here, Did())
    return take(state, here, Pain(n=pain))[1]


class TestTable:
    """`transitions` checks no name when it is built, so we do."""

    def test_every_event_is_a_trigger_and_every_trigger_an_event(self) -> None:
        names = {kind.model_fields["trigger"].default for kind in EVENTS}
        assert names == set(MACHINE.events)

    def test_every_state_is_a_phase(self) -> None:
        assert set(get_args(Phase)) == set(MACHINE.get_nested_state_names())


def test_two_good_practices_and_no_worse_day_lead_one_step_up() -> None:
    here = at(Climb(ladder="shoes"))
    steps = []
    for _ in range(3):
        here = practice(here, 3)
        steps.append(climb_of(here).step)
    assert [0, 0, 1] == steps


def test_a_worse_day_after_leads_one_step_down() -> None:
    here = practice(at(Climb(ladder="shoes", step=2, good=1)), 1)
    here = practice(here, 1, worse=True)
    assert (1, 0) == (climb_of(here).step, climb_of(here).good)


@pytest.mark.parametrize("pain", [4, 5])
def test_more_than_a_little_pain_leads_one_step_down(pain: int) -> None:
    here = practice(at(Climb(ladder="shoes", step=2, good=1)), pain)
    assert (1, 0) == (climb_of(here).step, climb_of(here).good)


def test_strong_pain_leads_to_the_short_check() -> None:
    move = advance(Ladder(phase="rating"), Pain(n=6), at(Climb(ladder="shoes", step=1)))
    assert [HandOver(to="triage", why="short")] == [
        piece for piece in move.news if isinstance(piece, HandOver)
    ]


def test_pain_by_the_button_counts_as_a_step_too_far() -> None:
    aims = hurt(at(Climb(ladder="shoes", step=2, good=1))).fields["aims"]
    assert Climb(ladder="shoes", step=1) == aims.climb


def test_one_step_down_is_always_on_offer_but_at_the_bottom() -> None:
    for step in range(STEPS):
        buttons = taps(view(Ladder(), at(Climb(ladder="shoes", step=step))))
        assert (step > 0) == ("ldown" in buttons)
        assert "hurts" == buttons[0]


def test_a_practice_is_kept_with_its_pain() -> None:
    move = advance(Ladder(phase="rating"), Pain(n=2), at(Climb(ladder="shoes", step=1)))
    entry = {"what": "ladder", "id": "shoes", "step": 1, "score": 2}
    assert [Record(kind="rating", entry=entry)] == list(move.effects)


def test_at_the_top_it_stays_and_says_so() -> None:
    here = at(Climb(ladder="shoes", step=STEPS - 1, good=1, done_at=NOW, pain=0))
    state, there = take(Ladder(phase="recalling"), here, DayAfter(worse="no"))
    assert (STEPS - 1, "climb.top") == (climb_of(there).step, state.line)


@given(st.lists(st.tuples(st.integers(0, 10), st.booleans()), max_size=10))
def test_whatever_is_told_no_step_is_skipped_and_none_is_left(
    told: list[tuple[int, bool]],
) -> None:
    here, before, fine = at(Climb(ladder="lifting")), 0, 0
    for pain, worse in told:
        here = practice(here, pain, worse=worse)
        now = climb_of(here).step
        assert now - before <= 1
        assert 0 <= now < len(content().ladders["lifting"].steps)
        assert now <= before or fine >= content().climbing.practices
        fine = 0 if pain > content().climbing.pain_at_most else (1 if now != before else fine + 1)
        before = now


def test_leaving_and_nonsense_change_nothing() -> None:
    here = at(Climb(ladder="shoes", step=2))
    left = advance(Ladder(), NotNow(), here)
    assert [HandOver(to="idle", why="said", args={"line": "climb.left"})] == list(left.news)
    assert not advance(Ladder(phase="rating"), Down(), here).moved
    assert Ladder() == odd(Ladder(), here).state


def test_a_ladder_that_a_release_has_dropped_leads_home() -> None:
    move = begin("start", {}, at(Climb(ladder="dropped")))
    assert ["idle"] == [piece.to for piece in move.news if isinstance(piece, HandOver)]
    assert ["home.ready"] == [said.key for said in view(Ladder(), at(None)).text]


def test_no_step_is_practised_on_an_old_check() -> None:
    chat = Chat(content())
    replay("@ weeks_worry_declined\n> /ladder\n> [Tie my shoes]\n> [Done]\n> /stretch\n", chat)
    replay("~ 2 h\n> [Tie my shoes, step 1]\n", chat)
    assert "triage asking" == chat.status().split(",")[0]


def test_pain_in_a_step_leads_to_the_check_and_a_step_down() -> None:
    chat = Chat(content())
    replay("@ weeks_worry_declined\n> /ladder\n> [Tie my shoes]\n> [Done]\n> /stretch\n", chat)
    climb = chat.talk.aims.climb
    assert climb is not None
    higher = Aims(climb=climb.model_copy(update={"step": 2}))
    chat.talk = chat.talk.model_copy(update={"aims": higher})
    replay("> [Tie my shoes, step 1]\n> /pain\n", chat)
    assert "triage asking" == chat.status().split(",")[0]
    assert Climb(ladder="shoes", step=1) == chat.talk.aims.climb


def test_no_ladder_is_begun_from_anywhere_but_an_open_offer() -> None:
    chat = Chat(content())
    replay("@ weeks_worry_declined\n> /ladder\n> [Tie my shoes]\n> [Done]\n", chat)
    idle = chat.talk.model_copy(update={"floor": Home()})
    step = Conversation(idle, chat.now, content(), typed=False)
    step.hand_over(HandOver(to="ladder", why="start"))
    assert "ladder" != step.talk.floor.flow
