"""What the answers mean: a level of urgency, and what is left of stretching.

Judging is a plain function of facts.  Every number and sentence is content; here stands only how
rules combine (clinical specification 5.1): all fire that hold, the gravest level is the outcome,
the strictest stretch permission holds, and what is unsure is read with care.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from content.catalogue import Catalogue
from content.closures import Test
from content.schema import STRETCHES, Level, Rule, Stretch, Value
from flows.base import Frozen

REASONS_SHOWN = 2
CLEARED = "cleared_by_clinician"

Facts = Mapping[str, Value]


class Advice(Frozen):
    """The outcome of a triage: `fired` in the rules' order, `reasons` those of them to tell."""

    level: Level
    stretch: Stretch
    fired: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    crisis: bool = False
    within_days: int | None = None


class Emergency(Frozen):
    """What a screen has shown: rules for which to leave at once; none fired, no emergency.

    `clearable`: an examination answers them all, so that is asked before the exit.
    """

    fired: tuple[str, ...] = ()
    clearable: bool = False
    crisis: bool = False


def advice_for(
    facts: Facts, catalogue: Catalogue, *, unsure: frozenset[str] = frozenset()
) -> Advice:
    """Judge all rules; of several readings of what is unsure, the gravest is the outcome."""
    readings = [_judge(reading, catalogue) for reading in readings_of(facts, catalogue, unsure)]
    worst = max(readings, key=lambda each: (each.level, STRETCHES.index(each.stretch)))
    strictest = max((each.stretch for each in readings), key=STRETCHES.index)
    return worst.model_copy(update={"stretch": strictest})


def emergency_for(
    facts: Facts, catalogue: Catalogue, *, unsure: frozenset[str] = frozenset()
) -> Emergency:
    """Judge the emergency rules only, as after every screen."""
    readings = readings_of(facts, catalogue, unsure)
    found = [fired for each in readings if (fired := _fired(catalogue.judged_emergencies, each))]
    if not found:
        return Emergency()
    certain = [fired for fired in found if not all(rule.cleared_suppresses for rule in fired)]
    fired = (certain or found)[0]
    return Emergency(
        fired=tuple(rule.id for rule in fired),
        clearable=not certain,
        crisis=any(rule.script == "CRISIS" for rule in fired),
    )


def with_fired(facts: Facts, fired: tuple[str, ...]) -> dict[str, Value]:
    """Add what fired as flags, for conditions that ask for it."""
    return {**facts, **dict.fromkeys(fired, True)}


def readings_of(
    facts: Facts, catalogue: Catalogue, unsure: frozenset[str]
) -> Iterator[dict[str, Value]]:
    """Give every complete reading of facts of which some are unsure: one, two or four."""
    doubtful: list[str] = []
    known = dict(facts)
    for name in sorted(unsure):
        fact = catalogue.facts[name]
        told = known.get(name, fact.default)
        if fact.unsure_as is not None and told == fact.default:  # else graver already
            known[name] = fact.unsure_as
        if fact.both_readings:
            doubtful.append(name)
    cautious = catalogue.complete(known)
    yield cautious
    choices = [(cautious[name], catalogue.defaults[name]) for name in doubtful]
    for values in list(product(*choices))[1:]:
        yield {**cautious, **dict(zip(doubtful, values, strict=True))}


def _judge(facts: Facts, catalogue: Catalogue) -> Advice:
    fired = _fired(catalogue.judged, facts)
    level = max((Level[rule.level] for rule in fired), default=Level.SELF_CARE)
    leading = [rule for rule in fired if rule.level == level.name]
    return Advice(
        level=level,
        stretch=max((rule.stretch for rule in fired), key=STRETCHES.index, default="allowed"),
        fired=tuple(rule.id for rule in fired),
        reasons=tuple(rule.id for rule in leading[:REASONS_SHOWN]),
        crisis=any(rule.script == "CRISIS" for rule in leading),
        within_days=_within_days(leading, level, catalogue),
    )


def _fired(judged: tuple[tuple[Rule, Test], ...], facts: Facts) -> list[Rule]:
    cleared = facts[CLEARED] is True
    return [
        rule for rule, test in judged if test(facts) and not (cleared and rule.cleared_suppresses)
    ]


def _within_days(leading: list[Rule], level: Level, catalogue: Catalogue) -> int | None:
    usual = catalogue.levels[level.name].within_days
    days = [each for rule in leading if (each := rule.within_days or usual) is not None]
    return min(days, default=usual)
