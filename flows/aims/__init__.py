"""Over the floor: what the user would like to do again, and once a week how it goes."""

from flows.aims.machine import MACHINE, advance, begin, odd, read, view
from flows.aims.vocabulary import EVENTS, AimsScreen

__all__ = ["EVENTS", "MACHINE", "AimsScreen", "advance", "begin", "odd", "read", "view"]
