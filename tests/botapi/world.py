"""All that is true on the server: chats, files, updates, open taps, and the bot's profile."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.chats import Chat, Chats, Message
from tests.botapi.files import Files
from tests.botapi.keyboard import Row
from tests.botapi.updates import Updates

Json = dict[str, Any]


@dataclass
class Tap:
    """One press of a button, and the toast that answered it."""

    query_id: str
    at: float
    answer: Json | None = None


@dataclass
class World:
    bot: Json
    now: Callable[[], float] = time.time
    query_lives_s: float = 15.0
    chats: Chats = field(default_factory=Chats)
    files: Files = field(default_factory=Files)
    updates: Updates = field(default_factory=Updates)
    taps: dict[str, Tap] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu: Json = field(default_factory=lambda: {"type": "default"})
    effects: frozenset[str] | None = None  # message effects that are known; none: all
    changes: int = 0  # each change of any message counts one
    on_change: Callable[[], None] = lambda: None

    def date(self) -> int:
        return int(self.now())

    def place(self, chat: Chat, sender: Json, **about: Any) -> Message:  # noqa: ANN401 - fields
        """Put a new message at the end of a chat."""
        message = Message(chat.next_id, chat, sender, self.date(), **about)
        chat.messages[chat.next_id] = message
        chat.next_id += 1
        self.touch(message)
        return message

    def touch(self, message: Message) -> None:
        self.changes += 1
        message.changed = self.changes
        self.on_change()

    def set_keyboard(self, message: Message, rows: list[Row]) -> None:
        if message.keyboard:
            message.past_keyboards.append(message.keyboard)
        message.keyboard = rows
