"""Deletion: the question that counts what would be gone, and its two answers."""

from __future__ import annotations

from typing import Literal

from pydantic import NonNegativeInt

from flows.base import Event, Frozen

Phase = Literal["asking", "kept", "erased"]


class Delete(Frozen):
    """What is held, counted when the question was asked; `talk` goes into the receipt."""

    flow: Literal["delete"] = "delete"
    phase: Phase = "asking"
    talk: str = ""
    sessions: NonNegativeInt = 0
    facts: NonNegativeInt = 0
    reminders: NonNegativeInt = 0


class Confirmed(Event):
    trigger: Literal["dyes"] = "dyes"


class Kept(Event):
    trigger: Literal["dkeep"] = "dkeep"


class CopyAsked(Event):
    """Everything as files first; the question stands."""

    trigger: Literal["dcopy"] = "dcopy"


EVENTS: tuple[type[Event], ...] = (Confirmed, Kept, CopyAsked)
