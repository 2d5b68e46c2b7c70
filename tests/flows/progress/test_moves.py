"""What sessions come to for single moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.base import Done, Effort, Own
from flows.progress.moves import HALF_OF_IT, NONE_OF_IT, borne, harder, kept, raised, too_easy
from tests.flows.session.player import content

LUNGE, ROLLS = "standing_lunge", "knee_rolls"


def done(exercise: str = ROLLS, effort: Effort | None = None, **fields: object) -> Done:
    told = {"exercise": exercise, "held_s": (0, 0), "effort": effort, **fields}
    return Done.model_validate(told)


def after(*efforts: Effort | None, own: Own | None = None, exercise: str = ROLLS) -> Own:
    return borne(own or Own(), (done(exercise, effort) for effort in efforts), content())


def test_twice_too_much_running_names_the_easier_neighbour() -> None:
    once, twice = after("much"), after("much", "much")
    assert ({}, {ROLLS: "seated_rotation"}) == (once.instead, twice.instead)
    assert ((ROLLS,), {}) == (twice.untold, twice.felt)


@pytest.mark.parametrize("efforts", [
    ("much", "right", "much"), ("much", "easy", "much"), ("much",), ("right", "right"),
    ("much", None),
])  # fmt: skip
def test_what_is_not_too_much_twice_running_changes_nothing(efforts: tuple[Effort, ...]) -> None:
    assert {} == after(*efforts).instead


def test_without_an_easier_neighbour_it_is_half_and_then_none_of_it() -> None:
    half = after("much", "much", exercise="rest_90_90")
    none = after("much", "much", own=half, exercise="rest_90_90")
    assert {"rest_90_90": HALF_OF_IT} == half.instead
    assert {"rest_90_90": NONE_OF_IT} == none.instead


def test_twice_too_easy_is_offered_and_not_taken() -> None:
    own = after("easy", "easy")
    assert ({}, (ROLLS,)) == (own.instead, too_easy(own, content()))
    assert "figure_four_supine" == harder(own, ROLLS, content())
    assert {ROLLS: "figure_four_supine"} == raised(own, ROLLS, content()).instead


def test_a_step_up_that_is_too_much_is_taken_back() -> None:
    own = raised(after("easy", "easy"), ROLLS, content())
    assert {} == after("much", "much", own=own, exercise="figure_four_supine").instead


def test_an_easier_move_that_is_too_easy_leads_back_to_the_one_it_stands_for() -> None:
    own = after("easy", "easy", own=after("much", "much"), exercise="seated_rotation")
    assert ROLLS == harder(own, "seated_rotation", content())
    assert {} == raised(own, "seated_rotation", content()).instead


def test_a_change_is_taken_back_whole() -> None:
    own = kept(after("much", "much"), ROLLS)
    assert Own() == own


def test_the_side_that_had_less_is_remembered_until_it_had_its_time() -> None:
    left_only = borne(Own(), [done(LUNGE, held_s=(20, 5), first="left")], content())
    made_up = borne(left_only, [done(LUNGE, held_s=(20, 20), first="right")], content())
    assert ((LUNGE,), ()) == (left_only.begin_right, made_up.begin_right)


def test_begun_on_the_right_and_broken_off_the_left_has_less() -> None:
    own = Own(begin_right=(LUNGE,))
    assert () == borne(own, [done(LUNGE, held_s=(20, 0), first="right")], content()).begin_right


def test_a_move_without_sides_and_one_that_was_skipped_say_nothing_of_sides() -> None:
    own = Own(begin_right=(LUNGE,))
    told = [done("walk", held_s=(60, 0)), done(LUNGE, held_s=(0, 0), first="left")]
    assert own.begin_right == borne(own, told, content()).begin_right


EFFORTS = st.sampled_from(["easy", "right", "much", None])
MOVES = st.sampled_from(sorted(content().exercises))


@given(st.lists(st.tuples(MOVES, EFFORTS), max_size=40))
def test_whatever_is_felt_every_change_can_be_taken_back(
    told: list[tuple[str, Effort | None]],
) -> None:
    own = borne(Own(), (done(name, effort) for name, effort in told), content())
    assert all(abs(times) < 3 or times > 0 for times in own.felt.values())
    for name in own.instead:
        own = kept(own, name)
    assert ({}, ()) == (own.instead, own.untold)
