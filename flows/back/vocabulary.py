"""Back after a block: what is still held, and until when it would have been."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from flows.base import Event, Frozen

Phase = Literal["asking", "staying", "leaving"]


class Back(Frozen):
    """`held` is what a deletion would count, for the question that it asks."""

    flow: Literal["back"] = "back"
    phase: Phase = "asking"
    until: datetime
    held: dict[str, Any] = Field(default_factory=dict)


class Continued(Event):
    trigger: Literal["bstay"] = "bstay"


class DeleteAsked(Event):
    trigger: Literal["bdelete"] = "bdelete"


class Gone(Event):
    """The alarm: whoever blocked us has not come back in time."""

    trigger: Literal["bgone"] = "bgone"


EVENTS: tuple[type[Event], ...] = (Continued, DeleteAsked, Gone)
