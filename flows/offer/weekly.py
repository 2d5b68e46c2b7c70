"""How the plan has grown since last time, told in a line, and taken back with a tap."""

from __future__ import annotations

from flows.base import Row, Said, Scene, choice, said
from flows.offer.vocabulary import KeepPlan, Strength
from flows.progress import Growth, Turn


def lines(scene: Scene) -> tuple[Said, ...]:
    """Say which line of the six-week table moved the plan, if any did."""
    if _is_kept(scene):
        return (said("weeks.kept"),)
    turn = turn_of(scene)
    return (said(f"progress.{turn.rule}"),) if turn and turn.rule else ()


def rows(scene: Scene) -> tuple[Row, ...]:
    """Offer to keep the plan as it was, or to let it grow after all; and strength, once."""
    turn = turn_of(scene)
    if _is_kept(scene):
        return ((choice("button.grow_plan", KeepPlan(how="grown")),),)
    if turn and turn.offers:
        return (
            (
                choice("button.strength_yes", Strength(answer="yes")),
                choice("button.strength_no", Strength(answer="no")),
            ),
        )
    if turn and turn.rule and turn.steps > turn.before:
        return ((choice("button.keep_plan", KeepPlan(how="old")),),)
    return ()


def kept(event: KeepPlan, scene: Scene) -> Growth:
    last = scene.sessions[-1].at if scene.sessions else None
    return growth_of(scene).model_copy(update={"kept_at": last if event.how == "old" else None})


def strengthened(event: Strength, scene: Scene) -> Growth:
    turn = turn_of(scene)
    days = turn.offers if turn and event.answer == "yes" else 0
    return growth_of(scene).model_copy(update={"strength_days": days})


def turn_of(scene: Scene) -> Turn | None:
    return scene.turn if isinstance(scene.turn, Turn) else None


def growth_of(scene: Scene) -> Growth:
    return scene.growth if isinstance(scene.growth, Growth) else Growth()


def _is_kept(scene: Scene) -> bool:
    kept_at = growth_of(scene).kept_at
    return kept_at is not None and bool(scene.sessions) and kept_at == scene.sessions[-1].at
