"""The user's own part in a plan: nothing barred comes back by it, and no limit is passed."""

from collections.abc import Mapping

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from content.schema import Dose, Stretch, Value
from flows.base import Done, Hurts, Left, Moved, Own, Settings
from flows.session.doses import limited
from flows.session.own import ROUTINE, may_have_routine, stands_apart
from flows.session.plan import Sequence, program_for, routine_for, sequence_for
from flows.session.swaps import barred
from flows.session.vocabulary import Rated, Skip, Skipped
from tests.flows.session.player import Player, knee, tilt
from tests.flows.session.test_plan import (
    AT,
    BLOCKS,
    BOOLS,
    CONTENT,
    PACES,
    PEOPLE,
    PRACTISED,
    USUAL,
    facts,
    left,
    names,
)

EXERCISES = sorted(CONTENT.exercises)
NAMES = st.sampled_from(EXERCISES)
OWNS = st.builds(
    Own,
    felt=st.dictionaries(NAMES, st.integers(-3, 3), max_size=3),
    instead=st.dictionaries(NAMES, NAMES | st.sampled_from(["", "=", "dropped_in_a_release"])),
    begin_right=st.lists(NAMES, max_size=5).map(tuple),
    routine=st.lists(NAMES, min_size=1, max_size=14, unique=True).map(tuple),
    hold_s=st.dictionaries(NAMES, st.integers(1, 5000), max_size=6),
)
FEW = st.builds(  # of the well-known few things, so that most have room for a list
    lambda flags: {**facts(PRACTISED), **flags},
    st.dictionaries(st.sampled_from(BOOLS), st.booleans(), max_size=2),
)
STRETCHES: st.SearchStrategy[Stretch] = st.sampled_from(["allowed", "gentle"])


def is_within_limits(sequence: Sequence) -> bool:
    fields = set(Dose.model_fields) - {"ex"}
    doses = [Dose(ex=m.exercise, **m.model_dump(include=fields)) for m in sequence.moves]
    return all(dose == limited(dose, CONTENT) for dose in doses)


@given(PEOPLE, STRETCHES, BLOCKS, PACES, OWNS)
def test_nothing_of_ones_own_brings_back_what_is_barred_or_passes_a_limit(
    person: dict[str, Value],
    stretch: Stretch,
    blocks: tuple[Left, ...],
    settings: Settings,
    own: Own,
) -> None:
    sequence = sequence_for(person, stretch, blocks, settings, CONTENT, own=own)
    usual = sequence_for(person, stretch, blocks, settings, CONTENT)
    assert (usual is None) == (sequence is None)
    if sequence is None:
        return
    assert barred(person, blocks, CONTENT).isdisjoint(names(sequence))
    assert len(sequence.moves) == len(set(names(sequence)))
    assert is_within_limits(sequence)


@given(FEW | PEOPLE, STRETCHES, BLOCKS, PACES, OWNS)
def test_no_routine_holds_what_is_barred_or_apart_or_outside_the_limits(
    person: dict[str, Value],
    stretch: Stretch,
    blocks: tuple[Left, ...],
    settings: Settings,
    own: Own,
) -> None:
    routine = routine_for({**person, "stretch": stretch}, stretch, blocks, settings, CONTENT,
                          own=own)  # fmt: skip
    if routine is None:
        return
    moves = names(routine)
    assert barred(person, blocks, CONTENT).isdisjoint(moves)
    assert not any(stands_apart(ex, moves[:at], CONTENT) for at, ex in enumerate(moves))
    assert is_within_limits(routine)
    assert len(moves) <= CONTENT.own.most_moves
    chosen = program_for({**person, "stretch": stretch}, stretch, CONTENT)
    assert chosen is not None
    program = CONTENT.programs[chosen.program]
    assert may_have_routine(program, {**person, "stretch": stretch}, CONTENT)
    assert not program.shorten_only
    assert "allowed" == stretch
    families = [CONTENT.exercises[ex].family for ex in moves]
    assert sorted(families, key=lambda f: (f == "aerobic", f != "rest")) == families


@pytest.mark.parametrize("told", [
    {"dp_worse": "flexion"}, {"wrist_problem": True}, {"hernia": True}, {"knee_problem": True},
])  # fmt: skip
def test_no_step_up_or_down_leads_to_a_barred_move(told: dict[str, Value]) -> None:
    person = facts(PRACTISED, **told)
    plan = sequence_for(person, "allowed", (), USUAL, CONTENT)
    assert plan is not None
    for exercise in names(plan):
        for out in barred(person, (), CONTENT):
            own = Own(instead={exercise: out})
            sequence = sequence_for(person, "allowed", (), USUAL, CONTENT, own=own)
            assert sequence is not None
            assert out not in names(sequence)


@pytest.mark.parametrize("pair", [pair.exercises for pair in CONTENT.own.apart])
def test_what_stands_apart_is_never_in_one_list(pair: tuple[str, str]) -> None:
    told = {**facts(PRACTISED), "stretch": "allowed"}
    routine = routine_for(told, "allowed", (), USUAL, CONTENT, own=Own(routine=pair))
    assert routine is not None
    assert [pair[0]] == names(routine)


@pytest.mark.parametrize(
    "told",
    [
        {"pain_now": 7}, {"osteoporosis_known": True}, {"radiation": "below_knee"},
        {"pregnant": "yes", "pregnancy_weeks": 10}, {"sessions_done": 1}, {"flare": "some"},
    ],
)  # fmt: skip
def test_a_special_plan_leaves_no_room_for_a_list(told: Mapping[str, Value]) -> None:
    own = Own(routine=("cat_cow", "walk"))
    usual = {**facts(PRACTISED), "stretch": "allowed"}
    assert routine_for(usual, "allowed", (), USUAL, CONTENT, own=own) is not None
    assert routine_for({**usual, **told}, "allowed", (), USUAL, CONTENT, own=own) is None


def test_a_barred_move_of_the_list_gives_way_to_its_stand_in() -> None:
    own = Own(routine=("double_knee_to_chest", "walk"))
    told = {**facts(PRACTISED, dp_worse="flexion", dp_ease="flexion"), "stretch": "allowed"}
    routine = routine_for(told, "allowed", (), USUAL, CONTENT, own=own)
    assert routine is not None
    assert ["prone_lying", "walk"] == names(routine)
    assert ROUTINE == routine.program


def test_a_hold_of_ones_own_counts_in_the_list() -> None:
    own = Own(routine=("childs_pose",), hold_s={"childs_pose": 45})
    told = {**facts(PRACTISED), "stretch": "allowed"}
    routine = routine_for(told, "allowed", (), USUAL, CONTENT, own=own)
    assert routine is not None
    assert [45] == [move.hold_s for move in routine.moves]


def test_what_was_too_much_gives_way_to_the_easier_one() -> None:
    own = Own(instead={"double_knee_to_chest": "walk"})
    sequence = sequence_for(facts(), "allowed", (), USUAL, CONTENT, own=own)
    assert sequence is not None
    assert "double_knee_to_chest" not in names(sequence)
    assert "walk" == names(sequence)[-1]


def test_where_the_easier_one_is_in_the_plan_already_it_is_half_as_much() -> None:
    own = Own(instead={"knee_rolls": "pelvic_tilt"})
    sequence = sequence_for(facts(), "allowed", (), USUAL, CONTENT, own=own)
    assert sequence is not None
    assert {"knee_rolls": 3} == {m.exercise: m.reps for m in sequence.moves if "roll" in m.exercise}


def test_a_plan_that_can_only_be_shortened_is_not_added_to() -> None:
    own = Own(instead={"prone_lying": "standing_extension", "pelvic_tilt": "seated_arch"})
    told = facts(radiation="below_knee")
    sequence = sequence_for(told, "allowed", (), USUAL, CONTENT, own=own)
    plain = sequence_for(told, "allowed", (), USUAL, CONTENT)
    assert plain is not None
    assert sequence is not None
    assert names(plain) == names(sequence)


def test_a_harder_move_waits_while_doses_may_not_grow() -> None:
    own = Own(instead={"pelvic_tilt": "bridge"})
    gentle = sequence_for(facts(), "gentle", (), USUAL, CONTENT, own=own)
    allowed = sequence_for(facts(), "allowed", (), USUAL, CONTENT, own=own)
    assert gentle is not None
    assert allowed is not None
    assert (False, True) == ("bridge" in names(gentle), "bridge" in names(allowed))


def test_the_side_that_had_less_begins_and_both_get_the_same() -> None:
    own = Own(begin_right=("standing_lunge", "pelvic_tilt"))
    sequence = sequence_for(facts(), "allowed", (), USUAL, CONTENT, own=own)
    plain = sequence_for(facts(), "allowed", (), USUAL, CONTENT)
    assert sequence is not None
    assert plain is not None
    assert {"standing_lunge"} == {m.exercise for m in sequence.moves if m.first == "right"}
    assert plain.seconds == sequence.seconds


@given(OWNS, BLOCKS)
def test_a_block_after_pain_outlasts_any_wish(own: Own, blocks: tuple[Left, ...]) -> None:
    assume(own.routine)
    blocked = (*blocks, left("exercise", own.routine[0]))
    told = {**facts(PRACTISED), "stretch": "allowed"}
    routine = routine_for(told, "allowed", blocked, USUAL, CONTENT, own=own)
    assert routine is None or own.routine[0] not in names(routine)
    assert blocked[-1].at == AT


def test_begun_on_the_right_both_sides_get_their_time() -> None:
    player = Player(knee(hold_s=20, reps=1).model_copy(update={"first": "right"}))
    sides = [player.session.side]
    player.to("active_change")
    sides.append(player.session.side)
    player.to("rating")
    player.tap(Rated(effort="right"))
    assert ["right", "left"] == sides
    done = next(piece.done for piece in player.news if isinstance(piece, Moved))
    assert [Done(exercise="single_knee_to_chest", held_s=(20, 20), first="right",
                 effort="right")] == list(done)  # fmt: skip


def test_a_stop_on_one_side_tells_only_of_that_side() -> None:
    player = Player(knee(hold_s=20, reps=1))
    player.to("active_hold")
    player.wait(5)
    player.tap(Hurts())
    done = next(piece.done for piece in player.news if isinstance(piece, Moved))
    assert [((5, 0), "left")] == [(one.held_s, one.first) for one in done]


def test_what_cannot_be_done_counts_as_too_much_and_not_today_as_nothing() -> None:
    for why, effort in (("cannot", "much"), ("today", None)):
        player = Player(tilt())
        player.tap(Skip())
        player.tap(Skipped.model_validate({"why": why}))
        done = next(piece.done for piece in player.news if isinstance(piece, Moved))
        assert [effort] == [one.effort for one in done]
