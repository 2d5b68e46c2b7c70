"""Every question is reached by somebody, can be answered by whoever reaches it, and ends.

A screen is reached through a route, from another screen that opens it, or because content names it
elsewhere (after a stop, before bending back).  Along a route only what was asked before is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

import z3
from pydantic import BaseModel

from bot.proofs.case import Asker, case_of
from bot.proofs.property import Counterexample
from bot.proofs.world import Formula, World, code
from content.catalogue import Catalogue
from content.crossing import REFERENCES, fields_of
from content.schema import Level, Option, Part, Route, Screen, Value

FULL, FITNESS = "full", "fitness"  # the routes that begin with nothing known, and go on from there


@dataclass
class Walk:
    """What has been reached, and what has been asked on the way."""

    asker: Asker
    reached: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)

    @property
    def catalogue(self) -> Catalogue:
        return self.asker.world.catalogue

    @property
    def world(self) -> World:
        return self.asker.world

    def along(self, screens: Iterable[str], *supposing: Formula) -> None:
        """Walk a route that begins with nothing known: what was not asked has its default."""
        for name in screens:
            screen = self.catalogue.screens[name]
            where = [*supposing, *self._unasked(), self.world.holds(screen.when)]
            if self.asker.can(*where, self._no_emergency(())):
                self.reach(screen)

    def reach(self, screen: Screen) -> None:
        """Note a screen, what it asks for, and what its answers open."""
        if screen.id in self.reached:
            return
        self.reached.add(screen.id)
        self.asked |= self.catalogue.asked_on(screen.id)
        for part in screen.parts:
            for option in part.options:
                for name in option.opens:
                    opened = self.catalogue.screens[name]
                    if self._opens(screen, option, opened):
                        self.reach(opened)

    def _opens(self, screen: Screen, option: Option, opened: Screen) -> bool:
        """Whether somebody who gets the screen may take the option, and is asked on."""
        says = [self.world.is_(name, value) for name, value in option.set.items() if self._is(name)]
        conds = [self.world.holds(each) for each in (option.when, opened.when)]
        return self.asker.can(
            self.world.holds(screen.when) if not option.set else z3.BoolVal(val=True),
            *says, *conds, self._no_emergency(tuple(option.set)),
        )  # fmt: skip

    def _no_emergency(self, waiting: Sequence[str]) -> Formula:
        """Nothing said so far ends the check; what a follow-up may still change does not count."""
        settled, defaults = self.world, self.catalogue.defaults
        for name in waiting:
            if self._is(name):
                fact = self.catalogue.facts[name]
                settled = settled.but(name, _constant(code(fact, defaults[name])))
        return z3.Not(settled.is_level(Level.EMERGENCY))

    def _unasked(self) -> list[Formula]:
        known = self.catalogue.defaults
        facts = self.catalogue.facts
        return [
            self.world.is_(name, known[name])
            for name in self.world.unknowns
            if name not in self.asked and name in known and not facts[name].lasting
        ]

    def _is(self, name: str) -> bool:
        return name in self.world.unknowns


def unreached(asker: Asker) -> Iterator[Counterexample]:
    catalogue = asker.world.catalogue
    walk = Walk(asker)
    walk.along(catalogue.routes[FULL].screens)
    stretching = z3.Not(asker.world.is_stretch("blocked"))
    walk.along(catalogue.routes[FITNESS].screens, stretching)
    for name in named_elsewhere(catalogue):
        if asker.can(asker.world.holds(catalogue.screens[name].when)):
            walk.reach(catalogue.screens[name])
    for name in catalogue.screens:
        if name not in walk.reached:
            yield Counterexample(
                f"The screen *{name}* is asked of nobody. Name it, or remove it.\n"
            )


def named_elsewhere(catalogue: Catalogue) -> tuple[str, ...]:
    """Name the screens that other routes, stops, events and the check before bending back ask."""
    entries: list[BaseModel] = [
        *(route for name, route in catalogue.routes.items() if name not in {FULL, FITNESS}),
        *catalogue.events.values(), catalogue.stop, catalogue.resolution,
    ]  # fmt: skip
    named = (
        _names(value)
        for entry in entries
        for _, owner, name, value in fields_of(entry)
        if REFERENCES.get((type(owner), name)) == "screens"
    )
    return tuple(dict.fromkeys(chain.from_iterable(named)))


def unanswerable(asker: Asker) -> Iterator[Counterexample]:
    """Find people who are asked something that no answer is left for."""
    world = asker.world
    for screen in world.catalogue.screens.values():
        if screen.none or screen.unsure or any(_is_typed(part) for part in screen.parts):
            continue
        offered = [
            z3.And(world.holds(part.when), world.holds(option.when))
            for part in screen.parts
            for option in part.options
        ]
        stuck = (world.holds(screen.when), z3.Not(z3.Or(offered)))
        if facts := asker.found(*stuck):
            yield case_of(facts, world.catalogue, f"is asked *{screen.id}*, and has no answer")


def circles(catalogue: Catalogue) -> Iterator[Counterexample]:
    """Find screens that open themselves by a detour, and routes that ask a screen twice.

    With neither, a check answers each screen once, so it ends.
    """
    opens = {s.id: tuple(_opened(s)) for s in catalogue.screens.values()}
    for name in opens:
        if name in _behind(name, opens):
            yield Counterexample(f"The screen *{name}* leads back to itself.\n")
    for route in catalogue.routes.values():
        yield from _twice(route)


def _twice(route: Route) -> Iterator[Counterexample]:
    for name in sorted({n for n in route.screens if route.screens.count(n) > 1}):
        yield Counterexample(f"The route *{route.id}* asks *{name}* twice.\n")


def _behind(name: str, opens: dict[str, tuple[str, ...]]) -> set[str]:
    behind: set[str] = set()
    ahead = list(opens[name])
    while ahead:
        each = ahead.pop()
        if each not in behind:
            behind.add(each)
            ahead += opens[each]
    return behind


def _opened(screen: Screen) -> Iterator[str]:
    for part in screen.parts:
        for option in part.options:
            yield from option.opens


def _is_typed(part: Part) -> bool:
    return part.kind in {"grid", "number"}


def _names(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(each) for each in value) if isinstance(value, tuple) else ()


def _constant(value: Value) -> Formula:
    return z3.BoolVal(val=value) if isinstance(value, bool) else z3.IntVal(value)
