"""The words of the outbox: classes of messages, the lanes they keep to, a row that may be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from bot.store import outbox_order as order

Rank = Literal["stop", "bell", "reply", "tick", "reminder"]  # best first
How = Literal["change", "fresh", "remove"]
RANKS: tuple[Rank, ...] = get_args(Rank)
LANES: dict[Rank, order.Lane] = {
    "stop": order.SPEAKS, "bell": order.SPEAKS, "reply": order.SPEAKS,
    "tick": order.COUNTS, "reminder": order.REMINDS,
}  # fmt: skip
SECOND = 1_000_000
PATIENCE_US: dict[Rank, int] = {
    "stop": SECOND // 5, "bell": SECOND // 2, "reply": SECOND, "tick": 0, "reminder": 0,
}  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """A leased row, ready to be sent.  `tries` counts sends whose fate nobody knows."""

    id: int
    user: int | None  # none: a farewell
    chat_id: int
    rank: Rank
    slot: str
    how: How
    made_at: datetime
    expires_at: datetime | None
    tries: int
    payload: bytes
    stands: int | None = None  # the message in its slot
