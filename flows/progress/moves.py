"""What sessions come to for single moves: how they were felt, which side had less, what changes.

A neighbour of the library is named for a move that was too much so often running: the easier one,
or half of the move where it has none.  A harder one is only ever offered.
"""

from __future__ import annotations

from collections.abc import Iterable

from content.catalogue import Catalogue
from flows.base import Done, Own

HALF_OF_IT, NONE_OF_IT = "=", ""


def borne(own: Own, done: Iterable[Done], content: Catalogue) -> Own:
    """Fold in what became of each move of a run."""
    for one in done:
        own = _changed(_sided(_felt(own, one), one), one.exercise, content)
    return own


def own_told(own: Own) -> Own:
    """Begin a session: its plan has told of all that was changed."""
    return own.model_copy(update={"untold": ()}) if own.untold else own


def too_easy(own: Own, content: Catalogue) -> tuple[str, ...]:
    """Name the moves for which a step up may be offered."""
    felt = own.felt.items()
    return tuple(name for name, times in felt if times >= content.own.efforts)


def harder(own: Own, exercise: str, content: Catalogue) -> str | None:
    """Name the step up: back to what it stood in for, else the library's neighbour."""
    eased = next((name for name, other in own.instead.items() if other == exercise), None)
    entry = content.exercises.get(exercise)
    return eased or (entry.progression if entry and entry.progression != exercise else None)


def raised(own: Own, exercise: str, content: Catalogue) -> Own:
    """Take the step up."""
    instead, untold = dict(own.instead), own.untold
    other = harder(own, exercise, content)
    if other is not None and instead.pop(other, None) is None:
        instead[exercise] = other
        untold = tuple(dict.fromkeys((*untold, exercise)))
    return _calm(own, exercise).model_copy(update={"instead": instead, "untold": untold})


def kept(own: Own, exercise: str) -> Own:
    """Leave a move as it is, or have it back."""
    instead = {name: other for name, other in own.instead.items() if name != exercise}
    untold = tuple(name for name in own.untold if name != exercise)
    return _calm(own, exercise).model_copy(update={"instead": instead, "untold": untold})


def _felt(own: Own, one: Done) -> Own:
    before = own.felt.get(one.exercise, 0)
    match one.effort:
        case None:
            return own
        case "right":
            return _calm(own, one.exercise)
        case "easy":
            times = max(before, 0) + 1
        case "much":
            times = min(before, 0) - 1
    return own.model_copy(update={"felt": {**own.felt, one.exercise: times}})


def _sided(own: Own, one: Done) -> Own:
    """Remember where the right side had less: next time begins with it."""
    first, second = one.held_s
    if one.first is None or first == second == 0:
        return own
    right_s, left_s = (first, second) if one.first == "right" else (second, first)
    others = tuple(name for name in own.begin_right if name != one.exercise)
    kept = (*others, one.exercise) if right_s < left_s else others
    return own.model_copy(update={"begin_right": kept})


def _changed(own: Own, exercise: str, content: Catalogue) -> Own:
    """Change a move that was too much so often running."""
    if own.felt.get(exercise, 0) > -content.own.efforts:
        return own
    instead = dict(own.instead)
    raised_from = next((name for name, other in instead.items() if other == exercise), None)
    if raised_from and content.exercises[raised_from].progression == exercise:
        del instead[raised_from]  # the step up is taken back
        return _calm(own, exercise).model_copy(update={"instead": instead})
    easier = content.exercises[exercise].regression if exercise in content.exercises else None
    half = instead.get(exercise) == HALF_OF_IT
    instead[exercise] = NONE_OF_IT if half else easier or HALF_OF_IT
    untold = tuple(dict.fromkeys((*own.untold, exercise)))
    return _calm(own, exercise).model_copy(update={"instead": instead, "untold": untold})


def _calm(own: Own, exercise: str) -> Own:
    felt = {name: times for name, times in own.felt.items() if name != exercise}
    return own.model_copy(update={"felt": felt})
