"""The door of the stop: how it begins, what it shows, and what a typed answer says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flows.base import Brief, Event, Move, Scene, Set, Show, said
from flows.leaning import answered
from flows.stop import asking, path
from flows.stop.handing import to_triage
from flows.stop.machine import Run, alarms, moved, stopping
from flows.stop.screens import shown
from flows.stop.vocabulary import NotSure, Picked, Stop, Told


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    """Say "Stopped" at once, in a new message, and ask how strong it is.

    `danger`: what was said was danger already, so the danger questions follow without a word
    between; `facts` are judged first, and `screens` asked before the others.  `back`: they are
    answered, and what the stop allowed stands open again.
    """
    if why == "back":
        return _back(args, scene)
    state = _stopped(args, scene)
    run = Run(state.phase, state, scene, above=stopping(state), how="fresh", rings=True)
    check_in_at = scene.at + timedelta(hours=scene.content.stop.check_in_h)
    run.news.append(Set(fields={"check_in_at": check_in_at}))
    if why == "danger":
        return _endangered(run, args)
    return moved(run)


def view(state: Stop, scene: Scene) -> Show:
    return shown(state, scene)


def read(state: Stop, text: str, scene: Scene) -> Event | None:
    """Take no words but those on offer, and a yes or no: a sentence may not lower what is asked."""
    if not state.phase.startswith("asking"):
        return None
    screen = scene.content.screens[state.asks[state.step]]
    part = screen.parts[0]
    if asking.is_toggled(screen) or part.kind != "choice":
        return None
    answer = answered(part, text, scene)
    if answer in {option.id for option in part.options}:
        return Picked(part=part.id, option=str(answer))
    return NotSure() if answer == "unsure" and screen.unsure else None


def odd(state: Stop, scene: Scene) -> Move:
    """Something not understood: the same question once more, at the bottom."""
    run = Run(state.phase, state, scene, above=("talk.choose",), how="fresh")
    return moved(run)


def abandoned(state: Stop, scene: Scene) -> Move:
    """Write down as unanswered what was not answered: the floor is taken away."""
    dropped = alarms(state.model_copy(update={"phase": "left"}), scene)
    if not state.is_live or (state.closed and not state.phase.startswith("asking")):
        return Move(None, dropped)
    turned = path.unanswered(state, scene)
    return Move(None, (*turned.effects, *dropped), turned.news)


def _stopped(args: Mapping[str, Any], scene: Scene) -> Stop:
    brief = Brief.model_validate(args["brief"])
    exercise = args.get("exercise")
    left = tuple(args.get("exercises_left", ()))
    return Stop(
        told=Told(
            brief=brief,
            exercise=exercise,
            left=(exercise, *left) if exercise else left,
            stops=max(1, int(args.get("stops", 1))),
        ),
        session=dict(args.get("session", {})),
        event=args.get("event"),
        is_given="event" in args,
        asks=scene.content.stop.check,
    )


def _endangered(run: Run, args: Mapping[str, Any]) -> Move:
    text = tuple(said(key) for key in stopping(run.state))
    show = Show(slot="screen", how="fresh", rank="stop", silent=False, text=text)
    turned = path.danger(run.state, run.scene)
    asked = (*args.get("screens", ()), *turned.state.triage)
    told = {"triage": tuple(dict.fromkeys(asked)), "told_triage": dict(args.get("facts", {}))}
    done = run.state.model_copy(update={"phase": "left"})
    return Move(
        done,  # until the questions take the floor
        (show, *turned.effects, *alarms(done, run.scene)),
        (*run.news, *turned.news, to_triage(turned.state.model_copy(update=told), typed=True)),
    )


def _back(args: Mapping[str, Any], scene: Scene) -> Move:
    """Open the way again that stood open before the danger questions, all of it looked at anew."""
    state = Stop.model_validate_json(args["back"])
    blocked = scene.verdict is not None and scene.verdict.stretch == "blocked"
    if blocked or state.onward is None:
        state = state.model_copy(update={"phase": "over", "onward": None})
    return moved(Run(state.phase, state, scene, how="fresh"))
