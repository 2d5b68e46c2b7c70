"""The check: what is asked, in what order, and the judgement it ends in."""

from flows.triage.machine import (
    MACHINE,
    advance,
    begin,
    cut_short,
    interjected,
    left,
    odd,
    outstanding,
    view,
)
from flows.triage.typed import read
from flows.triage.vocabulary import EVENTS, Triage

__all__ = [
    "EVENTS", "MACHINE", "Triage", "advance", "begin", "cut_short", "interjected", "left", "odd",
    "outstanding", "read", "view",
]  # fmt: skip
