"""Erasing at somebody's request: the user of a chat, or of a number, with key and all rows."""

from __future__ import annotations

from datetime import datetime

from bot.store.faults import StoreFault
from bot.store.unit import Unit


def erase_chat(unit: Unit, front_end: str, chat_id: int, at: datetime) -> int:
    """Erase whoever talks in this chat; returns how many rows went."""
    user = unit.known_user(front_end, chat_id)
    if user is None:
        raise StoreFault(
            "Nobody is known by this chat: never seen, or erased already. Nothing was changed."
        )
    return erase_user(unit, user, at)


def erase_user(unit: Unit, user: int, at: datetime) -> int:
    counts = unit.erase(user).counts
    if not counts["users"]:
        raise StoreFault(f"There is no user {user}: erased already? Nothing was changed.")
    unit.audit("erased", at, "at request")
    return sum(counts.values())
