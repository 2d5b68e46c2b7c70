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
from flows.base import Frozen, Left, Own, Settings, Side
from flows.session.doses import (
    Amount,
    Wanted,
    amount_for,
    dose_for,
    is_quick,
    seconds_of,
)
from flows.session.order import arranged, grouped, shortened
from flows.session.own import ROUTINE, as_program, fitting, may_have_routine, suited
from flows.session.swaps import Out, Planned, cautions_for, out_for, resolve, settle

ROUTINE_REASON = "own"  # choice.own


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
    first: Side = "left"  # where it has sides


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
    kept_short: bool = False  # the whole would be longer, but not on a day like this


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
    own: Own | None = None,
) -> Sequence | None:
    """Today's sequence, whole or of so many minutes; None when blocked or nothing is left.

    `eased` are exercises to be held for a share of their time, once, after a cramp.
    """
    chosen = program_for(facts, stretch, catalogue)
    if chosen is None:
        return None
    out = out_for(facts, left_out, catalogue)
    wish = catalogue.programs[chosen.program]  # what the replacing program must not loosen
    program, items = settle(wish, out, catalogue)
    if own is not None:
        free = stretch == "allowed" and not (wish.shorten_only or program.shorten_only)
        grows = free and chosen.progress and amount_for(facts, catalogue) == "whole"
        items = suited(items, out, own, catalogue, may_swap=free, may_grow=grows)
    if not items:
        return None
    steps = int(facts["progress_steps"]) if chosen.progress else 0
    wanted = _wanted(facts, items, out, settings, catalogue, steps=steps, eased=eased)
    doses = [dose_for(item.dose, wanted, catalogue) for item in items]
    whole_s = sum(seconds_of(dose, settings, catalogue) for dose in doses)
    most = most_minutes(facts, catalogue)
    kept_short = minutes is None and most is not None and whole_s > most * 60
    if most is not None:
        minutes = min(minutes or most, most)
    if minutes is not None and minutes * 60 < whole_s:
        doses = shortened(doses, minutes * 60, wanted, out, settings, catalogue)
    moves = tuple(
        _step(dose, out, settings, catalogue, own)
        for dose in (doses if wish.keeps_order else grouped(doses, catalogue))
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
        kept_short=kept_short,
    )


def most_minutes(facts: Mapping[str, Value], catalogue: Catalogue) -> int | None:
    """Tell how long a plan may be on a day of strong pain; None: as long as it is."""
    timing = catalogue.timing
    return timing.short_most_min if catalogue.holds(timing.short_when, facts) else None


def routine_for(
    facts: Mapping[str, Value],
    stretch: Stretch,
    left_out: Collection[Left],
    settings: Settings,
    catalogue: Catalogue,
    *,
    own: Own,
    minutes: int | None = None,
    eased: Mapping[str, float] | None = None,
) -> Sequence | None:
    """Make the user's own list as it may be done today; None while the plan leaves no room."""
    program = as_program(own, catalogue)
    chosen = program_for(facts, stretch, catalogue) if program else None
    if chosen is None or program is None:
        return None
    today, known = catalogue.programs[chosen.program], {**facts, "stretch": stretch}
    out = out_for(facts, left_out, catalogue)
    items = fitting(resolve(program, out, catalogue), catalogue)
    if not items or not may_have_routine(today, known, catalogue):
        return None
    wanted = _wanted(facts, items, out, settings, catalogue, eased=eased)
    doses = list(arranged((dose_for(item.dose, wanted, catalogue) for item in items), catalogue))
    most, listed = most_minutes(facts, catalogue), len(doses)
    least = min((each for each in (most, minutes) if each is not None), default=None)
    if least is not None:
        doses = shortened(doses, least * 60, wanted, out, settings, catalogue)
    moves = tuple(_step(dose, out, settings, catalogue, own) for dose in doses)
    return Sequence(
        program=ROUTINE,
        reason=ROUTINE_REASON,
        moves=moves,
        seconds=sum(move.seconds for move in moves),
        amount=wanted.amount,
        swapped=_swapped(program, items),
        needs_extension_check=_bends_back(moves, catalogue)
        and catalogue.holds(catalogue.resolution.check_due, facts),
        hands_free=today.hands_free,
        leg_question=any(row.leg_question for row in out.rows),
        shorten_only=False,
        kept_short=minutes is None and len(doses) < listed,
    )


def _wanted(
    facts: Mapping[str, Value],
    items: tuple[Planned, ...],
    out: Out,
    settings: Settings,
    catalogue: Catalogue,
    *,
    steps: int = 0,
    eased: Mapping[str, float] | None = None,
) -> Wanted:
    walk_every = catalogue.progress.walk_every_days
    return Wanted(
        amount=amount_for(facts, catalogue),
        steps=steps,
        walk_steps=min(steps, int(facts["days_since_first"]) // walk_every),
        speed_percent=settings.speed_percent,
        strength_hold_at_most_s=_strength_hold(out),
        eased=eased or {},
        halved=frozenset(item.dose.ex for item in items if item.half),
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


def _step(dose: Dose, out: Out, settings: Settings, catalogue: Catalogue, own: Own | None) -> Step:
    right = own is not None and dose.sides == "both" and dose.ex in own.begin_right
    return Step(
        exercise=dose.ex,
        **dose.model_dump(exclude={"ex"}),
        cautions=cautions_for(dose.ex, out.rows),
        quick=is_quick(dose, catalogue),
        seconds=seconds_of(dose, settings, catalogue),
        first="right" if right else "left",
    )


def _swapped(program: Program, items: tuple[Planned, ...]) -> tuple[Swap, ...]:
    stays = {item.dose.ex for item in items if item.instead_of is None}
    into = {item.instead_of: item.dose.ex for item in items if item.instead_of}
    return tuple(
        Swap(out=item.ex, into=into.get(item.ex)) for item in program.items if item.ex not in stays
    )


def _bends_back(moves: tuple[Step, ...], catalogue: Catalogue) -> bool:
    return any(move.exercise in catalogue.resolution.extension for move in moves)
