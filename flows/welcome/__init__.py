"""The floor until consent."""

from flows.welcome.machine import MACHINE, advance, begin, odd, read, view
from flows.welcome.vocabulary import EVENTS, Welcome

__all__ = ["EVENTS", "MACHINE", "Welcome", "advance", "begin", "odd", "read", "view"]
