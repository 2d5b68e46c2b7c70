"""A session as it begins: a plan from its first move, or an earlier run gone on with.

After a stop the run goes on with what the stop allowed: without a move, with an easier one in its
place, with some moves only, after a rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from flows.base import Scene
from flows.session import plan
from flows.session.doses import Wanted, dose_for, is_quick, seconds_of
from flows.session.swaps import cautions_for, rows_for
from flows.session.vocabulary import NOTHING, Place, Session


def session(why: str, args: Mapping[str, Any], scene: Scene) -> Session:
    if "session" in args:
        return _resumed(why, args, scene)
    return Session(
        sequence=plan.Sequence.model_validate(args["sequence"]),
        why=why,
        started_at=scene.at,
        pain_before=_pain_before(scene),
    )


def _resumed(why: str, args: Mapping[str, Any], scene: Scene) -> Session:
    """Go on with an earlier run, the present move from its beginning."""
    old = Session.model_validate(args["session"])
    at = old.place.move
    past = old.past[:at]
    if old.is_complete:  # only how it felt was open
        at += 1
    moves = tuple(_moves(old.sequence.moves[at:], args, old.sequence, scene))
    done = old.sequence.moves[:at]
    if old.is_complete:
        done, at = done[:-1], at - 1  # told in the earlier run's own brief
    return Session(
        seq=old.seq + 1,  # alarms of the earlier run stay strangers
        sequence=old.sequence.model_copy(update={"moves": (*done, *moves)}),
        why=why,
        started_at=scene.at,
        place=Place(move=at),
        past=past,
        past_before=len(past),
        warned=old.warned,
        last_bell_at=old.last_bell_at,
        rest_until=scene.at + timedelta(seconds=int(args.get("wait_s") or 0)),
        waited=NOTHING,
        half_range=bool(args.get("half")),
        stops=old.stops,
        added_s=0,
        pain_before=_pain_before(scene) or old.pain_before,
    )


def _moves(
    moves: tuple[plan.Step, ...], args: Mapping[str, Any], sequence: plan.Sequence, scene: Scene
) -> Iterable[plan.Step]:
    """What is still to come; an easier exercise stands in for the one that hurt."""
    dropped, instead = args.get("drop"), args.get("instead")
    only = frozenset(args.get("only") or ())
    if instead and instead not in {step.exercise for step in moves if step.exercise != dropped}:
        yield _step(str(instead), sequence, scene)
    for step in moves:
        if step.exercise != dropped and (not only or step.exercise in only):
            yield step


def _step(exercise: str, sequence: plan.Sequence, scene: Scene) -> plan.Step:
    """An exercise of the library at its own dose, as much of it as of the others today."""
    content = scene.content
    wanted = Wanted(amount=sequence.amount, speed_percent=scene.settings.speed_percent)
    dose = dose_for(content.exercises[exercise].dose, wanted, content)
    return plan.Step(
        exercise=exercise,
        **dose.model_dump(exclude={"ex"}),
        cautions=cautions_for(exercise, rows_for(scene.facts, content)),
        quick=is_quick(dose, content),
        seconds=seconds_of(dose, scene.settings, content),
    )


def _pain_before(scene: Scene) -> int | None:
    known = scene.known.get("pain_before")
    return known.value if known and isinstance(known.value, int) else None
