"""The check: what is asked, in what order, and the judgement it ends in."""

from flows.triage.machine import MACHINE, advance, begin, interjected, left, odd, view
from flows.triage.typed import read
from flows.triage.vocabulary import EVENTS, Triage

__all__ = [
    "EVENTS", "MACHINE", "Triage", "advance", "begin", "interjected", "left", "odd", "read", "view",
]  # fmt: skip
