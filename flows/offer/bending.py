"""Not sure at the check before bending back: such moves are swapped, and a check is suggested."""

from __future__ import annotations

from flows.base import Row, Said, Scene, choice, said
from flows.offer.vocabulary import Examined
from flows.session.plan import Sequence

UNSURE = "unsure"


def lines(sequence: Sequence, scene: Scene) -> tuple[Said, ...]:
    return (said("offer.extension_swapped"),) if is_swapped(sequence, scene) else ()


def rows(sequence: Sequence, scene: Scene) -> tuple[Row, ...]:
    """Offer to be asked again: whoever was not sure may have seen someone since."""
    examined = choice("option.extension_check.checked", Examined())
    return ((examined,),) if is_swapped(sequence, scene) else ()


def is_swapped(sequence: Sequence, scene: Scene) -> bool:
    back = scene.content.resolution.extension
    unsure = scene.facts["extension_check"] == UNSURE
    return unsure and any(swap.out in back for swap in sequence.swapped)
