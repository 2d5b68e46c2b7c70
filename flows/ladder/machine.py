"""One step of a ladder back to a feared movement, gated as a session is: it begins at the offer.

A step up comes only after so many practices with little pain and no worse day after; a step down
is on offer at any time, and taken by itself after pain.  Strong pain leads to the short check.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from transitions.extensions import HierarchicalMachine

from flows.base import (
    Climb,
    Effect,
    Event,
    HandOver,
    Hurts,
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
from flows.ladder.rungs import is_over, lower, practised, remembered
from flows.ladder.vocabulary import DayAfter, Did, Down, Ladder, NotNow, Pain, Phase
from flows.table import on

GRID = (range(6), range(6, 11))


@dataclass
class Run:
    phase: Phase
    state: Ladder
    climb: Climb
    scene: Scene
    effects: list[Effect] = field(default_factory=list)
    news: list[News] = field(default_factory=list)

    def is_too_strong(self, event: Pain) -> bool:
        return is_over(event.n, self.scene.content)

    def look_back(self, event: DayAfter) -> None:
        climb, line = remembered(self.climb, worse=event.worse == "yes", content=self.scene.content)
        self.keep(climb, line)

    def go_down(self, _: Event) -> None:
        self.keep(lower(self.climb), "")

    def rate(self, event: Pain) -> None:
        climb, line = practised(self.climb, event.n, self.scene)
        entry = {
            "what": "ladder", "id": self.climb.ladder, "step": self.climb.step, "score": event.n,
        }  # fmt: skip
        self.effects.append(Record(kind="rating", entry=entry))
        self.keep(climb, line)

    def go_home(self, _: Event) -> None:
        line = self.state.line or "climb.left"
        self.news.append(HandOver(to="idle", why="said", args={"line": line}))

    def leave(self, _: Event) -> None:
        self.news.append(HandOver(to="idle", why="said", args={"line": "climb.left"}))

    def check(self, _: Event) -> None:
        """Say what comes of it, then ask what is asked after any strong pain."""
        self.effects.append(
            Show(slot="screen", how="fresh", silent=False, text=(said("climb.sore"),))
        )
        self.news.append(HandOver(to="triage", why="short"))

    def keep(self, climb: Climb, line: str) -> None:
        self.climb = climb
        self.state = self.state.model_copy(update={"line": line})
        self.news.append(Set(fields={"aims": _aims(climb, self.scene)}))


# fmt: off
STATES = ["recalling", "doing", "rating", "left"]
TRANSITIONS = [
    on("lday",  "recalling", "doing",  do=[Run.look_back]),
    on("ldid",  "doing",        "rating"),
    on("ldown", "doing",        "doing",  do=[Run.go_down]),
    on("lnum",  "rating",       "left",   when=[Run.is_too_strong], do=[Run.rate, Run.check]),
    on("lnum",  "rating",       "left",   do=[Run.rate, Run.go_home]),
    on("lnot",  ["recalling", "doing", "rating"], "left", do=[Run.leave]),
]
# fmt: on

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS,
    initial="doing", auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    """Ask of the day after the last practice, where there was one; else show the step."""
    del why, args
    climb = scene.aims.climb
    if climb is None or climb.ladder not in scene.content.ladders:
        return Move(Ladder(phase="left"), (), (HandOver(to="idle", args={"line": "home.ready"}),))
    state = Ladder(phase="doing" if climb.done_at is None else "recalling")
    return Move(state, (view(state, scene),))


def advance(state: Ladder, event: Event, scene: Scene) -> Move:
    climb = scene.aims.climb
    if climb is None:
        return Move(state, moved=False)
    run = Run(state.phase, state, climb, scene)
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    after = run.state.model_copy(update={"phase": run.phase})
    handed = any(isinstance(piece, HandOver) for piece in run.news)
    effects = () if handed else (_shown(after, run.climb, scene),)
    return Move(after, (*run.effects, *effects), tuple(run.news))


def hurt(scene: Scene) -> Set:
    """Note that a step hurt: the next practice is a step down."""
    climb = scene.aims.climb
    lowered = climb and lower(climb).model_copy(update={"done_at": None, "pain": None})
    return Set(fields={"aims": _aims(lowered, scene)})


def view(state: Ladder, scene: Scene) -> Show:
    climb = scene.aims.climb
    if climb is None or climb.ladder not in scene.content.ladders:
        return Show(slot="screen", how="change", text=(said("home.ready"),))
    return _shown(state, climb, scene)


def read(state: Ladder, text: str, scene: Scene) -> Event | None:
    del state, text, scene
    return None


def odd(state: Ladder, scene: Scene) -> Move:
    show = view(state, scene)
    return Move(state, (show.model_copy(update={"text": (said("talk.choose"), *show.text)}),))


def _shown(state: Ladder, climb: Climb, scene: Scene) -> Show:
    text, rows = _screen(state, climb, scene)
    line = (said(state.line),) if state.line and state.phase == "doing" else ()
    return Show(slot="screen", how="change", text=(*line, *text), rows=rows)


def _screen(state: Ladder, climb: Climb, scene: Scene) -> tuple[tuple[Said, ...], tuple[Row, ...]]:
    stop: Row = (choice("button.hurts", Hurts(), style="danger"),)
    not_now = choice("button.climb_no", NotNow())
    if state.phase == "recalling":
        days = (
            choice("button.worse_no", DayAfter(worse="no")),
            choice("button.worse_yes", DayAfter(worse="yes")),
        )
        return (_title(climb, scene), said("climb.day_after")), (days, (not_now,))
    if state.phase == "rating":
        grid = tuple(
            tuple(choice(said("asking.point", n=n), Pain(n=n), number=n) for n in row)
            for row in GRID
        )
        return (said("climb.pain"), said("after.grid")), (stop, *grid)
    step = scene.content.ladders[climb.ladder].steps[climb.step]
    text = (
        _title(climb, scene),
        said(f"ladder.{climb.ladder}.{step.id}"),
        said("climb.times", n=step.times),
    )
    down = (choice("button.climb_down", Down()),) if climb.step else ()
    did = (choice("button.climb_did", Did(), style="success"),)
    return text, (stop, did, (*down, not_now))


def _title(climb: Climb, scene: Scene) -> Said:
    count = len(scene.content.ladders[climb.ladder].steps)
    name = said(f"ladder.{climb.ladder}.name")
    return said("climb.step", ladder=name, number=climb.step + 1, count=count)


def _aims(climb: Climb | None, scene: Scene) -> object:
    return scene.aims.model_copy(update={"climb": climb})
