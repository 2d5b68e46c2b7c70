"""Which exercises are out for one person today, and what stands in for them (clinical 8.1).

Plain functions over facts and content; what is out, and why, is said by conditions.yaml.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from content.catalogue import Catalogue
from content.schema import Condition, Dose, Program, Value
from flows.base import Frozen, Left


class Planned(Frozen):
    """An item of a program as it is for this person: its own, or a stand-in."""

    dose: Dose
    instead_of: str | None = None
    half: bool = False  # it was too much


class Out(Frozen):
    """What is out: the rows that hold, and all that they and the blocks after pain bar."""

    rows: tuple[Condition, ...]
    exercises: frozenset[str]


def out_for(facts: Mapping[str, Value], left_out: Collection[Left], catalogue: Catalogue) -> Out:
    rows = rows_for(facts, catalogue)
    return Out(rows=rows, exercises=barred(facts, left_out, catalogue))


def rows_for(facts: Mapping[str, Value], catalogue: Catalogue) -> tuple[Condition, ...]:
    """Find the rows of contraindications that hold."""
    rules = catalogue.resolution
    gated = catalogue.holds(rules.check_unsure, facts)
    return tuple(
        row
        for row in catalogue.conditions
        if not row.per_exercise
        and (catalogue.holds(row.cond, facts) or (gated and row.id == rules.gate))
    )


def barred(
    facts: Mapping[str, Value], left_out: Collection[Left], catalogue: Catalogue
) -> frozenset[str]:
    """Every exercise that must not be done: the union of all rows and blocks."""
    never = {ex for row in rows_for(facts, catalogue) for ex in _never(row, catalogue)}
    blocked = {ex for block in left_out for ex in _blocked(block, catalogue)}
    unlike = catalogue.timing.first_session_without
    first = unlike if catalogue.holds(catalogue.timing.first, facts) else ()
    return frozenset({*never, *blocked, *first})


def cautions_for(exercise: str, rows: Iterable[Condition]) -> tuple[str, ...]:
    """List the notes to show before the first timer of an exercise, as keys of words."""
    return tuple(f"condition.{row.id}.note" for row in rows if exercise in row.caution)


def resolve(program: Program, out: Out, catalogue: Catalogue) -> tuple[Planned, ...]:
    """List the items of a program with stand-ins for what is out, nothing twice."""
    taken = {item.ex for item in program.items}
    planned: list[Planned] = []
    for item in program.items:
        if item.ex not in out.exercises:
            planned.append(Planned(dose=item))
        elif (other := _stand_in(item.ex, out, catalogue)) and other not in taken:
            taken.add(other)
            dose = catalogue.exercises[other].dose  # its own, not that of what it replaces
            planned.append(Planned(dose=dose, instead_of=item.ex))
    return tuple(planned)


def settle(program: Program, out: Out, catalogue: Catalogue) -> tuple[Program, tuple[Planned, ...]]:
    """Resolve a program, or the one that takes over where too little of it remains."""
    items = resolve(program, out, catalogue)
    if len(items) >= catalogue.resolution.least_items:
        return program, items
    instead = catalogue.programs[catalogue.resolution.instead]
    others = resolve(instead, out, catalogue)
    # blocks after pain may leave either with fewer still: then what is more
    return (instead, others) if len(others) > len(items) else (program, items)


def _stand_in(exercise: str, out: Out, catalogue: Catalogue) -> str | None:
    """Follow `replace` of the rows that bar it, then of those that bar the replacement, ..."""
    barred_here = [exercise]
    for _ in range(catalogue.resolution.hops):
        offers = [row.replace[ex] for ex in barred_here for row in out.rows if ex in row.replace]
        for offer in offers:
            if offer not in out.exercises:
                return offer
        barred_here = offers
    last = (ex for ex in catalogue.resolution.fallback if ex not in out.exercises)
    return next(last, None)


def _never(row: Condition, catalogue: Catalogue) -> Iterable[str]:
    return catalogue.exercises if row.never == "all" else row.never


def _blocked(block: Left, catalogue: Catalogue) -> Iterable[str]:
    match block.what:
        case "exercise":
            return (block.id,)
        case "family":
            return tuple(ex.id for ex in catalogue.exercises.values() if ex.family == block.id)
        case "head_down":
            return catalogue.resolution.head_down
        case "all":
            return catalogue.exercises
        case "session":
            return ()
