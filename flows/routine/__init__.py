"""Over the floor: the user's own list of moves, and the ladder they climb."""

from flows.routine.machine import MACHINE, advance, begin, odd, read, view
from flows.routine.vocabulary import EVENTS, Routine

__all__ = ["EVENTS", "MACHINE", "Routine", "advance", "begin", "odd", "read", "view"]
