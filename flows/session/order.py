"""Which moves of a plan come first, and which of them fit into a short session (10.4)."""

from __future__ import annotations

from collections.abc import Iterable

from content.catalogue import Catalogue
from content.schema import Dose
from flows.base import Settings
from flows.session.doses import Wanted, dose_for, limit_for, seconds_of
from flows.session.swaps import Out


def shortened(
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


def grouped(doses: list[Dose], catalogue: Catalogue) -> list[Dose]:
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


def arranged(doses: Iterable[Dose], catalogue: Catalogue) -> tuple[Dose, ...]:
    """Keep the user's order, but rest first and a walk last."""
    timing = catalogue.timing

    def place(dose: Dose) -> tuple[bool, bool]:
        family = catalogue.exercises[dose.ex].family
        return family == timing.closes, family != timing.opens

    return tuple(sorted(doses, key=place))
