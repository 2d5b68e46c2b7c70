"""The screen on which reminders are wished for and changed: time, place, days, holidays.

A wish is kept and its alarm armed as soon as it is whole; the screen keeps only what is still
being said.  Where a country has one clock, nobody is asked where they live.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from typing import Any

from transitions.extensions import HierarchicalMachine

from flows.base import DropAlarm, Effect, Event, Move, News, Scene, Set, Show, said
from flows.reminder import ring
from flows.reminder.schedule import is_quiet_time, next_due
from flows.reminder.screens import shown
from flows.reminder.vocabulary import (
    ALARM,
    ON_REMINDER,
    DayMarked,
    Finished,
    Paused,
    Phase,
    PlacesFound,
    Reminders,
    TimePicked,
    TimeRefused,
    TurnedOff,
    Wish,
    ZonePicked,
)
from flows.reminder.zone import find_zones, likely_zones, zones_of
from flows.table import on
from flows.text import time_of_day


@dataclass
class Run:
    """The screen opened for one event, the wish as it becomes, and what is asked for."""

    state: Reminders
    wish: Wish | None
    scene: Scene
    phase: Phase
    effects: list[Effect] = field(default_factory=list)
    news: list[News] = field(default_factory=list)

    def note(self, **fields: Any) -> None:  # noqa: ANN401 - fields of the state
        self.state = self.state.model_copy(update=fields)

    # ---- guards

    def is_quiet(self, event: TimePicked) -> bool:
        return is_quiet_time(time.fromisoformat(event.time), self.scene.content.reminders)

    def is_place_known(self, _: Event) -> bool:
        return self.wish is not None or self.zone() is not None

    def is_first(self, _: Event) -> bool:
        return self.wish is None

    def has_wish(self, _: Event) -> bool:
        return self.wish is not None

    def has_time(self, _: Event) -> bool:
        return self.state.time is not None

    def is_one_place(self, event: PlacesFound) -> bool:
        return len(event.all()) == 1

    # ---- what is done

    @property
    def own(self) -> Wish:
        """The wish, behind the guard `has_wish`."""
        if self.wish is None:
            raise LookupError("no wish is kept")
        return self.wish

    def zone(self) -> str | None:
        """Where the user lives, if nothing needs to be asked."""
        if self.scene.zone is not None:
            return self.scene.zone
        found = zones_of(self.scene.country or "", self.scene.at, self.scene.content)
        return found[0] if len(found) == 1 else None

    def refuse_quiet(self, _: Event) -> None:
        self.note(line="reminder.quiet")

    def refuse(self, event: TimeRefused) -> None:
        self.note(line=f"reminder.{event.why}")

    def wait_for_place(self, event: TimePicked) -> None:
        self.note(time=event.time, zones=likely_zones(self.scene), line="")

    def offer_places(self, _: Event) -> None:
        self.note(zones=likely_zones(self.scene), line="")

    def offer_found(self, event: PlacesFound) -> None:
        found = event.all()
        self.note(zones=found or self.state.zones, line="" if found else "zone.unknown")

    def wish_there(self, event: ZonePicked) -> None:
        self.wish_for(self.state.time, event.zone)

    def wish_found(self, event: PlacesFound) -> None:
        self.wish_for(self.state.time, event.all()[0])

    def wish_then(self, event: TimePicked) -> None:
        self.wish_for(event.time, self.wish.zone if self.wish else self.zone() or "")

    def wish_for(self, local_time: str | None, zone: str) -> None:
        """Keep a time, a place, or both; a new time takes the place of the others unless added."""
        told = {local_time} if local_time else set()
        if self.wish is None:
            self.keep(Wish(times=tuple(told), zone=zone))
        else:
            before = self.wish.times if self.state.adding or not told else ()
            times = tuple(sorted({*before, *told}))[: self.scene.content.reminders.at_most]
            self.keep(self.wish.model_copy(update={"times": times, "zone": zone}))
        self.note(time=None, adding=False, zones=(), line="")

    def keep(self, wish: Wish) -> None:
        """Arm the next reminder of a wish, or none while it is paused."""
        self.news.append(Set(fields={"zone": wish.zone}))
        if wish.paused is not None:
            self.wish = wish.model_copy(update={"next_at": None})
            self.effects.append(DropAlarm(name=ALARM))
        else:
            due_at = next_due(wish, wish.zone, self.scene.at)
            alarm, _ = ring.arm(wish, due_at)
            self.wish = wish.model_copy(update={"next_at": due_at})
            self.effects.append(alarm)
        self.news.append(Set(fields={"wish": self.wish}))

    def ask_change(self, _: Event) -> None:
        self.note(adding=False, line="")

    def ask_more(self, _: Event) -> None:
        self.note(adding=True, line="")

    def mark_day(self, event: DayMarked) -> None:
        marked = {event.day} if event.mark == "on" else set()
        days = tuple(sorted({*self.own.weekdays} - {event.day} | marked))
        if days:  # no day at all is "off", which has its own button
            self.keep(self.own.model_copy(update={"weekdays": days}))

    def pause(self, event: Paused) -> None:
        self.keep(self.own.model_copy(update={"paused": event.why}))

    def go_on(self, _: Event) -> None:
        fresh = {"paused": None, "ignored": 0, "asking": False}
        self.keep(self.own.model_copy(update=fresh))

    def turn_off(self, _: Event) -> None:
        self.wish = None
        self.effects.append(DropAlarm(name=ALARM))
        self.news.append(Set(fields={"wish": None}))
        self.note(line="reminder.stopped")

    def tell_set(self, _: Event) -> None:
        self.note(line="reminder.set" if self.state.cheer else "reminder.set_plain")

    def tell_none(self, _: Event) -> None:
        self.note(line="reminder.none")

    def tell_closed(self, _: Event) -> None:
        self.note(line="")

    def forget(self, _: Event) -> None:
        self.note(time=None, adding=False, zones=(), line="")


# fmt: off
STATES = ["menu", "time", "place", "days", "closed"]
TRANSITIONS = [
    on("rtime",    "time",  "time",   when=[Run.is_quiet], do=[Run.refuse_quiet]),
    on("rtime",    "time",  "closed", when=[Run.is_place_known, Run.is_first],
       do=[Run.wish_then, Run.tell_set]),
    on("rtime",    "time",  "menu",   when=[Run.is_place_known], do=[Run.wish_then]),
    on("rtime",    "time",  "place",  do=[Run.wait_for_place]),
    on("rrefused", "time",  "time",   do=[Run.refuse]),
    on("rzone",    "place", "closed", when=[Run.is_first, Run.has_time],
       do=[Run.wish_there, Run.tell_set]),
    on("rzone",    "place", "menu",   when=[Run.has_wish], do=[Run.wish_there]),
    on("rfound",   "place", "closed", when=[Run.is_one_place, Run.is_first, Run.has_time],
       do=[Run.wish_found, Run.tell_set]),
    on("rfound",   "place", "menu",   when=[Run.is_one_place, Run.has_wish], do=[Run.wish_found]),
    on("rfound",   "place", "place",  do=[Run.offer_found]),
    on("rchange",  "menu",  "time",   do=[Run.ask_change]),
    on("radd",     "menu",  "time",   when=[Run.has_wish], do=[Run.ask_more]),
    on("rplace",   "menu",  "place",  when=[Run.has_wish], do=[Run.offer_places]),
    on("rdays",    "menu",  "days",   when=[Run.has_wish]),
    on("rday",     "days",  "days",   when=[Run.has_wish], do=[Run.mark_day]),
    on("rpause",   "menu",  "menu",   when=[Run.has_wish], do=[Run.pause]),
    on("rgo",      "menu",  "menu",   when=[Run.has_wish], do=[Run.go_on]),
    on("rback",    "time",  "menu",   when=[Run.has_wish], do=[Run.forget]),
    on("rback",    "place", "menu",   when=[Run.has_wish], do=[Run.forget]),
    on("rback",    "place", "time",   do=[Run.forget]),
    on("rdone",    "days",  "menu"),
    on("rdone",    "menu",  "closed", do=[Run.tell_closed]),
    on("roff",     "menu",  "closed", do=[Run.turn_off]),
    on("roff",     "time",  "closed", when=[Run.is_first], do=[Run.tell_none]),
]
# fmt: on

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS, initial="menu",
    auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    """Open the screen: `wish` after a session, with or without a `time`; `off`; or to look."""
    wish = wish_of(scene)
    if why == "off":
        return advance(Reminders(phase="menu"), TurnedOff(), scene)
    told = args.get("time")
    asking = Reminders(phase="time", cheer=why == "wish")
    if told:
        return advance(asking, TimePicked(time=str(told)), scene)
    state = asking if wish is None or why == "wish" else Reminders(phase="menu")
    return Move(state, (view(state, scene).model_copy(update={"how": "fresh"}),))


def advance(state: Reminders, event: Event, scene: Scene) -> Move:
    """Answer a tap on the screen; those on a reminder are answered beside it."""
    if isinstance(event, ON_REMINDER):
        return ring.answered(event, wish_of(scene), scene)
    run = Run(state, wish_of(scene), scene, state.phase)
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    after = run.state.model_copy(update={"phase": run.phase})
    effects = (*run.effects, view(after, replace(scene, wish=run.wish)))
    kept = None if run.phase == "closed" else after
    return Move(kept, effects, tuple(run.news), free=isinstance(event, DayMarked))


def answered(event: Event, wish: Wish | None, scene: Scene) -> Move:
    """Take an answer to a reminder while the screen is not open."""
    if isinstance(event, Finished | TurnedOff):
        return Move(None, moved=False)
    return ring.answered(event, wish, scene)


def view(state: Reminders, scene: Scene) -> Show:
    return shown(state, wish_of(scene), scene)


def read(state: Reminders, text: str, scene: Scene) -> Event | None:
    """Read a typed time of day, or a typed place."""
    match state.phase:
        case "time":
            found = time_of_day(text, scene)
            return TimePicked(time=found.strftime("%H:%M")) if found else None
        case "place":
            return PlacesFound(zones=",".join(find_zones(text, scene)))
        case _:
            return None


def odd(state: Reminders, scene: Scene) -> Move:
    if state.phase == "time":
        return advance(state, TimeRefused(why="not_a_time"), scene)
    show = view(state, scene)
    return Move(state, (show.model_copy(update={"text": (said("talk.choose"), *show.text)}),))


def wish_of(scene: Scene) -> Wish | None:
    return scene.wish if isinstance(scene.wish, Wish) else None
