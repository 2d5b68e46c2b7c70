"""Nothing that is told makes an advice milder by being graver: one fact changed at a time.

Only rules that read the fact can change, and only one of them that stops firing can make an advice
milder; so each such rule is asked for alone first, which is quick, and with all others after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import z3

from bot.proofs.case import Asker, pair_of
from bot.proofs.property import Counterexample
from bot.proofs.world import Formula, World, bounds, code, reads
from content.catalogue import Catalogue
from content.schema import Exempt, Fact, Level, Rule


@dataclass(frozen=True)
class Step:
    """One fact changes from one value to another; `when` is what the step supposes."""

    fact: Fact
    after: World
    when: Formula


def monotone(asker: Asker) -> Iterator[Counterexample]:
    """Let every fact with a direction grow graver by any step."""
    catalogue = asker.world.catalogue
    for fact in directed(catalogue):
        yield from milder(asker, _forth(fact, asker.world), catalogue.exempt)


def needless(asker: Asker) -> Iterator[Counterexample]:
    """Let nothing off that need not be: without an exemption each of its facts fails."""
    catalogue = asker.world.catalogue
    for exempt in catalogue.exempt:
        others = tuple(each for each in catalogue.exempt if each is not exempt)
        for name in exempt.facts:
            step = _forth(catalogue.facts[name], asker.world)
            if not any(milder(asker, step, others)):
                yield Counterexample(
                    f"exempt *{exempt.id}*: `{name}` needs it nowhere. Remove it.\n"
                )


def _forth(fact: Fact, world: World) -> Step:
    graver = unknown_like(fact)
    after = world.but(fact.id, graver)
    return Step(fact, after, z3.And(*bounds(after, [fact.id]), _toward_danger(fact, world, graver)))


def doubted(asker: Asker) -> Iterator[Counterexample]:
    """Let every "no" become "not sure"; nothing is exempt from this.

    What is judged by both readings keeps the worse of them, so it cannot be milder.
    """
    catalogue = asker.world.catalogue
    for fact in catalogue.facts.values():
        if fact.unsure_as is None or fact.unsure_as == fact.default or fact.both_readings:
            continue
        reading = unknown_like(fact)
        after = asker.world.but(fact.id, reading)
        known = asker.world.is_(fact.id, catalogue.defaults[fact.id])
        doubt = reading == code(fact, fact.unsure_as)
        yield from milder(asker, Step(fact, after, z3.And(known, doubt)))


def milder(asker: Asker, step: Step, exempt: Iterable[Exempt] = ()) -> Iterator[Counterexample]:
    """Find people whose advice the step makes milder, for each rule that it takes away one."""
    catalogue, before = asker.world.catalogue, asker.world
    excused = z3.Or([_excuses(each, step, before) for each in exempt])
    with asker.supposing(step.when):
        for rule in touched(step.fact.id, catalogue):
            with asker.supposing(before.fired[rule.id], z3.Not(step.after.fired[rule.id])):
                if not asker.can():
                    continue
                lost = z3.Or([z3.Not(kept) for kept in _kept(rule, step.after)])
                if people := asker.pair(step.after, lost, z3.Not(excused)):
                    yield pair_of(people, catalogue, step.fact.id)


def touched(fact: str, catalogue: Catalogue) -> tuple[Rule, ...]:
    return tuple(rule for rule in catalogue.rules if fact in reads(rule, catalogue))


def directed(catalogue: Catalogue) -> tuple[Fact, ...]:
    """List the facts that rules read and that have a direction; a yes is graver than a no."""
    return tuple(fact for fact in judged(catalogue) if fact.toward_danger or fact.type == "bool")


def undirected(catalogue: Catalogue) -> tuple[str, ...]:
    """Name the facts that rules read and that have no direction: age, sex, place."""
    having = directed(catalogue)
    return tuple(fact.id for fact in judged(catalogue) if fact not in having)


def judged(catalogue: Catalogue) -> tuple[Fact, ...]:
    read = frozenset[str]().union(*(reads(rule, catalogue) for rule in catalogue.rules))
    return tuple(fact for fact in catalogue.facts.values() if fact.id in read)


def unknown_like(fact: Fact) -> Formula:
    name = f"{fact.id}'"
    return z3.Bool(name) if fact.type == "bool" else z3.Int(name)


def _toward_danger(fact: Fact, world: World, graver: Formula) -> Formula:
    now = world.unknowns[fact.id]
    if fact.type == "bool":
        no, yes = (now, graver) if fact.toward_danger != "down" else (graver, now)
        return z3.And(z3.Not(no), yes)
    return graver < now if fact.toward_danger == "down" else graver > now


def _kept(rule: Rule, after: World) -> tuple[Formula, Formula]:
    """Say that what a rule gave before it stopped firing is given by others."""
    return after.is_level(Level[rule.level]), after.is_stretch(rule.stretch)


def _excuses(exempt: Exempt, step: Step, before: World) -> Formula:
    """Say that content lets this step off, and the advice is still as grave as it says there."""
    if step.fact.id not in exempt.facts:
        return z3.BoolVal(val=False)
    fact = step.fact.id
    was = [before.is_(fact, value) for value in exempt.was]
    becomes = [step.after.is_(fact, value) for value in exempt.becomes]
    return z3.And(
        before.holds(exempt.when),
        *([z3.Or(was)] if was else []),
        *([z3.Or(becomes)] if becomes else []),
        step.after.is_level(Level[exempt.level]),
        step.after.is_stretch(exempt.stretch),
    )
