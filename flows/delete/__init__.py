"""Deletion, by command, over whatever stands on the floor."""

from flows.delete.machine import MACHINE, advance, begin, odd, read, receipt, view
from flows.delete.vocabulary import EVENTS, Delete

__all__ = ["EVENTS", "MACHINE", "Delete", "advance", "begin", "odd", "read", "receipt", "view"]
