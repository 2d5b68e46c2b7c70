"""Telegram by webhook: a listener of our own that answers 200 only after the commit.

Who does not know the secret is refused before a byte of the body is read, and learns nothing.
Each chat is heard in the order of arrival, different chats side by side; what comes twice is known
by its id, as with polling.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot.frontends.arrangement import secret_of
from bot.frontends.ptb import Hear, read
from bot.listening import listening
from bot.settings import Settings

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
MOST_BYTES = 1_000_000  # an update is a few kilobytes; its text has 4,096 characters at most
BODY_S = 10.0  # for a body to arrive
FINISH_S = 8.0  # for what is being heard when we are told to stop
MOST_ID = 2**63

log = structlog.get_logger()


@dataclass
class _Line:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    people: int = 0


class InOrder:
    """Queues, one for each chat, kept only while somebody stands in them."""

    def __init__(self) -> None:
        self.lines: dict[int, _Line] = {}

    @asynccontextmanager
    async def turn(self, chat_id: int) -> AsyncIterator[None]:
        """Wait for whoever came before, in the order of coming."""
        line = self.lines.setdefault(chat_id, _Line())
        line.people += 1
        try:
            async with line.lock:
                yield
        finally:
            line.people -= 1
            if not line.people:
                del self.lines[chat_id]


class Webhook:
    """Listens where Telegram was told to post."""

    def __init__(self, hear: Hear, settings: Settings) -> None:
        self.hear = hear
        self.secret = secret_of(settings).encode()
        self.path = urlsplit(settings.webhook_url or "").path or "/"
        self.listen = settings.webhook_listen
        self.order = InOrder()

    async def run(self) -> None:
        """Listen for good; ends when cancelled, once everybody who came in is answered."""
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_post(self.path, self.receive)
        async with listening(app, "LIMBER_WEBHOOK_LISTEN", self.listen, FINISH_S):
            log.info("listening", at=self.listen)
            await asyncio.Event().wait()

    async def receive(self, request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self.secret):
            return web.Response(status=401)
        update = await self._update(request)
        if update is None:
            return web.Response(status=400)
        arrived = read(update)
        if arrived.chat_id is None:
            kept = await self.hear(arrived)
        else:
            async with self.order.turn(arrived.chat_id):
                kept = await self.hear(arrived)
        return web.Response(status=200 if kept else 503)  # not kept: Telegram comes again

    async def _update(self, request: web.Request) -> Mapping[str, Any] | None:
        try:
            async with asyncio.timeout(BODY_S):
                update = json.loads(await request.read())
        except (ValueError, RecursionError, TimeoutError):
            return None
        number = update.get("update_id") if isinstance(update, dict) else None
        return update if type(number) is int and 0 <= number < MOST_ID else None
