"""The contraindications hold, however many meet in one person."""

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.load import load
from content.schema import Condition, Program
from flows.session.swaps import Out, resolve, settle

CONTENT = load()
MATRIX = (Path(__file__).parent / "matrix.txt").read_text("utf-8").splitlines()
COLUMNS = " ".join(line.strip("# ") for line in MATRIX[2:5]).removeprefix("columns: ").split()
TABLE = {row.split()[0]: row.split()[1:] for row in MATRIX[5:]}
ROWS = tuple(row for row in CONTENT.conditions if row.never != "all" and not row.per_exercise)
MEETINGS = tuple(rows for count in range(4) for rows in combinations(ROWS, count))
PROGRAMS = st.sampled_from(sorted(CONTENT.programs))
EXERCISES = st.sampled_from(sorted(CONTENT.exercises))


def out(rows: tuple[Condition, ...], blocked: frozenset[str] = frozenset()) -> Out:
    never = {exercise for row in rows for exercise in row.never}
    return Out(rows=rows, exercises=blocked | never)


def marks(row: Condition) -> list[str]:
    if row.never == "all":
        return ["X"] * len(COLUMNS)
    return ["X" if ex in row.never else "C" if ex in row.caution else "." for ex in COLUMNS]


def test_the_table_of_conditions_is_that_of_the_specification() -> None:
    assert {row.id: marks(row) for row in CONTENT.conditions} == TABLE


def test_the_columns_of_the_table_are_the_library() -> None:
    assert list(CONTENT.exercises) == COLUMNS


@pytest.mark.parametrize("name", COLUMNS)
def test_an_exercise_names_the_conditions_that_name_it(name: str) -> None:
    exercise = CONTENT.exercises[name]
    index = COLUMNS.index(name)
    assert {row for row, cells in TABLE.items() if cells[index] == "X"} == set(
        exercise.contraindicated_by
    )
    assert {row for row, cells in TABLE.items() if cells[index] == "C"} == set(exercise.caution_by)


@pytest.mark.parametrize("row", CONTENT.conditions, ids=lambda row: row.id)
def test_only_what_is_barred_is_replaced_and_not_by_what_is_barred(row: Condition) -> None:
    assert set(row.never) >= set(row.replace)
    assert set() == set(row.replace.values()) & set(row.never)


@pytest.mark.parametrize("program", CONTENT.programs.values(), ids=lambda program: program.id)
def test_no_barred_exercise_survives_and_three_remain_with_up_to_three_conditions(
    program: Program,
) -> None:
    for rows in MEETINGS:
        barred = out(rows)
        _, items = settle(program, barred, CONTENT)
        names = [item.dose.ex for item in items]
        assert barred.exercises.isdisjoint(names), [row.id for row in rows]
        assert len(set(names)) == len(names), [row.id for row in rows]
        assert CONTENT.resolution.least_items <= len(names), [row.id for row in rows]


@given(PROGRAMS, st.sets(st.sampled_from([row.id for row in ROWS])), st.frozensets(EXERCISES))
def test_nothing_barred_or_blocked_or_doubled_survives_any_meeting(
    name: str, rows: set[str], blocked: frozenset[str]
) -> None:
    barred = out(tuple(row for row in ROWS if row.id in rows), blocked)
    _, items = settle(CONTENT.programs[name], barred, CONTENT)
    names = [item.dose.ex for item in items]
    assert barred.exercises.isdisjoint(names)
    assert len(set(names)) == len(names)


def test_everything_blocked_leaves_nothing() -> None:
    barred = Out(rows=(), exercises=frozenset(CONTENT.exercises))
    for program in CONTENT.programs.values():
        assert () == settle(program, barred, CONTENT)[1]


def by_id(name: str) -> Condition:
    return next(row for row in CONTENT.conditions if row.id == name)


def test_a_replacement_that_is_barred_is_replaced_in_its_turn() -> None:
    # wrist: press_up -> prone_on_elbows; after belly surgery: prone_on_elbows -> prone_lying,
    # which the straightening plan has already, so nothing stands twice
    rows = (by_id("caesarean_or_belly_surgery_6_to_12_weeks"), by_id("wrist_problem"))
    items = resolve(CONTENT.programs["extension_bias"], out(rows), CONTENT)
    assert ["prone_lying", "standing_extension", "standing_lunge", "walk"] == [
        item.dose.ex for item in items
    ]


def test_a_replacement_has_its_own_dosage() -> None:
    items = resolve(
        CONTENT.programs["mixed"], out((by_id("knee_problem_or_replacement"),)), CONTENT
    )
    swapped = {item.instead_of: item.dose for item in items if item.instead_of}
    assert {"childs_pose": CONTENT.exercises["seated_forward_fold"].dose} == swapped


def test_after_two_hops_the_last_resorts_come_in_order() -> None:
    rows = (by_id("extension_aggravated"), by_id("bone_weak"), by_id("hip_replacement"))
    blocked = frozenset({"single_knee_to_chest"})
    items = resolve(CONTENT.programs["extension_bias"], out(rows, blocked), CONTENT)
    assert "pelvic_tilt" in [item.dose.ex for item in items]


def test_too_little_left_gives_the_chair_plan() -> None:
    program = CONTENT.programs["leg_calm"]
    blocked = frozenset({"rest_90_90", "prone_lying", "prone_on_elbows"})
    instead, items = settle(program, out((), blocked), CONTENT)
    assert CONTENT.resolution.instead == instead.id
    assert CONTENT.programs["chair"].items == tuple(item.dose for item in items)
