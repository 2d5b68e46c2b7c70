"""After a session: how the back is, and whether to write again."""

from flows.after.machine import MACHINE, advance, begin, later, odd, read, view
from flows.after.vocabulary import EVENTS, After

__all__ = [
    "EVENTS", "MACHINE", "After", "advance", "begin", "later", "odd", "read", "view",
]  # fmt: skip
