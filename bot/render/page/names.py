"""Short names of what happened and of what is left out."""

from __future__ import annotations

from content.catalogue import Catalogue
from flows.base import Left, Said, said

EVENT = "session_event"


def event_name(event: str | None, content: Catalogue) -> Said:
    """Name what stopped a session as its button does."""
    for part in content.screens[content.stop.what].parts:
        for option in part.options:
            if event is not None and option.set.get(EVENT) == event:
                return said(f"option.{part.id}.{option.id}.short")
    return said("page.stop_unknown")


def left_name(left: Left) -> Said:
    match left.what:
        case "exercise":
            return said(f"exercise.{left.id}.name")
        case "family":
            return said(f"settings.family_{left.id}")
        case _:
            return said(f"settings.what_{left.what}")
