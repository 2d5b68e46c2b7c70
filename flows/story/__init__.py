"""Over the floor: a story told in one text, shown for confirmation."""

from flows.story.machine import MACHINE, advance, begin, odd, read, view
from flows.story.vocabulary import EVENTS, Story

__all__ = ["EVENTS", "MACHINE", "Story", "advance", "begin", "odd", "read", "view"]
