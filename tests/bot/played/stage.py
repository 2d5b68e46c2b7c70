"""A whole Limber in this process, in Telegram's protocol, on a clock that only the test moves.

Front end, store, outbox and alarms are the real ones, and so is every request; only the wire is
missing: a request is handed to the strict server as it would have been written down.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from aiohttp import FormData
from telegram import Bot
from telegram.request import BaseRequest, RequestData

from bot import service
from bot.alarms import AlarmLoop
from bot.frontends import ptb
from bot.frontends.carrier import TelegramCarrier
from bot.frontends.media import Media
from bot.frontends.telegram_run import Hearing
from bot.frontends.transport import written
from bot.house import House
from bot.outbox.delivery import Delivery
from bot.outbox.pace import Pace
from bot.outbox.sender import Sender
from bot.outbox.taking import Taken, Taking
from bot.store.keys import keys_from_text
from bot.store.store import Store
from bot.store.unit import Unit
from bot.tally import Tally
from content.catalogue import Catalogue
from flows.base import Cue
from tests.bot.seed import keep
from tests.botapi.chats import Message
from tests.botapi.files import Upload
from tests.botapi.people import Person
from tests.botapi.server import BotApi, Call
from tests.botapi.test_requests import PNG
from tests.transcript import START, Chat

KEYS = keys_from_text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
LEASE = timedelta(seconds=8)
AT_ONCE = 100
RATE = 27
THINKS = timedelta(seconds=2)  # a person, before the next tap


@dataclass
class HandClock:
    at: datetime = START

    def now(self) -> datetime:
        return self.at


class Direct(BaseRequest):
    """Requests that reach the server without a wire; `sizes` are those of their bodies."""

    __slots__ = ("_api", "_clock", "_sizes")

    def __init__(self, api: BotApi, clock: HandClock, sizes: list[int]) -> None:
        self._api, self._clock, self._sizes = api, clock, sizes

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None,
        read_timeout: object = None, write_timeout: object = None,
        connect_timeout: object = None, pool_timeout: object = None,
    ) -> tuple[int, bytes]:  # fmt: skip
        del method, read_timeout, write_timeout, connect_timeout, pool_timeout
        body, _ = written(request_data)
        self._sizes.append(_size(body, request_data))
        params, files = _read(request_data)
        call = Call(url.rpartition("/")[2], params, self._clock.at.timestamp(), files)
        self._api.calls.append(call)
        fault = self._api.faults.take(call.method, params.get("chat_id"))
        if fault is not None and fault.status is not None:
            call.status, call.answer = fault.status, dict(fault.body or {})  # type: ignore[arg-type]  # no page of a proxy here
        else:
            call.status, call.answer = await self._api.answer(call)
        return call.status, json.dumps(call.answer).encode()


def _read(request_data: RequestData | None) -> tuple[dict[str, Any], dict[str, Upload]]:
    if request_data is None:
        return {}, {}
    if not request_data.contains_files:
        return json.loads(json.dumps(request_data.parameters)), {}
    files = {
        part: Upload(name, _bytes(content), mime)
        for part, (name, content, mime) in request_data.multipart_data.items()
    }
    return dict(request_data.json_parameters), files


def _size(body: bytes | FormData | None, request_data: RequestData | None) -> int:
    if request_data is None or body is None:
        return 0
    if isinstance(body, bytes):
        return len(body)
    files = request_data.multipart_data.values()
    told = sum(map(len, request_data.json_parameters.values()))
    return told + sum(len(_bytes(content)) for _, content, _ in files)


def _bytes(content: bytes | IO[bytes]) -> bytes:
    return content if isinstance(content, bytes) else content.read()


@dataclass
class Stage:
    """What is played on: the server with its people, and time."""

    api: BotApi
    clock: HandClock
    store: Store
    catalogue: Catalogue
    hearing: Hearing
    taking: Taking
    delivery: Delivery
    sizes: list[int]

    # ---- people

    async def people(self, chats: dict[int, Chat]) -> None:
        """Let people come in who have come some way already; their time is ours."""
        for number, chat in chats.items():
            self.clock.at = max(self.clock.at, chat.now)
            self.api.person(number).room.started = True
            await self.store.run(keep, number, chat)

    async def says(self, person: Person, text: str) -> None:
        await person.says(text)
        await self.goes_on()

    async def taps(self, person: Person, label: str, on: Message | None = None) -> None:
        await person.taps(label, on, within_s=0.1)
        await self.goes_on()

    async def goes_on(self) -> None:
        """Hear what has come, send what it leads to, and let a moment pass."""
        await self.hear()
        await self.send()
        await self.hearing.finished()
        await self.wait(THINKS)

    async def hear(self) -> None:
        waiting, self.api.world.updates.queue = self.api.world.updates.queue, []
        for each in waiting:
            assert await self.hearing.hear(ptb.read(each.update))

    # ---- time

    async def wait(self, span: timedelta) -> None:
        """Let time pass: what falls due rings, and what may go is sent, each at its moment."""
        until = self.clock.at + span
        while (at := await self._next()) is not None and at <= until:
            self.clock.at = max(self.clock.at, at)
            await self.ring()
            await self.send()
        self.clock.at = until

    async def _next(self) -> datetime | None:
        again_at = await self.send()
        due_at = await self.store.run(lambda unit: unit.next_due(ptb.NAME))
        return min((at for at in (again_at, due_at) if at is not None), default=None)

    async def ring(self) -> None:
        now = self.clock.at
        for due in await self.store.run(
            lambda unit: unit.due_alarms(ptb.NAME, now, LEASE, AT_ONCE)
        ):
            await self.store.run(service.ring, due.user, due.name, due.due_at, now, self.catalogue)

    async def send(self) -> datetime | None:
        """Send all that may go now; tells when there may be more."""
        while (taken := await self.store.run(self._take)).rows:
            await asyncio.gather(*(self.delivery.attempt(*each) for each in taken.rows))
        return taken.again_at

    def _take(self, unit: Unit) -> Taken:
        return self.taking.take(unit, self.clock.at, AT_ONCE)


class Studio:
    """Draws and composes at no cost."""

    def draw(self, exercise: str, catalogue: Catalogue) -> bytes:
        assert exercise in catalogue.exercises
        return PNG + exercise.encode()

    def compose(self, cues: Sequence[Cue], seconds: float) -> bytes:
        return b"OggS%d %d" % (len(cues), round(seconds))


@asynccontextmanager
async def stage(folder: Path, catalogue: Catalogue) -> AsyncIterator[Stage]:
    """Set everything up; nothing runs by itself."""
    clock = HandClock()

    def now() -> float:
        return clock.at.timestamp()

    api = BotApi(now=now)
    sizes: list[int] = []
    wires = Direct(api, clock, sizes), Direct(api, clock, sizes)
    bot = Bot(api.token, request=wires[0], get_updates_request=wires[1])
    await bot.initialize()
    store = await Store.open(f"sqlite:///{folder / 'limber.db'}", KEYS)
    studio, tally = Studio(), Tally()
    media = Media(store, bot.id, catalogue, draw=studio.draw, compose=studio.compose)
    carrier = TelegramCarrier(bot, media)
    taking = Taking(ptb.NAME, Pace(RATE))
    delivery = Delivery(store, carrier, clock, catalogue, taking)
    store.on_withdrawn = delivery.withdrawn.update
    sender = Sender(store, ptb.NAME, carrier, clock, catalogue, pace=Pace(RATE))
    alarms = AlarmLoop(store, ptb.NAME, clock, catalogue, tally)
    house = House(store, clock, catalogue, ptb.NAME, sender, alarms)
    try:
        yield Stage(api, clock, store, catalogue, Hearing(bot, house), taking, delivery, sizes)
    finally:
        await store.close()
        await bot.shutdown()
