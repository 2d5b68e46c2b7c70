"""The aiohttp transport: what passes, how each failure is named, and that no token gets out."""

from __future__ import annotations

import asyncio
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.frontends.transport import MaybeSent, NeverSent, Transport, wait_s
from tests.botapi import BotApi, Person
from tests.botapi.test_requests import PNG


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def ada(server: BotApi) -> Person:
    ada = server.person()
    await ada.says("/start")
    return ada


def bot_on(server: BotApi, **waits: float) -> Bot:
    return Bot(
        server.token,
        base_url=server.base_url,
        base_file_url=server.base_file_url,
        request=Transport(**waits),  # type: ignore[arg-type]  # a plain dict of waits
        get_updates_request=Transport(read_s=0.4),
    )


@pytest.fixture
async def bot(server: BotApi) -> AsyncIterator[Bot]:
    async with bot_on(server, read_s=0.4) as bot:
        yield bot


async def test_typed_methods_go_through(bot: Bot, ada: Person) -> None:
    board = InlineKeyboardMarkup([[InlineKeyboardButton("Zurück 🎧", callback_data="1|back")]])
    message = await bot.send_message(ada.id, "Übung 🎧", reply_markup=board)
    assert (ada.told[-1].text, ada.buttons) == ("Übung 🎧", ["Zurück 🎧"])
    await message.edit_text("weiter")
    assert (ada.told[-1].text, ada.buttons) == ("weiter", [])


async def test_a_picture_is_uploaded_and_fetched_again(bot: Bot, ada: Person) -> None:
    message = await bot.send_photo(ada.id, PNG, caption="Mühelos", filename="Übung.png")
    assert ada.told[-1].caption == "Mühelos"
    file = await message.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == PNG


async def test_names_of_uploads_arrive_as_they_are(bot: Bot, ada: Person) -> None:
    message = await bot.send_document(ada.id, b"%PDF-", filename="Übung 1.pdf")
    assert message.document
    assert message.document.file_name == "Übung 1.pdf"


async def test_a_long_poll_outlasts_the_usual_wait(bot: Bot, ada: Person) -> None:
    poll = asyncio.ensure_future(bot.get_updates(offset=2**31 - 1, timeout=5))
    await asyncio.sleep(0.6)
    await ada.says("still there")
    assert [type(update) for update in await poll] == [Update]


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, BadRequest), (401, InvalidToken), (403, Forbidden), (404, InvalidToken)],
)
async def test_refusals_are_the_librarys_own(
    status: int, kind: type[Exception], bot: Bot, server: BotApi, ada: Person
) -> None:
    server.fail_next(
        "sendMessage", status=status, body={"ok": False, "description": "The reason is this"}
    )
    with pytest.raises(kind, match="The reason is this"):
        await bot.send_message(ada.id, "x")


async def test_flood_control_says_how_long(bot: Bot, server: BotApi, ada: Person) -> None:
    body = {"ok": False, "description": "Too Many", "parameters": {"retry_after": 3}}
    server.fail_next("sendMessage", status=429, body=body)
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(ada.id, "x")
    assert wait_s(flood.value) == 3.0


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("how", ["drop", "500", "502 page", "403 page", "200 page", "late"])
async def test_whatever_was_written_and_not_answered_may_have_arrived(
    when: str, how: str, bot: Bot, server: BotApi, ada: Person
) -> None:
    await bot.send_message(ada.id, "opens the connection")
    page = f"<html>/bot{server.token}/sendMessage</html>"
    faults: dict[str, dict[str, object]] = {
        "drop": {"drop": True},
        "500": {"status": 500},
        "502 page": {"status": 502, "body": page},
        "403 page": {"status": 403, "body": page},
        "200 page": {"status": 200, "body": page},
        "late": {"delay_s": 0.7},
    }
    server.fail_next("sendMessage", when=when, **faults[how])  # type: ignore[arg-type]  # as above
    with pytest.raises(MaybeSent):
        await bot.send_message(ada.id, "x")
    assert len(server.called("sendMessage")) == 2  # and it was not sent again behind our back
    if how == "late":  # the server carries on although nobody waits any more
        await server.until(lambda: len(ada.told) == 2, 2, "the second message")
    else:
        assert len(ada.told) == (2 if when == "after" else 1)


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize(
    "base_url",
    [
        f"http://127.0.0.1:{closed_port()}/bot",
        "http://no-such-host.invalid/bot",
        "https://127.0.0.1:{port}/bot",  # speaks no TLS
        "ftp://127.0.0.1/bot",
        "http://[/bot",
    ],
    ids=["closed", "no host", "no TLS", "ftp", "no address"],
)
async def test_without_a_connection_nothing_was_sent(base_url: str, server: BotApi) -> None:
    port = server.base_url.split(":")[2].split("/")[0]
    transport = Transport(connect_s=2)
    bot = Bot(server.token, base_url=base_url.replace("{port}", port), request=transport)
    await transport.initialize()
    with pytest.raises(NeverSent):
        await bot.send_message(1, "x")
    await transport.shutdown()


async def test_a_full_pool_means_never_sent(server: BotApi, ada: Person) -> None:
    server.fail_next("sendMessage", delay_s=0.5)
    async with bot_on(server, size=1, pool_s=0.05, connect_s=0.05) as bot:
        first = asyncio.ensure_future(bot.send_message(ada.id, "first"))
        await asyncio.sleep(0.1)
        with pytest.raises(NeverSent):
            await bot.send_message(ada.id, "second")
        await first
    assert [message.text for message in ada.told] == ["first"]


async def test_an_answer_that_only_trickles_is_given_up() -> None:
    ended = asyncio.Event()

    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        with suppress(ConnectionError):
            for letter in b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n" + b" " * 200:
                writer.write(bytes([letter]))
                await writer.drain()
                await asyncio.sleep(0.05)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        ended.set()

    slow = await asyncio.start_server(trickle, "127.0.0.1", 0)
    port = slow.sockets[0].getsockname()[1]
    transport = Transport(pool_s=0.1, connect_s=0.1, write_s=0.1, read_s=0.3)
    await transport.initialize()
    bot = Bot("1:x", base_url=f"http://127.0.0.1:{port}/bot", request=transport)
    async with asyncio.timeout(2):
        with pytest.raises(MaybeSent):
            await bot.send_message(1, "x")
    await transport.shutdown()
    await ended.wait()
    slow.close()
    await slow.wait_closed()


async def test_a_closed_transport_sends_nothing_and_opens_again(
    server: BotApi, ada: Person
) -> None:
    transport = Transport()
    bot = Bot(server.token, base_url=server.base_url, request=transport)
    with pytest.raises(NeverSent):
        await bot.send_message(ada.id, "x")
    for _ in range(2):
        await transport.initialize()
        await transport.initialize()
        await bot.send_message(ada.id, "x")
        await transport.shutdown()
        await transport.shutdown()
    assert len(ada.told) == 2


async def test_what_cannot_be_written_down_was_not_sent(bot: Bot, server: BotApi) -> None:
    with pytest.raises(NeverSent):
        await bot.send_message(1, object())  # type: ignore[arg-type]  # on purpose
    assert server.called("sendMessage") == []


Failing = Callable[[Bot, BotApi, Person], Awaitable[object]]


async def refused(bot: Bot, _server: BotApi, ada: Person) -> object:
    return await bot.send_message(ada.id, "")


async def repeated(bot: Bot, server: BotApi, ada: Person) -> object:
    told = {"ok": False, "description": f"no route to /bot{server.token}/sendMessage"}
    server.fail_next("sendMessage", status=404, body=told)
    return await bot.send_message(ada.id, "x")


async def paged(bot: Bot, server: BotApi, ada: Person) -> object:
    server.fail_next("sendMessage", status=502, body=f"<p>/bot{server.token}/</p>")
    return await bot.send_message(ada.id, "x")


async def dropped(bot: Bot, server: BotApi, ada: Person) -> object:
    server.fail_next("sendMessage", drop=True)
    return await bot.send_message(ada.id, "x")


async def too_late(bot: Bot, server: BotApi, ada: Person) -> object:
    server.fail_next("sendMessage", delay_s=0.6)
    return await bot.send_message(ada.id, "x")


async def nobody_there(bot: Bot, server: BotApi, ada: Person) -> object:
    await server.stop()
    return await bot.send_message(ada.id, "x")


async def no_such_file(bot: Bot, server: BotApi, _ada: Person) -> object:
    url = f"{server.base_file_url}{server.token}/photos/none.jpg"
    return await bot.request.retrieve(url)


async def unreadable_address(bot: Bot, server: BotApi, _ada: Person) -> object:
    return await bot.request.post(f"http://[/bot{server.token}/getMe")


@pytest.mark.parametrize(
    "failing",
    [refused, repeated, paged, dropped, too_late, nobody_there, no_such_file, unreadable_address],
)
async def test_no_error_and_no_log_shows_the_token(
    failing: Failing,
    bot: Bot,
    server: BotApi,
    ada: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = server.token.split(":")[1]
    with pytest.raises(TelegramError) as caught:
        await failing(bot, server, ada)
    fault: BaseException | None = caught.value
    assert secret not in "".join(traceback.format_exception(caught.value))
    while fault is not None:  # also down the chain that a traceback does not print
        assert secret not in f"{fault!r} {fault} {fault.args}"
        fault = fault.__cause__ or fault.__context__
    records = [record for record in caplog.records if not record.name.startswith("asyncio")]
    assert [r for r in records if secret in f"{r.getMessage()} {r.args} {r.exc_text}"] == []
