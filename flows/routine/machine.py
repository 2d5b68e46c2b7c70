"""My routine, by command: which moves, in what order, how long; and which ladder is climbed.

Made from allowed moves only, inside the limits of content.  What is made here is still gated: at
each start it goes through today's check, and what is out today is left out or swapped.  A change
of the list takes no turn: its button carries the value it wants, so a doubled tap is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from transitions.extensions import HierarchicalMachine

from flows.base import (
    Aims,
    Climb,
    Event,
    HandOver,
    Move,
    News,
    Own,
    Said,
    Scene,
    Set,
    Show,
    said,
)
from flows.progress.moves import kept
from flows.routine import list as lists
from flows.routine.screens import shown
from flows.routine.vocabulary import (
    Exchanged,
    Grouped,
    HadBack,
    Held,
    LadderTaken,
    Opened,
    Phase,
    Picked,
    Routine,
    Shifted,
    TakenOut,
)
from flows.table import on

FREE = (Picked, Held, Shifted, HadBack)


@dataclass
class Run:
    """The editor opened for one event, the scene as it becomes, and what is asked for."""

    state: Routine
    scene: Scene
    phase: Phase
    news: list[News] = field(default_factory=list)

    # ---- guards

    def is_listed(self, event: Opened | Shifted | Held | Exchanged | TakenOut) -> bool:
        return event.exercise in self.scene.own.routine

    def is_known(self, event: Picked) -> bool:
        return event.exercise in self.scene.content.exercises

    def is_possible(self, event: Held) -> bool:
        return self.is_listed(event) and lists.may_hold(event.exercise, event.seconds, self.scene)

    def has_neighbour(self, event: Exchanged) -> bool:
        listed = self.is_listed(event)
        return listed and lists.neighbour(event.exercise, event.how, self.scene) is not None

    def is_changed(self, event: HadBack) -> bool:
        return event.exercise in self.scene.own.instead

    def is_ladder(self, event: LadderTaken) -> bool:
        ladder = self.scene.content.ladders.get(event.ladder)
        facts, content = self.scene.facts, self.scene.content
        return ladder is not None and not (ladder.unless and content.holds(ladder.unless, facts))

    # ---- what is done

    def hush(self, _: Event) -> None:
        self.look(lines=())

    def group(self, event: Grouped) -> None:
        self.look(position=event.position, lines=())

    def pick(self, event: Picked) -> None:
        own, lines = self.scene.own, tuple[Said, ...]()
        if event.mark == "off":
            own = lists.without(event.exercise, own)
        elif event.exercise not in own.routine:
            why = lists.refused(event.exercise, self.scene)
            own, lines = (own, (why,)) if why else (lists.joined(event.exercise, own), lines)
        self.keep(own)
        self.look(lines=lines)

    def open(self, event: Opened) -> None:
        self.look(exercise=event.exercise, lines=())

    def shift(self, event: Shifted) -> None:
        self.keep(lists.shifted(event.exercise, event.to, self.scene.own))
        self.look(exercise=event.exercise, lines=())

    def hold(self, event: Held) -> None:
        self.keep(lists.held(event.exercise, event.seconds, self.scene.own))
        self.look(exercise=event.exercise, lines=())

    def exchange(self, event: Exchanged) -> None:
        if (other := lists.neighbour(event.exercise, event.how, self.scene)) is not None:
            self.keep(lists.exchanged(event.exercise, other, self.scene.own))
            self.look(exercise=other, lines=())

    def take_out(self, event: TakenOut) -> None:
        self.keep(lists.without(event.exercise, self.scene.own))
        self.look(exercise="", lines=())

    def have_back(self, event: HadBack) -> None:
        self.keep(kept(self.scene.own, event.exercise))
        self.look(lines=())

    def take_ladder(self, event: LadderTaken) -> None:
        self.aim(Climb(ladder=event.ladder))
        count = len(self.scene.content.ladders[event.ladder].steps)
        name = said(f"ladder.{event.ladder}.name")
        self.look(lines=(said("climb.taken", ladder=name, number=1, count=count),))

    def leave_ladder(self, _: Event) -> None:
        self.aim(None)
        self.look(lines=())

    def open_aims(self, _: Event) -> None:
        self.news.append(HandOver(to="aims", why="command"))

    def keep(self, own: Own) -> None:
        own = lists.in_order(own, self.scene.content)
        self.scene = replace(self.scene, own=own)
        self.news.append(Set(fields={"own": own}))

    def aim(self, climb: Climb | None) -> None:
        aims: Aims = self.scene.aims.model_copy(update={"climb": climb})
        self.scene = replace(self.scene, aims=aims)
        self.news.append(Set(fields={"aims": aims}))

    def look(self, **fields: object) -> None:
        self.state = self.state.model_copy(update=fields)


# fmt: off
STATES = ["open", "where", "group", "move", "ladders", "closed"]
TRANSITIONS = [
    on("ywhere",  "open",    "where",   do=[Run.hush]),
    on("ygroup",  "where",   "group",   do=[Run.group]),
    on("ypick",   "group",   "group",   when=[Run.is_known], do=[Run.pick]),
    on("ymove",   "open",    "move",    when=[Run.is_listed], do=[Run.open]),
    on("yshift",  "move",    "move",    when=[Run.is_listed], do=[Run.shift]),
    on("yhold",   "move",    "move",    when=[Run.is_possible], do=[Run.hold]),
    on("yswap",   "move",    "move",    when=[Run.has_neighbour], do=[Run.exchange]),
    on("yout",    "move",    "open",    when=[Run.is_listed], do=[Run.take_out]),
    on("yundo",   "open",    "open",    when=[Run.is_changed], do=[Run.have_back]),
    on("yladder", "open",    "ladders", do=[Run.hush]),
    on("ytake",   "ladders", "open",    when=[Run.is_ladder], do=[Run.take_ladder]),
    on("yleave",  "ladders", "open",    do=[Run.leave_ladder]),
    on("yaims",   "open",    "closed",  do=[Run.open_aims]),
    on("yback",   "where",   "open",    do=[Run.hush]),
    on("yback",   "group",   "where",   do=[Run.hush]),
    on("yback",   "move",    "open",    do=[Run.hush]),
    on("yback",   "ladders", "open",    do=[Run.hush]),
    on("ydone",   "open",    "closed",  do=[Run.hush]),
]
# fmt: on

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS, initial="open",
    auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    """Open the list, or at once the ladders."""
    del args
    state = Routine(phase="ladders" if why == "ladders" else "open")
    return Move(state, (view(state, scene).model_copy(update={"how": "fresh"}),))


def advance(state: Routine, event: Event, scene: Scene) -> Move:
    run = Run(state, scene, state.phase)
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    after = run.state.model_copy(update={"phase": run.phase})
    handed = any(isinstance(piece, HandOver) for piece in run.news)
    effects = () if handed else (view(after, run.scene),)
    kept_open = None if run.phase == "closed" else after
    return Move(kept_open, effects, tuple(run.news), free=isinstance(event, FREE))


def view(state: Routine, scene: Scene) -> Show:
    """Show the phase; a move that has left the list meanwhile gives way to the list."""
    gone = state.phase == "move" and state.exercise not in scene.own.routine
    return shown(state.model_copy(update={"phase": "open"}) if gone else state, scene)


def read(state: Routine, text: str, scene: Scene) -> Event | None:
    del state, text, scene
    return None


def odd(state: Routine, scene: Scene) -> Move:
    show = view(state, scene)
    return Move(state, (show.model_copy(update={"text": (said("talk.choose"), *show.text)}),))
