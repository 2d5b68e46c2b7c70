"""Up to three activities that the back makes hard, picked or typed, and scored 0 to 10 each week.

Nothing typed gets here that was not read for danger first.  Every question may be passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from transitions.extensions import HierarchicalMachine

from flows.aiming import change_of, scored
from flows.aims.screens import shown
from flows.aims.vocabulary import AimsScreen, Finished, Named, Phase, Scored, Written
from flows.base import Activity, Aims, Effect, Event, Move, News, Record, Scene, Set, Show, said
from flows.table import on
from flows.text import yes_no


@dataclass
class Run:
    phase: Phase
    state: AimsScreen
    scene: Scene
    effects: list[Effect] = field(default_factory=list)
    news: list[News] = field(default_factory=list)

    # ---- guards

    def has_room(self, event: Named | Written) -> bool:
        out = isinstance(event, Named) and event.mark == "off"
        return out or len(self.aims.activities) < self.scene.content.aims.most

    def is_short(self, event: Written) -> bool:
        return 0 < len(event.text.strip()) <= self.scene.content.aims.letters

    def is_listed(self, event: Named) -> bool:
        own = any(each.id == event.activity for each in self.aims.activities)
        return own or event.activity in self.scene.content.activities

    def has_any(self, _: Event) -> bool:
        return bool(self.aims.activities)

    def has_more(self, _: Event) -> bool:
        return self.state.at + 1 < len(self.aims.activities)

    # ---- what is done

    @property
    def aims(self) -> Aims:
        return self.scene.aims

    def name(self, event: Named) -> None:
        others = tuple(a for a in self.aims.activities if a.id != event.activity)
        new = (Activity(id=event.activity),) if event.mark == "on" else ()
        self.keep(activities=(*others, *new))
        self.look(line="")

    def write(self, event: Written) -> None:
        taken = {each.id for each in self.aims.activities}
        numbers = range(1, self.scene.content.aims.most + 2)
        free = next(f"own{n}" for n in numbers if f"own{n}" not in taken)
        activity = Activity(id=free, text=" ".join(event.text.split()))
        self.keep(activities=(*self.aims.activities, activity))
        self.look(line="")

    def refuse_long(self, _: Event) -> None:
        self.look(line="aims.long")

    def refuse_more(self, _: Event) -> None:
        self.look(line="aims.full")

    def begin_scores(self, _: Event) -> None:
        self.look(at=0, line="")

    def score(self, event: Scored) -> None:
        now = self.aims.activities[self.state.at]
        all_of_them = tuple(
            scored(each, event.n) if each.id == now.id else each for each in self.aims.activities
        )
        self.keep(activities=all_of_them, first_at=self.aims.first_at or self.scene.at)
        text = {"text": now.text} if now.text else {}
        entry = {"what": "activity", "id": now.id, **text, "score": event.n}
        self.effects.append(Record(kind="rating", entry=entry))

    def go_on(self, _: Event) -> None:
        self.look(at=self.state.at + 1)

    def close(self, _: Event) -> None:
        self.keep(asked_at=self.scene.at)
        told = any(each.last is not None for each in self.aims.activities)
        self.look(line=f"aims.{change_of(self.aims, self.scene)}" if told else "aims.none")

    def keep(self, **fields: object) -> None:
        aims = self.aims.model_copy(update=fields)
        self.scene = replace(self.scene, aims=aims)
        self.news.append(Set(fields={"aims": aims}))

    def look(self, **fields: object) -> None:
        self.state = self.state.model_copy(update=fields)


# fmt: off
STATES = ["naming", "scoring", "closed"]
TRANSITIONS = [
    on("gname",  "naming",  "naming",  when=[Run.is_listed, Run.has_room], do=[Run.name]),
    on("gname",  "naming",  "naming",  when=[Run.is_listed], do=[Run.refuse_more]),
    on("gwrite", "naming",  "naming",  when=[Run.is_short, Run.has_room], do=[Run.write]),
    on("gwrite", "naming",  "naming",  when=[Run.is_short], do=[Run.refuse_more]),
    on("gwrite", "naming",  "naming",  do=[Run.refuse_long]),
    on("gdone",  "naming",  "scoring", when=[Run.has_any], do=[Run.begin_scores]),
    on("gdone",  "naming",  "closed",  do=[Run.close]),
    on("gscore", "scoring", "scoring", when=[Run.has_more], do=[Run.score, Run.go_on]),
    on("gscore", "scoring", "closed",  do=[Run.score, Run.close]),
    on("gskip",  "scoring", "scoring", when=[Run.has_more], do=[Run.go_on]),
    on("gskip",  "scoring", "closed",  do=[Run.close]),
]
# fmt: on

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS,
    initial="naming", auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    """Score at the end of a session what was named before; by command, name first."""
    del args
    weekly = why == "weekly"
    state = AimsScreen(phase="scoring" if weekly and scene.aims.activities else "naming")
    shown = view(state, scene).model_copy(update={"how": "fresh"})
    if not weekly:
        return Move(state, (shown,))
    asked = scene.aims.model_copy(update={"asked_at": scene.at})  # also when nobody answers
    return Move(state, (shown,), (Set(fields={"aims": asked}),))


def advance(state: AimsScreen, event: Event, scene: Scene) -> Move:
    run = Run(state.phase, state, scene)
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    after = run.state.model_copy(update={"phase": run.phase})
    kept = None if run.phase == "closed" else after
    shows = (view(after, run.scene),)
    return Move(kept, (*run.effects, *shows), tuple(run.news), free=isinstance(event, Named))


def view(state: AimsScreen, scene: Scene) -> Show:
    """Show the phase; what was asked about may have gone meanwhile."""
    if state.phase == "scoring" and state.at >= len(scene.aims.activities):
        return shown(state.model_copy(update={"phase": "naming"}), scene)
    return shown(state, scene)


def read(state: AimsScreen, text: str, scene: Scene) -> Event | None:
    """Take what is typed into the open list as an activity; a score is a number on offer."""
    if state.phase != "naming":
        return None
    return Finished() if yes_no(text, scene) == "no" else Written(text=text)


def odd(state: AimsScreen, scene: Scene) -> Move:
    show = view(state, scene)
    return Move(state, (show.model_copy(update={"text": (said("talk.choose"), *show.text)}),))
