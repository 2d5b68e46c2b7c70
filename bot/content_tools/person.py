"""Answers a check as a person of whom certain facts are true would: screen by screen.

Of each screen it takes the options that say what is true; of an option with follow-ups, those
that lead there.  What is unsure is answered "Not sure", item by item.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from content.catalogue import Catalogue
from content.schema import Option, Part, Screen, Value
from flows.base import Event, Scene
from flows.triage import Triage
from flows.triage.run import standing_screen
from flows.triage.screens import next_item, toggles
from flows.triage.vocabulary import (
    Done,
    Grid,
    Item,
    NoneOfThese,
    Number,
    Pick,
    Tick,
    Unsure,
)


class Place(Protocol):
    """Where a check stands, and what it sees."""

    @property
    def state(self) -> Triage: ...

    @property
    def scene(self) -> Scene: ...


@dataclass
class Person:
    """What is true of somebody: facts, and those they are unsure of."""

    facts: Mapping[str, Value]
    content: Catalogue
    unsure: frozenset[str] = frozenset()
    truth: dict[str, Value] = field(init=False)

    def __post_init__(self) -> None:
        self.truth = self.content.complete(self.facts)

    def answer(self, place: Place) -> Event:
        """Give the next event for the screen that stands."""
        state = place.state
        screen = standing_screen(state, place.scene)
        if state.phase == "walking":
            return self._item(str(next_item(state, screen)), screen)
        if toggles(screen):
            return self._toggled(screen, state.ticked)
        if self._doubts(screen.parts[0]) and screen.unsure:
            return Unsure()
        return self._one(screen.parts[0])

    # ---- one tap

    def _one(self, part: Part) -> Event:
        if part.kind == "grid":
            return Grid(number=self._number(part))
        if part.kind == "number":
            return Number(number=self._number(part))
        option = self._choice(part) or part.options[-1]
        return Pick(part=part.id, option=option.id)

    def _number(self, part: Part) -> int:
        fact = self.content.facts[str(part.fact)]
        value = int(self.truth[fact.id])
        return min(max(value, fact.low or 0), fact.high if fact.high is not None else value)

    def _choice(self, part: Part) -> Option | None:
        """Choose the option that says most of what is true and nothing else."""
        fitting = [option for option in part.options if option.set and self._fits(option)]
        return max(fitting, key=lambda option: len(option.set), default=None)

    # ---- a list

    def _toggled(self, screen: Screen, ticked: tuple[str, ...]) -> Event:
        if any(self._doubts(part) for part in screen.parts) and screen.unsure:
            return Unsure()
        for part, option in self._true_of(screen):
            if f"{part.id}.{option.id}" not in ticked:
                return Tick(part=part.id, option=option.id, to="on")
        return Done() if ticked or not screen.none else NoneOfThese()

    def _item(self, item: str, screen: Screen) -> Event:
        part = next(part for part in screen.parts if part.id == item.split(".", maxsplit=1)[0])
        if "." not in item:
            option = self._choice(part)
            if self._doubts(part):
                return Unsure()
            return Pick(part=part.id, option=option.id) if option else NoneOfThese()
        option = next(each for each in part.options if each.id == item.split(".")[1])
        if self.unsure & set(option.set):
            return Unsure()
        true = (part, option) in list(self._true_of(screen))
        return Item(part=part.id, option=option.id, answer="yes" if true else "no")

    def _true_of(self, screen: Screen) -> Iterator[tuple[Part, Option]]:
        """Find the options to tick: each fact is told once, by the option that fits it best."""
        told: set[str] = set()
        for part in screen.parts:
            if part.kind == "choice":
                chosen = self._choice(part)
                options = [chosen] if chosen and self._is_news(chosen) else []
            else:
                options = sorted(part.options, key=self._detour)
            for option in options:
                fresh = not told.issuperset(option.set)
                if option.set and fresh and self._fits(option) and self._is_news(option):
                    told.update(option.set)
                    yield part, option

    def _is_news(self, option: Option) -> bool:
        """Nobody ticks what is so of everybody."""
        defaults = self.content.defaults
        return any(self.truth[fact] != defaults.get(fact) for fact in option.set)

    def _detour(self, option: Option) -> int:
        """Put an option that says it itself before one whose follow-ups say it."""
        return sum(self.truth[fact] != value for fact, value in option.set.items())

    def _fits(self, option: Option) -> bool:
        return all(
            self.truth[fact] == value
            or self.truth[fact] in self._reach(option, fact)
            or fact in self._typed(option)
            for fact, value in option.set.items()
        )

    def _reach(self, option: Option, fact: str) -> set[Value]:
        """All that the follow-ups of an option may say of a fact."""
        return {
            value
            for screen in option.opens
            for part in self.content.screens[screen].parts
            for other in part.options
            for value in (*([other.set[fact]] if fact in other.set else []),
                          *self._reach(other, fact))
        }  # fmt: skip

    def _typed(self, option: Option) -> set[str]:
        screens = (self.content.screens[screen] for screen in option.opens)
        return {str(part.fact) for screen in screens for part in screen.parts if part.fact}

    def _doubts(self, part: Part) -> bool:
        facts = {*([part.fact] if part.fact else []), *(f for o in part.options for f in o.set)}
        return bool(self.unsure & facts)
