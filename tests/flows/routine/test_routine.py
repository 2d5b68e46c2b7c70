"""The editor of an own list, held to its table and to the limits of 10.4."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.schema import Value
from flows.base import Event, HandOver, Left, Own, Scene, Set
from flows.routine import EVENTS, MACHINE, Routine, advance, begin, odd, view
from flows.routine.list import barred_now, minutes
from flows.routine.vocabulary import (
    AimsAsked,
    Exchanged,
    Finished,
    HadBack,
    Held,
    LadderLeft,
    LadderTaken,
    Phase,
    Picked,
    Shifted,
)
from flows.session.doses import limit_for
from flows.session.own import stands_apart
from tests.flows.reminder.scenes import NOW, content, shown, taps, verdict

TRIGGERS = {kind.model_fields["trigger"].default: kind for kind in EVENTS}


def scene(own: Own | None = None, left_out: tuple[Left, ...] = (), **told: Value) -> Scene:
    facts = content().complete({"sessions_done": 5, "stretch": "allowed", **told})
    return Scene(
        at=NOW, content=content(), facts=facts, own=own or Own(), verdict=verdict(),
        left_out=left_out,
    )  # fmt: skip


def left(name: str) -> Left:
    told = {"what": "exercise", "id": name, "until": NOW + timedelta(days=7), "at": NOW}
    return Left.model_validate({**told, "why": "sharp_pain"})


def after(state: Routine | None, here: Scene, event: Event) -> tuple[Routine | None, Scene]:
    """Take one step as the talk does, with what it keeps in the next scene."""
    move = advance(state or Routine(), event, here)
    fields: dict[str, Any] = {}
    for piece in move.news:
        if isinstance(piece, Set):
            fields |= piece.fields
    return move.state, replace(here, **fields)


class TestTable:
    """`transitions` checks no name when it is built, so we do."""

    def test_every_event_is_a_trigger_and_every_trigger_an_event(self) -> None:
        assert set(TRIGGERS) == set(MACHINE.events)

    def test_every_row_joins_states_that_exist(self) -> None:
        for row in MACHINE.get_transitions():
            MACHINE.get_state(row.source)
            MACHINE.get_state(row.dest)

    def test_every_state_is_a_phase(self) -> None:
        assert set(get_args(Phase)) == set(MACHINE.get_nested_state_names())


PEOPLE: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {},
    optional={
        "osteoporosis_known": st.booleans(), "dp_worse": st.sampled_from(["flexion", "extension"]),
        "knee_problem": st.booleans(), "pregnant": st.sampled_from(["yes", "maybe"]),
        "wrist_problem": st.booleans(), "cannot_get_to_floor": st.booleans(),
    },
)  # fmt: skip


@given(PEOPLE, st.lists(st.sampled_from(sorted(content().exercises)), max_size=2),
       st.lists(st.tuples(st.booleans(), st.integers(0, 40)), max_size=40))  # fmt: skip
def test_whatever_is_tapped_the_list_keeps_its_limits(
    told: dict[str, Value], blocked: list[str], presses: list[tuple[bool, int]]
) -> None:
    here = scene(left_out=tuple(map(left, blocked)), **told)
    state: Routine | None = Routine()
    for on_a_button, press in presses:
        state = state or Routine()
        buttons = taps(view(state, here))
        trigger, *args = buttons[press % len(buttons)].split("|")
        event = TRIGGERS[trigger].of(args)
        if not on_a_button:  # a forged or an old one: into the middle of the library
            name = sorted(content().exercises)[press % len(content().exercises)]
            state, event = Routine(phase="group"), Picked(exercise=name, mark="on")
        state, here = after(state, here, event)
        listed, rules = here.own.routine, content().own
        assert barred_now(here).isdisjoint(listed)
        assert len(listed) == len(set(listed)) <= rules.most_moves
        assert minutes(here.own, here) <= rules.most_min
        assert not any(stands_apart(ex, listed[:at], content()) for at, ex in enumerate(listed))
        for name, seconds in here.own.hold_s.items():
            low, high = limit_for(name, content()).hold_s
            assert low <= seconds <= high


@pytest.mark.parametrize("event", [
    Held(exercise="cat_cow", seconds=11), Held(exercise="cat_cow", seconds=5000),
    Held(exercise="walk", seconds=60), Shifted(exercise="walk", to=0),
    Exchanged(exercise="walk", how="easier"),
])  # fmt: skip
def test_what_lies_outside_the_limits_or_the_list_changes_nothing(event: Event) -> None:
    move = advance(
        Routine(phase="move", exercise="cat_cow"), event, scene(Own(routine=("cat_cow",)))
    )
    assert (False, ()) == (move.moved, move.news)


def test_what_is_left_out_after_pain_is_shown_and_cannot_be_picked() -> None:
    here = scene(left_out=(left("cat_cow"),))
    state = Routine(phase="group", position="hands_knees")
    keys = [said.key for said in view(state, here).text]
    assert "routine.left_out" in keys
    assert not any("cat_cow" in tap for tap in taps(view(state, here)))
    picked, there = after(state, here, Picked(exercise="cat_cow", mark="on"))
    assert ((), ["routine.unfit"]) == (
        there.own.routine, [said.key for said in picked.lines] if picked else []
    )  # fmt: skip


def test_a_tick_takes_no_turn_and_a_doubled_one_changes_nothing_more() -> None:
    state, here = Routine(phase="group", position="standing"), scene()
    tick = Picked(exercise="walk", mark="on")
    once, there = after(state, here, tick)
    _, again = after(once, there, tick)
    assert (("walk",), ("walk",)) == (there.own.routine, again.own.routine)
    assert advance(state, tick, here).free


def test_a_rest_comes_first_and_a_walk_last_wherever_they_are_put() -> None:
    here = scene(Own(routine=("rest_90_90", "cat_cow", "walk")))
    _, there = after(Routine(phase="move", exercise="walk"), here, Shifted(exercise="walk", to=0))
    assert ("rest_90_90", "cat_cow", "walk") == there.own.routine


def test_an_easier_neighbour_takes_the_place_in_the_list() -> None:
    here = scene(Own(routine=("cat_cow", "bridge"), hold_s={"bridge": 8}))
    state, there = after(
        Routine(phase="move", exercise="bridge"), here, Exchanged(exercise="bridge", how="easier")
    )
    assert (("cat_cow", "pelvic_tilt"), {}) == (there.own.routine, there.own.hold_s)
    assert state is not None
    assert "pelvic_tilt" == state.exercise


def test_a_change_after_too_much_can_be_had_back() -> None:
    here = scene(Own(instead={"knee_rolls": "seated_rotation"}))
    assert "yundo|knee_rolls" in taps(view(Routine(), here))
    _, there = after(Routine(), here, HadBack(exercise="knee_rolls"))
    assert {} == there.own.instead


def test_a_ladder_that_does_not_suit_is_neither_offered_nor_taken() -> None:
    here = scene(osteoporosis_known=True)
    state = Routine(phase="ladders")
    assert "ytake|shoes" not in taps(view(state, here))
    assert not advance(state, LadderTaken(ladder="shoes"), here).moved
    assert not advance(state, LadderTaken(ladder="to_the_moon"), here).moved


def test_a_ladder_is_taken_and_left() -> None:
    _, there = after(Routine(phase="ladders"), scene(), LadderTaken(ladder="lifting"))
    assert there.aims.climb is not None
    _, again = after(Routine(phase="ladders"), there, LadderLeft())
    assert again.aims.climb is None


def test_the_activities_are_opened_from_here() -> None:
    move = advance(Routine(), AimsAsked(), scene())
    assert [HandOver(to="aims", why="command")] == list(move.news)


def test_it_opens_closes_and_keeps_its_place() -> None:
    opened = begin("", {}, scene())
    assert ["fresh"] == [show.how for show in shown(opened)]
    assert advance(Routine(), Finished(), scene()).state is None
    assert Routine(phase="where") == odd(Routine(phase="where"), scene()).state


def test_what_stands_apart_is_refused_with_both_names() -> None:
    for one, other in (pair.exercises for pair in content().own.apart):
        state, there = after(
            Routine(phase="group"), scene(Own(routine=(other,))), Picked(exercise=one, mark="on")
        )
        assert state is not None
        assert (["routine.apart"], (other,)) == (
            [line.key for line in state.lines], there.own.routine
        )  # fmt: skip
