"""How the bot learns of things: long polling, offsets, webhook."""

from __future__ import annotations

import asyncio
import time

from aiohttp import web

from tests.botapi import BotApi, Person
from tests.botapi.conftest import Ask


async def test_an_offset_confirms_what_is_below_it(ask: Ask, ada: Person) -> None:
    await ada.says("one")
    await ada.says("two")
    first, second = (await ask("getUpdates"))["result"]
    assert [first, second] == (await ask("getUpdates", offset=first["update_id"]))["result"]
    assert [second] == (await ask("getUpdates", offset=second["update_id"]))["result"]
    assert (await ask("getUpdates", offset=second["update_id"] + 1))["result"] == []
    assert (await ask("getUpdates"))["result"] == []


async def test_a_negative_offset_keeps_the_last_ones(ask: Ask, ada: Person) -> None:
    for text in ("one", "two", "three"):
        await ada.says(text)
    updates = (await ask("getUpdates", offset=-1))["result"]
    assert [update["message"]["text"] for update in updates] == ["three"]
    assert updates == (await ask("getUpdates"))["result"]


async def test_a_long_poll_returns_as_soon_as_something_comes(ask: Ask, ada: Person) -> None:
    began = time.monotonic()
    poll = asyncio.ensure_future(ask("getUpdates", timeout=10))
    await asyncio.sleep(0.05)
    await ada.says("hello")
    assert (await poll)["result"][0]["message"]["text"] == "hello"
    assert time.monotonic() - began < 2
    began = time.monotonic()
    assert (await ask("getUpdates", offset=2**31 - 1, timeout=1))["result"] == []
    assert time.monotonic() - began >= 0.9


async def test_of_two_pollers_the_older_one_is_sent_away(ask: Ask, ada: Person) -> None:
    older = asyncio.ensure_future(ask("getUpdates", timeout=10))
    await asyncio.sleep(0.05)
    newer = asyncio.ensure_future(ask("getUpdates", timeout=10))
    assert (await older)["error_code"] == 409
    await ada.says("hello")
    assert len((await newer)["result"]) == 1


async def test_only_the_kinds_asked_for_are_kept(ask: Ask, ada: Person) -> None:
    await ask("getUpdates", allowed_updates=["callback_query"])
    await ada.says("unheard")
    assert (await ask("getUpdates"))["result"] == []


async def test_doubled_and_unordered_updates_are_given_once_each(
    server: BotApi, ask: Ask, ada: Person
) -> None:
    await ada.says("hello")
    update = (await ask("getUpdates"))["result"][0]
    confirmed = update["update_id"] + 1
    await ask("getUpdates", offset=confirmed)
    await server.push(update)
    await server.push({"update_id": 5, "something_new": {}})
    pushed = (await ask("getUpdates", offset=confirmed))["result"]
    assert [update, {"update_id": 5, "something_new": {}}] == pushed
    assert (await ask("getUpdates", offset=confirmed))["result"] == []


async def test_a_webhook_gets_each_update_until_it_is_answered(
    server: BotApi, ask: Ask, ada: Person
) -> None:
    heard: list[tuple[str | None, str]] = []

    async def hook(request: web.Request) -> web.Response:
        update = await request.json()
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        heard.append((secret, update["message"]["text"]))
        server.wake()
        return web.Response(status=500 if len(heard) == 1 else 200)

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    assert (await ask("setWebhook", url=url, secret_token="s3cret"))["ok"]  # noqa: S106 - a test's
    assert (await ask("getUpdates"))["error_code"] == 409
    await ada.says("one")
    await ada.says("two")
    await server.until(lambda: len(heard) == 3, 3, "three posts")
    assert heard == [("s3cret", "one"), ("s3cret", "one"), ("s3cret", "two")]
    assert url == (await ask("getWebhookInfo"))["result"]["url"]
    assert (await ask("deleteWebhook"))["ok"]
    assert (await ask("getUpdates"))["ok"]
    await runner.cleanup()
