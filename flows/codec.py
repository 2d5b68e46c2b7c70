"""Codes of events, as buttons and alarms carry them, back to events."""

from __future__ import annotations

from pydantic import ValidationError

from flows.base import Event, Hurts
from flows.switchboard import OWNER

KINDS: tuple[type[Event], ...] = (Hurts, *OWNER)
BY_TRIGGER: dict[str, type[Event]] = {kind.model_fields["trigger"].default: kind for kind in KINDS}


class NotUnderstood(ValueError):  # noqa: N818 - it says what became of the code
    """A code that no event of this version has."""


def decode(code: str) -> Event:
    """Read a code that `Event.code` wrote; raises NotUnderstood for anything else."""
    trigger, *args = code.split("|")
    try:
        return BY_TRIGGER[trigger].of(args)
    except (KeyError, ValueError, ValidationError):
        raise NotUnderstood(trigger[:16]) from None
