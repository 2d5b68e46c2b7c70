"""Telegram: updates to what the core can hear, and messages out as requests.  Nothing else.

We poll ourselves: an update is confirmed only after the commit that heard it, so a kill loses
none; what comes twice is known by its id.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.constants import ChatType, ParseMode
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.frontends.transport import MaybeSent, NeverSent, Transport, wait_s
from bot.ports import BlockedByUser, Gone, Limited, NotSent, Outgoing, Refused, Unknown
from bot.render.message import Page
from bot.traces import kind, where
from flows.heard import Blocked, Command, Heard, Odd, Tapped, Typed, Unblocked

T = TypeVar("T")

NAME = "telegram"
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_S = 50
RETRY_S = (1, 2, 5, 10, 30)
DATA_PARTS = 4  # version, talk, turn, event
DATA_VERSION = "1"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

log = structlog.get_logger()


@dataclass(frozen=True)
class Arrived:
    """An update read: who speaks, what was heard, and what else an answer needs."""

    update_id: int
    chat_id: int | None = None
    heard: Heard | None = None
    query_id: str | None = None
    group: bool = False


def read(raw: Mapping[str, Any], bot: Bot) -> Arrived:
    """Read one update; what says nothing to us has no `heard`."""
    update_id = raw.get("update_id")
    number = update_id if isinstance(update_id, int) else -1
    try:
        update = Update.de_json(dict(raw), bot)
        return _read(update)
    except (TypeError, ValueError, KeyError, AttributeError, TelegramError) as fault:
        log.warning("unreadable_update", error=kind(fault))
        return Arrived(number)


def _read(update: Update) -> Arrived:  # noqa: PLR0911 - one return for each kind of update
    chat = update.effective_chat
    if chat is None:
        return Arrived(update.update_id)
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
    if update.edited_message is not None:
        return Arrived(update.update_id, chat.id, Odd(kind="edited"))
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


def _message(message: Any) -> Heard | None:  # noqa: ANN401 - the library's message
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
    return Command(name=word.partition("@")[0].lower()[:64], argument=argument.strip()[:64])


class TelegramCarrier:
    """Requests to the Bot API, with what they can answer told in the words of the ports."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def send(self, message: Outgoing) -> int:
        sent = await _told(
            self.bot.send_message(
                message.chat_id,
                message.page.text,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(message.page),
                disable_notification=message.silent,
                link_preview_options=NO_PREVIEW,
            )
        )
        if message.pin:
            with suppress(NotSent, Unknown, Refused):
                await _told(
                    self.bot.pin_chat_message(
                        message.chat_id, sent.message_id, disable_notification=True
                    )
                )
        return int(sent.message_id)

    async def change(self, message: Outgoing) -> None:
        with suppress(_Same):
            await _told(
                self.bot.edit_message_text(
                    message.page.text,
                    chat_id=message.chat_id,
                    message_id=message.replaces,
                    parse_mode=ParseMode.HTML,
                    reply_markup=keyboard(message.page),
                    link_preview_options=NO_PREVIEW,
                )
            )

    async def strip(self, chat_id: int, message_id: int) -> None:
        with suppress(_Same, Gone):
            await _told(self.bot.edit_message_reply_markup(chat_id=chat_id, message_id=message_id))

    async def remove(self, chat_id: int, message_ids: list[int]) -> None:
        with suppress(Gone):
            await _told(self.bot.delete_messages(chat_id, message_ids))


class _Same(Refused):
    """The edit would change nothing: it has been done."""


def keyboard(page: Page) -> InlineKeyboardMarkup | None:
    rows = [
        [
            InlineKeyboardButton(
                b.label, callback_data=b.tap, style=None if b.style == "plain" else b.style
            )
            for b in row
        ]
        for row in page.buttons
    ]
    return InlineKeyboardMarkup(rows) if rows else None


async def _told(request: Awaitable[T]) -> T:
    """Carry out a request; what can go wrong, in the words of the ports."""
    try:
        return await request
    except RetryAfter as fault:
        raise Limited(wait_s(fault)) from None
    except NeverSent:
        raise NotSent("not sent") from None
    except Forbidden:
        raise BlockedByUser("blocked") from None
    except BadRequest as fault:
        raise _refusal(fault.message.lower()) from None
    except (MaybeSent, NetworkError):
        raise Unknown("no answer") from None
    except TelegramError as fault:
        raise Refused(kind(fault)) from None


def _refusal(message: str) -> Refused:
    if "not modified" in message:
        return _Same("same")
    if "can't be edited" in message or ("not found" in message and "chat" not in message):
        return Gone("gone")
    if "chat not found" in message:
        return BlockedByUser("no such chat")
    return Refused("bad request")


Hear = Callable[[Arrived], Awaitable[bool]]


class Poller:
    """Fetch, hear, confirm: the offset moves only past what was committed."""

    def __init__(self, bot: Bot, transport: Transport, hear: Hear) -> None:
        self.bot, self.transport, self.hear = bot, transport, hear
        self.offset: int | None = None

    async def run(self) -> None:
        """Poll for good; ends when cancelled, raises InvalidToken when the token is refused."""
        failures = 0
        while True:
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
            for raw in updates:
                await self._heard(raw)

    async def _fetch(self) -> list[Mapping[str, Any]]:
        """Ask for updates, raw: one that cannot be read must not hide the others."""
        query = f"timeout={POLL_S}&allowed_updates={quote(json.dumps(ALLOWED))}"
        if self.offset is not None:
            query += f"&offset={self.offset}"
        answer = await self.transport.retrieve(
            f"{self.bot.base_url}/getUpdates?{query}", read_timeout=POLL_S + 10
        )
        found = json.loads(answer)
        result = found.get("result", []) if isinstance(found, dict) else []
        return [raw for raw in result if isinstance(raw, dict)]

    async def _heard(self, raw: Mapping[str, Any]) -> None:
        arrived = read(raw, self.bot)
        while not await self.hear(arrived):  # noqa: ASYNC110 - nobody tells when a disk has room
            await asyncio.sleep(1)  # not kept: nothing is confirmed
        if arrived.update_id >= 0:
            self.offset = arrived.update_id + 1


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
