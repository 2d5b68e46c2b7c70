"""A person as unknowns: every fact a variable of the solver, every condition a formula over them.

The second interpreter of the trees of `content.conditions`, beside `content.closures`.  Enums are
whole numbers in their order toward danger, so that "graver" is "greater" for them as for numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import z3

from content.catalogue import Catalogue
from content.conditions import All, Compare, Count, Flag, Is, Not, Tree, Within
from content.conditions import Any as Some
from content.schema import STRETCHES, Fact, Level, Rule, Stretch, Value
from flows.triage.rules import CLEARED

Formula = Any  # the solver's own terms carry no types
ORDINARY: Mapping[str, Value] = {"age": 40, "sex": "female"}  # of what is asked, not supposed


@dataclass(frozen=True)
class World:
    """One person's facts; `but` gives another who differs in one of them."""

    catalogue: Catalogue
    unknowns: Mapping[str, Formula]
    shared: Mapping[str, Formula]  # rules that another world has worked out already

    def but(self, fact: str, value: Formula) -> World:
        same = {
            rule.id: self.fired[rule.id]
            for rule in self.catalogue.rules
            if fact not in reads(rule, self.catalogue)
        }
        return replace(self, unknowns={**self.unknowns, fact: value}, shared=same)

    def holds(self, cond: str | None) -> Formula:
        return z3.BoolVal(val=True) if cond is None else self.of(self.catalogue.trees[cond])

    def of(self, tree: Tree) -> Formula:  # noqa: PLR0911 - one return for each kind of node
        match tree:
            case Flag(fact):
                return self.unknowns[fact] if fact in self.unknowns else self.fired[fact]
            case Is(fact, values):
                return z3.Or([self.is_(fact, value) for value in sorted(values)])
            case Within(of, low, high):
                number = self.unknowns[of] if isinstance(of, str) else self._count(of)
                ends = [*([] if low is None else [number >= low])]
                ends += [] if high is None else [number <= high]
                return z3.And(ends)
            case Compare(fact, by, other):
                return self.unknowns[fact] + by <= self.unknowns[other]
            case Not(inner):
                return z3.Not(self.of(inner))
            case All(inners):
                return z3.And([self.of(inner) for inner in inners])
            case Some(inners):
                return z3.Or([self.of(inner) for inner in inners])

    def is_(self, fact: str, value: Value) -> Formula:
        return self.unknowns[fact] == code(self.catalogue.facts[fact], value)

    def _count(self, count: Count) -> Formula:
        return z3.Sum([z3.If(self.of(part), 1, 0) for part in count.of])

    # ---- judged (clinical 5.1)

    @cached_property
    def fired(self) -> dict[str, Formula]:
        shared = self.shared
        return {
            rule.id: shared[rule.id] if rule.id in shared else self._fires(rule)
            for rule in self.catalogue.rules
        }

    def _fires(self, rule: Rule) -> Formula:
        cond = self.of(self.catalogue.trees[rule.cond])
        return z3.And(cond, z3.Not(self.unknowns[CLEARED])) if rule.cleared_suppresses else cond

    def is_level(self, level: Level, *, without: str = "") -> Formula:
        """Say that the advice is at least this grave, also `without` one of the rules."""
        if level == Level.SELF_CARE:
            return z3.BoolVal(val=True)
        rules = self.catalogue.rules
        grave = [r for r in rules if Level[r.level] >= level and r.id != without]
        return z3.Or([self.fired[rule.id] for rule in grave])

    def is_stretch(self, stretch: Stretch, *, without: str = "") -> Formula:
        """Say that at least this much of stretching is taken away."""
        if stretch == "allowed":
            return z3.BoolVal(val=True)
        least, rules = STRETCHES.index(stretch), self.catalogue.rules
        strict = [r for r in rules if STRETCHES.index(r.stretch) >= least and r.id != without]
        return z3.Or([self.fired[rule.id] for rule in strict])


def world_of(catalogue: Catalogue) -> World:
    unknowns = {
        fact.id: z3.Bool(fact.id) if fact.type == "bool" else z3.Int(fact.id)
        for fact in catalogue.facts.values()
        if fact.type != "text"
    }
    return World(catalogue, unknowns, {})


def reads(rule: Rule, catalogue: Catalogue) -> frozenset[str]:
    read = catalogue.facts_of(rule.cond)
    return read | {CLEARED} if rule.cleared_suppresses else read


# ---- values


def order(fact: Fact) -> tuple[str, ...]:
    """List an enum's values from harmless to grave; as written where they have no such order."""
    return fact.toward_danger if isinstance(fact.toward_danger, tuple) else fact.values


def code(fact: Fact, value: Value) -> bool | int:
    """Write a value as the solver knows it."""
    match fact.type:
        case "bool":
            return bool(value)
        case "enum":
            return order(fact).index(str(value))
        case _:
            return int(value)


def possible(fact: Fact, unknown: Formula, default: Value) -> Formula:
    """Bound a variable by what can be told; a fact that ages has no upper end."""
    match fact.type:
        case "enum":
            return z3.And(unknown >= 0, unknown < len(fact.values))
        case "int":
            low = [] if fact.low is None else [unknown >= fact.low]
            high = [] if fact.high is None or fact.ages else [unknown <= fact.high]
            return z3.Or(z3.And(low + high), unknown == int(default))
        case _:
            return z3.BoolVal(val=True)


def bounds(world: World, names: Iterable[str] | None = None) -> list[Formula]:
    catalogue = world.catalogue
    defaults = ordinary(catalogue)
    return [
        possible(catalogue.facts[name], world.unknowns[name], defaults[name])
        for name in (world.unknowns if names is None else names)
    ]


def ordinary(catalogue: Catalogue) -> dict[str, Value]:
    """Describe somebody of whom nothing is known: what counterexamples differ from."""
    known = {name: value for name, value in ORDINARY.items() if name in catalogue.facts}
    return catalogue.complete(known)


def told(model: Formula, world: World) -> dict[str, Value]:
    """Read the facts that the solver found, in the words of content."""
    facts: dict[str, Value] = dict(ordinary(world.catalogue))
    for name, unknown in world.unknowns.items():
        fact = world.catalogue.facts[name]
        value = model.eval(unknown, model_completion=True)
        if fact.type == "bool":
            facts[name] = z3.is_true(value)
        elif fact.type == "enum":
            facts[name] = order(fact)[value.as_long()]
        else:
            facts[name] = value.as_long()
    return facts
