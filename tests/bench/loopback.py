"""A Bot API on loopback that costs little: for load, where the strict one would be the slowest.

It believes whatever it is sent.  What it knows of each chat is the keyboard that stands there, and
of each request which method came when.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qsl

from aiohttp import web

from tests.botapi.flood import Flood
from tests.botapi.refusal import Refused

Json = dict[str, Any]
TOKEN = "4242424242:the-token-of-a-bot-that-only-tests-know"  # noqa: S105 - opens nothing
BOT = {"id": 4242424242, "is_bot": True, "first_name": "Limber", "username": "limber_bench_bot"}
MOST_UPDATES = 100
A_PHOTO = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]}
MAKES_A_MESSAGE = {
    "sendMessage": {"text": "…"},
    "sendPhoto": A_PHOTO,
    "sendVoice": {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 9}},
    "sendAudio": {"audio": {"file_id": "a", "file_unique_id": "a", "duration": 9}},
}
EDITS = {"editMessageText", "editMessageCaption", "editMessageMedia", "editMessageReplyMarkup"}
SHOWS = {**MAKES_A_MESSAGE, "editMessageMedia": A_PHOTO, "editMessageCaption": A_PHOTO}
PACED = EDITS | set(MAKES_A_MESSAGE)
KNOWN: dict[str, Any] = {
    "getMe": BOT,
    "getWebhookInfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
    "getChatMenuButton": {"type": "commands"},
    "getMyCommands": [],
    "getMyName": {"name": "Limber"},
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
}


@dataclass(frozen=True, slots=True)
class Came:
    """A message or an edit as it came in."""

    at: float  # wall clock
    method: str
    chat: int
    message: int
    loud: bool
    text: str


@dataclass
class Chat:
    """What stands in a chat."""

    keyboard: list[list[Json]] = field(default_factory=list)
    message: int = 0  # under which the keyboard stands
    last: int = 10

    def data_of(self, label: str) -> str | None:
        """Find the callback data of the first button whose label ends so."""
        for row in self.keyboard:
            for button in row:
                if button["text"].endswith(label):
                    data: str = button["callback_data"]
                    return data
        return None


class Loopback:
    """One bot's API; `on_came` is called with every message and edit, before it is answered."""

    def __init__(self, *, delay_s: float = 0.0, flood: Flood | None = None) -> None:
        self.delay_s, self.flood = delay_s, flood
        self.chats: dict[int, Chat] = {}
        self.counts: Counter[str] = Counter()
        self.updates: deque[Json] = deque()
        self.new = asyncio.Event()
        self.on_came: Callable[[Came], None] = lambda _: None
        self.polled_at: float | None = None  # since it was last set to None
        self.base_url = ""
        self._number = 1000
        self._runner: web.ServerRunner | None = None

    async def start(self, tls: ssl.SSLContext | None = None) -> Self:
        self._runner = web.ServerRunner(web.Server(self._serve), shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=tls, backlog=1024).start()
        port = self._runner.addresses[0][1]
        self.base_url = f"{'https' if tls else 'http'}://localhost:{port}/bot"
        return self

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    # ---- people

    def chat(self, chat_id: int) -> Chat:
        return self.chats.setdefault(chat_id, Chat())

    def say(self, chat_id: int, text: str) -> None:
        chat = self.chat(chat_id)
        chat.last += 1
        message: Json = {
            "message_id": chat.last, "date": int(time.time()), "text": text,
            "chat": {"id": chat_id, "type": "private"}, "from": self._person(chat_id),
        }  # fmt: skip
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        self._push({"message": message})

    def tap(self, chat_id: int, data: str) -> None:
        chat = self.chat(chat_id)
        shown = {
            "message_id": chat.message, "date": int(time.time()), "text": "…", "from": BOT,
            "chat": {"id": chat_id, "type": "private"},
        }  # fmt: skip
        query = {
            "id": str(self._number), "from": self._person(chat_id), "chat_instance": "1",
            "data": data, "message": shown,
        }  # fmt: skip
        self._push({"callback_query": query})

    def _push(self, update: Json) -> None:
        self._number += 1
        self.updates.append({"update_id": self._number, **update})
        self.new.set()

    def _person(self, chat_id: int) -> Json:
        return {"id": chat_id, "is_bot": False, "first_name": "Ada", "language_code": "en"}

    # ---- requests

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        method = request.path.rpartition("/")[2]
        self.counts[method] += 1
        given = await _given(request)
        if method == "getUpdates":
            return _told(await self._updates(given))
        if method in PACED and self.flood is not None:
            try:
                self.flood.pass_or_refuse(int(given["chat_id"]), time.monotonic())
            except Refused as refused:
                self.counts["refused"] += 1
                return web.Response(body=json.dumps(refused.to_json()).encode(), status=429)
        result = self._result(method, given)
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        return _told(result)

    async def _updates(self, given: Json) -> list[Json]:
        if self.polled_at is None:
            self.polled_at = time.time()
        offset = int(given.get("offset") or 0)
        while self.updates and self.updates[0]["update_id"] < offset:
            self.updates.popleft()
        if not self.updates:
            self.new.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(float(given.get("timeout") or 0)):
                    await self.new.wait()
        return [self.updates[i] for i in range(min(MOST_UPDATES, len(self.updates)))]

    def _result(self, method: str, given: Json) -> Any:  # noqa: ANN401 - JSON
        if method in PACED:
            return self._placed(method, given)
        return KNOWN.get(method, True)

    def _placed(self, method: str, given: Json) -> Json:
        chat_id = int(given["chat_id"])
        chat = self.chat(chat_id)
        if method in EDITS:
            number = int(given["message_id"])
        else:
            chat.last += 1
            number = chat.last
        keyboard = _keyboard(given.get("reply_markup"))
        if keyboard or number == chat.message:
            chat.keyboard, chat.message = keyboard, number
        text = str(given.get("text") or given.get("caption") or "")
        loud = str(given.get("disable_notification", "")).lower() != "true"
        self.on_came(Came(time.time(), method, chat_id, number, loud, text))
        return {
            "message_id": number, "date": int(time.time()), "from": BOT,
            "chat": {"id": chat_id, "type": "private"}, **SHOWS.get(method, {"text": "…"}),
        }  # fmt: skip


def _told(result: Any) -> web.Response:  # noqa: ANN401 - JSON
    body = json.dumps({"ok": True, "result": result}).encode()
    return web.Response(body=body, content_type="application/json")


async def _given(request: web.BaseRequest) -> Json:
    """Read the parameters, however they are written; of files only that they came."""
    kind = request.content_type
    if kind.startswith("multipart"):
        return {**dict(request.query), **dict(await request.post())}
    body = await request.read()
    if kind == "application/json" and body:
        told: Json = json.loads(body)
        return told
    return {**dict(request.query), **dict(parse_qsl(body.decode()))}


def _keyboard(markup: str | Json | None) -> list[list[Json]]:
    known = json.loads(markup) if isinstance(markup, str) else markup
    keyboard: list[list[Json]] = (known or {}).get("inline_keyboard", [])
    return keyboard
