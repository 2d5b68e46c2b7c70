"""What a thief of the disk, or a reader of the logs, may learn: nothing of anybody."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable
from contextlib import closing

import pytest

from content.catalogue import Catalogue
from tests.bot.conftest import Serve
from tests.bot.process import Limber
from tests.bot.seed import TO_THE_OFFER, played, seeded
from tests.bot.walk import SEES_S, STOP, says, taps
from tests.botapi.people import Person
from tests.botapi.server import TOKEN, BotApi

CHAT_ID = 4815162342
DAMAGED, KEYLESS = 1003, 1004
NAME = "Zaphodia"
TYPED = "my purple elephant aches"
AGE = "57"


def secrets_of(catalogue: Catalogue) -> dict[str, bytes]:
    """Give what must not stand in clear: who, what was typed, tapped, known, and asked."""
    texts = [
        str(CHAT_ID), NAME, TYPED, "purple elephant", TOKEN, "Germany", "consent_version",
        "SELF_CARE", "active_hold", "It hurts", "Stopped.", *catalogue.facts, *catalogue.exercises,
        *catalogue.programs,
    ]  # fmt: skip
    found = {text: text.encode() for text in texts if len(text) > 5}
    for order in ("big", "little"):
        found[f"chat id, {order}"] = CHAT_ID.to_bytes(5, order)
    return found


def in_clear(kept: bytes, secrets: Iterable[tuple[str, bytes]]) -> list[str]:
    return [name for name, secret in secrets if secret in kept]


async def conversation(person: Person) -> None:
    """Answer, get age, place and words wrong, hold, hurt."""
    await says(person, "/start", "Good news")
    await says(person, TYPED, "Good news")
    await taps(person, "Start 8 min", "Get ready")
    await person.taps(STOP)
    await person.sees("Stopped.", SEES_S, anew=True)
    await taps(person, "3", "new")


@pytest.mark.parametrize("end", ["kill", "stop"])
async def test_disk_and_logs_tell_nothing(
    api: BotApi, limber: Limber, serving: Serve, catalogue: Catalogue, end: str
) -> None:
    chat = played(catalogue, TO_THE_OFFER)
    await serving({CHAT_ID: chat})
    ada = api.person(CHAT_ID, NAME)
    secrets = secrets_of(catalogue)
    await conversation(ada)
    bo = api.person(CHAT_ID + 1, NAME)
    await says(bo, "/start", "I'm Limber")
    await taps(bo, "I understand, go on", "Which country")
    await taps(bo, "7 Germany", "How old are you")
    await says(bo, AGE, "sex at birth")
    kept = limber.kept_bytes()
    assert [] == in_clear(kept, secrets.items())
    assert b"seen_updates" in kept, "it was looked at where there is something"
    await (limber.kill() if end == "kill" else limber.stop())
    assert [] == in_clear(limber.kept_bytes(), secrets.items())
    logs = limber.errors
    words = [str(CHAT_ID), NAME, TYPED, "elephant", TOKEN, TOKEN.split(":")[1], "Germany"]
    assert [] == [word for word in words if word in logs]
    assert "polling" in logs
    assert "Traceback" not in logs


async def test_an_update_that_fails_is_answered_and_logged_without_its_text(
    api: BotApi, limber: Limber, serving: Serve, catalogue: Catalogue
) -> None:
    """A snapshot that nobody can read any more is the worst that can stand behind an update."""
    broken = played(catalogue, TO_THE_OFFER)
    broken.talk = Unreadable()  # type: ignore[assignment]
    people = {number: played(catalogue, TO_THE_OFFER) for number in (1002, DAMAGED, KEYLESS)}
    await seeded(limber.env, {CHAT_ID: broken, **people})
    damage(limber, "UPDATE talks SET snapshot = zeroblob(99) WHERE user_id = 3")
    damage(limber, "UPDATE keys SET wrapped = zeroblob(60) WHERE user_id = 4")
    await serving()
    ada, bo, cy = api.person(CHAT_ID, NAME), api.person(1002), api.person(DAMAGED)
    await api.person(KEYLESS).says(TYPED)
    await says(cy, TYPED, "Something went wrong on my side")
    await says(ada, TYPED, "Something went wrong on my side")
    await ada.sends_data("1|talk|3|hurts", await ada.says("x"))
    await says(bo, "/start", "Good news")
    await asyncio.sleep(0.5)
    logs = limber.errors
    assert "not_answered" in logs
    words = [str(CHAT_ID), NAME, "elephant", TOKEN, "secret_answer", "Traceback"]
    assert [] == [word for word in words if word in logs]
    assert [] == [waiting for waiting in api.world.updates.queue if not waiting.given]


def damage(limber: Limber, how: str) -> None:
    with closing(sqlite3.connect(limber.database)) as database, database:
        assert 1 == database.execute(how).rowcount


class Unreadable:
    """Stands for a talk in a shape that this version does not know."""

    def model_dump_json(self) -> str:
        return '{"version": 1, "talk": "talk", "secret_answer": "my purple elephant"}'
