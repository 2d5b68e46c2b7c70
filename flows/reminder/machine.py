"""The screen on which reminders are wished for and changed: time, clock, days, rests.

Nobody is asked where they live: what their clock shows tells the zone, and a city only where that
is not enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from transitions.extensions import HierarchicalMachine

from flows.base import Event, HandOver, Move, Scene, Show, said
from flows.progress.count import resting
from flows.reminder import answers, fading
from flows.reminder.run import Run
from flows.reminder.screens import shown
from flows.reminder.vocabulary import (
    ON_REMINDER,
    CameBack,
    ClockRead,
    DayMarked,
    PlacesFound,
    Reminders,
    TimePicked,
    TimeRefused,
    TurnedOff,
    Wish,
)
from flows.reminder.zone import find_zones
from flows.table import on
from flows.text import time_of_day

CLOCK = ["clock", "hours"]

# fmt: off
STATES = [
    "menu", "time", *CLOCK, "place", "days", "hushing", "waking", "closed",
]
TRANSITIONS = [
    on("rtime",    "time",  "time",   when=[Run.is_quiet], do=[Run.refuse_quiet]),
    on("rtime",    "time",  "closed", when=[Run.is_place_known, Run.is_first],
       do=[Run.wish_then, Run.tell_set]),
    on("rtime",    "time",  "menu",   when=[Run.is_place_known], do=[Run.wish_then]),
    on("rtime",    "time",  "clock",  do=[Run.ask_clock]),
    on("rrefused", "time",  "time",   do=[Run.refuse]),
    on("rclock",   CLOCK,   "clock",  when=[Run.is_nowhere], do=[Run.refuse_clock]),
    on("rclock",   CLOCK,   "closed", when=[Run.is_one_clock, Run.is_first, Run.has_time],
       do=[Run.wish_seen, Run.tell_set]),
    on("rclock",   CLOCK,   "menu",   when=[Run.is_one_clock, Run.has_wish], do=[Run.wish_seen]),
    on("rclock",   CLOCK,   "place",  do=[Run.offer_seen]),
    on("rhours",   "clock", "hours"),
    on("rblind",   CLOCK,   "place",  do=[Run.offer_places]),
    on("rzone",    "place", "closed", when=[Run.is_real, Run.is_first, Run.has_time],
       do=[Run.wish_there, Run.tell_set]),
    on("rzone",    "place", "menu",   when=[Run.is_real, Run.has_wish], do=[Run.wish_there]),
    *(row for source in ("place", *CLOCK) for row in (
        on("rfound", source, "closed", when=[Run.is_one_place, Run.is_first, Run.has_time],
           do=[Run.wish_found, Run.tell_set]),
        on("rfound", source, "menu",   when=[Run.is_one_place, Run.has_wish],
           do=[Run.wish_found]),
    )),
    on("rfound",   CLOCK,   "clock",  when=[Run.is_unknown], do=[Run.refuse_place]),
    on("rfound",   ["place", *CLOCK], "place", do=[Run.offer_found]),
    on("rchange",  "menu",  "time",   do=[Run.ask_change]),
    on("radd",     "menu",  "time",   when=[Run.has_wish], do=[Run.ask_more]),
    on("rplace",   "menu",  "clock",  when=[Run.has_wish], do=[Run.ask_clock]),
    on("rdays",    "menu",  "days",   when=[Run.has_wish]),
    on("rday",     "days",  "days",   when=[Run.has_wish], do=[Run.mark_day]),
    on("rquiet",   "menu",    "hushing", do=[Run.forget]),
    on("rtime",    "hushing", "waking",  do=[Run.begin_quiet]),
    on("rtime",    "waking",  "waking",  when=[Run.is_needed], do=[Run.refuse_hours]),
    on("rtime",    "waking",  "menu",    do=[Run.keep_quiet]),
    *(on("rrefused", source, source, do=[Run.refuse]) for source in ("hushing", "waking")),
    on("rpause",   "menu",  "menu",   do=[Run.pause]),
    on("rpause",   "time",  "menu",   when=[Run.is_first], do=[Run.pause]),
    on("rgo",      "menu",  "menu",   do=[Run.go_on]),
    on("rmore",    "menu",  "menu",   when=[Run.has_wish], do=[Run.remind_more]),
    on("rback",    "waking",  "hushing", do=[Run.forget]),
    on("rback",    "hushing", "menu",    do=[Run.forget]),
    on("rback",    "hours", "clock"),
    on("rback",    "place", "clock",  do=[Run.ask_clock]),
    on("rback",    "clock", "menu",   when=[Run.has_wish], do=[Run.forget]),
    on("rback",    "clock", "time",   do=[Run.forget]),
    on("rback",    "time",  "menu",   when=[Run.has_wish], do=[Run.forget]),
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
    """Open the screen: `wish` after a session, with or without a `time`; or to look.

    `off` turns them off, `less`, `free` and `keep` answer what was offered after good weeks, `here`
    comes back from going on alone.
    """
    wish = wish_of(scene)
    match why:
        case "off":
            return advance(Reminders(phase="menu"), TurnedOff(), scene)
        case "less" | "free" | "keep" if wish is not None:
            return fading.taken(why, wish, scene)
        case "here":
            back = answers.answered(CameBack(), wish, scene)
            return back if back.moved else Move(None, (), (HandOver(to="offer", why="start"),))
        case _:
            return _opened(why, args, scene)


def _opened(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    asking = Reminders(phase="time", cheer=why == "wish")
    if told := args.get("time"):
        return advance(asking, TimePicked(time=str(told)), scene)
    wishes = wish_of(scene) is None and resting(answers.rests_of(scene)) is None
    state = asking if wishes or why == "wish" else Reminders(phase="menu")
    show = view(state, scene)
    return Move(state, (show if why == "wish" else show.model_copy(update={"how": "fresh"}),))


def advance(state: Reminders, event: Event, scene: Scene) -> Move:
    """Answer a tap on the screen; those on a reminder are answered beside it."""
    if isinstance(event, ON_REMINDER):
        return answers.answered(event, wish_of(scene), scene)
    run = Run(state, wish_of(scene), scene, state.phase)
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    after = run.state.model_copy(update={"phase": run.phase})
    effects = (*run.effects, view(after, replace(run.scene, wish=run.wish)))
    kept = None if run.phase == "closed" else after
    return Move(kept, effects, tuple(run.news), free=isinstance(event, DayMarked))


def answered(event: Event, wish: Wish | None, scene: Scene) -> Move:
    """Take an answer to a reminder while the screen is not open."""
    if isinstance(event, TurnedOff):
        return Move(None, moved=False)
    return answers.answered(event, wish, scene)


def view(state: Reminders, scene: Scene) -> Show:
    return shown(state, wish_of(scene), scene)


def read(state: Reminders, text: str, scene: Scene) -> Event | None:
    """Read a typed time of day, or a typed place."""
    found = time_of_day(text, scene)
    told = found.strftime("%H:%M") if found else None
    match state.phase:
        case "time" | "hushing" | "waking":
            return TimePicked(time=told) if told else None
        case "clock" | "hours" if told:
            return ClockRead(time=told)
        case "clock" | "hours" | "place":
            return PlacesFound(zones=",".join(find_zones(text, scene)))
        case _:
            return None


def odd(state: Reminders, scene: Scene) -> Move:
    if state.phase in {"time", "hushing", "waking"}:
        return advance(state, TimeRefused(why="not_a_time"), scene)
    show = view(state, scene)
    return Move(state, (show.model_copy(update={"text": (said("talk.choose"), *show.text)}),))


def wish_of(scene: Scene) -> Wish | None:
    return scene.wish if isinstance(scene.wish, Wish) else None
