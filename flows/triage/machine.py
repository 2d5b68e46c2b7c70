"""The check as a machine: a screen waits to be answered, and every answer is settled at once.

The machine knows ways of waiting only: a screen, a screen in simpler words, a list item by item.
Which screen comes next, and whether it is the end, `course` works out from the path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from transitions.extensions import HierarchicalMachine

from content.schema import Level, Screen, Value
from flows.base import (
    DropAlarm,
    Effect,
    Event,
    HandOver,
    Judged,
    Known,
    Learned,
    Marked,
    Move,
    News,
    Said,
    Scene,
    SetAlarm,
    Show,
    Verdict,
    said,
)
from flows.table import on
from flows.triage import course
from flows.triage.screens import (
    answer,
    items,
    next_item,
    offered,
    only_opens,
    refs,
    shown,
    toggles,
)
from flows.triage.vocabulary import (
    Answer,
    Back,
    Grid,
    Item,
    Kind,
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
        """The screen that stands, with what applies to this user."""
        return standing_screen(self.state, self.scene)

    def become(self, **changes: Any) -> None:
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

    def is_typed_ticks(self, event: Ticks) -> bool:
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

    def is_name_asked(self, _: Event) -> bool:
        return not toggles(self.screen) and self.screen.parts[0].kind == "choice" and (
            self.screen.parts[0].fact is not None
        )

    def may_be_unsure(self, _: Event) -> bool:
        return self.screen.unsure

    def is_opening(self, event: Event) -> bool:
        return self.is_toggled(event) and only_opens(self.screen)

    def is_dangerous_now(self, event: Event) -> bool:
        del event
        return course.dangerous(self.state, answer(self.state, self.screen), self.scene)

    def is_worth_repeating(self, event: Event) -> bool:
        del event
        return self.screen.parts[0].kind == "choice"

    def is_item(self, event: Item) -> bool:
        return next_item(self.state, self.screen) == f"{event.part}.{event.option}"

    def is_item_of_several(self, event: Pick) -> bool:
        return next_item(self.state, self.screen) == event.part and self.has_option(event)

    def is_walked_through(self, _: Event) -> bool:
        return next_item(self.state, self.screen) is None

    def is_walk_begun(self, _: Event) -> bool:
        return bool(self.state.walked)

    def is_explaining(self, _: Event) -> bool:
        return self.state.explaining

    def is_counting(self, event: Lone) -> bool:
        return self.state.counting and event.seq == self.state.seq

    def is_ended(self, _: Event) -> bool:
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
        """Keep ticks in the order of the screen; in a choice one tick takes the place of another."""
        part = next(part for part in self.screen.parts if ref in refs(part))
        dropped = {ref} if part.kind == "ticks" or not on else set(refs(part))
        ticked = {r for r in self.state.ticked if r not in dropped} | ({ref} if on else set())
        order = (r for p in self.screen.parts for r in refs(p))
        self.become(ticked=tuple(r for r in order if r in ticked), explaining=False)

    def count_down(self) -> None:
        """A ticked danger counts without Done, from when it was ticked."""
        dangerous = self.is_dangerous_now(Settle())
        if dangerous and not self.state.counting:
            wait = timedelta(seconds=self.scene.content.timing.lone_danger_s)
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

    def item(self, event: Item) -> None:
        ref = f"{event.part}.{event.option}"
        if event.answer == "yes":
            self.toggle(ref, on=True)
        self.become(walked=(*self.state.walked, ref), explaining=False)

    def item_picked(self, event: Pick) -> None:
        self.toggle(f"{event.part}.{event.option}", on=True)
        self.become(walked=(*self.state.walked, event.part))

    def item_unsure(self, _: Event) -> None:
        ref = str(next_item(self.state, self.screen))
        self.become(
            unsure=(*self.state.unsure, ref), walked=(*self.state.walked, ref), explaining=False
        )

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
            self.become(ticked=(), unsure=(), walked=(), explaining=False)
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
        told = answer(self.state, self.screen, numbers)
        self.become(path=(*self.state.path, told), ticked=(), unsure=())

    def stop_counting(self) -> None:
        if self.state.counting:
            self.effects.append(DropAlarm(name=ALARM))

    def ask_next(self, _: Event) -> None:
        self.stand_at(str(self.standing.screen))

    def stand_at(self, screen: str, before: Answer | None = None) -> None:
        """Put a screen up; one that was answered before shows the ticks it had."""
        known = before is not None and toggles(self.scene.content.screens[screen])
        self.become(
            screen=screen,
            ticked=before.ticked if before and known else (),
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
        """Hand over: what was told, the pain before, and the outcome."""
        state, standing = self.state, self.standing
        assert standing.advice is not None
        self.news.append(learned(state, self.scene, complete=standing.complete))
        pains = [a.numbers["pain_before"] for a in state.path if "pain_before" in a.numbers]
        if pains:
            self.news.append(Marked(when="before", pain=int(pains[-1])))
        whole = standing.complete
        self.news += [
            Judged(
                verdict=verdict_of(standing.advice, self.scene),
                full=whole and state.kind == "full",
                short=whole and state.kind != "part",
            ),
            HandOver(to="offer", why="advised", args={"kind": state.kind, **state.args}),
        ]


def verdict_of(advice: course.Advice, scene: Scene) -> Verdict:
    return Verdict(
        level=Level(advice.level).name,
        stretch=advice.stretch,
        fired=advice.fired,
        reasons=advice.reasons,
        at=scene.at,
        crisis=advice.crisis,
    )


def standing_screen(state: Triage, scene: Scene) -> Screen:
    facts = course.told(state.path, course.base(state, scene), scene.content).facts
    return offered(scene.content.screens[state.screen], facts, scene.content)


def range_told(screen: Screen, scene: Scene) -> Said:
    """Say what fits, kindly."""
    part = screen.parts[0]
    fact = scene.content.facts.get(str(part.fact))
    if fact is None or fact.type != "int" or fact.low is None or fact.high is None:
        return said("talk.choose")
    return said(f"asking.range.{part.unit}", low=fact.low, high=fact.high)


def learned(state: Triage, scene: Scene, *, complete: bool) -> Learned:
    """Tell what the path said; a whole full check also takes back what is no longer so."""
    content = scene.content
    told = course.told(state.path, course.base(state, scene), content)
    unsure = course.unsure_of(told, state, scene)
    names = {*told.about, *state.given}
    if complete and state.kind == "full":
        names.update(f for f in scene.known if f in content.facts and content.facts[f].clinical)
    kept = {
        name
        for name in names
        if content.facts[name].lasting
        or name in unsure
        or name in scene.known
        or told.facts[name] != content.defaults.get(name)
    }
    return Learned(
        facts={
            name: Known(value=told.facts[name], at=scene.at, unsure=name in unsure)
            for name in sorted(kept)
        }
    )


# fmt: off
STATES = ["asking", "again", "walking", "settling", "ended"]
answered = Run.leave_screen
TRANSITIONS = [  # of the rows for one trigger and source, the first whose `when` holds is taken
    on("qpick",   "asking",  "settling", when=[Run.is_one_choice], do=[Run.pick, answered]),
    on("qpick",   "again",   "settling", when=[Run.is_one_choice], do=[Run.pick, answered]),
    on("qgrid",   "asking",  "settling", when=[Run.is_number_asked, Run.is_in_range],
       do=[Run.put_number]),
    on("qgrid",   "asking",  "asking",   when=[Run.is_number_asked], do=[Run.tell_range]),
    on("qnum",    "asking",  "settling", when=[Run.is_number_asked, Run.is_in_range],
       do=[Run.put_number]),
    on("qnum",    "asking",  "asking",   when=[Run.is_number_asked], do=[Run.tell_range]),
    on("qname",   "asking",  "settling", when=[Run.is_name_asked], do=[Run.put_name]),
    on("qname",   "again",   "settling", when=[Run.is_name_asked], do=[Run.put_name]),

    on("qtick",   "asking",  "asking",   when=[Run.is_tickable], do=[Run.tick]),
    on("qticks",  "asking",  "asking",   when=[Run.is_typed_ticks], do=[Run.tick_several]),
    on("qnone",   "asking",  "settling", when=[Run.is_none_on_offer], do=[answered]),
    on("qdone",   "asking",  "settling", when=[Run.is_done_on_offer], do=[answered]),
    on("qlone",   "asking",  "settling", when=[Run.is_counting], do=[answered]),

    on("qunsure", "asking",  "settling", when=[Run.may_be_unsure, Run.is_opening],
       do=[Run.tick_all, answered]),
    on("qunsure", "asking",  "settling", when=[Run.may_be_unsure, Run.is_toggled,
       Run.is_dangerous_now], do=[answered]),
    on("qunsure", "asking",  "walking",  when=[Run.may_be_unsure, Run.is_toggled],
       do=[Run.start_walk]),
    on("qunsure", "asking",  "again",    when=[Run.may_be_unsure, Run.is_worth_repeating],
       do=[Run.settle_down]),
    on("qunsure", "asking",  "settling", when=[Run.may_be_unsure], do=[Run.say_unsure, answered]),
    on("qunsure", "again",   "settling", do=[Run.say_unsure, answered]),
]
# fmt: on
