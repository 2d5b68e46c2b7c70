"""A plan of the user's own choice, where nothing about their back decides (clinical 6.2)."""

from __future__ import annotations

from flows.base import Known, Learned, Row, Scene, choice
from flows.offer.vocabulary import PlanWished
from flows.session.plan import program_for

WISHES = {"hips": "wants_hips", "chair": "wants_chair"}


def rows(scene: Scene) -> tuple[Row, ...]:
    """Offer each plan that a wish would bring today, and the way back to the usual one."""
    usual, now = _program(scene, None), _program(scene, wish_of(scene))
    wished = {wish: _program(scene, wish) for wish in WISHES}
    others = [w for w, program in wished.items() if program not in {usual, now}]
    row = tuple(choice(f"button.wish_{wish}", PlanWished(wish=wish)) for wish in others)
    if now != usual:
        row = (*row, choice("button.wish_usual", PlanWished(wish="usual")))
    return (row,) if row else ()


def wish_of(scene: Scene) -> str | None:
    return next((wish for wish, fact in WISHES.items() if scene.facts[fact] is True), None)


def learned(event: PlanWished, scene: Scene) -> Learned:
    """Keep one wish at the most."""
    return Learned(
        facts={fact: Known(value=event.wish == wish, at=scene.at) for wish, fact in WISHES.items()}
    )


def _program(scene: Scene, wish: str | None) -> str | None:
    if scene.verdict is None:
        return None
    facts = {**scene.facts, **{fact: wish == name for name, fact in WISHES.items()}}
    chosen = program_for(facts, scene.verdict.stretch, scene.content)
    return chosen.program if chosen else None
