"""Over the floor: back after a block, with a choice before anything else."""

from flows.back.machine import MACHINE, advance, begin, odd, read, view
from flows.back.vocabulary import EVENTS, Back, Gone

__all__ = ["EVENTS", "MACHINE", "Back", "Gone", "advance", "begin", "odd", "read", "view"]
