"""A point of a scale from 0 to 10, as people type it: a number, "about 3", "3/10", "no pain"."""

from __future__ import annotations

from flows.base import Scene
from flows.text.answers import OutOfRange, whole_number
from flows.text.listed import is_listed

MOST = 10


def points(text: str, scene: Scene) -> int | None:
    """Read one point; of two the graver, and none that the scale does not have."""
    if is_listed(text, "typed.no_pain", scene):
        return 0
    number = whole_number(text, 0, MOST, scene, graver="up")
    return None if isinstance(number, OutOfRange) else number
