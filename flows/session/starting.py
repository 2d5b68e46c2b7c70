"""A session as it begins: a plan from its first move, or an earlier run gone on with.

After a stop the run goes on with what the stop allowed: without a move, with an easier one in its
place, with some moves only, after a rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from content.schema import Dose
from flows.base import Scene
from flows.session import plan
from flows.session.course import past_of
from flows.session.doses import (
    Wanted,
    dose_for,
    is_quick,
    lead_in_s,
    limited,
    seconds_of,
)
from flows.session.own import ROUTINE
from flows.session.swaps import barred, cautions_for, rows_for
from flows.session.vocabulary import Place, Session

# A track begins with the lead-in, when its listener starts it: the card waits so long for that.
TO_PRESS_PLAY = timedelta(seconds=8)
AGAIN = "again"  # a new session from where a silence closed one, under the plan of today


def session(why: str, args: Mapping[str, Any], scene: Scene) -> Session:
    if "session" in args:
        return _resumed(why, args, scene)
    listening = bool(args.get("listening"))
    heard_at = scene.at + TO_PRESS_PLAY + timedelta(seconds=lead_in_s(scene.settings))
    return Session(
        sequence=plan.Sequence.model_validate(args["sequence"]),
        why=why,
        started_at=scene.at,
        rest_until=heard_at if listening else None,
        listening=listening,
        pain_before=_pain_before(scene),
    )


def _resumed(why: str, args: Mapping[str, Any], scene: Scene) -> Session:
    """Go on with an earlier run, the present move from its beginning."""
    old = Session.model_validate(args["session"])
    at, past = old.place.move, old.past
    if old.is_complete:  # only how it felt was open
        at, past = at + 1, (*past, past_of(old, scene.at, scene.content))
    again = _today(old, scene) if why == AGAIN else None
    coming = _still_planned(old, at, again, scene) if again else _moves(old, at, args, scene)
    moves = (*old.sequence.moves[:at], *coming)
    asks_leg = old.sequence.leg_question or (again is not None and again.leg_question)
    return Session(
        seq=old.seq + 1,  # alarms of the earlier run stay strangers
        sequence=old.sequence.model_copy(update={"moves": moves, "leg_question": asks_leg}),
        why=why,
        started_at=scene.at,
        place=Place(move=at),
        past=past,
        past_before=len(past),
        warned=old.warned,
        last_bell_at=old.last_bell_at,
        rest_until=scene.at + timedelta(seconds=int(args.get("wait_s") or 0)),
        half_range=bool(args.get("half")),
        stops=old.stops,
        pain_before=_pain_before(scene) or old.pain_before,
    )


def can_go_on(old: Session, scene: Scene) -> bool:
    """Whether a session closed by silence may be offered again: the same plan fits today."""
    today, at = _today(old, scene), old.place.move + old.is_complete
    return today is not None and any(_still_planned(old, at, today, scene))


def _today(old: Session, scene: Scene) -> plan.Sequence | None:
    """Make today's plan, where it is the one that was begun."""
    if scene.verdict is None:
        return None
    told = scene.facts, scene.verdict.stretch, scene.left_out, scene.settings, scene.content
    own = old.sequence.program == ROUTINE
    made = plan.routine_for if own else plan.sequence_for
    today = made(*told, own=scene.own)
    return today if today is not None and today.program == old.sequence.program else None


def _still_planned(
    old: Session, at: int, today: plan.Sequence, scene: Scene
) -> Iterator[plan.Step]:
    """Choose of what was left the part that today's plan has too, and no more of it than that."""
    planned = {step.exercise: step for step in today.moves}
    for step in _moves(old, at, {}, scene):
        if (now := planned.get(step.exercise)) is not None:
            least = min(step, now, key=lambda each: each.seconds)
            yield least.model_copy(update={"cautions": now.cautions})


def _moves(old: Session, at: int, args: Mapping[str, Any], scene: Scene) -> Iterator[plan.Step]:
    """Choose what is still to come; an easier exercise stands in for the one that hurt."""
    coming = {step.exercise: step for step in old.sequence.moves[at:]}
    coming.pop(str(args.get("drop")), None)
    if instead := args.get("instead"):
        coming = {instead: coming.get(instead) or _step(instead, old.sequence, scene), **coming}
    if only := args.get("only"):
        coming = {ex: coming.get(ex) or _step(ex, old.sequence, scene) for ex in only}
    hurt, share, out = old.step.exercise, float(args.get("share") or 1), _out(scene)
    for exercise, step in coming.items():
        if exercise not in out:
            yield _shortened(step, share, scene) if exercise == hurt else step


def _out(scene: Scene) -> frozenset[str]:
    """Name what must not be done by now: more may have been told, or left out, since the plan."""
    content = scene.content
    out = barred(scene.facts, scene.left_out, content)
    due = content.holds(content.resolution.check_due, scene.facts)
    return out.union(content.resolution.extension) if due else out


def _shortened(step: plan.Step, share: float, scene: Scene) -> plan.Step:
    """Hold it for a share of its time, as far down as its limit goes."""
    dose = Dose(
        ex=step.exercise, hold_s=max(1, round(step.hold_s * share)), reps=step.reps,
        sets=step.sets, rest_s=step.rest_s, sides=step.sides,
    )  # fmt: skip
    return step if share == 1 else _made(limited(dose, scene.content), step.cautions, scene)


def _step(exercise: str, sequence: plan.Sequence, scene: Scene) -> plan.Step:
    """Take an exercise of the library at its own dose, as much of it as of the others today."""
    content = scene.content
    wanted = Wanted(amount=sequence.amount, speed_percent=scene.settings.speed_percent)
    dose = dose_for(content.exercises[exercise].dose, wanted, content)
    return _made(dose, cautions_for(exercise, rows_for(scene.facts, content)), scene)


def _made(dose: Dose, cautions: tuple[str, ...], scene: Scene) -> plan.Step:
    return plan.Step(
        exercise=dose.ex,
        **dose.model_dump(exclude={"ex"}),
        cautions=cautions,
        quick=is_quick(dose, scene.content),
        seconds=seconds_of(dose, scene.settings, scene.content),
    )


def _pain_before(scene: Scene) -> int | None:
    known = scene.known.get("pain_before")
    return known.value if known and isinstance(known.value, int) else None
