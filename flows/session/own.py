"""The user's own part in a plan: moves changed by how they were felt, and a list of their own.

Both stand behind what is barred: nothing here brings back what a condition or a block has out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from content.catalogue import Catalogue
from content.schema import Dose, Program, Value
from flows.base import Own
from flows.progress.moves import HALF_OF_IT, NONE_OF_IT
from flows.session.doses import limit_for, limited
from flows.session.order import arranged
from flows.session.swaps import Out, Planned

ROUTINE = "routine"


def suited(
    items: tuple[Planned, ...], out: Out, own: Own, catalogue: Catalogue, *, may_swap: bool,
    may_grow: bool,
) -> tuple[Planned, ...]:  # fmt: skip
    """Put in what suits better.

    Another exercise only where one may be added, a harder one only where doses may grow; where an
    easier one cannot be done, half of the move.  A plan never loses its last move so.
    """
    taken = {item.dose.ex for item in items}
    suited: list[Planned] = []
    for item in items:
        exercise = item.dose.ex
        other = own.instead.get(exercise)
        if other is None:
            suited.append(item)
        elif other == NONE_OF_IT:
            continue
        elif other == HALF_OF_IT:
            suited.append(item.model_copy(update={"half": True}))
        elif may_swap and _is_free(other, taken, out, catalogue) and (
            may_grow or not is_harder(exercise, other, catalogue)
        ):  # fmt: skip
            taken.add(other)
            instead_of = item.instead_of or exercise
            suited.append(Planned(dose=catalogue.exercises[other].dose, instead_of=instead_of))
        else:
            half = not is_harder(exercise, other, catalogue)
            suited.append(item.model_copy(update={"half": half}))
    return tuple(suited) or items


def is_harder(exercise: str, other: str, catalogue: Catalogue) -> bool:
    return catalogue.exercises[exercise].progression == other


def as_program(own: Own, catalogue: Catalogue) -> Program | None:
    """Write the list down as a program, each move at its own dose and the user's time."""
    items = [own_dose(ex, own, catalogue) for ex in own.routine if ex in catalogue.exercises]
    if not items:
        return None
    rules = catalogue.own
    ordered = arranged(items[: rules.most_moves], catalogue)
    return Program(
        id=ROUTINE, total_min=rules.most_min, items=ordered, keeps_order=True, src=rules.src
    )


def own_dose(exercise: str, own: Own, catalogue: Catalogue) -> Dose:
    dose = catalogue.exercises[exercise].dose
    hold_s = own.hold_s.get(exercise, dose.hold_s)
    return limited(dose.model_copy(update={"hold_s": hold_s}), catalogue)


def fitting(items: Iterable[Planned], catalogue: Catalogue) -> tuple[Planned, ...]:
    """Drop what stands apart from something before it: a stand-in may bring a pair together."""
    kept: list[Planned] = []
    for item in items:
        if not stands_apart(item.dose.ex, [other.dose.ex for other in kept], catalogue):
            kept.append(item)
    return tuple(kept)


def stands_apart(exercise: str, others: Collection[str], catalogue: Catalogue) -> str | None:
    """Name what an exercise must not be done with, among these."""
    pairs = [set(pair.exercises) for pair in catalogue.own.apart]
    return next((other for other in others if {exercise, other} in pairs), None)


def may_have_routine(program: Program, facts: Mapping[str, Value], catalogue: Catalogue) -> bool:
    """Whether today's plan leaves room for an own list (10.4)."""
    free = not program.shorten_only and program.id not in catalogue.own.unless
    return free and facts["stretch"] == "allowed"


def strides_of(exercise: str, catalogue: Catalogue) -> int:
    """Say by how many seconds the hold of an exercise is set."""
    most_s = limit_for(exercise, catalogue).hold_s[1]
    strides = catalogue.own.strides
    return next((each.step_s for each in strides if most_s <= each.most_s), strides[-1].step_s)


def _is_free(exercise: str, taken: Collection[str], out: Out, catalogue: Catalogue) -> bool:
    known = exercise in catalogue.exercises
    return known and exercise not in taken and exercise not in out.exercises
