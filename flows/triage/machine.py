"""The check as a machine: a screen waits to be answered, and every answer is settled at once.

The machine knows ways of waiting only: a screen, a screen in simpler words, a list item by item.
Which screen comes next, and whether it is the end, `course` works out from the path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from transitions import Machine

from content.schema import Value
from flows.base import Event, Learned, Move, Scene, Show
from flows.table import fires, on
from flows.triage.again import reopened, settled_items
from flows.triage.outcome import learned
from flows.triage.path import facts_named
from flows.triage.run import Run, range_told, standing_screen
from flows.triage.screens import answer, shown
from flows.triage.vocabulary import Kind, Lone, Settle, Triage, Unsure

RESTLESS = ("settling", "walking")  # what may go on without the user
FOR_DANGER = frozenset({"typed", "today"})  # words for a part that was begun for a danger
KINDS: Mapping[str, Kind] = {kind: kind for kind in get_args(Kind)}

# fmt: off
STATES = ["asking", "again", "walking", "settling", {"name": "ended", "on_enter": Run.end}]
ANSWERED = Run.leave_screen

TRANSITIONS = [  # of the rows for one trigger and source, the first whose `when` holds is taken
    *(row for phase in ("asking", "again") for row in (  # one tap, or one typed answer
        on("qpick", phase, "settling", when=[Run.is_one_choice], do=[Run.pick, ANSWERED]),
        on("qname", phase, "settling", when=[Run.is_name_asked], do=[Run.put_name]),
        on("qgrid", phase, "settling", when=[Run.is_number_asked, Run.is_in_range],
           do=[Run.put_number]),
        on("qgrid", phase, phase, when=[Run.is_number_asked], do=[Run.tell_range]),
        on("qnum",  phase, "settling", when=[Run.is_number_asked, Run.is_in_range],
           do=[Run.put_number]),
        on("qnum",  phase, phase, when=[Run.is_number_asked], do=[Run.tell_range]),
    )),

    on("qtick",   "asking",  "asking",   when=[Run.is_tickable], do=[Run.tick]),
    on("qticks",  "asking",  "asking",   when=[Run.are_ticks], do=[Run.tick_several]),
    on("qnone",   "asking",  "settling", when=[Run.is_none_on_offer], do=[ANSWERED]),
    on("qdone",   "asking",  "settling", when=[Run.is_done_on_offer], do=[ANSWERED]),
    on("qlone",   "asking",  "settling", when=[Run.is_counting], do=[ANSWERED]),

    on("qunsure", "asking",  "settling", when=[Run.may_be_unsure, Run.only_opens],
       do=[Run.tick_all, ANSWERED]),
    on("qunsure", "asking",  "walking",  when=[Run.may_be_unsure, Run.is_toggled],
       do=[Run.start_walk]),
    on("qunsure", "asking",  "again",    when=[Run.may_be_unsure], do=[Run.settle_down]),
    on("qunsure", "again",   "settling", do=[Run.say_unsure, ANSWERED]),

    on("qitem",   "walking", "walking",  when=[Run.is_item], do=[Run.tell_item]),
    on("qpick",   "walking", "walking",  when=[Run.is_item_choice], do=[Run.tell_choice]),
    on("qnone",   "walking", "walking",  when=[Run.is_choice_asked], do=[Run.pass_item]),
    on("qunsure", "walking", "walking",  do=[Run.doubt_item]),

    *(on("qwhy",  phase, phase, do=[Run.explain]) for phase in ("asking", "again", "walking")),
    *(on("qback", phase, phase, when=[Run.is_explaining], do=[Run.settle_down])
      for phase in ("asking", "again", "walking")),
    on("qback",   "walking", "walking",  when=[Run.is_walk_begun], do=[Run.unwalk]),
    on("qback",   "walking", "asking",   do=[Run.forget]),
    on("qback",   "again",   "asking",   do=[Run.forget]),
    on("qback",   "asking",  "asking",   do=[Run.go_back]),

    on("qsettle", "walking",  "settling", when=[Run.is_walked_through], do=[ANSWERED]),
    on("qsettle", "walking",  "settling", when=[Run.is_dangerous], do=[ANSWERED]),
    on("qsettle", "settling", "ended",    when=[Run.is_decided]),
    on("qsettle", "settling", "asking",   do=[Run.ask_next]),
]
# fmt: on

# A flat machine: none of its states has others inside, and it takes a move in a third of the time.
MACHINE = Machine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS,
    initial="asking", auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    """Open a check: `why` is its kind.

    Of `args`, `screens` are asked first (the first of them in simpler words with `again`),
    `facts` are judged before anything is asked, and `args` are handed on with the outcome.
    `again` with a `check` goes on with that one, from the question that decided it.
    """
    if args.get("check") and (check := reopened(Triage.model_validate(args["check"]), scene)):
        return _once_more(Run(check, scene))
    state = Triage(
        phase="settling",
        kind=KINDS.get(why, "full"),
        first=tuple(args.get("screens", ())),
        given=dict(args.get("facts", {})),
        args=dict(args.get("args", {})),
    )
    run = Run(state, scene)
    _settle(run)
    return _once_more(run) if args.get("again") and run.phase == "asking" else _moved(run)


def _once_more(run: Run) -> Move:
    """Ask in simpler words what stands; of a list, only what had a part in the advice."""
    fires(MACHINE, run, Unsure())
    if run.phase == "walking":
        run.become(walked=settled_items(run.state.screen, run.scene))
    _settle(run)
    return _moved(run)


def interjected(
    state: Triage, facts: Mapping[str, Value], screens: Sequence[str], scene: Scene
) -> Move:
    """Something was typed in the middle of a check: facts count at once, screens are asked next."""
    # What was about to begin without another tap waits until the advice on this was read.
    kept = {name: value for name, value in state.args.items() if name != "then"}
    changed = state.model_copy(
        update={
            "phase": "settling",
            "given": {**state.given, **facts},
            "args": {**kept, "typed": bool(facts)},
            "first": (*screens, *(one for one in state.first if one not in screens)),
            "path": tuple(one for one in state.path if one.screen not in screens),
            "ticked": (),
            "walked": (),
            "explaining": False,
        }
    )
    run = Run(changed, scene)
    _settle(run)
    return _moved(run)


def advance(state: Triage, event: Event, scene: Scene) -> Move:
    run = Run(state, scene)
    if not fires(MACHINE, run, event):
        return Move(state, moved=False)
    _settle(run)
    return _moved(run)


def view(state: Triage, scene: Scene) -> Show:
    return shown(state, standing_screen(state, scene), scene)


def odd(state: Triage, scene: Scene) -> Move:
    """Say what fits here, above the same question."""
    screen = standing_screen(state, scene)
    return Move(state, (shown(state, screen, scene, range_told(screen, scene)),), free=True)


def left(state: Triage, scene: Scene) -> Learned:
    """Tell what a user who leaves half-way has said: every danger ticked is kept, cautiously."""
    screen = standing_screen(state, scene)
    half = answer(state, screen)
    told = {*state.ticked, *state.unsure}
    about = {fact for ref in told for fact in facts_named(ref, screen)}
    half = half.model_copy(update={"about": tuple(f for f in half.about if f in about)})
    return learned(state.model_copy(update={"path": (*state.path, half)}), scene, complete=False)


def outstanding(state: Triage) -> tuple[str, ...]:
    """Name what was to be asked for a danger told in words or at a stop, and was not answered."""
    if state.kind == "part" and not FOR_DANGER & state.args.keys():
        return ()
    asked = {answer.screen for answer in state.path}
    return tuple(screen for screen in state.first if screen not in asked)


def cut_short(state: Triage, scene: Scene) -> Move:
    """Let an emergency that is ticked count at once: the user leaves without Done."""
    return advance(state, Lone(seq=state.seq), scene)


def _settle(run: Run) -> None:
    """Let the machine run on until it waits for the user again, or has ended."""
    settle = Settle()
    while run.phase in RESTLESS and fires(MACHINE, run, settle):
        pass


def _moved(run: Run) -> Move:
    if run.phase == "ended":
        return Move(None, tuple(run.effects), tuple(run.news))
    state = run.state.model_copy(update={"phase": run.phase})
    show = shown(state, run.screen, run.scene, run.line)
    return Move(state, (*run.effects, show), tuple(run.news), free=run.free)
