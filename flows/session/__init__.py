"""A guided session: what is in it (plan), and how it runs."""

from flows.session.machine import (
    MACHINE,
    abandoned,
    advance,
    begin,
    odd,
    paused,
    stopped,
    view,
)
from flows.session.typed import read
from flows.session.vocabulary import EVENTS, Session

__all__ = [
    "EVENTS", "MACHINE", "Session", "abandoned", "advance", "begin", "odd", "paused", "read",
    "stopped", "view",
]  # fmt: skip
