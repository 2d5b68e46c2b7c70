"""How work grows with its input, counted in calls: the same on every machine, however busy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def calls(work: Callable[[], object]) -> int:
    """Count the calls that a piece of work makes, of Python's and of libraries' functions."""
    made = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return made


def growth(of: Callable[[int], object], size: int, times: int) -> float:
    """Tell by how much work grows with its size: about `times` where each part is read once."""
    return calls(lambda: of(size * times)) / calls(lambda: of(size))
