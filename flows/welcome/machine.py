"""Consent: nothing is asked before it, and it is recorded with the version of its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from transitions.extensions import HierarchicalMachine

from flows.base import (
    Effect,
    Event,
    HandOver,
    Move,
    News,
    Record,
    Scene,
    Set,
    Show,
    said,
)
from flows.table import on
from flows.text import yes_no
from flows.welcome.screens import shown
from flows.welcome.vocabulary import (
    Agreed,
    Declined,
    Helping,
    Phase,
    PickedLanguage,
    ReadAloud,
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
            self.onward(),
        ]

    def onward(self) -> HandOver:
        """Begin with the check; whoever agreed to an earlier text goes on with what they have."""
        if self.scene.checked.full_at is None:
            return HandOver(to="triage", why="full")
        return HandOver(to="offer", why="start")

    def note_helper(self, event: Helping) -> None:
        self.helper = event.mark == "on"

    def read_aloud(self, event: ReadAloud) -> None:
        wish = {"screen_reader": event.mark == "on"}
        settings = self.scene.settings.model_copy(update=wish)
        self.scene = replace(self.scene, settings=settings)
        self.news.append(Set(fields=dict(wish)))

    def is_spoken(self, event: PickedLanguage) -> bool:
        return event.language in self.scene.content.words

    def speak(self, event: PickedLanguage) -> None:
        self.scene = replace(self.scene, language=event.language)
        self.news.append(Set(fields={"language": event.language}))


# fmt: off
STATES = [
    "greeting", "storage", "language", "declined",
    {"name": "consented", "on_enter": Run.consent},
]
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
    on("wread",  "greeting", "greeting", do=[Run.read_aloud]),
    on("wlangs", "greeting", "language"),
    on("wlang",  "language", "greeting", when=[Run.is_spoken], do=[Run.speak]),
    on("wback",  "language", "greeting"),
]
# fmt: on

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS,
    initial="greeting", auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    del why, args
    state = Welcome(helper=scene.settings.helper)
    return Move(state, (view(state, scene).model_copy(update={"how": "fresh"}),))


def advance(state: Welcome, event: Event, scene: Scene) -> Move:
    run = Run(state.phase, state.helper, scene)
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    after = Welcome(phase=run.phase, helper=run.helper)
    handed = any(isinstance(piece, HandOver) for piece in run.news)
    told = () if handed else (view(after, run.scene),)
    return Move(after, (*run.effects, *told), tuple(run.news))


def view(state: Welcome, scene: Scene) -> Show:
    return shown(state, scene)


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
    show = view(state, scene)
    return Move(state, (show.model_copy(update={"text": (said("talk.choose"), *show.text)}),))
