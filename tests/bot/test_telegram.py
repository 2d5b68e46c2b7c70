"""Limber as a real process in Telegram's protocol: what is said and done about chats as such."""

from __future__ import annotations

import time

from content.catalogue import Catalogue
from tests.bot.conftest import Serve
from tests.bot.seed import TO_THE_OFFER, played
from tests.bot.walk import SEES_S, STOP, says, taps
from tests.botapi.server import BotApi

ANSWER_S = 2.0


async def test_commands_are_set_for_private_chats_only(api: BotApi, serving: Serve) -> None:
    await serving()
    await api.until(lambda: api.called("setMyCommands"), SEES_S, "the list of commands")
    scopes = {call.params["scope"]["type"] for call in api.called("setMyCommands")}
    names = {c["command"] for c in api.called("setMyCommands")[0].params["commands"]}
    assert {"all_private_chats"} == scopes
    assert {
        "start", "stretch", "stop", "pain", "check", "reminders", "settings", "privacy", "delete",
        "help", "safety",
    } <= names  # fmt: skip


async def test_a_group_gets_one_line_and_is_left(api: BotApi, serving: Serve) -> None:
    await serving()
    ada, backs = api.person(), api.group()
    await backs.adds_bot(ada)
    line = await backs.sees("only in private", SEES_S)
    assert "https://t.me/limber_test_bot" == line.button("Open private chat")["url"]
    await api.until(lambda: api.called("leaveChat"), SEES_S, "leaving")
    assert [line] == backs.told
    assert [] == ada.told


async def test_one_slow_answer_keeps_nobody_waiting(
    api: BotApi, serving: Serve, catalogue: Catalogue
) -> None:
    await serving({n: played(catalogue, TO_THE_OFFER) for n in (1001, 1002)})
    ada, bo = api.person(1001), api.person(1002)
    await says(ada, "/start", "Good news")
    await says(bo, "/start", "Good news")
    await taps(bo, "Start 8 min", "Get ready")
    api.fail_next("answerCallbackQuery", delay_s=4.0)
    await ada.taps("Why this?")
    pressed = time.monotonic()
    await taps(bo, STOP, "Stopped.")
    assert time.monotonic() - pressed <= ANSWER_S
