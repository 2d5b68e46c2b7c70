"""A well man of 30 taps his way through Telegram, as far as a test needs him."""

from __future__ import annotations

from tests.botapi.chats import Message
from tests.botapi.people import Person
from tests.botapi.server import BotApi, Call

SEES_S = 20.0
STOP = "It hurts \N{EN DASH} stop"

NONE_UNTIL = (
    "personal", "your legs", "an accident", "Do any apply", "a temperature", "had cancer",
    "these with this pain", "apply to you", "From 0 to 10",
)  # fmt: skip


SPEAKS = ("sendMessage", "sendPhoto", "editMessageText", "editMessageCaption", "editMessageMedia")


def spoken(api: BotApi, wanted: str, chat_id: int | None = None) -> list[Call]:
    """Find the requests that say something, as a text or under a picture, in their order."""
    calls = [call for method in SPEAKS for call in api.called(method, chat_id)]
    return sorted((call for call in calls if wanted in words(call)), key=lambda call: call.at)


def words(call: Call) -> str:
    told = call.params.get("media", call.params)
    return str(told.get("text") or told.get("caption") or "")


async def taps(person: Person, label: str, then: str) -> Message:
    await person.taps(label)
    return await person.sees(then, within_s=SEES_S, anew=True)


async def says(person: Person, text: str, then: str) -> Message:
    await person.says(text)
    return await person.sees(then, within_s=SEES_S, anew=True)


async def to_the_offer(person: Person) -> Message:
    """From /start to the plan; 22 answers."""
    await says(person, "/start", "I'm Limber")
    await taps(person, "I understand, go on", "Which country")
    await taps(person, "7 Germany", "How old are you")
    await says(person, "30", "sex at birth")
    await taps(person, "2 Male", "new chest pain".capitalize())
    for seen in NONE_UNTIL:
        await taps(person, "None of these", seen)
    await taps(person, "3", "How long")
    await says(person, "about a week", "better, the same or worse")
    await says(person, "same", "Where")
    await says(person, "low", "stop you")
    await says(person, "some things", "examined you")
    await taps(person, "2 No", "told you have")
    await taps(person, "None of these", "Do any of these apply")
    await taps(person, "None of these", "makes it worse")
    return await taps(person, "None of these", "Good news")


async def to_the_first_hold(person: Person) -> Message:
    await to_the_offer(person)
    """Give the bell that begins it."""
    await person.taps("Start 8 min")
    return await person.sees("Calves up and rest for 60 s", within_s=SEES_S, anew=True)
