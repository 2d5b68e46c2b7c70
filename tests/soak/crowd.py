"""`python -m tests.soak.crowd`: three replicas on one PostgreSQL, by webhook, for two minutes.

First run: 100 updates a second, the rate set to 1000, and one replica killed every 20 s, by turns,
and started again.  Second run: 15 updates a second and the rate of Telegram, 27.  Telegram and the
proxy before the replicas are played here: an update goes to any replica, and again to another until
one has answered 200; the next one of a chat follows after that.

Looked at: every update answered, in order in each chat, doubled at most once for a kill and chat,
and the shared rate never above its setting by more than the burst.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web

from bot.frontends.webhook import SECRET_HEADER
from bot.store.keys import new_key_file
from tests.bot.postgres.server import new_database
from tests.bot.process import Limber, environment
from tests.bot.test_webhook import SECRET, free_port, message
from tests.botapi.server import PACED, TOKEN

Json = dict[str, Any]
REPLICAS = 3
CHATS = 400
BURST = 5
JITTER_S = 0.15  # between leaving one process and being seen by another
DRAIN_S = 90.0
WEBHOOK = "http://127.0.0.1:8443/hook"
RESULTS: Json = {
    "getMe": {
        "id": int(TOKEN.partition(":")[0]), "is_bot": True, "first_name": "Limber",
        "username": "limber_test_bot",
    },
    "getWebhookInfo": {
        "url": WEBHOOK, "has_custom_certificate": False, "pending_update_count": 0
    },
    "getMyCommands": [],
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
    "getChatMenuButton": {"type": "commands"},
}  # fmt: skip
NUMBER = re.compile(r"/n(\d+)x")


class Telegram:
    """Takes what a bot sends, says yes, and remembers when."""

    def __init__(self) -> None:
        self.sent_at: list[float] = []
        self.told: dict[int, list[int]] = defaultdict(list)  # by chat, the numbers answered
        self.began: dict[tuple[int, int], float] = {}
        self.took_s: list[float] = []
        self.number = 0

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self.answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
        finally:
            await runner.cleanup()

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        asked_in_json = request.content_type == "application/json"
        given = await (request.json() if asked_in_json else request.post())
        if method in PACED:
            self.sent_at.append(time.monotonic())
        return web.json_response({"ok": True, "result": self.result(method, given)})

    def result(self, method: str, given: Any) -> Any:  # noqa: ANN401 - fields, and any result
        if method in {"sendMessage", "editMessageText"}:
            return self.message(int(given["chat_id"]), str(given["text"]))
        return RESULTS.get(method, True)

    def message(self, chat: int, text: str) -> Json:
        self.number += 1
        if found := NUMBER.search(text):
            number = int(found[1])
            self.told[chat].append(number)
            if (began := self.began.pop((chat, number), None)) is not None:
                self.took_s.append(time.monotonic() - began)
        return {
            "message_id": self.number, "date": 1, "text": text,
            "chat": {"id": chat, "type": "private"},
        }  # fmt: skip


@dataclass
class Plan:
    name: str
    seconds: float
    updates_per_s: int
    rate_per_s: int
    kill_every_s: float | None


@dataclass
class Run:
    """One run: replicas, those who write, and who kills."""

    plan: Plan
    telegram: Telegram
    replicas: list[Limber]
    ports: list[int]
    sent: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    kills: int = 0
    again: int = 0
    number: int = 0

    async def play(self, http: ClientSession) -> None:
        await asyncio.gather(*(self.up(n) for n in range(REPLICAS)))
        killer = asyncio.create_task(self.kill())
        try:
            await self.write(http)
        finally:
            killer.cancel()
            await asyncio.gather(killer, return_exceptions=True)
        async with asyncio.timeout(DRAIN_S):
            while self.missing():  # noqa: ASYNC110 - nobody tells when the last one is answered
                await asyncio.sleep(0.2)

    async def up(self, n: int) -> None:
        process = await self.replicas[n].start()
        while True:
            assert process.returncode is None, self.replicas[n].errors
            try:
                _, line = await asyncio.open_connection("127.0.0.1", self.ports[n])
            except OSError:
                await asyncio.sleep(0.05)
            else:
                line.close()
                return

    async def kill(self) -> None:
        if self.plan.kill_every_s is None:
            return
        while True:
            await asyncio.sleep(self.plan.kill_every_s)
            n = self.kills % REPLICAS
            self.kills += 1
            await self.replicas[n].kill()
            await self.up(n)

    async def write(self, http: ClientSession) -> None:
        """Write at the pace of the plan, each chat at its own moment; never two at once in one."""
        apart_s = CHATS / self.plan.updates_per_s
        until = time.monotonic() + self.plan.seconds
        await asyncio.gather(*(self.chat(http, n, apart_s, until) for n in range(CHATS)))

    async def chat(self, http: ClientSession, n: int, apart_s: float, until: float) -> None:
        chat = 5000 + n
        await self.bring(http, self.update(chat, "/start"))
        due = time.monotonic() + random.random() * apart_s  # noqa: S311 - when somebody writes
        while due < until:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            self.sent[chat] += 1
            self.telegram.began[chat, self.sent[chat]] = time.monotonic()
            await self.bring(http, self.update(chat, f"/n{self.sent[chat]}x"))
            due += apart_s

    def update(self, chat: int, text: str) -> Json:
        self.number += 1
        return message(700_000_000 + self.number, chat, text)

    async def bring(self, http: ClientSession, update: Json) -> None:
        """Bring it to any replica, until one has taken it."""
        while True:
            port = random.choice(self.ports)  # noqa: S311 - any of them
            try:
                url = f"http://127.0.0.1:{port}/hook"
                async with http.post(url, json=update, headers={SECRET_HEADER: SECRET}) as answer:
                    if answer.status == 200:
                        return
            except (ClientError, OSError, TimeoutError):
                pass
            self.again += 1
            await asyncio.sleep(0.05)

    def missing(self) -> int:
        return sum(count - len(set(self.telegram.told[chat])) for chat, count in self.sent.items())

    def breaches(self) -> Iterator[str]:
        if lost := self.missing():
            yield f"{lost} updates were not answered"
        for chat, told in self.telegram.told.items():
            firsts = list(dict.fromkeys(told))
            if firsts != sorted(firsts):
                yield f"chat {chat}: answered out of order"
            if len(told) - len(firsts) > self.kills:
                yield f"chat {chat}: {len(told) - len(firsts)} doubled in {self.kills} kills"
        if (over := self.over_the_rate()) > 0:
            yield f"the rate was exceeded by {over:.1f} more than the burst"
        for name in ("not_answered", "not_delivered", "alarm_failed"):
            if any(name in each.errors for each in self.replicas):
                yield f"the log tells of {name}"

    def over_the_rate(self) -> float:
        """Tell by how much a bucket of this rate and burst was exceeded, at worst."""
        rate, full_until, worst = self.plan.rate_per_s, 0.0, -float(BURST)
        for at in self.telegram.sent_at:
            full_until = max(full_until, at) + 1 / rate
            worst = max(worst, (full_until - at - JITTER_S) * rate - BURST)
        return worst

    def row(self) -> str:
        took = sorted(self.telegram.took_s)
        doubled = sum(len(told) - len(set(told)) for told in self.telegram.told.values())
        if not took:
            return f"| {self.plan.name} | nothing was answered |"
        p50, p99 = (f"{took[int(len(took) * part)] * 1000:.0f}" for part in (0.5, 0.99))
        return (
            f"| {self.plan.name} | {sum(self.sent.values())} | {self.kills} | {self.again} "
            f"| {self.missing()} | {doubled} | {p50}/{p99}/{took[-1] * 1000:.0f} "
            f"| {len(self.telegram.sent_at) / self.plan.seconds:.1f} |"
        )


async def run_of(plan: Plan, folder: Path) -> Run:
    """Play one plan on a database of its own."""
    telegram = Telegram()
    new_key_file(folder / "master.key")
    async with telegram.serve() as base_url:
        url, ports = await new_database(), [free_port() for _ in range(REPLICAS)]
        replicas = [
            Limber(folder / f"replica{n}", environment(
                folder / f"replica{n}",
                LIMBER_TELEGRAM_TOKEN=TOKEN, LIMBER_TELEGRAM_BASE_URL=base_url,
                LIMBER_DATABASE_URL=url, LIMBER_KEY_FILE=str(folder / "master.key"),
                LIMBER_WEBHOOK_URL=WEBHOOK, LIMBER_WEBHOOK_SECRET=SECRET,
                LIMBER_WEBHOOK_LISTEN=f"127.0.0.1:{port}",
                LIMBER_RATE_PER_SECOND=str(plan.rate_per_s),
            ))
            for n, port in enumerate(ports)
        ]  # fmt: skip
        run = Run(plan, telegram, replicas, ports)
        try:
            async with ClientSession(
                timeout=ClientTimeout(total=10), connector=TCPConnector(limit=0)
            ) as http:
                await run.play(http)
        except TimeoutError:
            sys.stdout.write(f"{plan.name}: not drained after {DRAIN_S:.0f} s\n")
        finally:
            await asyncio.gather(*(each.kill() for each in replicas))
    return run


async def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 120.0
    plans = (
        Plan("100/s, rate 1000, kills", seconds, 100, 1000, 20.0),
        Plan("15/s, rate 27", seconds, 15, 27, None),
    )
    sys.stdout.write(
        "| run | updates | kills | brought again | lost | doubled | answered after, ms "
        "(p50/p99/max) | messages/s |\n|---|---|---|---|---|---|---|---|\n"
    )
    found: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for n, plan in enumerate(plans):
            run = await run_of(plan, Path(folder) / str(n))
            sys.stdout.write(run.row() + "\n")
            sys.stdout.flush()
            found += [f"{plan.name}: {breach}" for breach in run.breaches()]
    sys.stdout.write("".join(f"{line}\n" for line in found) or "Nothing broke.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
