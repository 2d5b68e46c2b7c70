"""A practice: one step of a ladder back to a movement that is feared."""

from flows.ladder.machine import MACHINE, advance, begin, hurt, odd, read, view
from flows.ladder.vocabulary import EVENTS, DayAfter, Down, Ladder

__all__ = [
    "EVENTS", "MACHINE", "DayAfter", "Down", "Ladder", "advance", "begin", "hurt", "odd", "read",
    "view",
]  # fmt: skip
