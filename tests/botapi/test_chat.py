"""People and the bot in one chat: what changes, what is refused, and what is seen."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from tests.botapi import BotApi, Call, Flood, Person
from tests.botapi.conftest import Ask
from tests.botapi.refusal import Refused

YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "1|y"}]]}
NO = {"inline_keyboard": [[{"text": "No", "callback_data": "1|n"}]]}


async def sent(ask: Ask, ada: Person, **more: Any) -> int:  # noqa: ANN401 - parameters
    told = await ask("sendMessage", **({"chat_id": ada.id, "text": "A card"} | more))
    number: int = told["result"]["message_id"]
    return number


async def test_an_edit_that_changes_nothing_is_refused(ask: Ask, ada: Person) -> None:
    place = {"chat_id": ada.id, "message_id": await sent(ask, ada, reply_markup=YES)}
    told = await ask("editMessageText", **place, text="<b></b>A card ", parse_mode="HTML",
                     reply_markup=YES)  # fmt: skip
    assert told["description"].startswith("Bad Request: message is not modified: specified new")
    assert (await ask("editMessageText", **place, text="<b>A card</b>", parse_mode="HTML"))["ok"]
    assert (ada.buttons, ada.told[-1].edits) == ([], 1)
    told = await ask("editMessageReplyMarkup", **place)
    assert "message is not modified" in told["description"]


async def test_only_what_stands_there_and_is_the_bots_can_be_edited(ask: Ask, ada: Person) -> None:
    mine = await ada.says("hello")
    told = await ask("editMessageText", chat_id=ada.id, message_id=mine.message_id, text="x")
    assert told["description"] == "Bad Request: message can't be edited"
    told = await ask("editMessageText", chat_id=ada.id, message_id=99, text="x")
    assert told["description"] == "Bad Request: message to edit not found"
    card = await sent(ask, ada)
    told = await ask("editMessageCaption", chat_id=ada.id, message_id=card, caption="x")
    assert "there is no caption" in told["description"]


async def test_a_deleted_message_is_gone(ask: Ask, ada: Person) -> None:
    place = {"chat_id": ada.id, "message_id": await sent(ask, ada)}
    assert (await ask("deleteMessage", **place))["ok"]
    assert ada.told == []
    assert "message to delete not found" in (await ask("deleteMessage", **place))["description"]
    assert "message to edit not found" in (
        await ask("editMessageText", **place, text="x")
    )["description"]  # fmt: skip


async def test_many_are_deleted_at_once_and_missing_ones_skipped(ask: Ask, ada: Person) -> None:
    ids = [await sent(ask, ada) for _ in range(3)]
    assert (await ask("deleteMessages", chat_id=ada.id, message_ids=[*ids[:2], 77]))["ok"]
    assert ids[2:] == [message.message_id for message in ada.told]


async def test_nothing_older_than_two_days_is_deleted() -> None:
    moments = [1_790_000_000.0]
    async with BotApi(now=lambda: moments[0]) as server:
        message = await server.person().says("/start")
        moments[0] += 49 * 3600
        params = {"chat_id": message.chat.id, "message_id": message.message_id}
        status, told = await server.answer(Call("deleteMessage", params, 0.0))
    assert (status, "can't be deleted" in told["description"]) == (400, True)


async def test_a_tap_is_answered_once_and_in_time(server: BotApi, ask: Ask, ada: Person) -> None:
    await sent(ask, ada, reply_markup=YES)
    tap = await ada.taps("Yes")
    updates = (await ask("getUpdates"))["result"]
    assert [update["callback_query"]["data"] for update in updates] == ["1|y"]
    query = {"callback_query_id": tap.query_id, "text": "Noted"}
    assert "MESSAGE_TOO_LONG" in (
        await ask("answerCallbackQuery", **query | {"text": "x" * 201})
    )["description"]  # fmt: skip
    assert (await ask("answerCallbackQuery", **query))["ok"]
    assert await ada.answered(tap) == "Noted"
    assert "query is too old" in (await ask("answerCallbackQuery", **query))["description"]
    server.world.query_lives_s = -1.0
    late = await ada.taps("Yes")
    told = await ask("answerCallbackQuery", callback_query_id=late.query_id)
    assert "query is too old" in told["description"]


async def test_a_slow_thumb_can_tap_what_was_there(ask: Ask, ada: Person) -> None:
    place = {"chat_id": ada.id, "message_id": await sent(ask, ada, reply_markup=YES)}
    await ask("editMessageText", **place, text="Next", reply_markup=NO)
    card = ada.told[-1]
    with pytest.raises(AssertionError, match="Yes"):
        await ada.taps("Yes", within_s=0)
    await ada.taps("Yes", on=card, stale=True)
    await ask("deleteMessage", **place)
    await ada.taps(lambda label: label.startswith("N"), on=card)
    await ada.sends_data("forged", on=card)
    first, second, third = (u["callback_query"] for u in (await ask("getUpdates"))["result"])
    assert (first["data"], first["message"]["text"]) == ("1|y", "Next")
    assert (second["data"], second["message"]["date"]) == ("1|n", 0)
    assert third["data"] == "forged"


async def test_a_person_sees_what_comes_later(ask: Ask, ada: Person) -> None:
    async def later() -> None:
        await asyncio.sleep(0.05)
        await sent(ask, ada, text="<b>Hold</b> ends", parse_mode="HTML", disable_notification=True)

    task = asyncio.create_task(later())
    message = await ada.sees("Hold ends", within_s=2)
    await task
    assert (
        message.entities, message.silent,
    ) == ([{"type": "bold", "offset": 0, "length": 4}], True)  # fmt: skip
    await ada.says("again")
    with pytest.raises(AssertionError, match="Hold"):
        await ada.sees("Hold", within_s=0.05, anew=True)


async def test_commands_are_marked_as_telegram_marks_them(ada: Person) -> None:
    message = await ada.says("🎧 /stop and a/b")
    assert message.entities == [{"type": "bot_command", "offset": 3, "length": 5}]


async def test_a_pin_leaves_a_line(ask: Ask, ada: Person) -> None:
    number = await sent(ask, ada)
    assert (await ask("pinChatMessage", chat_id=ada.id, message_id=number))["ok"]
    assert (True, number) == (
        ada.told[-1].pinned,
        ada.chat[-1].extra["pinned_message"]["message_id"],
    )


async def test_a_group_can_be_left(server: BotApi, ask: Ask, ada: Person) -> None:
    group = server.group()
    await group.adds_bot(ada)
    await group.says(ada, "/start")
    kinds = [set(update) - {"update_id"} for update in (await ask("getUpdates"))["result"]]
    assert [{"my_chat_member"}, {"message"}] == kinds
    chat = {"chat_id": group.room.id}
    assert (await ask("sendMessage", **chat, text="Privately, please."))["ok"]
    assert (await ask("leaveChat", **chat))["ok"]
    assert (await ask("sendMessage", **chat, text="x"))["error_code"] == 403


async def test_flood_control_says_how_long_to_wait(server: BotApi, ask: Ask, ada: Person) -> None:
    server.flood = Flood(per_second=30, burst=2)
    answers = [await ask("sendMessage", chat_id=ada.id, text="x") for _ in range(3)]
    assert [told["ok"] for told in answers] == [True, True, False]
    assert answers[2]["parameters"] == {"retry_after": 1}
    assert (await ask("sendChatAction", chat_id=ada.id, action="typing"))["ok"]


def test_no_second_holds_more_than_its_share() -> None:
    flood = Flood(per_second=3)
    passed = [at / 10 for at in range(40) if passes(flood, at)]
    assert passed[:6] == [0.0, 0.1, 0.2, 1.0, 1.1, 1.2]


def passes(flood: Flood, at: int) -> bool:
    try:
        flood.pass_or_refuse(at, at / 10)
    except Refused:
        return False
    return True


async def test_faults_come_before_or_after_the_effect(
    server: BotApi, ask: Ask, ada: Person
) -> None:
    server.fail_next("sendMessage", status=500)
    assert (await ask("sendMessage", chat_id=ada.id, text="lost"))["error_code"] == 500
    server.fail_next("sendMessage", status=500, when="after", chat_id=ada.id)
    assert (await ask("sendMessage", chat_id=ada.id, text="kept"))["error_code"] == 500
    began = time.monotonic()
    server.fail_next("*", delay_s=0.05)
    assert (await ask("sendMessage", chat_id=ada.id, text="late"))["ok"]
    assert [message.text for message in ada.told] == ["kept", "late"]
    assert time.monotonic() - began >= 0.05
    assert [call.took_effect for call in server.called("sendMessage")] == [False, True, True]
