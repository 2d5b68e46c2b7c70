"""What was left out after pain comes back only when it is wanted: asked one at a time."""

from __future__ import annotations

from flows import barred
from flows.base import Left, Row, Said, Scene, choice, said
from flows.offer.vocabulary import HaveBack


def lines(scene: Scene) -> tuple[Said, ...]:
    left = barred.waiting(scene)
    return () if left is None else (said("offer.want_back", what=_named(left)),)


def rows(scene: Scene) -> tuple[Row, ...]:
    left = barred.waiting(scene)
    if left is None:
        return ()
    yes, no = HaveBack(id=left.id, answer="yes"), HaveBack(id=left.id, answer="no")
    return ((choice("button.have_back", yes), choice("button.not_back", no)),)


def _named(left: Left) -> Said:
    """Name a move, or a family of them: nothing else waits to be wanted back."""
    key = f"exercise.{left.id}.name" if left.what == "exercise" else f"settings.family_{left.id}"
    return said(key)
