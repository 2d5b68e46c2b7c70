"""All content of one release, read and joined: what the flows are given.

Plain values and look-ups; nothing here reads a file.  Conditions are looked up by their text, so
an entry stays what its author wrote, and each text is parsed once, when content is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from content.closures import Test
from content.conditions import Tree, facts_of
from content.schema import (
    Activity,
    AimRules,
    Choice,
    Climbing,
    Concept,
    Condition,
    Consent,
    DangerWords,
    Derived,
    Exempt,
    Exercise,
    Extra,
    Fact,
    Freshness,
    Ladder,
    LevelText,
    Limit,
    Measures,
    OwnRules,
    Phones,
    Place,
    Program,
    Progress,
    Promise,
    Reach,
    ReminderRules,
    Resolution,
    Route,
    Rule,
    Screen,
    SessionEvent,
    Source,
    StopRules,
    Timing,
    Tip,
    TypedWords,
    Value,
    Words,
)


@dataclass(frozen=True, eq=False)
class Danger:
    """What free text is read by: one object for each release, made ready once."""

    concepts: tuple[Concept, ...]
    words: tuple[DangerWords, ...]
    reach: Reach


@dataclass(frozen=True)
class Catalogue:
    """Entries by id, in the order of their files; lists where the order itself decides."""

    facts: Mapping[str, Fact]
    derived: Mapping[str, Derived]
    screens: Mapping[str, Screen]
    routes: Mapping[str, Route]
    rules: tuple[Rule, ...]
    promises: tuple[Promise, ...]
    exempt: tuple[Exempt, ...]
    levels: Mapping[str, LevelText]
    extras: tuple[Extra, ...]
    consent: Consent
    conditions: tuple[Condition, ...]
    resolution: Resolution
    exercises: Mapping[str, Exercise]
    programs: Mapping[str, Program]
    choices: tuple[Choice, ...]
    limits: tuple[Limit, ...]
    timing: Timing
    progress: Progress
    events: Mapping[str, SessionEvent]
    stop: StopRules
    own: OwnRules
    ladders: Mapping[str, Ladder]
    climbing: Climbing
    activities: Mapping[str, Activity]
    aims: AimRules
    tips: Mapping[str, Tip]
    freshness: Freshness
    reminders: ReminderRules
    phones: Phones
    measures: Measures
    places: tuple[Place, ...]
    reading: TypedWords
    danger: Danger
    sources: Mapping[str, Source]
    words: Mapping[str, Words]
    trees: Mapping[str, Tree] = field(repr=False)
    tests: Mapping[str, Test] = field(repr=False)
    defaults: Mapping[str, Value] = field(repr=False)
    version: str

    def holds(self, cond: str | None, facts: Mapping[str, Value]) -> bool:
        """Whether a condition holds for facts that are complete; no condition always does."""
        return cond is None or self.tests[cond](facts)

    def complete(self, facts: Mapping[str, Value]) -> dict[str, Value]:
        """Add the default of every fact that was not told."""
        known = {**self.defaults, **facts}
        for fact, other in self._borrowed:
            if fact not in facts:
                known[fact] = known[other]
        return known

    def rule(self, rule_id: str) -> Rule:
        return self._rules_by_id[rule_id]

    def facts_of(self, cond: str) -> frozenset[str]:
        """Name the facts that a condition reads, those behind derived names among them."""
        return facts_of(self.trees[cond])

    def asked_on(self, screen_id: str) -> frozenset[str]:
        """Name the facts that the answers of a screen set."""
        parts = self.screens[screen_id].parts
        own = (fact for part in parts for fact in (part.fact, *part.also) if fact)
        return frozenset(own).union(*(option.set for part in parts for option in part.options))

    @property
    def consent_version(self) -> int:
        return self.consent.version

    @cached_property
    def judged(self) -> tuple[tuple[Rule, Test], ...]:
        """The rules with their tests, in order: what is run through at every judgement."""
        return tuple((rule, self.tests[rule.cond]) for rule in self.rules)

    @cached_property
    def judged_emergencies(self) -> tuple[tuple[Rule, Test], ...]:
        return tuple((rule, test) for rule, test in self.judged if rule.level == "EMERGENCY")

    @cached_property
    def _borrowed(self) -> tuple[tuple[str, str], ...]:
        return tuple((fact.id, fact.same_as) for fact in self.facts.values() if fact.same_as)

    @cached_property
    def _rules_by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}
