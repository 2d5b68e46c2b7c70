"""A check opened for one event: what may be answered now, and what each answer does.

Guards and actions of the machine, as typed methods; the table that uses them is in `machine`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from content.schema import Screen, Value
from flows.base import DropAlarm, Effect, Event, News, Said, Scene, SetAlarm, said
from flows.triage import course
from flows.triage.outcome import ended
from flows.triage.path import told
from flows.triage.screens import (
    answer,
    choosy,
    next_item,
    offered,
    only_opens,
    refs,
    toggles,
)
from flows.triage.vocabulary import (
    Answer,
    Grid,
    Item,
    Lone,
    Name,
    Number,
    Pick,
    Settle,
    Tick,
    Ticks,
    Triage,
)

ALARM = "screen"


def standing_screen(state: Triage, scene: Scene) -> Screen:
    """Give the screen that stands, with what applies to this user."""
    screen = scene.content.screens[state.screen]
    if not choosy(screen):
        return screen
    facts = told(state.path, course.base(state, scene), scene.content).facts
    return offered(screen, facts, scene.content)


def range_told(screen: Screen, scene: Scene) -> Said:
    """Say what fits, kindly."""
    part = screen.parts[0]
    fact = scene.content.facts.get(str(part.fact))
    if fact is None or fact.type != "int" or fact.low is None or fact.high is None:
        return said("talk.choose")
    return said(f"asking.range.{part.unit}", low=fact.low, high=fact.high)


@dataclass
class Run:
    """A check opened for one event: what it becomes, and what it asks for on the way."""

    state: Triage
    scene: Scene
    effects: list[Effect] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    line: Said | None = None  # said above the question, once
    free: bool = False
    phase: str = ""

    def __post_init__(self) -> None:
        self.phase = self.state.phase

    @cached_property
    def standing(self) -> course.Standing:
        return course.standing(self.state, self.scene)

    @cached_property
    def screen(self) -> Screen:
        return standing_screen(self.state, self.scene)

    def become(self, **changes: Any) -> None:  # noqa: ANN401 - fields, each of its type
        self.state = self.state.model_copy(update=changes)

    # ---- guards

    def is_toggled(self, _: Event) -> bool:
        return toggles(self.screen)

    def is_one_choice(self, event: Pick) -> bool:
        return not toggles(self.screen) and self.has_option(event)

    def has_option(self, event: Pick | Tick | Item) -> bool:
        return any(f"{event.part}.{event.option}" in refs(part) for part in self.screen.parts)

    def is_tickable(self, event: Tick) -> bool:
        return self.is_toggled(event) and self.has_option(event)

    def are_ticks(self, event: Ticks) -> bool:
        known = {ref for part in self.screen.parts for ref in refs(part)}
        return self.is_toggled(event) and known.issuperset(event.refs.split(","))

    def is_none_on_offer(self, event: Event) -> bool:
        return self.is_toggled(event) and self.screen.none and not self.state.ticked

    def is_done_on_offer(self, event: Event) -> bool:
        return self.is_toggled(event) and bool(self.state.ticked or not self.screen.none)

    def is_number_asked(self, event: Grid | Number) -> bool:
        part = self.screen.parts[0]
        wanted = "grid" if isinstance(event, Grid) else "number"
        return not toggles(self.screen) and part.fact is not None and part.kind == wanted

    def is_in_range(self, event: Grid | Number) -> bool:
        fact = self.scene.content.facts[str(self.screen.parts[0].fact)]
        low = fact.low if fact.low is not None else event.number
        high = fact.high if fact.high is not None else event.number
        return low <= event.number <= high

    def is_name_asked(self, event: Name) -> bool:
        part = self.screen.parts[0]
        known = any(place.country == event.value for place in self.scene.content.places)
        return known and not toggles(self.screen) and part.kind == "choice" and bool(part.fact)

    def may_be_unsure(self, _: Event) -> bool:
        return self.screen.unsure

    def only_opens(self, event: Event) -> bool:
        return self.is_toggled(event) and only_opens(self.screen)

    def is_dangerous(self, _: Event) -> bool:
        """Whether what is tapped so far means an emergency, were the screen left now."""
        return course.dangerous(self.state, answer(self.state, self.screen), self.scene)

    def is_item(self, event: Item) -> bool:
        return next_item(self.state, self.screen) == f"{event.part}.{event.option}"

    def is_choice_asked(self, _: Event) -> bool:
        return "." not in str(next_item(self.state, self.screen))

    def is_item_choice(self, event: Pick) -> bool:
        return next_item(self.state, self.screen) == event.part and self.has_option(event)

    def is_walked_through(self, _: Event) -> bool:
        return next_item(self.state, self.screen) is None

    def is_walk_begun(self, _: Event) -> bool:
        return bool(self.state.walked)

    def is_explaining(self, _: Event) -> bool:
        return self.state.explaining

    def is_counting(self, event: Lone) -> bool:
        return self.state.counting and event.seq == self.state.seq

    def is_decided(self, _: Event) -> bool:
        return self.standing.advice is not None

    # ---- what is tapped

    def pick(self, event: Pick) -> None:
        self.become(ticked=(f"{event.part}.{event.option}",))

    def tick(self, event: Tick) -> None:
        self.toggle(f"{event.part}.{event.option}", on=event.to == "on")
        self.free = True
        self.count_down()

    def tick_several(self, event: Ticks) -> None:
        for ref in event.refs.split(","):
            self.toggle(ref, on=ref not in self.state.ticked)
        self.count_down()

    def toggle(self, ref: str, *, on: bool) -> None:
        """Tick in the order of the screen; in a choice, one in the place of another."""
        part = next(part for part in self.screen.parts if ref in refs(part))
        dropped = {ref} if part.kind == "ticks" or not on else set(refs(part))
        ticked = {r for r in self.state.ticked if r not in dropped} | ({ref} if on else set())
        order = (r for p in self.screen.parts for r in refs(p))
        self.become(ticked=tuple(r for r in order if r in ticked), explaining=False)

    def count_down(self) -> None:
        """Let a ticked danger count without Done, from when it was ticked."""
        dangerous = self.is_dangerous(Settle())
        if dangerous and not self.state.counting:
            wait = timedelta(seconds=self.scene.content.freshness.lone_danger_s)
            then = Lone(seq=self.state.seq).code()
            self.effects.append(SetAlarm(name=ALARM, due_at=self.scene.at + wait, then=then))
        elif self.state.counting and not dangerous:
            self.effects.append(DropAlarm(name=ALARM))
        self.become(counting=dangerous)

    def tick_all(self, _: Event) -> None:
        self.become(ticked=tuple(ref for part in self.screen.parts for ref in refs(part)))

    def put_number(self, event: Grid | Number) -> None:
        self.leave({str(fact): event.number for fact in self.number_facts()})

    def number_facts(self) -> tuple[str, ...]:
        part = self.screen.parts[0]
        return (str(part.fact), *part.also)

    def put_name(self, event: Name) -> None:
        self.leave({str(self.screen.parts[0].fact): event.value})

    def tell_range(self, event: Grid | Number) -> None:
        del event
        self.line = range_told(self.screen, self.scene)

    # ---- not sure, item by item

    def say_unsure(self, _: Event) -> None:
        self.become(unsure=tuple(part.id for part in self.screen.parts))

    def start_walk(self, _: Event) -> None:
        self.stop_counting()
        self.become(unsure=(), walked=(), explaining=False, counting=False, seq=self.state.seq + 1)

    def tell_item(self, event: Item) -> None:
        ref = f"{event.part}.{event.option}"
        if event.answer == "yes":
            self.toggle(ref, on=True)
        self.walk_past(ref)

    def tell_choice(self, event: Pick) -> None:
        self.toggle(f"{event.part}.{event.option}", on=True)
        self.walk_past(event.part)

    def pass_item(self, _: Event) -> None:
        self.walk_past(str(next_item(self.state, self.screen)))

    def doubt_item(self, _: Event) -> None:
        item = str(next_item(self.state, self.screen))
        self.become(unsure=(*self.state.unsure, item))
        self.walk_past(item)

    def walk_past(self, item: str) -> None:
        self.become(walked=(*self.state.walked, item), explaining=False)

    def unwalk(self, _: Event) -> None:
        *walked, last = self.state.walked
        ticked = (r for r in self.state.ticked if last not in {r, r.split(".")[0]})
        unsure = (r for r in self.state.unsure if r != last)
        self.become(walked=tuple(walked), ticked=tuple(ticked), unsure=tuple(unsure))

    # ---- why, back

    def explain(self, _: Event) -> None:
        self.become(explaining=True)

    def settle_down(self, _: Event) -> None:
        self.become(explaining=False)

    def forget(self, _: Event) -> None:
        """Drop what was tapped on this screen."""
        self.become(unsure=(), walked=(), explaining=False)

    def go_back(self, _: Event) -> None:
        """Back to the screen before, with its ticks as they were; on the first, stay."""
        if not self.state.path:
            self.become(explaining=False)
            return
        *path, last = self.state.path
        self.stop_counting()
        self.become(path=tuple(path), screen=last.screen)
        self.stand_at(last.screen, last)

    # ---- from screen to screen

    def leave_screen(self, _: Event) -> None:
        self.leave({})

    def leave(self, numbers: Mapping[str, Value]) -> None:
        self.stop_counting()
        answered = answer(self.state, self.screen, numbers)
        self.become(path=(*self.state.path, answered), ticked=(), unsure=())

    def stop_counting(self) -> None:
        if self.state.counting:
            self.effects.append(DropAlarm(name=ALARM))

    def ask_next(self, _: Event) -> None:
        name = str(self.standing.screen)
        self.stand_at(name)
        content = self.scene.content
        self.screen = offered(content.screens[name], self.standing.told.facts, content)

    def told_already(self, screen: str) -> tuple[str, ...]:
        """Tick on a list what was typed before: what is danger is not asked away."""
        one, given = self.scene.content.screens[screen], self.state.given
        if not toggles(one):
            return ()
        return tuple(
            f"{part.id}.{option.id}"
            for part in one.parts
            for option in part.options
            if option.set and all(given.get(fact) == value for fact, value in option.set.items())
        )

    def stand_at(self, screen: str, before: Answer | None = None) -> None:
        """Put a screen up; one that was answered before shows the ticks it had."""
        known = before is not None and toggles(self.scene.content.screens[screen])
        self.become(
            screen=screen,
            ticked=before.ticked if before and known else self.told_already(screen),
            unsure=(),
            walked=(),
            explaining=False,
            counting=False,
            seq=self.state.seq + 1,
        )
        vars(self).pop("screen", None)
        if self.state.ticked:
            self.count_down()

    def end(self, _: Event) -> None:
        self.news += ended(self.state, self.standing, self.scene)
