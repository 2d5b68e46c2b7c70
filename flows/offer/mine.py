"""The user's own part in the offer: moves changed by how they were felt, and their own list.

A change is told in one line before the first session that has it, and taken back with a tap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from content.schema import Ladder
from flows.base import Event, Own, Row, Said, Scene, Show, choice, said
from flows.offer import easing
from flows.offer.listening import may_listen
from flows.offer.vocabulary import (
    BackToIt,
    ListenOwn,
    Offer,
    OwnAsked,
    OwnMove,
    Practise,
    StartOwn,
    StartOwnShort,
)
from flows.progress import Turn
from flows.progress import moves as borne
from flows.session import plan
from flows.session.own import is_harder, may_have_routine


def routine_of(scene: Scene, minutes: int | None = None) -> plan.Sequence | None:
    """Give the user's own list as it may be done today, whole or of so many minutes."""
    if scene.verdict is None:
        return None
    return plan.routine_for(
        scene.facts, scene.verdict.stretch, scene.left_out, scene.settings, scene.content,
        own=scene.own, eased=easing.eased(scene), minutes=minutes,
    )  # fmt: skip


def minutes_of(event: Event) -> int | None:
    return event.minutes if isinstance(event, StartOwnShort) else None


def carried(event: Event) -> Mapping[str, Any]:
    """Say what is to begin once the check before bending back has been passed."""
    match event:
        case StartOwnShort(minutes=minutes):
            return {"then": "own_short", "minutes": minutes}
        case ListenOwn():
            return {"then": "own_listen"}
        case _:
            return {"then": "own"}


def wished(args: Mapping[str, Any]) -> Event | None:
    """Read what was carried through the check."""
    match args.get("then"):
        case "own":
            return StartOwn()
        case "own_short":
            return StartOwnShort(minutes=int(args["minutes"]))
        case "own_listen":
            return ListenOwn()
        case _:
            return None


def ways_shown(state: Offer, scene: Scene) -> Show:
    """Tell what is in the list today, and offer it whole, shorter, or to be heard."""
    del state
    back = choice("button.back", BackToIt())
    routine = routine_of(scene)
    if routine is None:
        return Show(slot="screen", how="change", text=(said("routine.not_now"),), rows=((back,),))
    time = said("offer.minutes", n=plan.minutes(routine))
    names = tuple(_name(move.exercise) for move in routine.moves)
    things = tuple(said(f"equipment.{thing}") for thing in plan.needs(routine, scene.content))
    start = choice(said("button.start_min", n=plan.minutes(routine)), StartOwn(), style="success")
    heard = (choice("button.listen", ListenOwn()),) if may_listen(routine, scene) else ()
    return Show(
        slot="screen", how="change",
        text=(
            said("own.ways", n=len(routine.moves), time=time),
            said("own.ways_moves", exercises=names),
            said("offer.needs", things=things) if things else said("offer.needs_nothing"),
        ),
        rows=((start,), *_shorter(routine, scene), (*heard, back)),
    )  # fmt: skip


def _shorter(routine: plan.Sequence, scene: Scene) -> tuple[Row, ...]:
    short = tuple(
        choice(said("button.minutes", n=each), StartOwnShort(minutes=each))
        for each in plan.shorter(routine, scene.content)
    )
    return (short,) if short else ()


def _own_row(routine: plan.Sequence, scene: Scene) -> Row:
    """Begin the list with one tap; beside it what else can be done with it."""
    whole = choice(said("button.own_routine", n=plan.minutes(routine)), StartOwn())
    if may_listen(routine, scene):
        return whole, choice("button.own_ways_listen", OwnAsked())
    if plan.shorter(routine, scene.content):
        return whole, choice("button.own_ways", OwnAsked())
    return (whole,)


def lines(sequence: plan.Sequence, scene: Scene) -> tuple[Said, ...]:
    """Tell what has changed for this session, and what may."""
    told = [_changed(name, other, sequence, scene) for name, other in _untold(sequence, scene)]
    if (pair := _step_up(sequence, scene)) is not None:
        told.append(said("own.too_easy", exercise=_name(pair[0]), other=_name(pair[1])))
    if any(move.first == "right" for move in sequence.moves):
        told.append(said("own.begin_right"))
    return tuple(told)


def rows(sequence: plan.Sequence, scene: Scene) -> tuple[Row, ...]:
    """Offer to take a change back, to take a step up, the own list, and the ladder."""
    found: list[Row] = []
    if (untold := next(_untold(sequence, scene), None)) is not None:
        found.append((choice("button.own_back", OwnMove(exercise=untold[0], how="stay")),))
    elif (pair := _step_up(sequence, scene)) is not None:
        found.append(
            (
                choice("button.own_harder", OwnMove(exercise=pair[0], how="harder")),
                choice("button.own_stay", OwnMove(exercise=pair[0], how="stay")),
            )
        )
    if (routine := routine_of(scene)) is not None:
        found.append(_own_row(routine, scene))
    return (*found, *_ladder(scene))


def changed(event: OwnMove, scene: Scene) -> Own:
    match event.how:
        case "harder":
            return borne.raised(scene.own, event.exercise, scene.content)
        case "stay":
            return borne.kept(scene.own, event.exercise)


def may_climb(scene: Scene) -> bool:
    """Whether a step of the ladder may be practised now, as far as the ladder itself goes."""
    return ladder_of(scene) is not None and not _is_too_soon(scene)


def ladder_of(scene: Scene) -> Ladder | None:
    """Give the ladder that was taken, where it and today's plan leave room for it."""
    climb, verdict = scene.aims.climb, scene.verdict
    ladder = scene.content.ladders.get(climb.ladder) if climb else None
    if ladder is None or verdict is None:
        return None
    if ladder.unless is not None and scene.content.holds(ladder.unless, scene.facts):
        return None
    if scene.sessions_done < scene.content.climbing.from_session:
        return None
    chosen = plan.program_for(scene.facts, verdict.stretch, scene.content)
    known = {**scene.facts, "stretch": verdict.stretch}
    free = chosen is not None and may_have_routine(
        scene.content.programs[chosen.program], known, scene.content
    )
    return ladder if free else None


def _is_too_soon(scene: Scene) -> bool:
    climb = scene.aims.climb
    apart = timedelta(hours=scene.content.climbing.hours_apart)
    return climb is not None and climb.done_at is not None and scene.at - climb.done_at < apart


def _ladder(scene: Scene) -> tuple[Row, ...]:
    climb = scene.aims.climb
    if climb is None or not may_climb(scene):
        return ()
    label = said("button.climb", ladder=said(f"ladder.{climb.ladder}.name"), number=climb.step + 1)
    return ((choice(label, Practise()),),)


def _untold(sequence: plan.Sequence, scene: Scene) -> Iterator[tuple[str, str]]:
    """Find what was changed since the last session, as far as today's plan is about it."""
    own = scene.own
    about = {*(swap.out for swap in sequence.swapped), *(m.exercise for m in sequence.moves)}
    return ((n, own.instead[n]) for n in own.untold if n in own.instead and n in about)


def _changed(exercise: str, other: str, sequence: plan.Sequence, scene: Scene) -> Said:
    moves = {move.exercise for move in sequence.moves}
    if is_harder(exercise, other, scene.content):
        return said("own.stepped_up", exercise=_name(exercise), other=_name(other))
    if exercise in moves:
        return said("own.halved", exercise=_name(exercise))
    if other in moves:
        return said("own.eased", exercise=_name(exercise), other=_name(other))
    return said("own.dropped", exercise=_name(exercise))


def _step_up(sequence: plan.Sequence, scene: Scene) -> tuple[str, str] | None:
    """Find a move of today that was too easy, and what is next; never when the plan grows too."""
    turn = scene.turn
    grows = isinstance(turn, Turn) and turn.steps > turn.before
    today = {move.exercise for move in sequence.moves}
    if grows or sequence.amount != "whole" or sequence.shorten_only:
        return None
    if scene.verdict is None or scene.verdict.stretch != "allowed":
        return None
    for exercise in borne.too_easy(scene.own, scene.content):
        other = borne.harder(scene.own, exercise, scene.content)
        if exercise in today and other is not None and _would_do(exercise, today, scene):
            return exercise, other
    return None


def _would_do(exercise: str, today: set[str], scene: Scene) -> bool:
    """Whether the step up would change the plan at all: it may be barred, or in it already."""
    own = borne.raised(scene.own, exercise, scene.content)
    sequence = plan.sequence_for(
        scene.facts, "allowed", scene.left_out, scene.settings, scene.content, own=own
    )
    return sequence is not None and {move.exercise for move in sequence.moves} != today


def _name(exercise: str) -> Said:
    return said(f"exercise.{exercise}.name")
