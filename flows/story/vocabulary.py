"""A story was typed: what was understood of it waits for a yes or a no."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from content.schema import Value
from flows.base import Event, Frozen

Phase = Literal["asking", "taken", "dropped"]


class Story(Frozen):
    flow: Literal["story"] = "story"
    phase: Phase = "asking"
    facts: dict[str, Value] = Field(default_factory=dict)


class ItIsSo(Event):
    trigger: Literal["kyes"] = "kyes"


class ItIsNot(Event):
    trigger: Literal["kno"] = "kno"


EVENTS: tuple[type[Event], ...] = (ItIsSo, ItIsNot)
