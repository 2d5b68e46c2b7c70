"""A counterexample as a reader meets it: a person in the form of `content/cases`.

What the solver finds is told with as few facts as it takes, and judged again by the core itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import yaml
import z3

from bot.proofs.property import Counterexample
from bot.proofs.world import Formula, World, bounds, ordinary, told
from content.catalogue import Catalogue
from content.schema import Level, Stretch, Value
from flows.triage.rules import advice_for

APART = ("age", "sex")  # written beside the facts of a case


class Asker:
    """One solver for all questions about one world, so that it learns from each of them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._solver = z3.Solver()
        self._solver.add(bounds(world))

    @contextmanager
    def supposing(self, *formulas: Formula) -> Iterator[None]:
        self._solver.push()
        self._solver.add(*formulas)
        try:
            yield
        finally:
            self._solver.pop()

    def can(self, *formulas: Formula) -> bool:
        with self.supposing(*formulas):
            return self._answer()

    def found(self, *formulas: Formula, world: World | None = None) -> dict[str, Value] | None:
        """Give somebody of whom these hold, as ordinary as can be; None: there is nobody."""
        with self.supposing(*formulas):
            return told(self._plain(), world or self.world) if self._answer() else None

    def pair(self, after: World, *formulas: Formula) -> tuple[dict[str, Value], ...]:
        """Give the two people, before and after a step, of whom these hold; or nobody."""
        with self.supposing(*formulas):
            if not self._answer():
                return ()
            model = self._plain()
            return told(model, self.world), told(model, after)

    def _plain(self) -> Formula:
        """Set one fact after the other to what is usual, wherever that changes nothing."""
        usual = ordinary(self.world.catalogue)
        model = self._solver.model()
        for name in self.world.unknowns:
            same = self.world.is_(name, usual[name])
            if z3.is_true(model.eval(same, model_completion=True)) or self.can(same):
                self._solver.add(same)
                self._answer()
                model = self._solver.model()
        return model

    def _answer(self) -> bool:
        answer = self._solver.check()
        if answer == z3.unknown:
            raise RuntimeError("the solver has no answer: conditions too hard for it")
        return bool(answer == z3.sat)


def case_of(
    facts: Mapping[str, Value],
    catalogue: Catalogue,
    note: str,
    expected: tuple[Level, Stretch] | None = None,
) -> Counterexample:
    """Write a person as a case, with what is expected at the least and what the core says."""
    advice = advice_for(facts, catalogue)
    written: dict[str, Any] = {name: facts[name] for name in APART if name in facts}
    written["facts"] = differing(facts, catalogue)
    if expected is not None:
        level, stretch = expected
        graver = [each.name for each in Level if each >= level]
        written |= {"expected": level.name, "acceptable": graver, "stretching": stretch}
    got = f"{advice.level.name}, stretch {advice.stretch}"
    written |= {"got": got, "fired": list(advice.fired)}
    text = yaml.safe_dump([written], sort_keys=False, default_flow_style=None, width=96)
    return Counterexample(f"# {note}\n{text}")


def pair_of(
    people: Sequence[Mapping[str, Value]], catalogue: Catalogue, changed: str
) -> Counterexample:
    """Write the graver of two people who differ in one fact: expected is what the other is told."""
    before, after = people
    first = advice_for(before, catalogue)
    was, now = (_word(each[changed]) for each in people)
    fired = ", ".join(first.fired) or "no rule"
    note = f"{changed}: {was} -> {now} makes it milder; with {was} it was {fired}"
    return case_of(after, catalogue, note, (first.level, first.stretch))


def _word(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def differing(facts: Mapping[str, Value], catalogue: Catalogue) -> dict[str, Value]:
    usual = ordinary(catalogue)
    return {
        name: value
        for name, value in facts.items()
        if name not in APART and name in usual and value != usual[name]
    }
