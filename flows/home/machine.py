"""Between sessions: start, check again, or read how it works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from transitions.extensions import HierarchicalMachine

from flows.base import Event, HandOver, Move, News, Row, Scene, Show, choice, said
from flows.home.vocabulary import (
    CameBack,
    CheckAsked,
    Greeted,
    HelpAsked,
    Home,
    HomeAgain,
    Phase,
    RemindersOff,
    StartAsked,
)
from flows.progress.count import is_alone
from flows.table import on
from flows.text.listed import is_listed


@dataclass
class Run:
    phase: Phase
    line: str
    news: list[News] = field(default_factory=list)

    def start(self, _: Event) -> None:
        self.news.append(HandOver(to="offer", why="start"))

    def check(self, _: Event) -> None:
        self.news.append(HandOver(to="triage", why="full"))

    def quiet(self, _: Event) -> None:
        self.news.append(HandOver(to="reminders", why="off"))

    def come_back(self, _: Event) -> None:
        self.news.append(HandOver(to="reminders", why="here"))

    def greet(self, event: Greeted) -> None:
        self.line = f"home.{event.how}"

    def settle(self, _: Event) -> None:
        self.line = "home.ready"


# fmt: off
STATES = ["resting", "helping"]
TRANSITIONS = [
    on("hhelp",  "resting", "helping"),
    on("hback",  "helping", "resting", do=[Run.settle]),
    on("hstart", "*",       "resting", do=[Run.settle, Run.start]),
    on("hcheck", "*",       "resting", do=[Run.settle, Run.check]),
    on("hquiet", "*",       "resting", do=[Run.settle, Run.quiet]),
    on("hgreet", "*",       "resting", do=[Run.greet]),
    on("hhere",  "*",       "resting", do=[Run.settle, Run.come_back]),
]
# fmt: on

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS,
    initial="resting", auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip

TYPED: tuple[tuple[str, Event], ...] = (
    ("start", StartAsked()), ("hello", Greeted(how="hello")), ("thanks", Greeted(how="thanks")),
)  # fmt: skip
QUIET_OFFERED = "home.nothing_runs"  # the line under which stopping the reminders is offered too
ASKING = frozenset({QUIET_OFFERED})  # lines that stand until they are answered


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    """Come home; `args["line"]` is what to say first, "silent" says nothing at all."""
    state = Home(line=str(args.get("line", "home.ready")))
    if why == "silent":
        return Move(state)
    return Move(state, (view(state, scene).model_copy(update={"how": "fresh"}),))


def advance(state: Home, event: Event, scene: Scene) -> Move:
    run = Run(state.phase, state.line)
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    after = Home(phase=run.phase, line=run.line)
    return Move(after, () if run.news else (view(after, scene),), tuple(run.news))


def view(state: Home, scene: Scene) -> Show:
    if state.phase == "helping":
        return Show(
            slot="screen",
            how="change",
            text=(said("help.text"),),
            rows=((choice("button.back", HomeAgain()),),),
        )
    return Show(slot="screen", how="change", text=(said(state.line),), rows=_rows(state, scene))


def _rows(state: Home, scene: Scene) -> tuple[Row, ...]:
    main = (choice("button.start", StartAsked(), style="success"),)
    if is_alone(scene.rests):
        main = (choice("button.im_back", CameBack(), style="success"),)
    rest = (choice("button.check", CheckAsked()), choice("button.help", HelpAsked()))
    if state.line == QUIET_OFFERED:
        return main, (choice("button.stop_reminders", RemindersOff()),), rest
    return main, rest


def read(state: Home, text: str, scene: Scene) -> Event | None:
    del state
    meant = (event for key, event in TYPED if is_listed(text, f"typed.home.{key}", scene))
    return next(meant, None)


def odd(state: Home, scene: Scene) -> Move:
    after = Home(line="home.only_backs")
    return Move(after if state.phase == "resting" else state, (view(after, scene),))
