"""Faults to order: the next call of a method fails before or after it has taken effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

When = Literal["before", "after"]


@dataclass
class Fault:
    """What goes wrong.  With neither status nor drop, the answer is only late."""

    method: str
    when: When = "before"
    status: int | None = None
    body: str | Mapping[str, Any] | None = None
    drop: bool = False
    delay_s: float = 0.0
    times: int = 1
    chat_id: int | None = None


@dataclass
class Faults:
    ordered: list[Fault] = field(default_factory=list)

    def take(self, method: str, chat_id: object) -> Fault | None:
        for fault in self.ordered:
            fits = fault.method in {method, "*"}
            if fits and (fault.chat_id is None or str(fault.chat_id) == str(chat_id)):
                fault.times -= 1
                if not fault.times:
                    self.ordered.remove(fault)
                return fault
        return None
