"""Files to be kept: sent once to the one who asked, or left where a terminal's user finds them."""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Bot

from bot.frontends.carrier import TelegramCarrier
from bot.frontends.terminal import TerminalCarrier
from bot.frontends.transport import Transport
from bot.ports import Outgoing, WallClock
from bot.render.held import File
from bot.render.message import Page
from tests.botapi import BotApi, Person
from tests.botapi.test_requests import PNG

CHART = Outgoing(7, Page("Your <b>pain</b>.", ()), file=File("photo", "limber.png", PNG))
PAGE = Outgoing(
    7, Page("One page.", ()), file=File("document", "limber.pdf", b"%PDF-1.4"),
    lost=Page("No page just now.", ()),
)  # fmt: skip
BROKEN = Outgoing(
    7, Page("A chart.", ()), file=File("photo", "limber.png", b"no picture"),
    lost=Page("No chart just now.", ()),
)  # fmt: skip


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def carrier(api: BotApi) -> AsyncIterator[TelegramCarrier]:
    bot = Bot(
        api.token, base_url=api.base_url, base_file_url=api.base_file_url, request=Transport()
    )
    async with bot:
        yield TelegramCarrier(bot)


@pytest.fixture
async def ada(api: BotApi) -> Person:
    ada = api.person(7)
    await ada.says("/start")
    return ada


async def test_a_picture_and_a_document_arrive_with_their_words(
    carrier: TelegramCarrier, api: BotApi, ada: Person
) -> None:
    chart, page = [await carrier.send(each) for each in (CHART, PAGE)]
    told = {message.message_id: message for message in ada.told}
    assert ("Your pain.", "photo") == (told[chart].words, kind_of(told[chart]))
    assert ("One page.", "document") == (told[page].words, kind_of(told[page]))
    document = told[page].media
    assert document is not None
    assert ("limber.pdf", b"%PDF-1.4") == (document.upload.name, document.upload.content)
    assert ["sendPhoto", "sendDocument"] == [call.method for call in api.calls[-2:]]


async def test_a_file_that_is_refused_is_said_to_be_lost(
    carrier: TelegramCarrier, ada: Person
) -> None:
    await carrier.send(BROKEN)
    assert "No chart just now." == ada.told[-1].words


async def test_while_a_file_is_made_the_chat_shows_it(
    carrier: TelegramCarrier, api: BotApi, ada: Person
) -> None:
    await carrier.busy(ada.id)
    call = api.calls[-1]
    assert ("sendChatAction", "upload_document") == (call.method, call.params["action"])


async def test_a_terminal_leaves_the_file_and_says_where(tmp_path: Path) -> None:
    printed: list[str] = []
    folder = tmp_path / "files"
    carrier = TerminalCarrier(printed.append, WallClock(), files=folder)
    number = await carrier.send(PAGE)
    file = folder / "limber.pdf"
    assert ["<. One page.", f"  (file: {file})"] == printed
    assert (b"%PDF-1.4", 0o600) == (file.read_bytes(), stat.S_IMODE(file.stat().st_mode))
    await carrier.remove(1, [number])
    assert not file.exists(), "what is erased is erased here too"


async def test_where_it_cannot_be_left_a_terminal_says_so(tmp_path: Path) -> None:
    printed: list[str] = []
    (tmp_path / "files").write_text("in the way")
    await TerminalCarrier(printed.append, WallClock(), files=tmp_path / "files").send(PAGE)
    assert ["<. No page just now."] == printed


def kind_of(message: object) -> str:
    return str(getattr(getattr(message, "media", None), "kind", ""))
