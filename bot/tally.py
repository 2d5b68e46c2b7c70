"""What the loops tell of themselves: that they turn, and what they did, as names and numbers.

This one only watches over the loops; `metrics.py` counts as well.
"""

from __future__ import annotations

import time

STILL_S = 150.0  # a poll, a wait after a failed one and a loaded machine are less


class Tally:
    def __init__(self) -> None:
        self.turned_at: dict[str, float] = {}

    def turned(self, loop: str) -> None:
        """Note that this loop has gone round once more."""
        self.turned_at[loop] = time.monotonic()

    def rests(self, loop: str) -> None:
        """Note that this loop has nothing to do for now, such as polling while another leads."""
        self.turned_at.pop(loop, None)

    def standing_still(self) -> list[str]:
        """Name the loops that have not gone round for too long."""
        now = time.monotonic()
        return [name for name, at in self.turned_at.items() if now - at > STILL_S]

    def heard(self, what: str) -> None:
        """Count one thing heard, by its kind."""

    def sent(self, rank: str) -> None:
        """Count one message or edit that went out, by its class."""

    def refused(self, rank: str) -> None:
        """Count one that was refused for good."""

    def rang(self, late_s: float) -> None:
        """Note how late an alarm was heard."""
