"""Telegram: updates to what the core can hear.  How messages go out stands in `carrier`.

We poll ourselves: an update is confirmed only after the commit that heard it, so a kill loses
none; what comes twice is known by its id.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ChatType
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.frontends.transport import Transport, wait_s
from bot.frontends.updates import Message, Update
from bot.traces import kind, where
from flows.heard import Blocked, Command, Heard, Odd, Tapped, Typed, Unblocked

NAME = "telegram"
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_S = 50
WANTED = f"timeout={POLL_S}&allowed_updates={quote(json.dumps(ALLOWED))}"
RETRY_S = (1, 2, 5, 10, 30)
DATA_PARTS = 4  # version, talk, turn, event
DATA_VERSION = "1"

log = structlog.get_logger()


@dataclass(frozen=True)
class Arrived:
    """An update read: who speaks, what was heard, and what else an answer needs."""

    update_id: int
    chat_id: int | None = None
    heard: Heard | None = None
    query_id: str | None = None
    group: bool = False
    language: str | None = None  # of their Telegram, to begin in


def read(raw: Mapping[str, Any]) -> Arrived:
    """Read one update; what says nothing to us has no `heard`."""
    update_id = raw.get("update_id")
    number = update_id if isinstance(update_id, int) else -1
    try:
        update = Update.model_validate(raw)
        return replace(_read(update), language=_language(update))
    except (ValueError, RecursionError) as fault:
        log.warning("unreadable_update", error=kind(fault))
        return Arrived(number)


def _language(update: Update) -> str | None:
    """Read the language alone: pt-br is pt."""
    user = update.sender
    return user.language_code.partition("-")[0] if user and user.language_code else None


def _read(update: Update) -> Arrived:  # noqa: PLR0911 - one return for each kind of update
    if update.spoken is None:
        return Arrived(update.update_id)
    chat = update.spoken.chat
    query = update.callback_query
    if chat.type != ChatType.PRIVATE:
        return Arrived(
            update.update_id,
            chat.id,
            group=_addressed(update),
            query_id=query.id if query else None,
        )
    if query is not None:
        return Arrived(update.update_id, chat.id, _tap(query.data), query_id=query.id)
    if update.my_chat_member is not None:
        gone = update.my_chat_member.new_chat_member.status in {"kicked", "left"}
        return Arrived(update.update_id, chat.id, Blocked() if gone else Unblocked())
    if (edited := update.edited_message) is not None:
        text = edited.text or edited.caption or ""
        return Arrived(update.update_id, chat.id, Odd(kind="edited", text=text))
    if update.message is not None:
        return Arrived(update.update_id, chat.id, _message(update.message))
    return Arrived(update.update_id)


def _addressed(update: Update) -> bool:
    """Tell whether we were added to a group or spoken to there."""
    member = update.my_chat_member
    return update.message is not None or (
        member is not None and member.new_chat_member.status in {"member", "administrator"}
    )


def _tap(data: str | None) -> Heard:
    parts = (data or "").split("|", DATA_PARTS - 1)
    if len(parts) == DATA_PARTS and parts[0] == DATA_VERSION and _is_turn(parts[2]):
        return Tapped(talk=parts[1], turn=int(parts[2]), tap=parts[3])
    return Odd(kind="button")


def _is_turn(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 10  # noqa: PLR2004


ODD_KINDS: Mapping[str, str] = {
    "sticker": "sticker", "voice": "voice", "video_note": "voice", "audio": "file",
    "photo": "picture", "video": "picture", "animation": "picture", "document": "file",
    "location": "location", "venue": "location", "contact": "contact",
}  # fmt: skip


def _message(message: Message) -> Heard | None:
    if text := message.text or message.caption:
        return command_of(text) or Typed(text=text)
    for name, odd in ODD_KINDS.items():
        if getattr(message, name, None):
            return Odd.model_validate({"kind": odd})
    if message.dice or message.poll or message.game or message.story:
        return Odd(kind="file")
    return None  # a line about the chat itself: pinned, title changed


def command_of(text: str) -> Command | None:
    """Read `/name argument`, with or without the bot's own name behind it."""
    if not text.startswith("/") or len(text) < 2 or not text[1].isalnum():  # noqa: PLR2004
        return None
    word, _, argument = text[1:].partition(" ")
    return Command(name=word.partition("@")[0].lower()[:64], argument=argument.strip())


Hear = Callable[[Arrived], Awaitable[bool]]


class Poller:
    """Fetch, hear, confirm: the offset moves only past what was committed."""

    def __init__(
        self, bot: Bot, transport: Transport, hear: Hear, turned: Callable[[], None] = lambda: None
    ) -> None:
        self.bot, self.transport, self.hear, self.turned = bot, transport, hear, turned
        self.offset: int | None = None

    async def run(self) -> None:
        """Poll for good; ends when cancelled, raises InvalidToken when the token is refused."""
        failures = 0
        while True:
            self.turned()
            try:
                updates = await self._fetch()
                failures = 0
            except InvalidToken:
                raise
            except RetryAfter as fault:
                await asyncio.sleep(wait_s(fault))
                continue
            except TelegramError as fault:
                wait = RETRY_S[min(failures, len(RETRY_S) - 1)]
                failures += 1
                note = "another instance polls" if isinstance(fault, Conflict) else "no answer"
                log.warning("poll_failed", note=note, error=kind(fault), retry_s=wait)
                await asyncio.sleep(wait)
                continue
            await self._all_heard([read(raw) for raw in updates])

    async def _fetch(self) -> list[Mapping[str, Any]]:
        """Ask for updates, raw: one that cannot be read must not hide the others."""
        confirmed = "" if self.offset is None else f"&offset={self.offset}"
        answer = await self.transport.retrieve(
            f"{self.bot.base_url}/getUpdates?{WANTED}{confirmed}", read_timeout=POLL_S + 10
        )
        found = json.loads(answer)
        result = found.get("result", []) if isinstance(found, dict) else []
        return [raw for raw in result if isinstance(raw, dict)]

    async def _all_heard(self, updates: list[Arrived]) -> None:
        """Hear each chat in the order of arrival, and different chats side by side."""
        chats: dict[int | None, list[Arrived]] = {}
        for arrived in updates:
            chats.setdefault(arrived.chat_id, []).append(arrived)
        await asyncio.gather(*map(self._in_order, chats.values()))
        numbers = [arrived.update_id for arrived in updates if arrived.update_id >= 0]
        if numbers:
            self.offset = numbers[-1] + 1

    async def _in_order(self, updates: list[Arrived]) -> None:
        for arrived in updates:
            while not await self.hear(arrived):  # noqa: ASYNC110 - nobody tells when a disk has room
                await asyncio.sleep(1)  # not kept: nothing is confirmed


async def say_private_only(bot: Bot, chat_id: int, text: str, label: str) -> None:
    """Answer a group once, with a way to the private chat, and leave."""
    button = InlineKeyboardButton(label, url=f"https://t.me/{bot.username}")
    try:
        await bot.send_message(chat_id, text, reply_markup=InlineKeyboardMarkup([[button]]))
    except TelegramError as fault:
        log.info("group_not_told", error=kind(fault))
    try:
        await bot.leave_chat(chat_id)
    except TelegramError as fault:
        log.info("group_not_left", error=kind(fault), where=where(fault))
