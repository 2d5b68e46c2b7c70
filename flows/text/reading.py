"""What a text was found to report."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flows.base import Frozen, Value

Action = Literal["CRISIS", "EMERGENCY_INTERRUPT", "STOP_EXERCISE", "URGENT_CHECK", "NONE"]


class Reading(Frozen):
    """What a text reports: the action, the concept it was known by, and the facts that says.

    Of a stop word the concept is `halt`, `cry`, `symptom`, `sign`, or `single` for words that say
    it only alone ("no", "x"): these may as well answer a question on the screen.  `beside` is the
    concept of what is to be asked about beside a stop word: "it hurts and I have a fever".
    """

    action: Action
    concept: str = ""
    facts: dict[str, Value] = Field(default_factory=dict)
    negated: bool = False
    beside: str = ""


NOTHING = Reading(action="NONE")
