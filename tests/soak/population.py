"""Who takes part: people in a session, people who write, people who wait for a reminder.

Each has come some way already: the way is a transcript, played in the core and moved in time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

from bot.content_tools.chat import Chat
from content.catalogue import Catalogue
from flows.base import Show
from flows.reminder.vocabulary import ALARM, Due, Wish
from tests.bot.seed import TO_THE_FIRST_HOLD, TO_THE_OFFER, holding, played

STRETCHING, WRITING, WAITING, LEAVING = 1000, 2000, 3000, 4000  # first numbers
RATED = "[Right]"
MOVES_AT_MOST = 60
NOON = 12


class Bell(NamedTuple):
    """What rings, and how long after the bell before it; none: when somebody had tapped."""

    words: str
    after_s: float | None


@dataclass
class Population:
    chats: dict[int, Chat] = field(default_factory=dict)
    bells: list[Bell] = field(default_factory=list)  # of the whole session, in their order

    def numbers(self, first: int) -> list[int]:
        return [number for number in self.chats if first <= number < first + 1000]


def population(catalogue: Catalogue, chance: Random, people: int, lasts_s: float) -> Population:
    """Give half of them a session, and the rest something else."""
    met = Population(bells=bells_of(catalogue))
    offered = played(catalogue, TO_THE_OFFER)
    for number in range(people // 2):
        left = timedelta(seconds=20 + chance.uniform(0, 40))
        met.chats[STRETCHING + number] = holding(catalogue, left)
    for number in range(people // 4):
        met.chats[WRITING + number] = offered
    for number in range(people // 5):
        due_at = datetime.now(UTC) + timedelta(seconds=20 + chance.uniform(0, lasts_s))
        met.chats[WAITING + number] = reminded(catalogue, due_at)
    for number in range(people // 20):
        met.chats[LEAVING + number] = offered
    return met


def reminded(catalogue: Catalogue, due_at: datetime) -> Chat:
    """Give somebody who has said "not today" two days ago, and is reminded at this moment."""
    chat = played(catalogue, f"{TO_THE_OFFER}\n> [Not today]", -timedelta(days=2))
    wish = Wish(times=("12:00",), zone=zone_of_noon(due_at), next_at=due_at)
    chat.talk = chat.talk.model_copy(update={"wish": wish})
    chat.alarms[ALARM] = (due_at, Due().code())
    return chat


def zone_of_noon(at: datetime) -> str:
    """Name a zone where it is about noon: whenever the soak is run, nobody sleeps there."""
    ahead = at.astimezone(UTC).hour - NOON
    return f"Etc/GMT{ahead:+d}" if ahead else "Etc/GMT"  # the signs there are the other way round


def bells_of(catalogue: Catalogue) -> list[Bell]:
    """Play the session to its end, and write down what rings after the first hold has begun."""
    chat = played(catalogue, TO_THE_FIRST_HOLD)
    rung: list[Bell] = []
    rang_at: datetime | None = None
    for _ in range(MOVES_AT_MOST):
        if "session" in chat.alarms:
            list(chat.wait(chat.alarms["session"][0] - chat.now))
        else:
            list(chat.hear(RATED))
            rang_at = None
        for effect in chat.effects:
            if isinstance(effect, Show) and effect.slot == "bell":
                after_s = (chat.now - rang_at).total_seconds() if rang_at else None
                rung.append(Bell(chat.voice().page(effect).text, after_s))
                rang_at = chat.now
        if chat.talk.floor.flow != "session":
            break
    return rung
