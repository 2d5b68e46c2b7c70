"""Whoever comes back after a block is asked first: go on, or have everything deleted.

What stood on the floor before is still there, and comes up again with "Continue".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from transitions.extensions import HierarchicalMachine

from flows.back.vocabulary import Back, Continued, DeleteAsked, Phase
from flows.base import Event, HandOver, Moment, Move, News, Scene, Show, choice, said
from flows.table import on
from flows.text import yes_no


@dataclass
class Run:
    phase: Phase
    held: Mapping[str, Any]
    news: list[News] = field(default_factory=list)

    def leave(self, _: Event) -> None:
        self.news.append(HandOver(to="delete", args=dict(self.held)))


# fmt: off
STATES = [
    "asking",
    "staying",
    {"name": "leaving", "on_enter": Run.leave},
]
TRANSITIONS = [
    on("bstay",   "asking", "staying"),
    on("bdelete", "asking", "leaving"),
]
# fmt: on

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS,
    initial="asking", auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    """Greet, with the day in `args` until which all is kept, and what a deletion would count."""
    del why
    held = {name: value for name, value in args.items() if name != "until"}
    state = Back(until=args["until"], held=held)
    return Move(state, (view(state, scene).model_copy(update={"how": "fresh"}),))


def advance(state: Back, event: Event, scene: Scene) -> Move:
    del scene
    run = Run(state.phase, state.held)
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    return Move(None, (), tuple(run.news))


def view(state: Back, scene: Scene) -> Show:
    del scene
    until = Moment(at=state.until, told="day")
    row = (
        choice("button.continue", Continued(), style="success"),
        choice("button.delete_it", DeleteAsked(), style="danger"),
    )
    return Show(slot="screen", how="change", text=(said("back.welcome", day=until),), rows=(row,))


def read(state: Back, text: str, scene: Scene) -> Event | None:
    """Take a yes for "Continue"; deleting wants its button."""
    del state
    return Continued() if yes_no(text, scene) == "yes" else None


def odd(state: Back, scene: Scene) -> Move:
    shown = view(state, scene)
    return Move(state, (shown.model_copy(update={"text": (said("talk.choose"), *shown.text)}),))
