"""Today's sequence for one person: which program, what of it, how much, how long.

Pure and deterministic: the same facts, blocks and settings make the same sequence.  Facts come
complete, with the program's own facts and the fired rules of the last advice as flags; blocks
come as those in force now.  A sequence is kept whole in the snapshot, so a running session does
not change with a release of content.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import ceil

from content.catalogue import Catalogue
from content.schema import Dose, Program, Sides, Stretch, Value
from flows.base import Frozen, Left, Settings
from flows.session.doses import (
    Amount,
    Wanted,
    amount_for,
    dose_for,
    is_quick,
    limit_for,
    seconds_of,
)
from flows.session.swaps import Out, Planned, cautions_for, out_for, settle


class Chosen(Frozen):
    """Which program, why (`choice.<reason>`), and whether its doses may grow."""

    program: str
    reason: str
    progress: bool


class Step(Frozen):
    """One exercise of a sequence; `cautions` are keys of words, `quick` repeats share a bell."""

    exercise: str
    hold_s: int
    reps: int
    sets: int
    rest_s: int
    sides: Sides
    cautions: tuple[str, ...]
    quick: bool
    seconds: int


class Swap(Frozen):
    out: str
    into: str | None  # None: left out


class Sequence(Frozen):
    """The whole plan of one session."""

    program: str
    reason: str
    moves: tuple[Step, ...]
    seconds: int
    amount: Amount
    swapped: tuple[Swap, ...]
    needs_extension_check: bool
    hands_free: bool
    leg_question: bool
    shorten_only: bool


def program_for(
    facts: Mapping[str, Value], stretch: Stretch, catalogue: Catalogue
) -> Chosen | None:
    """Take the first line of the choice that holds; None while stretching is blocked."""
    if stretch == "blocked":
        return None
    known = {**facts, "stretch": stretch}
    line = next(line for line in catalogue.choices if catalogue.holds(line.cond, known))
    progress = line.progress is not None and catalogue.holds(line.progress, known)
    return Chosen(program=line.program, reason=line.reason, progress=progress)


def sequence_for(
    facts: Mapping[str, Value],
    stretch: Stretch,
    left_out: Collection[Left],
    settings: Settings,
    catalogue: Catalogue,
    *,
    minutes: int | None = None,
    eased: Mapping[str, float] | None = None,
) -> Sequence | None:
    """Today's sequence, whole or of so many minutes; None when blocked or nothing is left.

    `eased` are exercises to be held for a share of their time, once, after a cramp.
    """
    chosen = program_for(facts, stretch, catalogue)
    if chosen is None:
        return None
    out = out_for(facts, left_out, catalogue)
    program, items = settle(catalogue.programs[chosen.program], out, catalogue)
    if not items:
        return None
    steps = int(facts["progress_steps"]) if chosen.progress else 0
    wanted = Wanted(
        amount=amount_for(facts, catalogue),
        steps=steps,
        walk_steps=min(steps, int(facts["days_since_first"]) // catalogue.progress.walk_every_days),
        speed_percent=settings.speed_percent,
        strength_hold_at_most_s=_strength_hold(out),
        eased=eased or {},
    )
    doses = [dose_for(item.dose, wanted, catalogue) for item in items]
    if minutes is not None:
        doses = _shortened(doses, minutes * 60, wanted, out, settings, catalogue)
    wish = catalogue.programs[chosen.program]  # what the replacing program must not loosen
    moves = tuple(
        _step(dose, out, settings, catalogue)
        for dose in (doses if wish.keeps_order else _grouped(doses, catalogue))
    )
    return Sequence(
        program=program.id,
        reason=chosen.reason,
        moves=moves,
        seconds=sum(move.seconds for move in moves),
        amount=wanted.amount,
        swapped=_swapped(wish if program is wish else program, items),
        needs_extension_check=_bends_back(moves, catalogue)
        and catalogue.holds(catalogue.resolution.check_due, facts),
        hands_free=wish.hands_free and program.hands_free,
        leg_question=wish.leg_question or any(row.leg_question for row in out.rows),
        shorten_only=wish.shorten_only or program.shorten_only,
    )


def minutes(sequence: Sequence) -> int:
    """Tell what the start button says."""
    return ceil(sequence.seconds / 60)


def shorter(sequence: Sequence, catalogue: Catalogue) -> tuple[int, ...]:
    """List the short versions to offer beside it, in minutes."""
    return tuple(m for m in catalogue.timing.short_min if m < minutes(sequence))


def needs(sequence: Sequence, catalogue: Catalogue) -> tuple[str, ...]:
    """List what must be at hand, as ids of equipment, in the order of use."""
    items = (item for m in sequence.moves for item in catalogue.exercises[m.exercise].equipment)
    return tuple(dict.fromkeys(items))


def _strength_hold(out: Out) -> int | None:
    caps = (row.strength_hold_at_most_s for row in out.rows)
    return min((cap for cap in caps if cap is not None), default=None)


def _shortened(
    doses: list[Dose],
    most_s: int,
    wanted: Wanted,
    out: Out,
    settings: Settings,
    catalogue: Catalogue,
) -> list[Dose]:
    """As many in the listed order as fit; where the first does not, one that always does."""
    kept: list[Dose] = []
    spare_s = most_s
    for dose in doses:
        spare_s -= seconds_of(dose, settings, catalogue)
        if spare_s < 0:
            break
        kept.append(dose)
    if kept:
        return kept
    allowed = (ex for ex in catalogue.timing.short_fallback if ex not in out.exercises)
    if (instead := next(allowed, None)) is None:
        return doses[:1]
    dose = dose_for(catalogue.exercises[instead].dose, wanted, catalogue)
    over_s = max(0, seconds_of(dose, settings, catalogue) - most_s)
    if dose.reps > 1 or over_s == 0:
        return [dose]
    least_s = limit_for(instead, catalogue).hold_s[0]  # a long walk becomes a short one
    return [dose.model_copy(update={"hold_s": max(least_s, dose.hold_s - over_s)})]


def _grouped(doses: list[Dose], catalogue: Catalogue) -> list[Dose]:
    """By position, in the order in which positions first come; rest first, walk last."""
    exercise = catalogue.exercises
    seen = list(dict.fromkeys(exercise[dose.ex].position for dose in doses))
    timing = catalogue.timing

    def place(dose: Dose) -> tuple[bool, bool, int]:
        family = exercise[dose.ex].family
        return (
            family == timing.closes,
            family != timing.opens,
            seen.index(exercise[dose.ex].position),
        )

    return sorted(doses, key=place)


def _step(dose: Dose, out: Out, settings: Settings, catalogue: Catalogue) -> Step:
    return Step(
        exercise=dose.ex,
        **dose.model_dump(exclude={"ex"}),
        cautions=cautions_for(dose.ex, out.rows),
        quick=is_quick(dose, catalogue),
        seconds=seconds_of(dose, settings, catalogue),
    )


def _swapped(program: Program, items: tuple[Planned, ...]) -> tuple[Swap, ...]:
    stays = {item.dose.ex for item in items if item.instead_of is None}
    into = {item.instead_of: item.dose.ex for item in items if item.instead_of}
    return tuple(
        Swap(out=item.ex, into=into.get(item.ex)) for item in program.items if item.ex not in stays
    )


def _bends_back(moves: tuple[Step, ...], catalogue: Catalogue) -> bool:
    return any(move.exercise in catalogue.resolution.extension for move in moves)
