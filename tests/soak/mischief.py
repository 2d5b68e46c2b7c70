"""What goes wrong on Telegram's side: each fault meets the next request that fits."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.botapi.faults import Fault
from tests.botapi.server import BotApi

EVERY_S = (0.2, 1.0)
HANGS_S = 9.0  # longer than Limber waits
SENDS = ("sendMessage", "editMessageText", "sendPhoto", "editMessageMedia", "editMessageCaption")
POLLS = 0.04  # of all faults: each keeps everybody waiting for a second or more
PAGE = "<html><body>502 Bad Gateway</body></html>"


def patience(seconds: int) -> dict[str, Any]:
    return {
        "ok": False, "error_code": 429, "description": f"Too Many Requests: retry after {seconds}",
        "parameters": {"retry_after": seconds},
    }  # fmt: skip


KINDS: dict[str, dict[str, Any]] = {
    "429": {"status": 429, "body": patience(2)},
    "500 before": {"status": 500},
    "500 after": {"status": 500, "when": "after"},
    "502 page": {"status": 502, "body": PAGE},
    "502 page after": {"status": 502, "body": PAGE, "when": "after"},
    "hangs before": {"delay_s": HANGS_S, "drop": True},
    "hangs after": {"delay_s": HANGS_S, "drop": True, "when": "after"},
    "dropped before": {"drop": True},
    "dropped after": {"drop": True, "when": "after"},
    "slow": {"delay_s": 1.0},
    "poll 500": {"status": 500, "method": "getUpdates"},
    "poll dropped": {"drop": True, "method": "getUpdates", "when": "after"},
}  # fmt: skip


@dataclass
class Mischief:
    api: BotApi
    chance: Random
    done: dict[str, int] = field(default_factory=dict)

    async def run(self) -> None:
        """Order faults for good; ends when cancelled."""
        while True:
            await asyncio.sleep(self.chance.uniform(*EVERY_S))
            rare = self.chance.random() < POLLS
            name = self.chance.choice([n for n in KINDS if n.startswith("poll") is rare])
            order = {"method": self.chance.choice(SENDS)} | KINDS[name]
            waiting = [fault.method for fault in self.api.faults.ordered]
            if order["method"] not in waiting:  # while nobody asks, they must not heap up
                self.api.faults.ordered.append(Fault(**order))
                self.done[name] = self.done.get(name, 0) + 1

    def end(self) -> None:
        self.api.faults.ordered.clear()
