"""What is given back, over whatever stands on the floor; a page is put together step by step.

Nothing here reads the diary: a drawing is a wish, and whoever draws reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from transitions.extensions import HierarchicalMachine

from flows.base import Draw, Effect, Event, HandOver, Move, News, Scene, Show, said
from flows.report.screens import shown
from flows.report.vocabulary import PARTS, Opened, PartSet, Phase, Report, WeeksPicked
from flows.table import on

FIRST: Mapping[str, Phase] = {"today": "today", "progress": "progress", "report": "weeks"}


@dataclass
class Run:
    """The screen opened for one event, and what is asked for."""

    phase: Phase
    state: Report
    scene: Scene
    effects: list[Effect] = field(default_factory=list)
    news: list[News] = field(default_factory=list)

    # ---- guards

    def is_today(self, event: Opened) -> bool:
        return event.what == "today"

    def is_progress(self, event: Opened) -> bool:
        return event.what == "progress"

    def is_report(self, event: Opened) -> bool:
        return event.what == "report"

    def is_offered(self, event: WeeksPicked) -> bool:
        return event.weeks in {0, *self.scene.content.measures.report_weeks}

    def has_part(self, _: Event) -> bool:
        return bool(self.state.parts)

    # ---- what is done

    def settle(self, _: Event) -> None:
        self.keep(line="")

    def take_weeks(self, event: WeeksPicked) -> None:
        self.keep(weeks=event.weeks, line="")

    def take_part(self, event: PartSet) -> None:
        parts = {*self.state.parts, event.part} if event.to == "on" else {*self.state.parts}
        if event.to == "off":
            parts.discard(event.part)
        self.keep(parts=tuple(part for part in PARTS if part in parts), line="")

    def ask_for_part(self, _: Event) -> None:
        self.keep(line="report.no_part")

    def draw_chart(self, _: Event) -> None:
        caption, lost = (said("report.chart"),), said("report.chart_lost")
        self.effects.append(Draw(what="chart", caption=caption, lost=lost))

    def preview(self, _: Event) -> None:
        lost = said("report.page_lost")
        self.effects.append(Draw(what="text", caption=(), lost=lost, args=self.asked()))

    def send(self, _: Event) -> None:
        caption, lost = (said("report.page_sent"),), said("report.page_lost")
        self.effects.append(Draw(what="page", caption=caption, lost=lost, args=self.asked()))

    def asked(self) -> dict[str, Any]:
        return {"weeks": self.state.weeks, "parts": list(self.state.parts)}

    def start(self, _: Event) -> None:
        self.news.append(HandOver(to="offer", why="start"))

    def keep(self, **fields: object) -> None:
        self.state = self.state.model_copy(update=fields)


OPEN = ["today", "progress", "weeks", "parts", "checked"]

# fmt: off
STATES = [*OPEN, "closed"]
TRANSITIONS = [
    on("popen",  OPEN,       "today",    when=[Run.is_today],    do=[Run.settle]),
    on("popen",  OPEN,       "progress", when=[Run.is_progress], do=[Run.settle]),
    on("popen",  OPEN,       "weeks",    when=[Run.is_report],   do=[Run.settle]),
    on("pstart", "today",    "today",    do=[Run.start]),
    on("pchart", "progress", "progress", do=[Run.draw_chart]),
    on("pweeks", "weeks",    "parts",    when=[Run.is_offered],  do=[Run.take_weeks]),
    on("ppart",  "parts",    "parts",    do=[Run.take_part]),
    on("pshow",  "parts",    "checked",  when=[Run.has_part],    do=[Run.settle, Run.preview]),
    on("pshow",  "parts",    "parts",    do=[Run.ask_for_part]),
    on("psend",  "checked",  "closed",   do=[Run.send]),
    on("pback",  "parts",    "weeks",    do=[Run.settle]),
    on("pback",  "checked",  "parts",    do=[Run.settle]),
    on("pclose", OPEN,       "closed"),
]
# fmt: on

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS,
    initial="today", auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    """Open what was asked for; everything as files needs no screen."""
    del args
    if why == "export":
        return Move(None, (exported(),), free=True)
    state = Report(phase=FIRST[why])
    return Move(state, (shown(state, scene).model_copy(update={"how": "fresh"}),))


def exported() -> Draw:
    return Draw(what="export", caption=(said("report.export"),), lost=said("report.export_lost"))


def advance(state: Report, event: Event, scene: Scene) -> Move:
    run = Run(state.phase, state, scene)
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    after = run.state.model_copy(update={"phase": run.phase})
    if run.news:
        return Move(after, tuple(run.effects), tuple(run.news))
    if run.phase == "closed":
        return Move(None, tuple(run.effects))
    show = shown(after, scene)
    if run.effects:  # below what is drawn: an edit above it would not be seen
        show = show.model_copy(update={"how": "fresh"})
    return Move(after, (*run.effects, show), free=isinstance(event, PartSet))


def view(state: Report, scene: Scene) -> Show:
    return shown(state, scene)


def read(state: Report, text: str, scene: Scene) -> Event | None:
    """Nothing but the buttons' own words is meant here."""
    del state, text, scene
    return None


def odd(state: Report, scene: Scene) -> Move:
    show = shown(state, scene)
    return Move(state, (show.model_copy(update={"text": (said("talk.choose"), *show.text)}),))
