"""The webhook: who is let in, in which order, when it is confirmed, and how it stops."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientConnectionError, ClientSession

from bot.frontends.ptb import Arrived
from bot.frontends.webhook import MOST_BYTES, SECRET_HEADER, InOrder, Webhook
from bot.settings import Settings, SettingsFault, settings_from
from tests.bot.process import START_S, Limber, with_telegram
from tests.bot.seed import seeded
from tests.bot.walk import SEES_S, says
from tests.botapi.server import TOKEN, BotApi

SECRET = "the-secret-of-tests"  # noqa: S105 - opens nothing
Json = dict[str, Any]


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port


def message(update_id: int, chat: int = 1001, text: str = "hello") -> Json:
    person = {"id": chat, "is_bot": False, "first_name": "Ada"}
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id, "date": 1, "text": text, "from": person,
            "chat": {"id": chat, "type": "private", "first_name": "Ada"},
        },
    }  # fmt: skip


class Ear:
    """Notes what is heard; holds up, and keeps nothing, when told to."""

    def __init__(self) -> None:
        self.heard: list[int] = []
        self.open = asyncio.Event()
        self.open.set()
        self.keeps = True

    async def hear(self, arrived: Arrived) -> bool:
        await self.open.wait()
        self.heard.append(arrived.update_id)
        return self.keeps


class Post:
    """Telegram's side."""

    def __init__(self, http: ClientSession, url: str) -> None:
        self.http, self.url = http, url

    async def __call__(
        self, body: Json | bytes, secret: str | None = SECRET, path: str = "/hook"
    ) -> tuple[int, bytes]:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        given = {"data": body} if isinstance(body, bytes) else {"json": body}
        async with self.http.post(self.url + path, headers=headers, **given) as answer:
            return answer.status, await answer.read()


@asynccontextmanager
async def listening(ear: Ear) -> AsyncIterator[tuple[Post, asyncio.Task[None]]]:
    port = free_port()
    settings = Settings(
        _env_file=None, telegram_base_url="http://127.0.0.1/bot", webhook_secret=SECRET,
        webhook_url="http://127.0.0.1/hook", webhook_listen=f"127.0.0.1:{port}",
    )  # fmt: skip
    task = asyncio.create_task(Webhook(ear.hear, settings).run())
    async with ClientSession() as http:
        for _ in range(100):
            with suppress(OSError):
                async with http.get(f"http://127.0.0.1:{port}/"):
                    break
            await asyncio.sleep(0.02)
        try:
            yield Post(http, f"http://127.0.0.1:{port}"), task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def test_an_update_is_confirmed_only_when_it_was_kept() -> None:
    ear = Ear()
    async with listening(ear) as (post, _):
        assert (200, b"") == await post(message(1))
        ear.keeps = False
        assert (503, b"") == await post(message(2))
        assert [1, 2] == ear.heard


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "\u00e4"])
async def test_without_the_secret_nothing_is_heard_and_nothing_is_said(secret: str | None) -> None:
    ear = Ear()
    async with listening(ear) as (post, _):
        assert (401, b"") == await post(message(1), secret)
        assert [] == ear.heard


@pytest.mark.parametrize(
    "body",
    [
        b"", b"no json", b"[]", b"null", b"1", b'{"update_id": "1"}', b'{"update_id": -1}',
        b'{"update_id": true}', b'{"update_id": 99999999999999999999}', b"\xff\xfe",
        b"[" * 100_000, b'{"message": {}}',
    ],
)  # fmt: skip
async def test_garbage_is_refused_and_unheard(body: bytes) -> None:
    ear = Ear()
    async with listening(ear) as (post, _):
        assert (400, b"") == await post(body)
        assert [] == ear.heard
        assert (200, b"") == await post(message(1)), "and the next one is served"


async def test_an_update_that_cannot_be_read_is_confirmed_or_it_would_come_for_ever() -> None:
    ear = Ear()
    async with listening(ear) as (post, _):
        assert (200, b"") == await post({"update_id": 5, "message": {"garbage": True}})
        assert (200, b"") == await post({"update_id": 6})


async def test_an_oversized_body_and_another_path_are_refused() -> None:
    ear = Ear()
    async with listening(ear) as (post, _):
        status, _body = await post(b"x" * (MOST_BYTES + 1))
        assert 413 == status
        status, _body = await post(message(1), path="/other")
        assert 404 == status
        assert [] == ear.heard


async def test_each_chat_is_heard_in_order_and_different_chats_side_by_side() -> None:
    order = InOrder()
    heard: list[str] = []
    held = asyncio.Event()

    async def hear(chat: int, what: str, wait: asyncio.Event | None = None) -> None:
        async with order.turn(chat):
            if wait is not None:
                await wait.wait()
            heard.append(what)

    tasks = [asyncio.create_task(hear(1, "a1", held))]
    await asyncio.sleep(0)
    tasks += [asyncio.create_task(hear(1, name)) for name in ("a2", "a3", "a4")]
    tasks.append(asyncio.create_task(hear(2, "b1")))
    await asyncio.sleep(0.01)
    assert ["b1"] == heard
    held.set()
    await asyncio.gather(*tasks)
    assert ["b1", "a1", "a2", "a3", "a4"] == heard
    assert {} == order.lines, "nobody is remembered"


async def test_stopping_finishes_what_came_in() -> None:
    ear = Ear()
    async with listening(ear) as (post, task):
        ear.open.clear()
        under_way = asyncio.create_task(post(message(1)))
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.sleep(0.1)
        ear.open.set()
        assert (200, b"") == await under_way
        with pytest.raises(ClientConnectionError):
            await post(message(2))
        assert [1] == ear.heard


# ---- as a process, against the Bot API server


class Hooked:
    """A Limber that listens, and how to start it again."""

    def __init__(self, api: BotApi, folder: Path) -> None:
        self.api, self.port = api, free_port()
        self.url = f"http://127.0.0.1:{self.port}/hook"
        self.limber = Limber(folder, with_telegram(
            api, folder, LIMBER_WEBHOOK_URL=self.url, LIMBER_WEBHOOK_SECRET=SECRET,
            LIMBER_WEBHOOK_LISTEN=f"127.0.0.1:{self.port}", LIMBER_LOG_LEVEL="debug",
        ))  # fmt: skip

    async def start(self) -> None:
        if not self.limber.database.exists():
            await seeded(self.limber.env, {})
        process = await self.limber.start()
        async with asyncio.timeout(START_S):
            while not await self._listens():
                assert process.returncode is None, self.limber.errors
                await asyncio.sleep(0.05)

    async def _listens(self) -> bool:
        try:
            _, line = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        line.close()
        return True


@pytest.fixture
async def hooked(api: BotApi, tmp_path: Path) -> AsyncIterator[Hooked]:
    hooked = Hooked(api, tmp_path)
    yield hooked
    await hooked.limber.kill()


async def test_a_conversation_goes_by_webhook_and_stopping_leaves_it(
    api: BotApi, hooked: Hooked
) -> None:
    await hooked.start()
    ada = api.person()
    await says(ada, "/start", "I'm Limber")
    first = api.world.updates.next_id - 1
    doubled = message(first, text="/help")
    assert 200 == (await posted(hooked, doubled, SECRET))[0]
    assert 401 == (await posted(hooked, message(first + 7), "wrong"))[0]
    await says(ada, "/nonsense", "I don't know /nonsense")
    assert not [m for m in ada.told if "danger signs" in m.words], "heard once, by its number"
    assert [] == api.called("getUpdates")
    assert 1 == len(api.called("setWebhook"))
    assert SECRET == api.called("setWebhook")[0].params["secret_token"]
    assert 0 == await hooked.limber.stop()
    assert [] == api.called("deleteWebhook")
    assert SECRET not in hooked.limber.errors
    assert TOKEN not in hooked.limber.errors

    await hooked.start()
    await says(ada, "/nonsense", "I don't know /nonsense")
    assert 1 == len(api.called("setWebhook")), "it was as we want it"
    await hooked.limber.stop()
    hooked.limber.env["LIMBER_WEBHOOK_SECRET"] = "another-secret"  # noqa: S105 - opens nothing
    await hooked.start()
    await says(ada, "/nonsense", "I don't know /nonsense")
    assert 2 == len(api.called("setWebhook")), "Telegram does not tell its secret; we know it"
    await hooked.limber.stop()

    for name in ("URL", "SECRET", "LISTEN"):
        del hooked.limber.env[f"LIMBER_WEBHOOK_{name}"]
    await hooked.limber.serve(api)
    await says(ada, "/nonsense", "I don't know /nonsense")
    assert 1 == len(api.called("deleteWebhook"))


async def posted(hooked: Hooked, update: Json, secret: str) -> tuple[int, bytes]:
    async with ClientSession() as http:
        return await Post(http, f"http://127.0.0.1:{hooked.port}")(update, secret)


async def test_what_was_not_confirmed_before_a_kill_comes_again(
    api: BotApi, hooked: Hooked
) -> None:
    await hooked.start()
    ada = api.person()
    await says(ada, "/start", "I'm Limber")
    await hooked.limber.kill()
    await ada.says("/nonsense")
    await hooked.start()
    await ada.sees("I don't know /nonsense", SEES_S)


# ---- settings


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"URL": "http://limber.example.org/hook", "SECRET": "x"}, "begins with https://"),
        ({"URL": "https://limber.example.org:8080/hook", "SECRET": "x"}, "a port that Telegram"),
        ({"URL": "limber.example.org", "SECRET": "x"}, "begins with https://"),
        ({"URL": "https://limber.example.org:x/", "SECRET": "x"}, "LIMBER_WEBHOOK_URL"),
        ({"URL": "https://limber.example.org/hook"}, "without LIMBER_WEBHOOK_SECRET"),
        ({"URL": "https://limber.example.org/hook", "SECRET": "bad secret"}, "characters A-Z"),
        ({"URL": "https://limber.example.org/hook", "SECRET": "x" * 257}, "characters A-Z"),
        ({"LISTEN": "8443x"}, "must be host:port"),
    ],
)
def test_a_faulty_webhook_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], told: str
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"LIMBER_WEBHOOK_{name}", value)
    with pytest.raises(SettingsFault) as fault:
        settings_from(None)
    [sentence] = fault.value.sentences
    assert told in sentence
    assert "bad secret" not in sentence


@pytest.mark.parametrize("port", ["", ":443", ":80", ":88", ":8443"])
def test_the_ports_of_telegram_are_taken(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("LIMBER_WEBHOOK_URL", f"https://limber.example.org{port}/hook")
    monkeypatch.setenv("LIMBER_WEBHOOK_SECRET", "a_-9")
    assert f"https://limber.example.org{port}/hook" == settings_from(None).webhook_url
