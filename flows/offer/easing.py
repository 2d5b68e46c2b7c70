"""The session after a cramp: the move that brought it is held for a share of its time, once."""

from __future__ import annotations

from collections.abc import Mapping

from flows.base import Said, Scene, said
from flows.lately import by_session
from flows.session.plan import Sequence


def eased(scene: Scene) -> Mapping[str, float]:
    """Say for what share of its hold an exercise is done, as the last session ended it."""
    shares: dict[str, float] = {}
    for brief in [each for session in by_session(scene.sessions)[-1:] for each in session]:
        event = scene.content.events.get(brief.event or "")
        if event is not None and brief.exercise is not None:
            share = min(outcome.hold_share for outcome in event.outcomes)
            shares[brief.exercise] = min(share, shares.get(brief.exercise, 1.0))
    return {exercise: share for exercise, share in shares.items() if share < 1}


def lines(sequence: Sequence, scene: Scene) -> tuple[Said, ...]:
    moves = {move.exercise for move in sequence.moves}
    return tuple(
        said("offer.eased", exercise=said(f"exercise.{name}.name"))
        for name in eased(scene)
        if name in moves
    )
