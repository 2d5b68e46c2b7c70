"""Settings, by command, over whatever stands on the floor."""

from flows.settings.machine import MACHINE, advance, begin, odd, read, view
from flows.settings.vocabulary import EVENTS, SettingsScreen

__all__ = ["EVENTS", "MACHINE", "SettingsScreen", "advance", "begin", "odd", "read", "view"]
