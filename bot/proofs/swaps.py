"""No barred exercise survives, and enough remains, whatever conditions meet in one person.

All sets of conditions at once: a truth table over n rows is one whole number of 2^n bits, one bit
for each set, so `&` and `|` judge a million people in a few microseconds.  What
`flows.session.swaps` does for one person is done here for all of them, from the same content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.proofs.property import Counterexample
from content.catalogue import Catalogue
from content.schema import Condition, Program

Table = int  # a bit for each set of conditions: whether something is so in that set
FIRST = "a first session"


@dataclass(frozen=True)
class Tables:
    """Which sets bar what; the last column is the first session, which leaves out some as well."""

    catalogue: Catalogue

    @cached_property
    def rows(self) -> tuple[Condition, ...]:
        """List the rows that bar something, but for those that leave nothing to be planned."""
        return tuple(r for r in self.catalogue.conditions if r.never and r.never != "all")

    @cached_property
    def names(self) -> tuple[str, ...]:
        return (*(row.id for row in self.rows), FIRST)

    @cached_property
    def all(self) -> Table:
        return (1 << (1 << len(self.names))) - 1

    @cached_property
    def holds(self) -> tuple[Table, ...]:
        """For each row the sets that it is in: the columns of a truth table."""
        return tuple(_column(index, len(self.names)) for index in range(len(self.names)))

    @cached_property
    def barred(self) -> Mapping[str, Table]:
        first = self.catalogue.timing.first_session_without
        barred = dict.fromkeys(self.catalogue.exercises, 0)
        for row, holds in zip(self.rows, self.holds, strict=False):
            for exercise in row.never:
                barred[exercise] |= holds
        for exercise in first:
            barred[exercise] |= self.holds[-1]
        return barred

    def stand_ins(self, exercise: str) -> Iterator[tuple[Table, str]]:
        """List what may stand in for an exercise, in the order in which it is tried (8.1)."""
        hop = [(self.all, exercise)]
        for _ in range(self.catalogue.resolution.hops):
            hop = [
                (sets & holds, row.replace[barred])
                for sets, barred in hop
                for row, holds in zip(self.rows, self.holds, strict=False)
                if barred in row.replace
            ]
            yield from hop
        yield from ((self.all, last) for last in self.catalogue.resolution.fallback)

    def plan(self, program: Program) -> tuple[Mapping[str, Table], ...]:
        """Tell for every item what is done in its place, and in which sets; nothing twice."""
        taken = {item.ex: self.all for item in program.items}
        return tuple(self._place(item.ex, taken) for item in program.items)

    def _place(self, exercise: str, taken: dict[str, Table]) -> Mapping[str, Table]:
        waiting = self.barred[exercise]
        placed = {exercise: self.all & ~waiting}
        chosen: dict[str, Table] = {}
        for sets, other in self.stand_ins(exercise):
            fits = waiting & sets & ~self.barred[other]
            chosen[other] = chosen.get(other, 0) | fits
            waiting &= ~fits
        for other, sets in chosen.items():
            free = sets & ~taken.get(other, 0)  # one that is there already leaves a gap
            placed[other] = placed.get(other, 0) | free
            taken[other] = taken.get(other, 0) | free
        return placed


def surviving(tables: Tables) -> Iterator[Counterexample]:
    """Find programs in which a barred exercise is left."""
    for program in tables.catalogue.programs.values():
        for placed in tables.plan(program):
            for exercise, sets in placed.items():
                if wrong := sets & tables.barred[exercise]:
                    yield _told(program, wrong, tables, f"{exercise} is barred and done")


def too_few(tables: Tables) -> Iterator[Counterexample]:
    """Find sets that leave too little of a program, and of the one that takes over, too."""
    catalogue = tables.catalogue
    least = catalogue.resolution.least_items
    instead = catalogue.programs[catalogue.resolution.instead]
    rescued = at_least(least, _kept(tables.plan(instead)), tables.all)
    for program in catalogue.programs.values():
        enough = at_least(least, _kept(tables.plan(program)), tables.all) | rescued
        if wrong := tables.all & ~enough:
            yield _told(program, wrong, tables, f"fewer than {least} moves remain")


def disagreeing(catalogue: Catalogue) -> Iterator[Counterexample]:
    """Find rows and exercises that say different things, and stand-ins that their own row bars."""
    for row in catalogue.conditions:
        if row.never == "all":
            continue
        for exercise in catalogue.exercises.values():
            for field, listed, known in (
                ("never", row.never, exercise.contraindicated_by),
                ("caution", row.caution, exercise.caution_by),
            ):
                if (exercise.id in listed) != (row.id in known):
                    yield Counterexample(f"*{row.id}* and *{exercise.id}* differ on `{field}`.\n")
        for barred, other in row.replace.items():
            if barred not in row.never or other in row.never:
                yield Counterexample(f"*{row.id}*: {other} cannot stand in for {barred}.\n")


def _kept(plan: Sequence[Mapping[str, Table]]) -> list[Table]:
    kept = []
    for placed in plan:
        any_of = 0
        for sets in placed.values():
            any_of |= sets
        kept.append(any_of)
    return kept


def at_least(number: int, tables: Sequence[Table], everywhere: Table) -> Table:
    """Tell in which sets at least so many of these hold."""
    reached = [everywhere, *([0] * number)]
    for table in tables:
        for count in range(number, 0, -1):
            reached[count] |= reached[count - 1] & table
    return reached[number]


def _column(index: int, columns: int) -> Table:
    """Make the truth table of one variable: runs of 2^index zeros and ones."""
    run = 1 << index
    period = ((1 << run) - 1) << run
    size = 2 * run
    while size < 1 << columns:
        period |= period << size
        size *= 2
    return period


def _told(program: Program, wrong: Table, tables: Tables, what: str) -> Counterexample:
    """Name the first set of conditions that fails, the one of fewest bits among the lowest."""
    number = (wrong & -wrong).bit_length() - 1
    having = [name for index, name in enumerate(tables.names) if number >> index & 1]
    return Counterexample(f"- {{program: {program.id}, conditions: {having}}}: {what}\n")
