"""The user's own part in the offer: moves changed by how they were felt, and their own list.

A change is told in one line before the first session that has it, and taken back with a tap.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from content.schema import Ladder
from flows.base import Own, Row, Said, Scene, choice, said
from flows.offer import easing
from flows.offer.vocabulary import OwnMove, Practise, StartOwn
from flows.progress import Turn
from flows.progress import moves as borne
from flows.session import plan
from flows.session.own import may_have_routine


def routine_of(scene: Scene) -> plan.Sequence | None:
    """Give the user's own list as it may be done today."""
    if scene.verdict is None:
        return None
    return plan.routine_for(
        scene.facts, scene.verdict.stretch, scene.left_out, scene.settings, scene.content,
        own=scene.own, eased=easing.eased(scene),
    )  # fmt: skip


def lines(sequence: plan.Sequence, scene: Scene) -> tuple[Said, ...]:
    """Tell what has changed for this session, and what may."""
    told = [_changed(name, other, sequence) for name, other in _untold(sequence, scene)]
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
        found.append((choice(said("button.own_routine", n=plan.minutes(routine)), StartOwn()),))
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


def _changed(exercise: str, other: str, sequence: plan.Sequence) -> Said:
    moves = {move.exercise for move in sequence.moves}
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
