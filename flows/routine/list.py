"""Changes of an own list, as plain functions: each stays inside the limits of content (10.4)."""

from __future__ import annotations

from math import ceil
from typing import Literal

from content.catalogue import Catalogue
from flows.base import Own, Said, Scene, said
from flows.session.doses import limit_for, seconds_of
from flows.session.order import arranged
from flows.session.own import as_program, own_dose, stands_apart, strides_of
from flows.session.swaps import barred

How = Literal["easier", "harder"]


def refused(exercise: str, scene: Scene, *, in_place_of: str | None = None) -> Said | None:
    """Say why an exercise cannot join the list; None: it can."""
    content, others = scene.content, [ex for ex in scene.own.routine if ex != in_place_of]
    if exercise in barred_now(scene):
        return said("routine.unfit", exercise=name(exercise))
    if other := stands_apart(exercise, others, content):
        return said("routine.apart", exercise=name(exercise), other=name(other))
    if len(others) >= content.own.most_moves:
        return said("routine.full", n=content.own.most_moves)
    longer = scene.own.model_copy(update={"routine": (*others, exercise)})
    if minutes(longer, scene) > content.own.most_min:
        return said("routine.long", n=content.own.most_min)
    return None


def barred_now(scene: Scene) -> frozenset[str]:
    """Name what conditions bar, and what was left out after pain; a rest for all bars no list."""
    moves = [left for left in scene.left_out if left.what != "all"]
    return barred(scene.facts, moves, scene.content)


def is_left_out(exercise: str, scene: Scene) -> bool:
    """Whether pain is the reason, and nothing that was told of the body."""
    return exercise not in barred(scene.facts, (), scene.content)


def joined(exercise: str, own: Own) -> Own:
    if exercise in own.routine:
        return own
    return own.model_copy(update={"routine": (*own.routine, exercise)})


def without(exercise: str, own: Own) -> Own:
    kept = tuple(ex for ex in own.routine if ex != exercise)
    hold_s = {ex: held for ex, held in own.hold_s.items() if ex != exercise}
    return own.model_copy(update={"routine": kept, "hold_s": hold_s})


def shifted(exercise: str, to: int, own: Own) -> Own:
    others = [ex for ex in own.routine if ex != exercise]
    others.insert(min(to, len(others)), exercise)
    return own.model_copy(update={"routine": tuple(others)})


def in_order(own: Own, content: Catalogue) -> Own:
    """Put a rest first and a walk last, wherever they were asked for."""
    doses = [own_dose(ex, own, content) for ex in own.routine]
    ordered = tuple(dose.ex for dose in arranged(doses, content))
    return own.model_copy(update={"routine": ordered})


def exchanged(exercise: str, other: str, own: Own) -> Own:
    kept = tuple(other if ex == exercise else ex for ex in own.routine if ex != other)
    hold_s = {ex: held for ex, held in own.hold_s.items() if ex != exercise}
    return own.model_copy(update={"routine": kept, "hold_s": hold_s})


def held(exercise: str, seconds: int, own: Own) -> Own:
    return own.model_copy(update={"hold_s": {**own.hold_s, exercise: seconds}})


def neighbour(exercise: str, how: How, scene: Scene) -> str | None:
    """Name the easier or harder move that may stand in this one's place."""
    entry = scene.content.exercises[exercise]
    other = entry.regression if how == "easier" else entry.progression
    if other is None or other == exercise or other in scene.own.routine:
        return None
    return None if refused(other, scene, in_place_of=exercise) else other


def may_hold(exercise: str, seconds: int, scene: Scene) -> bool:
    """Whether a hold stays inside the limits, and the list inside its own."""
    low, high = limit_for(exercise, scene.content).hold_s
    longer = held(exercise, seconds, scene.own)
    shorter = seconds <= own_dose(exercise, scene.own, scene.content).hold_s
    fits = shorter or minutes(longer, scene) <= scene.content.own.most_min
    return low <= seconds <= high and fits


def next_holds(exercise: str, scene: Scene) -> tuple[int | None, int | None]:
    """Give the next shorter and the next longer hold, where there is one."""
    now = own_dose(exercise, scene.own, scene.content).hold_s
    stride = strides_of(exercise, scene.content)
    low, high = limit_for(exercise, scene.content).hold_s
    less, more = max(now - stride, low), min(now + stride, high)
    return (
        less if less < now else None,
        more if more > now and may_hold(exercise, more, scene) else None,
    )


def minutes(own: Own, scene: Scene) -> int:
    program = as_program(own, scene.content)
    items = program.items if program else ()
    return ceil(sum(seconds_of(dose, scene.settings, scene.content) for dose in items) / 60)


def name(exercise: str) -> Said:
    return said(f"exercise.{exercise}.name")
