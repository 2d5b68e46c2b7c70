"""How much of an exercise, and how long it takes: arithmetic over content's limits (10.3, 10.4).

Every change of a dose stays inside the limits that content sets for its exercise.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Literal

from content.catalogue import Catalogue
from content.schema import Dose, Limit, Value
from flows.base import Frozen, Settings

Amount = Literal["whole", "first", "flare"]  # all of the dose, half for the first time, half after


class Wanted(Frozen):
    """What changes the doses of one session."""

    amount: Amount = "whole"
    steps: int = 0  # of progress
    walk_steps: int = 0  # of walking, which grows by its own time
    speed_percent: int = 100
    strength_hold_at_most_s: int | None = None
    eased: Mapping[str, float] = {}  # share of the hold, for single exercises
    halved: frozenset[str] = frozenset()  # half of them, where all is not halved already


def amount_for(facts: Mapping[str, Value], catalogue: Catalogue) -> Amount:
    if catalogue.holds(catalogue.timing.first, facts):
        return "first"
    return "flare" if catalogue.holds(catalogue.timing.half_dose, facts) else "whole"


def dose_for(dose: Dose, wanted: Wanted, catalogue: Catalogue) -> Dose:
    """One dose as it is done today."""
    grown = _grown(dose, wanted, catalogue)
    halved = wanted.amount == "whole" and dose.ex in wanted.halved
    shared = _shared(grown, "flare" if halved else wanted.amount, catalogue)
    hold_s = shared.hold_s * wanted.eased.get(dose.ex, 1.0) * 100 / wanted.speed_percent
    rest_s = max(
        min(shared.rest_s, catalogue.timing.rest_at_least_s),
        round(shared.rest_s * 100 / wanted.speed_percent),
    )
    changed = shared.model_copy(update={"hold_s": round(hold_s), "rest_s": rest_s})
    return _gentled(limited(changed, catalogue), wanted.strength_hold_at_most_s, catalogue)


def limited(dose: Dose, catalogue: Catalogue) -> Dose:
    """Change a dose to the nearest that content allows."""
    limit = limit_for(dose.ex, catalogue)
    return dose.model_copy(
        update={
            "hold_s": _within(dose.hold_s, limit.hold_s),
            "reps": _within(dose.reps, limit.reps),
            "sets": _within(dose.sets, limit.sets),
        }
    )


def limit_for(exercise: str, catalogue: Catalogue) -> Limit:
    return next(limit for limit in catalogue.limits if exercise in limit.exercises)


def seconds_of(dose: Dose, settings: Settings, catalogue: Catalogue) -> int:
    """Reckon by the timing formula, with this user's lead-in."""
    timing = catalogue.timing
    sides = 2 if dose.sides == "both" else 1
    block = dose.reps * (dose.hold_s + move_s(dose, catalogue)) * sides + dose.rest_s
    change = timing.change_s if dose.sides == "both" else 0
    return dose.sets * block + change + timing.get_ready_s - timing.lead_in_s + lead_in_s(settings)


def move_s(dose: Dose, catalogue: Catalogue) -> int:
    """To get in and out of the position, once for each repeat."""
    timing = catalogue.timing
    if catalogue.exercises[dose.ex].family == "strength":
        return timing.move_strength_s
    return timing.move_quick_s if is_quick(dose, catalogue) else timing.move_other_s


def is_quick(dose: Dose, catalogue: Catalogue) -> bool:
    return dose.hold_s < catalogue.timing.quick_below_s


def lead_in_s(settings: Settings) -> int:
    return settings.lead_in_s * 2 if settings.helper else settings.lead_in_s


def _grown(dose: Dose, wanted: Wanted, catalogue: Catalogue) -> Dose:
    """More repeats where holds are short, else longer holds; never less than the dose itself."""
    growth, steps = catalogue.progress, wanted.steps
    if steps <= 0:
        return dose
    if catalogue.exercises[dose.ex].family == catalogue.timing.closes:
        hold_s = min(dose.hold_s + wanted.walk_steps * growth.walk_add_s, growth.walk_most_s)
        return dose.model_copy(update={"hold_s": max(dose.hold_s, hold_s)})
    if is_quick(dose, catalogue):
        reps = min(dose.reps + steps * growth.add_reps, growth.most_reps)
        return dose.model_copy(update={"reps": max(dose.reps, reps)})
    hold_s = min(dose.hold_s + steps * growth.add_hold_s, growth.most_hold_s)
    return dose.model_copy(update={"hold_s": max(dose.hold_s, hold_s)})


def _shared(dose: Dose, amount: Amount, catalogue: Catalogue) -> Dose:
    timing = catalogue.timing
    match amount:
        case "whole":
            return dose
        case "first":
            return dose.model_copy(update={"reps": ceil(dose.reps * timing.first_session_dose)})
        case "flare" if dose.reps > 1:
            return dose.model_copy(update={"reps": ceil(dose.reps * timing.flare_dose)})
        case "flare":  # one long hold: half of it
            return dose.model_copy(update={"hold_s": ceil(dose.hold_s * timing.flare_dose)})


def _gentled(dose: Dose, most_s: int | None, catalogue: Catalogue) -> Dose:
    if most_s is None or catalogue.exercises[dose.ex].family != "strength":
        return dose
    return dose.model_copy(update={"hold_s": min(dose.hold_s, most_s)})


def _within(number: int, ends: tuple[int, int] | None) -> int:
    return number if ends is None else max(ends[0], min(number, ends[1]))
