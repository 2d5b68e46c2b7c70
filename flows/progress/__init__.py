"""Over the weeks: what the program counts by itself, and how a plan grows or steps back.

Pure functions over past sessions and days.  Every number that decides is content.
"""

from flows.progress.days import Day, led, told
from flows.progress.own import Past, own_facts
from flows.progress.table import Growth, Turn, begun, turn_of

__all__ = [
    "Day", "Growth", "Past", "Turn", "begun", "led", "own_facts", "told", "turn_of",
]  # fmt: skip
