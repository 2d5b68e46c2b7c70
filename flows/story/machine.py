"""What a typed story told is shown before it counts; it saves the questions that it answers.

Dangers count at once, without a tap: this room only ever sees what is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from transitions.extensions import HierarchicalMachine

from content.schema import Value
from flows.base import Event, Move, News, Scene, Show, Typed, choice, said
from flows.story.vocabulary import ItIsNot, ItIsSo, Phase, Story
from flows.table import on
from flows.text import yes_no
from flows.told import told


@dataclass
class Run:
    phase: Phase
    facts: dict[str, Value]
    news: list[News] = field(default_factory=list)

    def take(self, _: Event) -> None:
        self.news.append(Typed(facts=self.facts))

    def drop(self, _: Event) -> None:
        self.news.append(Typed(facts={}))


# fmt: off
STATES = [
    "asking",
    {"name": "taken", "on_enter": Run.take},
    {"name": "dropped", "on_enter": Run.drop},
]
TRANSITIONS = [
    on("kyes", "asking", "taken"),
    on("kno",  "asking", "dropped"),
]
# fmt: on

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS,
    initial="asking", auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    del why
    state = Story(facts=dict(args["facts"]))
    return Move(state, (view(state, scene),))


def advance(state: Story, event: Event, scene: Scene) -> Move:
    del scene
    run = Run(state.phase, dict(state.facts))
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    return Move(None, (), tuple(run.news))


def view(state: Story, scene: Scene) -> Show:
    lines = tuple(said("story.line", told=line) for line in told(state.facts, scene.content))
    row = (choice("button.yes", ItIsSo(), style="success"), choice("button.no", ItIsNot()))
    text = (said("story.understood"), *lines, said("story.is_it_so"))
    return Show(slot="screen", how="change", text=text, rows=(row,))


def read(state: Story, text: str, scene: Scene) -> Event | None:
    del state
    match yes_no(text, scene):
        case "yes":
            return ItIsSo()
        case "no":
            return ItIsNot()
        case _:
            return None


def odd(state: Story, scene: Scene) -> Move:
    shown = view(state, scene)
    return Move(state, (shown.model_copy(update={"text": (said("talk.choose"), *shown.text)}),))
