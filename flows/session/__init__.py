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
from flows.session.starting import can_go_on
from flows.session.typed import read
from flows.session.vocabulary import EVENTS, Session

__all__ = [
    "EVENTS", "MACHINE", "Session", "abandoned", "advance", "begin", "can_go_on", "odd", "paused",
    "read", "stopped", "view",
]  # fmt: skip
