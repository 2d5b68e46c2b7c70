"""The stop: the danger check after every pain, then what the table allows, and never more.

Nothing goes on before strength and danger are answered, whatever is pressed.  A further report of
pain is never stale: while something is asked it says "Stopped" once more and keeps the answers;
later it begins the check anew, and then nothing goes on today.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from transitions.extensions import HierarchicalMachine

from flows.base import (
    DropAlarm,
    Effect,
    Event,
    HandOver,
    Move,
    News,
    Scene,
    SetAlarm,
    Strip,
    said,
)
from flows.stop import asking, path
from flows.stop.handing import resumed, to_triage
from flows.stop.screens import shown
from flows.stop.vocabulary import Phase, RestEnded, SilenceHeard, Stop, Ticked
from flows.table import on

STOPPED, PAUSE_SOUND = "stop.stopped", "session.pause_sound"


def stopping(state: Stop) -> tuple[str, ...]:
    """Say "Stopped"; a track that may be playing on the phone cannot be stopped from here."""
    return (STOPPED, PAUSE_SOUND) if state.session.get("listening") else (STOPPED,)


@dataclass
class Run:
    """What the machine moves: a stop opened for one event, and what it asks for."""

    phase: Phase
    state: Stop
    scene: Scene
    turned: path.Turned | None = None  # where the event leads, when it answers what is asked
    above: tuple[str, ...] = ()  # said once, above what is shown
    how: Literal["change", "fresh"] = "change"
    rings: bool = False
    free: bool = False
    effects: list[Effect] = field(default_factory=list)
    news: list[News] = field(default_factory=list)

    # ---- guards

    def is_current(self, event: SilenceHeard | RestEnded) -> bool:
        return event.seq == self.state.seq

    def is_first_silence(self, event: SilenceHeard) -> bool:
        return self.is_current(event) and not self.state.nudged

    def has_box(self, event: Ticked) -> bool:
        return self._toggled(event) is not None

    def is_due_easier(self, event: RestEnded) -> bool:
        way = self.state.onward
        return self.is_current(event) and way is not None and way.easier

    # ---- answers

    def take(self, _: Event) -> None:
        if self.turned:
            self.keep(self.turned)

    def keep(self, turned: path.Turned) -> None:
        self.state = turned.state
        self.effects += turned.effects
        self.news += turned.news

    def explain(self, _: Event) -> None:
        self.update(explaining=True)
        self.free = True

    def tick(self, event: Ticked) -> None:
        self.update(ticked=self._toggled(event) or ())
        self.free = True

    def _toggled(self, event: Ticked) -> tuple[str, ...] | None:
        screen = self.scene.content.screens[self.state.asks[self.state.step]]
        return asking.toggled(screen, self.state.ticked, event)

    # ---- pain again, and silence

    def say_stopped(self, _: Event) -> None:
        self.above, self.how, self.rings = stopping(self.state), "fresh", True

    def begin_again(self, _: Event) -> None:
        if self.state.phase == "settling":  # what it was is known, and not yet written down
            self.keep(path.unanswered(self.state, self.scene))
        self.state = Stop(
            phase=self.phase, seq=self.state.seq, session=self.state.session,
            told=self.state.told.model_copy(update={"stops": self.state.told.stops + 1}),
            asks=self.scene.content.stop.check, closed=self.state.closed,
        )  # fmt: skip

    def ask_if_ok(self, _: Event) -> None:
        self.above, self.how, self.rings = ("stop.are_you_ok",), "fresh", True
        self.update(nudged=True)

    def give_up(self, _: Event) -> None:
        self.how, self.rings = "fresh", True
        self.keep(path.unanswered(self.state, self.scene))

    def leave_for_next_time(self, _: Event) -> None:
        """Keep what was written down; only the danger questions of it were not begun."""
        self.how, self.rings = "fresh", True
        self.news.append(path.open_next_time(self.scene))
        self.update(lines=path.MARKED)

    # ---- going on, or not

    def rest(self, _: Event) -> None:
        way = self.state.onward
        if way is not None:
            wait_s = self.scene.content.stop.rest_s
            self.update(onward=way.model_copy(update={"wait_s": wait_s}), lines=())

    def rested(self, _: Event) -> None:
        self.how = "fresh"
        self.update(lines=())
        if self.state.onward is not None:
            self.update(onward=self.state.onward.model_copy(update={"wait_s": 0}))

    def call_it_a_day(self, _: Event) -> None:
        self.update(lines=(said("stop.enough"),), onward=None)

    def go_on(self, _: Event) -> None:
        self.news.append(resumed(self.state))

    def ask_danger(self, _: Event) -> None:
        self.news.append(to_triage(self.state))

    def go_home(self, _: Event) -> None:
        self.effects.append(Strip(slots=("screen",)))
        self.news.append(HandOver(to="idle", why="silent"))

    def update(self, **fields: object) -> None:
        self.state = self.state.model_copy(update=fields)


def leads_to(phase: Phase) -> Callable[[Run, Event], bool]:
    """Make a guard: the event answers what is asked, and the answer leads there."""
    return lambda run, _: run.turned is not None and run.turned.phase == phase


ANSWERS = ("xnum", "xpick", "xdone", "xnone", "xunsure")
REACHED: dict[str, tuple[Phase, ...]] = {  # by an answer, from where
    "asking_check": ("asking_check", "asking_what", "settling", "asking_next"),
    "asking_what": ("settling", "asking_next"),
    "asking_next": ("asking_next", "settling"),
}
BACK: tuple[tuple[Phase, Phase], ...] = (
    ("asking_check", "asking_check"), ("asking_what", "asking_check"),
    ("asking_next", "asking_next"), ("asking_next", "asking_what"),
)  # fmt: skip
RULED: tuple[Phase, ...] = ("resting", "offering_same", "offering_easier", "over", "advised")

# fmt: off
STATES = [
    {"name": "asking", "initial": "check", "children": ["check", "what", "next"]},
    "settling", "advised", "resting",
    {"name": "offering", "initial": "easier", "children": ["same", "easier"]},
    "over", "left",
]

TRANSITIONS = [
    *(on(answer, source, dest, when=[leads_to(dest)], do=[Run.take])
      for answer in ANSWERS for source, reached in REACHED.items() for dest in (*reached, *RULED)),
    *(on(answer, source, "left", when=[leads_to("left")], do=[Run.take, Run.ask_danger])
      for answer in ANSWERS for source in REACHED),
    *(on("xtick", source, source, when=[Run.has_box], do=[Run.tick]) for source in REACHED),
    *(on("xwhy", source, source, do=[Run.explain]) for source in REACHED),
    *(on("xback", source, dest, when=[leads_to(dest)], do=[Run.take])
      for source, dest in BACK),

    on("xrested", "settling",         "asking_next",     when=[Run.is_current], do=[Run.rested]),
    on("xrested", "resting",          "offering_easier", when=[Run.is_due_easier], do=[Run.rested]),
    on("xrested", "resting",          "offering_same",   when=[Run.is_current], do=[Run.rested]),
    on("xrest",   "offering_easier",  "resting",         do=[Run.rest]),
    on("xgo",     "offering_same",    "left",            do=[Run.go_on]),
    on("xeasier", "offering_easier",  "left",            do=[Run.go_on]),
    on("xok",     "advised",          "left",            do=[Run.ask_danger]),
    on("xok",     "over",             "left",            do=[Run.go_home]),
    on("xfinish", "settling",         "over",            do=[Run.give_up]),
    on("xfinish", "resting",          "over",            do=[Run.call_it_a_day]),
    on("xfinish", "offering",         "over",            do=[Run.call_it_a_day]),

    *(on("hurts", source, source, do=[Run.say_stopped]) for source in REACHED),
    *(on("hurts", source, "asking_check", do=[Run.begin_again, Run.say_stopped])
      for source in ("settling", "advised", "resting", "offering", "over")),

    *(on("xsilent", source, source, when=[Run.is_first_silence], do=[Run.ask_if_ok])
      for source in (*REACHED, "advised")),
    *(on("xsilent", source, "over", when=[Run.is_current], do=[Run.give_up])
      for source in REACHED),
    on("xsilent", "advised",  "over", when=[Run.is_current], do=[Run.leave_for_next_time]),
    on("xsilent", "offering", "over", when=[Run.is_current], do=[Run.call_it_a_day]),
    on("xsilent", "over",     "left", when=[Run.is_current], do=[Run.go_home]),
]
# fmt: on

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS,
    initial="asking", auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def advance(state: Stop, event: Event, scene: Scene) -> Move:
    """Answer one event; what does not fit changes nothing."""
    open_ = state
    if not isinstance(event, SilenceHeard):
        open_ = state.model_copy(update={"nudged": False})
    run = Run(state.phase, open_, scene, turned=_turned(open_, event, scene))
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    return moved(run)


def _turned(state: Stop, event: Event, scene: Scene) -> path.Turned | None:
    if state.phase not in REACHED:
        return None
    if event.trigger in ANSWERS:
        return path.answered(state, event, scene)
    return path.back(state, scene) if event.trigger == "xback" else None


def moved(run: Run) -> Move:
    """Show what is reached and arm its alarm; a stop that has left shows nothing more."""
    after = run.state.model_copy(update={"phase": run.phase, "seq": run.state.seq + (not run.free)})
    news = tuple(sorted(run.news, key=lambda piece: isinstance(piece, HandOver)))  # that one last
    if run.phase == "left":
        return Move(None, (*run.effects, *alarms(after, run.scene)), news)
    show = shown(after, run.scene)
    fresh = {
        "how": run.how, "rank": "stop" if run.rings else "reply", "silent": not run.rings,
        "text": (*(said(key) for key in run.above), *show.text),
    }  # fmt: skip
    effects = (show.model_copy(update=fresh), *run.effects, *alarms(after, run.scene))
    return Move(after, effects, news, free=run.free)


def alarms(state: Stop, scene: Scene) -> tuple[Effect, ...]:
    """One alarm for the phase, in the place of the session's own."""
    rules = scene.content.stop
    match state.phase:
        case "left":
            return DropAlarm(name="session"), DropAlarm(name="silence")
        case "settling":
            wait_s = scene.content.events[state.event or rules.unanswered].wait_s
            return DropAlarm(name="silence"), _rest(state, wait_s, scene)
        case "resting":
            wait_s = state.onward.wait_s if state.onward else 0
            return DropAlarm(name="silence"), _rest(state, wait_s, scene)
        case "offering_same" | "offering_easier" | "over":
            wait_s = rules.give_up_s
        case _:
            wait_s = rules.give_up_s if state.nudged else rules.are_you_ok_s
    due_at = scene.at + timedelta(seconds=wait_s)
    silence = SetAlarm(name="silence", due_at=due_at, then=SilenceHeard(seq=state.seq).code())
    return DropAlarm(name="session"), silence


def _rest(state: Stop, wait_s: int, scene: Scene) -> SetAlarm:
    due_at = scene.at + timedelta(seconds=wait_s)
    return SetAlarm(name="session", due_at=due_at, then=RestEnded(seq=state.seq).code())
