"""The Bot API over real HTTP on loopback: what a test starts, orders faults from and reads.

Nothing here knows the bot under test.  It answers as Telegram does, or stricter.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.botapi import facts
from tests.botapi.chats import Chat
from tests.botapi.faults import Fault, Faults, When
from tests.botapi.files import Upload
from tests.botapi.flood import Flood
from tests.botapi.methods import METHODS
from tests.botapi.people import Group, Person
from tests.botapi.refusal import Refused
from tests.botapi.world import World

Json = dict[str, Any]
TOKEN = "4242424242:the-token-of-a-bot-that-only-tests-know"  # noqa: S105 - opens nothing
MOST_BYTES = 60_000_000
PACED = {"sendMessage", "editMessageText", "editMessageCaption", "editMessageMedia"} | {
    "editMessageReplyMarkup", "sendPhoto", "sendAnimation", "sendVoice", "sendAudio",
    "sendDocument", "sendVideo",
}  # fmt: skip


@dataclass
class Call:
    """One request as it came, and how it was answered."""

    method: str
    params: Json
    at: float  # monotonic
    files: dict[str, Upload] = field(default_factory=dict)
    answer: Json | None = None
    status: int | None = None
    took_effect: bool = False
    spoilt: bool = False  # an ordered fault has met it


class BotApi:
    """A Bot API server of one bot."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        flood: Flood | None = None,
        now: Callable[[], float] = time.time,
        query_lives_s: float = 15.0,
    ) -> None:
        self.token, self.flood, self.faults = token, flood, Faults()
        self.calls: list[Call] = []
        self.base_url = self.base_file_url = ""
        number = int(token.split(":", maxsplit=1)[0])
        bot = {"id": number, "is_bot": True, "first_name": "Limber", "username": "limber_test_bot"}
        self.world = World(bot, now, query_lives_s)
        self.world.on_change = self.wake
        self.people: dict[int, Person] = {}
        self.waiters: set[asyncio.Event] = set()
        self.runner: web.AppRunner | None = None
        self.is_alone = asyncio.Event()  # nobody waits for what is slow on purpose

    # -- life

    async def start(self, port: int = 0) -> Self:
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_get("/file/bot{token}/{path:.+}", self.serve_file)
        app.router.add_route("*", "/bot{token}/{method}", self.serve)
        # A request whose client has given up is carried out all the same, as Telegram does.
        self.runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", port).start()
        host, bound = self.runner.addresses[0][:2]
        self.base_url = f"http://{host}:{bound}/bot"
        self.base_file_url = f"http://{host}:{bound}/file/bot"
        return self

    async def stop(self) -> None:
        if self.world.updates.webhook:
            await self.world.updates.webhook.stop()
        if self.runner:
            await self.runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    # -- what a test may do

    def person(
        self,
        id: int = 1001,  # noqa: A002 - as Telegram names it
        first_name: str = "Ada",
        language_code: str | None = "en",
    ) -> Person:
        """Find or make a person; the bot is a stranger to them until they write."""
        if id not in self.people:
            self.people[id] = Person(self, id, first_name, language_code)
        return self.people[id]

    def group(self, title: str = "Backs", id: int = -1_001_000_000_001) -> Group:  # noqa: A002 - as Telegram names it
        chat = Chat(id, {"type": "supergroup", "title": title})
        self.world.chats.by_id[id] = chat
        return Group(self, chat)

    async def push(self, update: Json) -> Json:
        """Queue a raw update: doubled, out of order or garbage."""
        return await self.world.updates.push(update)

    def fail_next(
        self,
        method: str,
        *,
        status: int | None = None,
        body: str | Mapping[str, Any] | None = None,
        when: When = "before",
        drop: bool = False,
        delay_s: float = 0.0,
        times: int = 1,
        chat_id: int | None = None,
    ) -> None:
        """Order a fault: `before` or `after` the request takes effect; `*` is any method."""
        fault = Fault(method, when, status, body, drop, delay_s, times, chat_id)
        self.faults.ordered.append(fault)

    def called(self, method: str, chat_id: int | None = None) -> list[Call]:
        return [
            call
            for call in self.calls
            if call.method == method and (chat_id in (None, call.params.get("chat_id")))
        ]

    async def until(self, true: Callable[[], Any], within_s: float, what: str) -> Any:  # noqa: ANN401 - gives what `true` gives
        """Wait for something to be true; say what was missed when it never is."""
        woken = asyncio.Event()
        self.waiters.add(woken)
        try:
            async with asyncio.timeout(within_s):
                while not (found := true()):
                    woken.clear()
                    await woken.wait()
                return found
        except TimeoutError:
            if found := true():
                return found
            raise AssertionError(f"not within {within_s} s: {what}") from None
        finally:
            self.waiters.discard(woken)

    async def alone(self) -> None:
        """Wait until no connection is left: all that a dead process had sent has come.

        What would have taken long comes at once, for nobody waits for the answer.
        """
        self.is_alone.set()
        while self.runner and self.runner.server and self.runner.server.connections:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.005)
        self.is_alone.clear()

    def wake(self) -> None:
        for woken in self.waiters:
            woken.set()

    # -- HTTP

    async def serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            return reply(Refused("Unauthorized", 401).to_json(), 401)
        if method not in METHODS:
            return reply(Refused("Not Found: method not found", 404).to_json(), 404)
        raw, files = await body_of(request)
        call = Call(method, raw, time.monotonic(), files)
        self.calls.append(call)
        fault = self.faults.take(method, raw.get("chat_id"))
        call.spoilt = fault is not None
        if fault and fault.when == "before" and (told := await self.fail(fault, request, call)):
            return told
        call.status, call.answer = await self.answer(call)
        self.wake()
        if fault and fault.when == "after" and (told := await self.fail(fault, request, call)):
            return told
        return reply(call.answer, call.status)

    async def answer(self, call: Call) -> tuple[int, Json]:
        try:
            call.params = facts.checked(call.method, call.params, call.files)
            if self.flood and call.method in PACED:
                self.flood.pass_or_refuse(int(call.params.get("chat_id", 0)), time.monotonic())
            result = METHODS[call.method](self.world, call.params, call.files)
            if inspect.isawaitable(result):
                result = await result
        except Refused as refused:
            return refused.code, refused.to_json()
        call.took_effect = True
        return 200, {"ok": True, "result": result}

    async def fail(
        self, fault: Fault, request: web.Request, call: Call
    ) -> web.StreamResponse | None:
        """Carry out a fault; none when it was only a delay."""
        if fault.delay_s:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.is_alone.wait(), fault.delay_s)
        if fault.drop:
            if request.transport:
                request.transport.abort()
            return web.Response()  # nobody is there to read it
        if fault.status is None:
            return None
        call.status = fault.status
        if isinstance(fault.body, str):
            return web.Response(text=fault.body, status=fault.status, content_type="text/html")
        told = fault.body or Refused("Internal Server Error", fault.status).to_json()
        return reply(dict(told), fault.status)

    async def serve_file(self, request: web.Request) -> web.Response:
        stored = self.world.files.by_path.get(request.match_info["path"])
        if request.match_info["token"] != self.token or stored is None:
            return reply(Refused("Not Found", 404).to_json(), 404)
        return web.Response(body=stored.upload.content)


def reply(told: Json, status: int) -> web.Response:
    return web.Response(
        body=json.dumps(told).encode(), status=status, content_type="application/json"
    )


async def body_of(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Read the parameters of any of the four ways in which Telegram takes them."""
    raw: Json = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        with suppress(ValueError):
            told = json.loads(await request.read() or b"{}")
            raw |= told if isinstance(told, dict) else {}
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = Upload(value.filename, value.file.read(), value.content_type)
                value.file.close()
            else:
                raw[name] = value
    return raw, files
