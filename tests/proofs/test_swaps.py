"""The truth tables plan as the core does, for any set of conditions and every program."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.proofs.swaps import Table, Tables, at_least, surviving
from content.load import load
from content.schema import Program
from flows.session.swaps import Out, resolve

CONTENT = load()
TABLES = Tables(CONTENT)
SETS = st.integers(0, (1 << len(TABLES.names)) - 1)


PLANS = {program.id: TABLES.plan(program) for program in CONTENT.programs.values()}


@settings(max_examples=300, deadline=None)
@given(number=SETS, name=st.sampled_from(sorted(CONTENT.programs)))
def test_a_table_plans_what_the_core_plans(number: int, name: str) -> None:
    rows = tuple(row for index, row in enumerate(TABLES.rows) if number >> index & 1)
    first = CONTENT.timing.first_session_without if number >> len(TABLES.rows) & 1 else ()
    never = {exercise for row in rows for exercise in row.never}
    out = Out(rows=rows, exercises=frozenset({*never, *first}))
    expected = [item.dose.ex for item in resolve(CONTENT.programs[name], out, CONTENT)]
    in_table = [
        exercise
        for placed in PLANS[name]
        for exercise, sets in placed.items()
        if sets >> number & 1
    ]
    assert expected == in_table


class Careless(Tables):
    """Plans as if nothing were barred."""

    def plan(self, program: Program) -> tuple[dict[str, Table], ...]:
        return tuple({item.ex: self.all} for item in program.items)


def test_a_plan_that_forgets_what_is_barred_is_caught() -> None:
    found = [each.text for each in surviving(Careless(CONTENT))]
    assert any("press_up is barred and done" in text for text in found)


def test_all_rows_that_bar_something_are_thought_of() -> None:
    rows = {row.id for row in CONTENT.conditions if row.never and row.never != "all"}
    assert rows == {row.id for row in TABLES.rows}
    assert 1 << len(TABLES.names) == TABLES.all.bit_length()


def test_at_least_two_of_three_is_a_majority() -> None:
    one, two, three = 0b11110000, 0b11001100, 0b10101010
    assert 0b11101000 == at_least(2, [one, two, three], 0b11111111)
