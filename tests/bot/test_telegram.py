"""Limber as a real process in Telegram's protocol: a whole first walk, and all that is odd."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from content.catalogue import Catalogue
from tests.bot.conftest import Serve
from tests.bot.process import Limber
from tests.bot.seed import TO_THE_FIRST_HOLD, TO_THE_OFFER, played
from tests.bot.walk import SEES_S, STOP, says, spoken, taps, to_the_first_hold
from tests.botapi.chats import Message
from tests.botapi.people import Person
from tests.botapi.server import BotApi, Call

CALLBACK_BYTES = 64
LATE_S = 1.0
LEAD_IN_S = 10.0
CARD_S = 3.0  # until the first card stands: its picture is drawn
QUIET_S = 1.5


def refused(api: BotApi) -> list[Call]:
    """Give the requests that Telegram would not have carried out, but for needless edits."""
    return [
        call for call in api.calls
        if call.status not in (200, None) and "not modified" not in str(call.answer)
    ]  # fmt: skip


def cards(told: list[Message]) -> list[Message]:
    return [message for message in told if "1 of 6" in message.words]


async def test_a_first_walk_reaches_the_first_hold_and_a_stop(
    api: BotApi, limber: Limber, serving: Serve
) -> None:
    await serving()
    ada = api.person()
    bell = await to_the_first_hold(ada)
    card_at, rang_at = spoken(api, "Get ready")[0].at, spoken(api, "Calves up")[0].at
    began = [c.at for c in api.called("answerCallbackQuery") if c.at < rang_at][-1]

    assert not bell.silent
    assert card_at - began <= CARD_S
    assert LEAD_IN_S - 0.5 <= rang_at - began <= LEAD_IN_S + LATE_S
    assert 1 == len(cards(ada.told)), "one card, edited"
    card = await ada.sees("Hold 60 s", SEES_S)
    assert card.edits
    assert [[STOP]] == card.rows[:1]

    await taps(ada, "Pause", "Paused.")
    assert card.message_id == (await ada.sees("Paused.")).message_id
    await taps(ada, "Resume", "Get ready")
    stop = await taps(ada, STOP, "Stopped. Ease out")
    assert not stop.silent
    assert card.message_id < stop.message_id
    await api.until(lambda: not card.keyboard, SEES_S, "the card without buttons")

    assert [] == refused(api)
    assert all(tap.answer is not None for tap in api.world.taps.values())
    data = [
        button["callback_data"] for m in ada.told for rows in [m.keyboard, *m.past_keyboards]
        for row in rows for button in row if "callback_data" in button
    ]  # fmt: skip
    assert data
    assert all(len(each.encode()) <= CALLBACK_BYTES for each in data)
    assert 0 == await limber.stop()


async def test_commands_are_set_for_private_chats_only(api: BotApi, serving: Serve) -> None:
    await serving()
    await api.until(lambda: api.called("setMyCommands"), SEES_S, "the list of commands")
    scopes = {call.params["scope"]["type"] for call in api.called("setMyCommands")}
    names = {c["command"] for c in api.called("setMyCommands")[0].params["commands"]}
    assert {"all_private_chats"} == scopes
    assert {
        "start", "stretch", "stop", "pain", "check", "reminders", "settings", "privacy", "delete",
        "help", "safety", "why",
    } == names  # fmt: skip


async def test_a_group_gets_one_line_and_is_left(api: BotApi, serving: Serve) -> None:
    await serving()
    ada, backs = api.person(), api.group()
    await backs.adds_bot(ada)
    line = await backs.sees("only in private", SEES_S)
    assert "https://t.me/limber_test_bot" == line.button("Open private chat")["url"]
    await api.until(lambda: api.called("leaveChat"), SEES_S, "leaving")
    await backs.says(ada, "/start")
    await asyncio.sleep(QUIET_S)
    assert 1 == len(api.called("leaveChat")) or 2 >= len(backs.told)
    assert [] == ada.told


async def test_whatever_is_no_answer_is_answered_and_the_place_is_kept(
    api: BotApi, limber: Limber, serving: Serve, catalogue: Catalogue
) -> None:
    await serving({n: played(catalogue, TO_THE_OFFER) for n in range(1001, 1011)})
    people = [api.person(n) for n in range(1001, 1011)]
    for person in people:
        await says(person, "/start", "Good news")
    sends: tuple[Callable[[Person], Awaitable[Message]], ...] = (
        lambda p: p.sends_sticker(), lambda p: p.sends_voice(), lambda p: p.sends_photo(),
        lambda p: p.sends_location(), lambda p: p.sends_contact(), lambda p: p.sends_dice(),
        lambda p: p.says("x" * 4096), lambda p: p.says("/nonsense"),
        lambda p: p.says("<b>&amp; \x07\u202e\U0001f600" * 100),
        lambda p: p.edits(p.chat[0], "something else"),
    )  # fmt: skip

    async def answered(person: Person, send: Callable[[Person], Awaitable[Message]]) -> Message:
        await send(person)
        return await person.sees("Good news", SEES_S, anew=True)

    seen = await asyncio.gather(*(answered(p, s) for p, s in zip(people, sends, strict=True)))
    assert all("Start 8 min" in message.buttons for message in seen)
    assert all(m.words.splitlines()[0] != "Good news" for m in seen)
    for person in people[:2]:  # the place is not only shown: it works
        await taps(person, "Start 8 min", "Get ready")
    assert [] == refused(api)
    assert "not_answered" not in limber.errors


async def test_forged_and_foreign_buttons_change_nothing(
    api: BotApi, limber: Limber, serving: Serve, catalogue: Catalogue
) -> None:
    await serving({1001: played(catalogue, TO_THE_OFFER), 1002: played(catalogue, TO_THE_OFFER)})
    ada, bo = api.person(1001), api.person(1002)
    await says(ada, "/start", "Good news")
    await says(bo, "/start", "Good news")
    forged = (
        "", "x", "1|talk", "1|zzzz|3|sbegin", "1|talk|-3|hurts", "1|talk|99999999999999|hurts",
        "2|talk|3|sbegin", "1|talk|3|", "1|talk|3|nothing|of|the|kind", "1|talk|3|srung|x",
        "\U0001f4a5" * 16,
    )  # fmt: skip
    for data in forged:
        tap = await ada.sends_data(data)
        assert await ada.answered(tap, SEES_S), repr(data)
    assert not cards(ada.told)
    tap = await ada.taps("Start 8 min")
    await ada.sees("Get ready", SEES_S, anew=True)
    await ada.taps(STOP)
    await ada.sees("Stopped", SEES_S, anew=True)
    assert 0 == len(cards(bo.told))
    assert "not_answered" not in limber.errors


async def test_doubled_and_disordered_updates_are_heard_once(
    api: BotApi, serving: Serve, catalogue: Catalogue
) -> None:
    await serving({1001: played(catalogue, TO_THE_FIRST_HOLD)})
    ada = api.person()
    message = {
        "message_id": 900, "date": 1, "chat": {"id": 1001, "type": "private"},
        "from": ada.user, "text": "/nonsense",
    }  # fmt: skip
    ada.room.started = True
    for number in (800_000_005, 800_000_005, 800_000_001, 800_000_005, 800_000_001):
        await api.push({"update_id": number, "message": message})
    await api.push({"update_id": 800_000_009, "message": {"garbage": True}})
    await api.push({"update_id": 800_000_010, "callback_query": {"id": 3}})
    await api.push({"update_id": 800_000_011})
    await says(ada, "/help", "I ask about danger signs first")
    assert 2 == len(spoken(api, "/nonsense")), "once for each number"
