"""Advice first, then the plan it allows, then the session: nothing else leads to a hold.

A blocked advice ends here, with what to do next; anything milder is followed by today's plan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from transitions.extensions import HierarchicalMachine

from flows.base import Event, HandOver, Move, Scene, Show, said
from flows.offer import doubts, mine, typed
from flows.offer.reasons import why_shown
from flows.offer.run import Run
from flows.offer.screens import (
    advice_shown,
    cannot_shown,
    check_in_shown,
    getting_shown,
    offer_shown,
    reassured_shown,
    waiting_shown,
)
from flows.offer.vocabulary import ForStaff, Offer, Phase
from flows.table import on

ADVICE = ["advised", "explained", "getting", "cannot", "seen_asked", "waiting"]
ANY = [*ADVICE, "offered"]

# fmt: off
OWN = ["offered", "mine"]
STATES = ["routed", *ANY, "doubting", "reassured", "mine", "left"]
TRANSITIONS = [
    on("ostart",   "offered",   "routed",     when=[Run.is_open, Run.wants_extension_check],
                                              do=[Run.check_extension]),
    on("ostart",   "offered",   "left",       when=[Run.is_open, Run.has_plan],
                                              do=[Run.begin_session]),
    on("ostart",   ANY,         "routed",     do=[Run.check_first]),
    on("olisten",  "offered",   "routed",     when=[Run.is_open, Run.may_listen,
                                                    Run.wants_check_to_listen],
                                              do=[Run.check_to_listen]),
    on("olisten",  "offered",   "left",       when=[Run.is_open, Run.may_listen],
                                              do=[Run.begin_listening]),
    on("olisten",  "offered",   "offered"),
    on("oresume",  "offered",   "left",       when=[Run.is_open, Run.has_more],
                                              do=[Run.go_on_from]),
    on("onot",     ANY,         "left",       do=[Run.leave]),
    on("owhy",     "offered",   "explained"),
    on("owhy",     ADVICE,      "explained"),
    on("oback",    ["explained", "getting", "cannot", "mine"], "advised"),
    on("ogetting", ADVICE,      "getting"),
    on("ocannot",  ADVICE,      "cannot"),
    *(on("ostaff", place, place, when=[Run.is_for_staff], do=[Run.draw_for_staff])
      for place in ADVICE),
    on("omistake", ADVICE,      "routed",     do=[Run.ask_once_more]),
    on("oseen",    ADVICE,      "doubting",   when=[Run.has_doubts],
                                              do=[Run.be_seen, Run.ask_doubts]),
    on("oseen",    ADVICE,      "routed",     do=[Run.check_again]),
    on("ochanged", ADVICE,      "doubting",   when=[Run.has_doubts], do=[Run.ask_doubts]),
    on("ochanged", ADVICE,      "routed",     do=[Run.check_first]),
    on("ostill",   "doubting",  "doubting",   when=[Run.has_more_doubts], do=[Run.tell_doubt]),
    on("ostill",   "doubting",  "routed",     do=[Run.tell_doubt, Run.judge_anew]),
    on("onotyet",  "seen_asked", "cannot",    when=[Run.is_emergency]),
    on("onotyet",  "seen_asked", "waiting"),
    on("oanswer",  "seen_asked", "routed",    do=[Run.answer_now]),
    on("okeep",    "offered",   "routed",     do=[Run.keep_plan]),
    on("ohave",    "offered",   "routed",     when=[Run.is_waiting], do=[Run.have_back]),
    on("owish",    "explained", "routed",     when=[Run.has_plan_today], do=[Run.wish_plan]),
    on("oexam",    "offered",   "routed",     when=[Run.is_unsure_of_bending],
                                              do=[Run.check_bending]),
    on("ostrong",  "offered",   "routed",     do=[Run.take_strength]),
    on("oown",     "offered",   "routed",     do=[Run.change_move]),
    on("oways",    "offered",   "mine",       when=[Run.has_own]),
    *(row for trigger in ("omine", "oshort", "ohear") for row in (
        on(trigger, OWN,        "routed",     when=[Run.is_open, Run.may_have_own,
                                                    Run.wants_check_for_own],
                                              do=[Run.check_for_own]),
        on(trigger, OWN,        "left",       when=[Run.is_open, Run.may_have_own],
                                              do=[Run.begin_own]),
        on(trigger, OWN,        "routed",     do=[Run.check_first]),
    )),
    on("oclimb",   "offered",   "left",       when=[Run.is_open, Run.may_climb],
                                              do=[Run.climb]),
    on("oclimb",   "offered",   "routed",     do=[Run.check_first]),
    on("ook",      ["reassured", "waiting"], "left", do=[Run.go_home]),
]
# fmt: on

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS,
    initial="advised", auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def advance(state: Offer, event: Event, scene: Scene) -> Move:
    """Take one step; beside an emergency card, which stays, answers take no turn."""
    run = Run(state.phase, state, scene)
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    after = run.state.model_copy(update={"phase": _settled(run.phase, state)})
    handed = any(isinstance(n, HandOver) for n in run.news)
    if isinstance(event, ForStaff):  # a picture beside what stands, which stays as it is
        return Move(state, tuple(run.effects), free=True)
    shown = () if handed else (_beside(after, answered(after, scene)),)
    return Move(after, (*run.effects, *shown), tuple(run.news), free=state.emergency and not handed)


def _beside(state: Offer, shown: Show) -> Show:
    """Answer below an emergency card with a new message: an edit above it would not be seen."""
    return shown.model_copy(update={"how": "fresh"}) if state.emergency else shown


def _settled(phase: Phase, state: Offer) -> Phase:
    """Back from an explanation: to the plan, where there is one."""
    return "offered" if phase == "advised" and state.sequence is not None else phase


def view(state: Offer, scene: Scene) -> Show:
    """Show what stands: an emergency card stands whatever was asked beside it."""
    return advice_shown(state, scene) if state.emergency else answered(state, scene)


SHOWN: Mapping[Phase, Callable[[Offer, Scene], Show]] = {
    "explained": why_shown,
    "getting": getting_shown,
    "cannot": cannot_shown,
    "seen_asked": check_in_shown,
    "waiting": waiting_shown,
    "doubting": doubts.shown,
    "reassured": reassured_shown,
    "mine": mine.ways_shown,
    "offered": offer_shown,
}


def answered(state: Offer, scene: Scene) -> Show:
    return SHOWN.get(state.phase, advice_shown)(state, scene)


def read(state: Offer, text: str, scene: Scene) -> Event | None:
    """Read plain words for the plan that is offered: begin, a length of it, why, or not today."""
    if state.phase != "offered" or state.sequence is None:
        return None
    return typed.read(state.sequence, text, scene)


def odd(state: Offer, scene: Scene) -> Move:
    shown = view(state, scene)
    how: Any = "change" if shown.slot == "emergency" else shown.how
    text = (said("talk.choose"), *shown.text)
    return Move(state, (shown.model_copy(update={"text": text, "how": how}),))
