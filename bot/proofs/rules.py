"""What the rules promise: emergencies stay so, the grave never stretch, no rule is idle."""

from __future__ import annotations

from collections.abc import Iterator

import z3

from bot.proofs.case import Asker, case_of
from bot.proofs.property import Counterexample
from bot.proofs.world import Formula, World
from content.schema import Level, Promise, Rule, Stretch


def emergencies(asker: Asker) -> Iterator[Counterexample]:
    """Every emergency rule that fires leaves the advice an emergency."""
    world = asker.world
    for rule in world.catalogue.rules:
        if rule.level == "EMERGENCY":
            yield from _broken(asker, world.fired[rule.id], Level.EMERGENCY, "blocked", rule.id)


def promised(asker: Asker) -> Iterator[Counterexample]:
    """Hold the rules to what content promises apart from them, whatever else is told."""
    for promise in asker.world.catalogue.promises:
        for held in _claims(promise, asker.world):
            yield from _broken(asker, held, Level[promise.level], promise.stretch, promise.id)


def _claims(promise: Promise, world: World) -> Iterator[Formula]:
    """Give what a promise is made to: its condition, or each thing that one may be unsure of."""
    cond = world.holds(promise.cond)
    if not promise.unsure:
        yield cond
    for name in promise.unsure:
        fact = world.catalogue.facts[name]
        reading = world.catalogue.defaults[name] if fact.unsure_as is None else fact.unsure_as
        yield z3.And(cond, world.is_(name, reading))


def grave_is_blocked(asker: Asker) -> Iterator[Counterexample]:
    """Nobody who is to be seen today is led through a session."""
    world = asker.world
    yield from _broken(asker, world.is_level(Level.URGENT), Level.URGENT, "blocked", "URGENT")


def _broken(
    asker: Asker, held: Formula, level: Level, stretch: Stretch, name: str
) -> Iterator[Counterexample]:
    world = asker.world
    kept = z3.And(world.is_level(level), world.is_stretch(stretch))
    if facts := asker.found(held, z3.Not(kept)):
        yield case_of(facts, world.catalogue, f"{name} is not kept", (level, stretch))


def idle(asker: Asker) -> Iterator[Counterexample]:
    """Every rule can fire, and decides for somebody or says why it is kept; and not both."""
    world = asker.world
    for rule in world.catalogue.rules:
        if not asker.can(world.fired[rule.id]):
            yield Counterexample(f"{rule.id} can never fire.\n")
        elif not rule.kept and not asker.can(_decides(rule, world)):
            yield Counterexample(
                f"{rule.id} never decides: others always give at least as much. Remove it, or say "
                "under `kept` what it is for.\n"
            )
        elif rule.kept and (facts := asker.found(_decides(rule, world))):
            note = f"{rule.id} decides here, so `kept` is untrue"
            yield case_of(facts, world.catalogue, note)


def _decides(rule: Rule, world: World) -> Formula:
    """Without it the advice would be milder, or leave more of stretching."""
    level = world.is_level(Level[rule.level], without=rule.id)
    stretch = world.is_stretch(rule.stretch, without=rule.id)
    return z3.And(world.fired[rule.id], z3.Not(z3.And(level, stretch)))
