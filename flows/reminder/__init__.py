"""Reminders by the wall clock: the wish, when it is due, and the screen on which it changes."""

from flows.reminder.fading import offered
from flows.reminder.machine import MACHINE, advance, answered, begin, odd, read, view
from flows.reminder.ring import due
from flows.reminder.schedule import next_due
from flows.reminder.vocabulary import EVENTS, Reminders, Wish
from flows.reminder.zone import find_zones, zones_for, zones_of

__all__ = [
    "EVENTS", "MACHINE", "Reminders", "Wish", "advance", "answered", "begin", "due", "find_zones",
    "next_due", "odd", "offered", "read", "view", "zones_for", "zones_of",
]  # fmt: skip
