"""Consent: nothing is asked before it, and it is recorded with the version of its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from transitions.extensions import HierarchicalMachine

from flows.base import (
    Effect,
    Event,
    HandOver,
    Move,
    News,
    Record,
    Row,
    Said,
    Scene,
    Set,
    Show,
    choice,
    said,
)
from flows.table import on
from flows.text import yes_no
from flows.welcome.vocabulary import (
    Agreed,
    AskedStorage,
    Declined,
    Helping,
    Phase,
    Returned,
    Welcome,
)


@dataclass
class Run:
    phase: Phase
    helper: bool
    scene: Scene
    effects: list[Effect] = field(default_factory=list)
    news: list[News] = field(default_factory=list)

    def consent(self, _: Event) -> None:
        version = self.scene.content.consent_version
        self.effects.append(Record(kind="consent", entry={"version": version}))
        self.news += [
            Set(
                fields={
                    "consent_version": version,
                    "consent_at": self.scene.at,
                    "helper": self.helper,
                }
            ),
            HandOver(to="triage", why="full"),
        ]

    def note_helper(self, event: Helping) -> None:
        self.helper = event.mark == "on"


# fmt: off
STATES = ["greeting", "storage", "declined", {"name": "consented", "on_enter": Run.consent}]
TRANSITIONS = [
    on("wyes",   "greeting", "consented"),
    on("wyes",   "storage",  "consented"),
    on("wyes",   "declined", "consented"),
    on("wno",    "greeting", "declined"),
    on("wno",    "storage",  "declined"),
    on("wstore", "greeting", "storage"),
    on("wback",  "storage",  "greeting"),
    on("wback",  "declined", "greeting"),
    on("whelp",  "greeting", "greeting", do=[Run.note_helper]),
]
# fmt: on

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS,
    initial="greeting", auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    del why, args
    state = Welcome()
    return Move(state, (view(state, scene).model_copy(update={"how": "fresh"}),))


def advance(state: Welcome, event: Event, scene: Scene) -> Move:
    run = Run(state.phase, state.helper, scene)
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    after = Welcome(phase=run.phase, helper=run.helper)
    shown = () if run.news else (view(after, scene),)
    return Move(after, (*run.effects, *shown), tuple(run.news))


def view(state: Welcome, scene: Scene) -> Show:
    text, rows = _shown(state)
    del scene
    return Show(slot="screen", how="change", text=text, rows=rows)


def _shown(state: Welcome) -> tuple[tuple[Said, ...], tuple[Row, ...]]:
    agree = choice("button.agree", Agreed(), style="success")
    match state.phase:
        case "greeting" | "consented":
            mark: dict[bool, Any] = {True: "off", False: "on"}
            helping = choice(
                "button.helping",
                Helping(mark=mark[state.helper]),
                mark="on" if state.helper else None,
            )
            return (said("welcome.hello"), said("consent.text")), (
                (agree,),
                (choice("button.no_thanks", Declined()), choice("button.storage", AskedStorage())),
                (helping,),
            )
        case "storage":
            return (said("privacy.text"),), ((agree,), (choice("button.back", Returned()),))
        case "declined":
            return (said("welcome.declined"),), ((choice("button.read_again", Returned()),),)


def read(state: Welcome, text: str, scene: Scene) -> Event | None:
    """Read a plain yes or no; a yes is consent only where the question is on the screen."""
    if state.phase == "declined":
        return None
    match yes_no(text, scene):
        case "yes":
            return Agreed()
        case "no":
            return Declined()
        case _:
            return None


def odd(state: Welcome, scene: Scene) -> Move:
    shown = view(state, scene)
    return Move(state, (shown.model_copy(update={"text": (said("talk.choose"), *shown.text)}),))
