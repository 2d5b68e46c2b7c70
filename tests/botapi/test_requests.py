"""What a request must look like, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiohttp import ClientSession, FormData

from tests.botapi import BotApi, Person, methods
from tests.botapi.conftest import Ask
from tests.botapi.facts import METHODS

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (8).to_bytes(4, "big") * 2


def test_every_method_in_the_table_is_answered() -> None:
    assert set(methods.METHODS) == set(METHODS)


async def test_a_wrong_token_is_unauthorized(server: BotApi, http: ClientSession) -> None:
    async with http.get(f"{server.base_url}1:wrong/getMe") as answer:
        told = await answer.json()
    assert (answer.status, told["description"]) == (401, "Unauthorized")


async def test_an_unknown_method_is_not_found(ask: Ask) -> None:
    assert (await ask("sendMesage"))["error_code"] == 404


@pytest.mark.parametrize("way", ["query", "json", "urlencoded", "multipart", "json of strings"])
async def test_all_ways_of_passing_parameters_mean_the_same(
    way: str, server: BotApi, http: ClientSession, ada: Person
) -> None:
    url = f"{server.base_url}{server.token}/sendMessage"
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    flat = {
        "chat_id": str(ada.id),
        "text": "12",
        "disable_notification": "true",
        "reply_markup": json.dumps(markup),
    }
    native = flat | {"chat_id": ada.id, "disable_notification": True, "reply_markup": markup}
    form = FormData(flat)
    form.add_field("unused", b"x", filename="x.bin")
    asked: dict[str, dict[str, Any]] = {
        "query": {"params": flat},
        "json": {"json": native},
        "urlencoded": {"data": flat},
        "multipart": {"data": form},
        "json of strings": {"json": flat},
    }
    async with http.post(url, **asked[way]) as answer:
        assert (await answer.json())["ok"], await answer.text()
    message = ada.told[-1]
    assert (message.text, message.buttons, message.silent) == ("12", ["Yes"], True)


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"text": "x"}, "'chat_id' of sendMessage is missing"),
        ({"chat_id": 1001}, "'text' of sendMessage is missing"),
        ({"chat_id": 1001, "text": "x", "silent": True}, "unknown parameter 'silent'"),
        ({"chat_id": 1001, "text": 5}, "can't parse text"),
        ({"chat_id": 1001, "text": "x", "disable_notification": "maybe"}, "disable_notification"),
        ({"chat_id": True, "text": "x"}, "can't parse chat_id"),
        ({"chat_id": 1001, "text": "x", "reply_markup": "{"}, "can't parse reply_markup"),
        ({"chat_id": 1001, "text": "x", "entities": [{"type": "bold"}]}, "'offset' of MessageEnt"),
        ({"chat_id": 1001, "text": "x", "link_preview_options": {"off": True}}, "field 'off'"),
        ({"chat_id": 5, "text": "x"}, "chat not found"),
        ({"chat_id": 1001, "text": "  \n"}, "message text is empty"),
        ({"chat_id": 1001, "text": "x" * 4097}, "message is too long"),
        ({"chat_id": 1001, "text": "x", "message_effect_id": "fire"}, "EFFECT_ID_INVALID"),
    ],
)
async def test_what_does_not_fit_is_refused_with_its_reason(
    params: dict[str, object], why: str, ask: Ask, ada: Person
) -> None:
    told = await ask("sendMessage", **params)
    assert (told.get("error_code"), why in told.get("description", "")) == (400, True), told
    assert ada.told == []


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ({"text": "", "callback_data": "x"}, "Text must be non-empty"),
        ({"text": "x"}, "Text buttons are unallowed"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "x", "url": "https://a.b"}, "only"),
        ({"text": "x", "callback_data": "x", "style": "red"}, "invalid button style"),
        ({"text": "x", "url": "javascript:1"}, "is invalid"),
        ({"text": "x", "copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "x", "callback": "x"}, "unknown field 'callback'"),
    ],
)
async def test_buttons_are_held_to_their_limits(
    button: dict[str, object], why: str, ask: Ask, ada: Person
) -> None:
    markup = {"inline_keyboard": [[button]]}
    told = await ask("sendMessage", chat_id=ada.id, text="x", reply_markup=markup)
    assert why in told.get("description", ""), told


async def test_all_that_telegram_allows_on_buttons_passes(ask: Ask, ada: Person) -> None:
    rows = [
        [{"text": "Stop", "callback_data": "é" * 32, "style": "danger"}],
        [{"text": "Copy", "copy_text": {"text": "112"}}, {"text": "Web", "url": "tg://user?id=1"}],
    ]
    markup = {"inline_keyboard": rows}
    assert (await ask("sendMessage", chat_id=ada.id, text="x" * 4096, reply_markup=markup))["ok"]
    assert ada.told[-1].rows == [["Stop"], ["Copy", "Web"]]


@pytest.mark.parametrize("shape", [[9], [1] * 101])
async def test_too_many_buttons_are_refused(shape: list[int], ask: Ask, ada: Person) -> None:
    rows = [[{"text": "x", "callback_data": "x"}] * width for width in shape]
    markup = {"inline_keyboard": rows}
    told = await ask("sendMessage", chat_id=ada.id, text="x", reply_markup=markup)
    assert not told["ok"]


async def test_a_bot_never_begins_a_conversation(server: BotApi, ask: Ask) -> None:
    stranger = server.person(7)
    told = await ask("sendMessage", chat_id=stranger.id, text="Hello")
    assert told["error_code"] == 403


async def test_whoever_blocks_the_bot_is_out_of_reach(ada: Person, ask: Ask) -> None:
    await ada.blocks()
    told = await ask("sendMessage", chat_id=ada.id, text="Hello")
    assert told["description"] == "Forbidden: bot was blocked by the user"
    await ada.unblocks()
    assert (await ask("sendMessage", chat_id=ada.id, text="Hello"))["ok"]


async def test_uploads_get_ids_that_can_be_sent_again(
    server: BotApi, http: ClientSession, ask: Ask, ada: Person
) -> None:
    form = FormData({"chat_id": str(ada.id), "caption": "A <b>figure</b>", "parse_mode": "HTML"})
    form.add_field("photo", PNG, filename="figure.png", content_type="image/png")
    async with http.post(f"{server.base_url}{server.token}/sendPhoto", data=form) as answer:
        photo = (await answer.json())["result"]["photo"][-1]
    assert (photo["width"], photo["height"]) == (8, 8)
    assert (await ask("sendPhoto", chat_id=ada.id, photo=photo["file_id"]))["ok"]
    path = (await ask("getFile", file_id=photo["file_id"]))["result"]["file_path"]
    async with http.get(f"{server.base_file_url}{server.token}/{path}") as file:
        assert await file.read() == PNG


@pytest.mark.parametrize(
    ("method", "given", "why"),
    [
        ("sendPhoto", "no-such-id", "wrong file identifier"),
        ("sendPhoto", "attach://nothing", "can't find the attached part"),
        ("sendPhoto", "https://example.org/a.png", "failed to get HTTP URL content"),
    ],
)
async def test_files_that_are_not_there_are_refused(
    method: str, given: str, why: str, ask: Ask, ada: Person
) -> None:
    assert why in (await ask(method, chat_id=ada.id, photo=given))["description"]


async def test_a_file_id_sends_its_own_kind_only(ask: Ask, ada: Person) -> None:
    voice = (await ada.sends_voice()).media
    assert voice is not None
    told = await ask("sendPhoto", chat_id=ada.id, photo=voice.file_id)
    assert "can't use file of type voice as photo" in told["description"]


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}),
        ("setMyCommands", {"commands": [{"command": "start", "description": ""}]}),
        ("setMyCommands", {"commands": [{"command": "start", "description": "x" * 257}]}),
        ("setMyCommands", {"commands": [], "scope": {"type": "everyone"}}),
        ("setMyCommands", {"commands": [], "language_code": "english"}),
        ("setMyDescription", {"description": "x" * 513}),
        ("setMyShortDescription", {"short_description": "x" * 121}),
        ("setMyName", {"name": "x" * 65}),
        ("setWebhook", {"url": "http://example.org"}),
        ("setWebhook", {"url": "https://example.org", "secret_token": "a b"}),
        ("setChatMenuButton", {"menu_button": {"type": "salad"}}),
        ("deleteMessages", {"chat_id": 1001, "message_ids": []}),
        ("deleteMessages", {"chat_id": 1001, "message_ids": list(range(101))}),
        ("sendChatAction", {"chat_id": 1001, "action": "dancing"}),
        ("getUpdates", {"limit": 101}),
        ("answerCallbackQuery", {"callback_query_id": "1"}),
    ],
)
async def test_profile_and_other_limits_hold(
    method: str, params: dict[str, object], ask: Ask, ada: Person
) -> None:
    assert ada.chat
    assert (await ask(method, **params))["error_code"] == 400


async def test_commands_are_kept_by_scope_and_language(ask: Ask) -> None:
    commands = [{"command": "stop", "description": "Halt"}]
    scope = {"type": "all_private_chats"}
    assert (await ask("setMyCommands", commands=commands, scope=scope, language_code="de"))["ok"]
    assert commands == (await ask("getMyCommands", scope=scope, language_code="de"))["result"]
    assert (await ask("getMyCommands"))["result"] == []
