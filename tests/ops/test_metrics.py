"""Metrics and health: names and counts, and a plain no when something stands still."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, timedelta

import pytest
import structlog
from aiohttp import ClientSession

from bot.logs import QUIET_S, Repeats, Signs
from bot.metrics import Health, Metrics, Remembered, open_health
from bot.settings import SettingsFault
from bot.tally import STILL_S
from content.catalogue import Catalogue
from tests.bot.conftest import Serve
from tests.bot.process import Limber
from tests.bot.seed import TO_THE_OFFER, holding, played
from tests.bot.walk import SEES_S, says
from tests.botapi.server import TOKEN, BotApi

ADA = 7_318_204_655


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port


async def got(port: int, path: str) -> tuple[int, str]:
    async with ClientSession() as http, http.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


class Scene:
    """What the health is asked of: each may be broken by a test."""

    def __init__(self) -> None:
        self.metrics, self.store_opens, self.reached, self.asked = Metrics(), True, True, 0

    async def look(self) -> None:
        if not self.store_opens:
            raise OSError

    async def ask(self) -> bool:
        self.asked += 1
        return self.reached

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Callable[[str], Awaitable[tuple[int, str]]]]:
        port = free_port()
        health = Health(
            self.metrics, self.look, self.metrics.standing_still, Remembered(self.ask, 0.05)
        )
        async with open_health(health, f":{port}"):
            yield lambda path: got(port, path)


async def test_a_house_in_order_says_so_and_each_fault_is_named() -> None:
    scene = Scene()
    async with scene.open() as ask:
        assert (200, "ok\n") == await ask("/healthz")
        assert (200, "ok\n") == await ask("/readyz")
        scene.metrics.turned("sender")
        scene.metrics.turned_at["sender"] -= STILL_S + 1
        assert (503, "sender stands still\n") == await ask("/healthz")
        scene.metrics.rests("sender")
        assert (200, "ok\n") == await ask("/healthz")
        scene.store_opens = False
        assert (503, "the store does not open\n") == await ask("/readyz")
        assert 503 == (await ask("/metrics"))[0]
        scene.reached = False
        await asyncio.sleep(0.1)
        assert "Telegram does not answer" in (await ask("/readyz"))[1]
        assert 404 == (await ask("/"))[0]


async def test_telegram_is_not_asked_at_every_look() -> None:
    asked = Remembered(Scene().ask)
    assert [True, True] == [await asked(), await asked()]
    assert 1 == asked.ask.__self__.asked  # type: ignore[attr-defined]  # the scene


async def test_a_port_that_is_taken_is_told() -> None:
    scene = Scene()
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        health = Health(scene.metrics, scene.look, list, scene.ask)
        with pytest.raises(SettingsFault, match="LIMBER_METRICS_LISTEN"):
            async with open_health(health, f"127.0.0.1:{line.getsockname()[1]}"):
                pass


def test_a_chat_has_one_sign_a_day_and_another_the_next() -> None:
    signs, day = Signs(), date(2026, 11, 22)
    today = signs.sign(ADA, day)
    assert today == signs.sign(ADA, day)
    assert today != signs.sign(ADA + 1, day)
    assert today != signs.sign(ADA, day + timedelta(days=1))
    assert today != signs.sign(ADA, day), "yesterday's salt is gone"
    assert today != Signs().sign(ADA, day)
    assert re.fullmatch(r"[0-9a-f]{12}", today)


def test_the_same_fault_is_told_once_a_minute_and_then_how_often_it_came() -> None:
    now_s = 0.0
    repeats = Repeats(lambda: now_s)

    def told(event: str, **more: object) -> list[dict[str, object]]:
        try:
            return [dict(repeats(None, "", {"event": event, **more}))]
        except structlog.DropEvent:
            return []

    assert [{"event": "not_kept", "why": "Away.", "chat": "a"}] == told(
        "not_kept", why="Away.", chat="a"
    )
    assert [] == told("not_kept", why="Away.", chat="b") + told("not_kept", why="Away.", chat="a")
    assert 1 == len(told("not_kept", why="The disk is full."))
    assert 2 == len(told("flood", chat="a") + told("flood", chat="b")), "each of them is news"
    now_s += QUIET_S
    assert [{"event": "not_kept", "why": "Away.", "times": 3}] == told("not_kept", why="Away.")
    for number in range(1000):
        told("not_kept", why=str(number))
    assert 100 >= len(repeats.told)


async def test_neither_logs_nor_metrics_tell_of_anyone(
    api: BotApi, limber: Limber, serving: Serve, catalogue: Catalogue
) -> None:
    """A hold, an answer in words, a block, a broken request, a talk that does not open."""
    port = free_port()
    limber.env["LIMBER_METRICS_LISTEN"] = f"127.0.0.1:{port}"
    await serving({
        ADA: played(catalogue, TO_THE_OFFER),
        ADA + 1: holding(catalogue, timedelta(seconds=1)),
    })  # fmt: skip
    ada, bo = api.person(ADA, "Wilhelmina"), api.person(ADA + 1, "Balthasar")
    api.fail_next("sendMessage", status=502, body="<html>nonsense</html>")
    await says(ada, "/start", "Good news")
    await ada.says("my saddle is numb and I am called Wilhelmina")
    await says(ada, "/privacy", "/delete erases everything")
    await bo.blocks()
    await says(ada, "/help", "danger signs")
    await api.until(lambda: len(api.called("sendMessage")) > 3, SEES_S, "messages")
    assert (200, "ok\n") == await got(port, "/healthz")
    assert (200, "ok\n") == await got(port, "/readyz")
    status, metrics = await got(port, "/metrics")
    assert 200 == status
    assert re.search(r'^limber_heard_total\{kind="command"\} 3\.0$', metrics, re.MULTILINE)
    assert re.search(r'^limber_sent_total\{rank="reply"\} [1-9]', metrics, re.MULTILINE)
    assert re.search(r"^limber_alarm_lateness_seconds_count [1-9]", metrics, re.MULTILINE)
    assert re.search(r"^limber_sessions_live \d", metrics, re.MULTILINE)
    assert 0 == await limber.stop()
    for kept in (limber.errors, metrics):
        for word in (
            str(ADA), str(ADA + 1), "Wilhelmina", "Balthasar", "saddle", "numb", TOKEN,
            TOKEN.partition(":")[2], "nonsense",
        ):  # fmt: skip
            assert word not in kept, word
    lines = [json.loads(line) for line in limber.errors.splitlines()]
    assert lines, "structured, each of them"
