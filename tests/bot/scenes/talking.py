"""A whole first walk, and all that is odd: the place is kept, and Telegram accepts each request."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from content.catalogue import Catalogue
from tests.bot.scenes import refused
from tests.bot.seed import TO_THE_FIRST_HOLD, TO_THE_OFFER, played
from tests.bot.walk import SEES_S, STOP, says, spoken, taps, to_the_offer
from tests.botapi.chats import Message
from tests.botapi.people import Person
from tests.botapi.server import BotApi
from tests.transcript import Chat

CALLBACK_BYTES = 64
LATE_S = 1.0
LEAD_IN_S = 10.0
CARD_S = 3.0  # until the first card stands: its picture is drawn


class Walk:
    """From /start to the first hold; pause, resume, stop."""

    def people(self, catalogue: Catalogue) -> dict[int, Chat]:
        del catalogue
        return {}

    async def play(self, api: BotApi) -> None:
        ada = api.person(2001)
        await to_the_offer(ada)
        await self.holds(api, ada)
        await self.stops(api, ada)
        assert [] == refused(api, ada.id)
        mine = [tap for query, tap in api.world.taps.items() if query.startswith(str(ada.id))]
        await api.until(lambda: all(tap.answer for tap in mine), SEES_S, "answers to all taps")
        data = list(callback_data(ada))
        assert data
        assert all(len(each.encode()) <= CALLBACK_BYTES for each in data)

    async def holds(self, api: BotApi, ada: Person) -> None:
        began = time.monotonic()
        await ada.taps("Start 8 min")
        bell = await ada.sees("Calves up and rest for 60 s", SEES_S, anew=True)
        card_at = spoken(api, "Get ready", ada.id)[0].at
        rang_at = spoken(api, "Calves up", ada.id)[0].at
        assert card_at - began <= CARD_S
        assert LEAD_IN_S - 0.5 <= rang_at - began <= LEAD_IN_S + LATE_S
        assert not bell.silent
        card = await ada.sees("Hold 60 s", SEES_S)
        assert 1 == len(cards(ada.told)), "one card, edited"
        assert card.edits
        assert [[STOP]] == card.rows[:1]

    async def stops(self, api: BotApi, ada: Person) -> None:
        card = await taps(ada, "Pause", "Paused.")
        assert cards(ada.told) == [card]
        await taps(ada, "Resume", "Get ready")
        stop = await taps(ada, STOP, "Stopped. Ease out")
        assert not stop.silent
        assert card.message_id < stop.message_id
        await api.until(lambda: not card.keyboard, SEES_S, "the card without buttons")


class OddThings:
    """Ten people send what is no answer."""

    SENDS: tuple[Callable[[Person], Awaitable[Message]], ...] = (
        lambda p: p.sends_sticker(), lambda p: p.sends_voice(), lambda p: p.sends_photo(),
        lambda p: p.sends_location(), lambda p: p.sends_contact(), lambda p: p.sends_dice(),
        lambda p: p.says("x" * 4096), lambda p: p.says("/nonsense"),
        lambda p: p.says("<b>&amp; \x07\u202e\U0001f600" * 100),
        lambda p: p.edits(p.chat[0], "something else"),
    )  # fmt: skip
    IDS = range(1401, 1401 + len(SENDS))

    def people(self, catalogue: Catalogue) -> dict[int, Chat]:
        return {number: played(catalogue, TO_THE_OFFER) for number in self.IDS}

    async def play(self, api: BotApi) -> None:
        people = [api.person(number) for number in self.IDS]
        await asyncio.gather(*map(self.answered, people, self.SENDS))
        assert [] == refused(api, *self.IDS)

    async def answered(self, person: Person, send: Callable[[Person], Awaitable[Message]]) -> None:
        await says(person, "/start", "Good news")
        await send(person)
        seen = await person.sees("Good news", SEES_S, anew=True)
        assert not seen.words.startswith("Good news"), "a sentence stands before it"
        await taps(person, "Not today", "not today")  # the place is not only shown: it works


class ForgedButtons:
    """Data that no button carries; and nobody but its user is stopped by a stop."""

    FORGED = (
        "", "x", "1|talk", "1|zzzz|3|sbegin", "1|talk|-3|hurts", "1|talk|99999999999999|hurts",
        "2|talk|3|sbegin", "1|talk|3|", "1|talk|3|nothing|of|the|kind", "1|talk|3|srung|x",
        "\U0001f4a5" * 16,
    )  # fmt: skip

    def people(self, catalogue: Catalogue) -> dict[int, Chat]:
        return {number: played(catalogue, TO_THE_OFFER) for number in (1501, 1502)}

    async def play(self, api: BotApi) -> None:
        ada, bo = api.person(1501), api.person(1502)
        await says(ada, "/start", "Good news")
        await says(bo, "/start", "Good news")
        for data in self.FORGED:
            tap = await ada.sends_data(data)
            assert await ada.answered(tap, SEES_S), repr(data)
        assert not cards(ada.told)
        await taps(ada, "Start 8 min", "Get ready")
        await taps(ada, STOP, "Stopped")
        assert not cards(bo.told)
        assert not any("Stopped" in message.words for message in bo.told)


class DoubledUpdates:
    """The same number twice, numbers out of order, and garbage between."""

    def people(self, catalogue: Catalogue) -> dict[int, Chat]:
        return {1601: played(catalogue, TO_THE_FIRST_HOLD)}

    async def play(self, api: BotApi) -> None:
        ada = api.person(1601)
        message = {
            "message_id": 900, "date": 1, "chat": {"id": ada.id, "type": "private"},
            "from": ada.user, "text": "/nonsense",
        }  # fmt: skip
        ada.room.started = True
        for number in (600_000_005, 600_000_005, 600_000_001, 600_000_005, 600_000_001):
            await api.push({"update_id": number, "message": message})
        await api.push({"update_id": 600_000_009, "message": {"garbage": True}})
        await api.push({"update_id": 600_000_010, "callback_query": {"id": 3}})
        await api.push({"update_id": 600_000_011})
        await says(ada, "/help", "I ask about danger signs first")
        # The first one pauses the hold and asks; the second, and no other, is not understood.
        assert 1 == len(spoken(api, "I did not get that", ada.id)), "once for each number"


def cards(told: list[Message]) -> list[Message]:
    return [message for message in told if "1 of 6" in message.words or "Paused" in message.words]


def callback_data(person: Person) -> list[str]:
    return [
        button["callback_data"]
        for message in person.told
        for rows in [message.keyboard, *message.past_keyboards]
        for row in rows
        for button in row
        if "callback_data" in button
    ]
