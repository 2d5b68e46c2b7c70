"""After any stop: the danger check, what happened, and what may follow."""

from flows.stop.flow import abandoned, begin, odd, read, view
from flows.stop.machine import MACHINE, advance
from flows.stop.vocabulary import EVENTS, HEARD, Stop

__all__ = [
    "EVENTS", "HEARD", "MACHINE", "Stop", "abandoned", "advance", "begin", "odd", "read", "view",
]  # fmt: skip
