"""A guided session as a pure step: (session, event, scene) -> Move.

Nothing here sleeps, sends, stores or reads a clock.  The table says what may follow what; a `Run`
is moved by it for the length of one step.  What is shown and which alarm is set follow from the
state that is reached (`card`, `_alarms`), so a restart, a stale tap and a step show the same.
Bells alone belong to the way and not to the place; two are never less than 10 s apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from transitions.extensions import HierarchicalMachine

from flows.base import (
    DropAlarm,
    Effect,
    Event,
    HandOver,
    Hurts,
    Move,
    Record,
    Scene,
    SetAlarm,
    Show,
    Slot,
    Strip,
    Unsay,
)
from flows.session import card, course, ending, starting
from flows.session.run import Run
from flows.session.vocabulary import (
    Back,
    Begin,
    Fine,
    LegFelt,
    Pause,
    Plus,
    Rated,
    Redo,
    Resume,
    Rung,
    Session,
    Silent,
    Skipped,
    Unclear,
)
from flows.table import on

STILL_THERE_AFTER = timedelta(minutes=2)
CLOSED_AFTER = timedelta(minutes=10)

# fmt: off
STATES: list[str | dict[str, Any]] = [
    "ready",
    {"name": "active", "children": ["position", "hold", "between", "change", "rest"]},
    "rating",
    {"name": "waiting", "children": ["paused", "asked", "skipping", "away"]},
    "stopped", "finished", "closed",
]
MINE, NOW = [Run.is_current], [Run.is_current, Run.is_in_time]
FIRST = [Run.is_whole, Run.is_first]  # nothing begun yet, and no move before
READY, ON = [Run.get_ready], [Run.ease_off]
NEXT, LAST = [Run.note, Run.go_on, *READY], [Run.note]
OVER = [Run.complete, Run.lead_on]  # heard, not asked: straight on to the next move
AGAIN, BEFORE = [Run.start_over, *READY], [Run.go_back, *READY]
COUNTED = ("active_position", "active_hold", "active_between", "active_change", "active_rest")

TRANSITIONS = [  # of the rows for one trigger and source, the first whose conditions hold is taken
    on("hurts",    "active",           "stopped", do=[Run.hurt]),
    on("hurts",    "rating",           "stopped", do=[Run.hurt]),
    on("hurts",    "waiting",          "stopped", do=[Run.hurt]),

    on("sbegin",   "ready",            "finished", when=[Run.is_through]),
    on("sbegin",   "ready",            "active_position", do=[Run.open_card, Run.get_ready]),

    on("srung",    "active_position",   "active_hold",    when=NOW, do=[Run.begin_hold]),
    on("srung",    "active_between",   "active_hold",    when=NOW, do=[Run.begin_hold]),
    on("srung",    "active_change",    "active_hold",    when=NOW, do=[Run.begin_hold]),
    on("srung",    "active_rest",      "active_hold",    when=NOW, do=[Run.begin_hold]),
    on("srung",    "active_hold",      "active_between", when=[*NOW, Run.has_repeat], do=ON),
    on("srung",    "active_hold",      "active_change",  when=[*NOW, Run.has_side],   do=ON),
    on("srung",    "active_hold",      "active_rest",    when=[*NOW, Run.has_set],    do=ON),
    on("srung",    "active_hold",      "finished",
       when=[*NOW, Run.leads_on, Run.is_last], do=OVER),
    on("srung",    "active_hold",      "active_position",
       when=[*NOW, Run.leads_on], do=[*OVER, Run.go_on, *READY]),
    on("srung",    "active_hold",      "rating",         when=NOW, do=[Run.complete]),
    on("srung",    "active",           "waiting_away",   when=MINE, do=[Run.lose]),

    on("seffort",  "rating",           "finished",       when=[Run.is_rated, Run.is_last], do=LAST),
    on("seffort",  "rating",           "active_position", when=[Run.is_rated], do=NEXT),
    on("sleg",     "rating",           "stopped",        when=[Run.is_further], do=[Run.hurt]),
    on("sleg",     "rating",           "finished",       when=[Run.is_last], do=LAST),
    on("sleg",     "rating",           "active_position", do=NEXT),

    on("spause",   "active",           "waiting_paused", do=[Run.stop_clock]),
    on("spause",   "rating",           "waiting_paused", do=[Run.stop_clock]),
    on("sunclear", "active",           "waiting_asked",  do=[Run.stop_clock]),
    on("sunclear", "rating",           "waiting_asked",  do=[Run.stop_clock]),
    on("sskip",    "active",           "waiting_skipping", do=[Run.stop_clock]),
    on("sskipped", "waiting_skipping", "finished",       when=[Run.is_last], do=LAST),
    on("sskipped", "waiting_skipping", "active_position", do=NEXT),
    on("sresume",  "waiting",          "rating",         when=[Run.is_complete]),
    on("sresume",  "waiting",          "active_position", do=READY),  # the body has left it
    on("sredo",    "waiting_paused",   "active_position", do=[Run.redo, Run.get_ready]),

    on("sback",    "active_position",   "active_position", when=FIRST, do=READY),
    on("sback",    "active_position",   "active_position", when=[Run.is_whole], do=BEFORE),
    on("sback",    "active",           "active_position", do=AGAIN),
    on("sback",    "rating",           "active_position", do=AGAIN),
    on("sback",    "waiting_paused",   "active_position", when=FIRST, do=READY),
    on("sback",    "waiting_paused",   "active_position", when=[Run.is_whole], do=BEFORE),
    on("sback",    "waiting_paused",   "active_position", do=AGAIN),

    *[on("splus",  leaf, leaf, when=[Run.has_room], do=[Run.add]) for leaf in COUNTED],
    *[on("sfine",  leaf, leaf) for leaf in COUNTED],

    on("ssilent",  "rating",           "waiting_paused", when=MINE, do=[Run.fall_silent]),
    on("ssilent",  "waiting",          "closed",         when=MINE),
    on("sfinish",  "active",           "finished",       do=[Run.cut]),
    on("sfinish",  "rating",           "finished",       do=[Run.cut]),
    on("sfinish",  "waiting",          "finished",       do=[Run.cut]),
]
# fmt: on

ONWARD = (Back, Fine, Plus, Rated, Redo, Resume, Skipped)  # what brings another hold nearer

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS, initial="ready",
    before_state_change=Run.take_step, auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    """Start a sequence, or go on with an earlier run and the changes that its stop brought."""
    return advance(starting.session(why, args, scene), Begin(), scene)


def advance(state: Session, event: Event, scene: Scene) -> Move:
    """Answer one event; what does not fit the phase changes nothing and asks for nothing."""
    lies = _was_left_lying(state, scene)
    if lies and _leads_on(event):
        return _closed_late(state, scene)
    run = Run(state.phase, state, scene)
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    if run.phase == "active_position" and run.state.ends_at == scene.at:  # straight in
        rung = Rung(seq=run.state.seq)
        MACHINE.trigger_event(run, rung.trigger, run, rung)
    after = _clocked(state, run)
    if lies and not isinstance(event, Rung):  # it was not there meanwhile: no new pause begins
        after = after.model_copy(update={"since": _since(state)})
    alarms = _alarms(state, after)
    match after.phase:
        case "stopped":
            return Move(None, (*_hushed(run), *alarms), ending.hurt(after, event, scene))
        case "closed":
            return Move(None, (Strip(slots=("card",)), *alarms), ending.closed(after, scene))
        case "finished":
            last = card.over(after)
            news = ending.finished(after, scene, early=run.early)
            return Move(None, (*run.records, *run.asides, *run.rung, last, *alarms), news)
        case _:
            shown = card.card(after, scene, fresh=run.fresh)
            return Move(after, (*run.records, *run.asides, *run.rung, shown, *alarms))


def view(state: Session, scene: Scene) -> Show:
    """Show what stands on the screen now."""
    return card.card(state, scene)


def odd(state: Session, scene: Scene) -> Move:
    """Something not understood: the clock stands and we ask whether something hurt."""
    move = advance(state, Unclear(), scene)
    if move.moved:
        return move
    return Move(state, (card.card(state, scene, first=card.NOT_UNDERSTOOD),), free=True)


def stopped(state: Session, scene: Scene) -> Move:
    """Stop for pain: nothing of this session rings, ticks or is asked for from here on."""
    return advance(state, Hurts(), scene)


def paused(state: Session, scene: Scene) -> Move:
    """Something else is opened over the session: its clock stands."""
    move = advance(state, Pause(), scene)
    return move if move.moved else Move(state, free=True)


def abandoned(state: Session, scene: Scene) -> Move:
    """End it without a word."""
    after = state.model_copy(update={"left": course.remaining(state, scene.at)})
    ended = after.model_copy(update={"phase": "closed"})
    return Move(None, _alarms(state, ended), ending.closed(ended, scene))


def _was_left_lying(session: Session, scene: Scene) -> bool:
    """Whether so long has passed that the check before it is no longer good.

    Silence closes a session long before; but while the program is down, no clock rings.
    """
    lasts, since = timedelta(minutes=scene.content.freshness.short_min), _since(session)
    return since is not None and scene.at - since >= lasts


def _since(session: Session) -> datetime | None:
    """Since when nothing is counted any more."""
    counts = session.phase in COUNTED or session.phase == "waiting_away"
    return session.ends_at if counts else session.since


def _leads_on(event: Event) -> bool:
    """Whether an event brings another hold nearer; what tells of pain always counts."""
    return isinstance(event, ONWARD) or (isinstance(event, LegFelt) and event.leg != "further")


def _closed_late(state: Session, scene: Scene) -> Move:
    """Close it as a silence would have, and lead on to where it can be gone on with."""
    closed = abandoned(state, scene)
    news = tuple(piece for piece in closed.news if not isinstance(piece, HandOver))
    again = HandOver(to="offer", why="start", args={"prefer": "go_on"})
    return Move(None, (Strip(slots=("card",)), *closed.effects), (*news, again))


def _clocked(before: Session, run: Run) -> Session:
    """Keep the phase, and since when there is nothing to count."""
    waited = run.state.waited
    if before.phase.startswith("waiting") and before.since is not None:
        waited += run.at - before.since
    return run.state.model_copy(update={"phase": run.phase, "since": run.at, "waited": waited})


def _alarms(before: Session, after: Session) -> tuple[Effect, ...]:
    """Set the alarm of the phase reached, and drop the one that is not its own."""
    was, now = _alarm(before), _alarm(after)
    dropped = (DropAlarm(name=was.name),) if was and (not now or now.name != was.name) else ()
    return (*dropped, now) if now else dropped


def _alarm(session: Session) -> SetAlarm | None:
    if session.phase in COUNTED and session.ends_at:
        then = Rung(seq=session.seq).code()
        return SetAlarm(name="session", due_at=session.ends_at, then=then)
    if session.since is None or session.phase in {"ready", "stopped", "finished", "closed"}:
        return None
    wait = STILL_THERE_AFTER if session.phase == "rating" else CLOSED_AFTER
    then = Silent(seq=session.seq).code()
    return SetAlarm(name="silence", due_at=session.since + wait, then=then)


def _hushed(run: Run) -> tuple[Effect, ...]:
    """Withdraw what waits to be sent, and take the buttons away; keep what was done so far."""
    past = run.here()
    record = Record(kind="rating", entry=past.model_dump(mode="json"))
    slots: tuple[Slot, ...] = ("card", "bell", "sound") if run.state.listening else ("card", "bell")
    return (Unsay(slots=slots), Strip(slots=("card",)), record)
