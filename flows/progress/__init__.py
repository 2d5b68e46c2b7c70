"""Over the weeks: what the program counts by itself, and how a plan grows or steps back.

Pure functions over past sessions and days.  Every number that decides is content.
"""

from flows.progress.count import Rest
from flows.progress.days import Day, led, moved, told
from flows.progress.moves import borne, own_told
from flows.progress.own import Past, own_facts
from flows.progress.table import Growth, Turn, begun, turn_of

__all__ = [
    "Day", "Growth", "Past", "Rest", "Turn", "begun", "borne", "led", "moved", "own_facts",
    "own_told", "told", "turn_of",
]  # fmt: skip
