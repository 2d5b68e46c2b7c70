"""Chats and the messages in them, as the server keeps them and as the bot is told of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.files import Stored
from tests.botapi.keyboard import Row
from tests.botapi.refusal import Refused

Json = dict[str, Any]


@dataclass(eq=False)
class Message:
    """One message.  People hold on to it, and see it change."""

    message_id: int
    chat: Chat
    sender: Json
    date: int
    text: str | None = None
    caption: str | None = None
    entities: list[Json] = field(default_factory=list)
    media: Stored | None = None
    keyboard: list[Row] = field(default_factory=list)
    extra: Json = field(default_factory=dict)  # sticker, location, pinned_message …
    silent: bool = False
    protected: bool = False
    pinned: bool = False
    gone: bool = False
    edits: int = 0
    edited_at: int | None = None
    changed: int = 0  # when it last changed, counted over the whole server
    past_keyboards: list[list[Row]] = field(default_factory=list)

    @property
    def from_bot(self) -> bool:
        return bool(self.sender["is_bot"])

    @property
    def words(self) -> str:
        """Text or caption, whichever it has."""
        return self.text if self.text is not None else self.caption or ""

    @property
    def rows(self) -> list[list[str]]:
        return [[button["text"] for button in row] for row in self.keyboard]

    @property
    def buttons(self) -> list[str]:
        return [label for row in self.rows for label in row]

    def button(self, label: str) -> Json:
        return next(b for row in self.keyboard for b in row if b["text"] == label)

    def to_json(self) -> Json:
        told: Json = {
            "message_id": self.message_id,
            "from": self.sender,
            "chat": self.chat.to_json(),
            "date": self.date,
        } | self.extra
        if self.text is not None:
            told["text"] = self.text
        if self.caption:
            told["caption"] = self.caption
        if self.entities:
            told["entities" if self.text is not None else "caption_entities"] = self.entities
        if self.media:
            told[self.media.kind] = self.media.to_json()
        if self.keyboard:
            told["reply_markup"] = {"inline_keyboard": self.keyboard}
        if self.protected:
            told["has_protected_content"] = True
        if self.edited_at is not None:
            told["edit_date"] = self.edited_at
        return told

    def inaccessible(self) -> Json:
        return {"chat": self.chat.to_json(), "message_id": self.message_id, "date": 0}


@dataclass(eq=False)
class Chat:
    """A private chat or a group; message ids grow in each of its own."""

    id: int
    about: Json  # type, title, names
    messages: dict[int, Message] = field(default_factory=dict)
    next_id: int = 1
    started: bool = False  # somebody has written: a bot never begins
    shut: str | None = None  # why the bot may not write
    menu: Json = field(default_factory=lambda: {"type": "default"})
    actions: list[str] = field(default_factory=list)

    @property
    def private(self) -> bool:
        return self.id > 0

    def to_json(self) -> Json:
        return {"id": self.id} | self.about

    def seen(self) -> list[Message]:
        return [message for message in self.messages.values() if not message.gone]

    def find(self, message_id: int | None, otherwise: str) -> Message:
        message = self.messages.get(message_id or 0)
        if message is None or message.gone:
            raise Refused(otherwise)
        return message


@dataclass
class Chats:
    by_id: dict[int, Chat] = field(default_factory=dict)

    def find(self, chat_id: int | str) -> Chat:
        chat = self.by_id.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise Refused("chat not found")
        return chat

    def open_to_bot(self, chat_id: int | str) -> Chat:
        """Find a chat the bot may write to."""
        chat = self.find(chat_id)
        if chat.shut:
            raise Refused(chat.shut, 403)
        if not chat.started:
            raise Refused("bot can't initiate conversation with a user", 403)
        return chat

    def __iter__(self) -> Iterator[Chat]:
        return iter(self.by_id.values())
