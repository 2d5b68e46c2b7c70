"""What people do on the stage, and what was asked of Telegram meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from flows.base import Settings
from tests.bot.played.stage import Stage
from tests.botapi.people import Person
from tests.botapi.server import Call
from tests.transcript import Chat, replay

ADA = 1001
SENDS = ("sendMessage", "sendPhoto", "sendVoice", "sendAnimation")
EDITS = ("editMessageText", "editMessageCaption", "editMessageMedia")
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


async def come(house: Stage, lines: str, **settings: object) -> Person:
    """Let Ada come in, who has come so far already."""
    chat = Chat(house.catalogue)
    replay(lines, chat)
    wished = chat.talk.settings.model_copy(update=settings)
    chat.talk = chat.talk.model_copy(update={"settings": Settings.model_validate(dict(wished))})
    await house.people({ADA: chat})
    ada = house.api.person(ADA)
    await house.says(ada, "/start")
    house.api.calls.clear()
    house.sizes.clear()
    return ada


async def session(house: Stage, ada: Person, answer: str = "Right") -> None:
    """Play a session to its end: each move is answered when it is asked about."""
    for _ in range(100):
        if any("Finished" in message.words for message in ada.told):
            return
        if answer in ada.buttons:
            await house.taps(ada, answer)
        await house.wait(10 * SECOND)
    raise AssertionError("it never ends")


def kinds(calls: Sequence[Call]) -> Counter[str]:
    return Counter(call.method for call in calls)


def said(calls: Sequence[Call]) -> list[str]:
    """Give the first words of each new message."""
    return [words(call)[:40] for call in calls if call.method in SENDS]


def words(call: Call) -> str:
    return str(call.params.get("text", call.params.get("caption", "")))


def all_carried_out(calls: Sequence[Call]) -> bool:
    return all(call.status == 200 for call in calls)
