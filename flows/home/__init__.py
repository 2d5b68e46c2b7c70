"""The floor when nothing runs: what can be done from here, on one small screen."""

from flows.home.machine import ASKING, MACHINE, advance, begin, odd, read, view
from flows.home.vocabulary import EVENTS, Home

__all__ = ["ASKING", "EVENTS", "MACHINE", "Home", "advance", "begin", "odd", "read", "view"]
