"""Many people at once: written into a store, or tapping away at a bot.

They all come from a few conversations played in the core, moved in time.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.content_tools.chat import Chat as Played
from bot.premises import CONTENT, master_keys
from bot.service import ALPHABET
from bot.settings import Settings
from bot.store.keys import new_key_file
from bot.store.store import Store
from bot.store.unit import Unit
from content.load import load
from tests.bench.loopback import Came, Loopback
from tests.transcript import replay

MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
NO = "None of these"
AT_ONCE = 100
BATCH = 2000  # in one transaction


@dataclass(frozen=True)
class Person:
    """A place in a conversation that can be moved in time."""

    snapshot: bytes
    alarms: dict[str, tuple[datetime, bytes]]
    now: datetime

    def at(self, now: datetime) -> Person:
        """Let all have happened so that it is now where it ended."""
        by = now - self.now

        def moved(found: re.Match[bytes]) -> bytes:
            return _written(datetime.fromisoformat(found[0].decode()) + by)

        alarms = {
            name: (due_at + by, MOMENT.sub(moved, then))
            for name, (due_at, then) in self.alarms.items()
        }
        return Person(MOMENT.sub(moved, self.snapshot), alarms, now)

    def due(self, name: str, moment: datetime) -> Person:
        """Move it so that this alarm, and no other, is due at this moment."""
        alone = replace(self, alarms={name: self.alarms[name]})
        return alone.at(self.now + (moment - self.alarms[name][0]))


def _written(moment: datetime) -> bytes:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z").encode()


def played(lines: str) -> Person:
    """Play the lines of a transcript."""
    chat = Played(load(CONTENT))
    replay(lines, chat)
    alarms = {name: (due_at, then.encode()) for name, (due_at, then) in chat.alarms.items()}
    return Person(chat.talk.model_dump_json().encode(), alarms, chat.now)


async def seeded(folder: Path, people: Sequence[Person]) -> None:
    """Write them, as chats 1, 2, 3 and so on, into the store of a Limber that does not run."""
    data, key_file = folder / "data", folder / "config" / "master.key"
    data.mkdir(parents=True, exist_ok=True)
    new_key_file(key_file)
    settings = Settings.model_construct(
        data_dir=data, key_file=key_file, master_key=None, database_url=None
    )
    store = await Store.open(settings.database, master_keys(settings))
    numbered = list(enumerate(people, 1))
    try:
        for first in range(0, len(numbered), BATCH):
            await store.run(_keep, numbered[first : first + BATCH])
    finally:
        await store.close()


def _keep(unit: Unit, people: Iterable[tuple[int, Person]]) -> None:
    for number, person in people:
        user = unit.user_of("telegram", number, day=person.now.date())
        unit.keep_talk(user, named(person.snapshot, number))
        for name, (due_at, then) in person.alarms.items():
            unit.set_alarm(user, name, due_at, then)


def named(snapshot: bytes, number: int) -> bytes:
    """Give a talk a name of its own: no two of them look alike."""
    name = "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(4))
    return json.dumps({**json.loads(snapshot), "talk": name}).encode()


@dataclass
class Tappers:
    """People who go to and fro between two questions of the check, each once they were answered.

    Every tap is a whole step: what was answered is judged, and the next question shown.
    """

    api: Loopback
    chats: Sequence[int]
    answered: int = 0
    waits: list[float] = field(default_factory=list)  # seconds from a tap to its answer
    asked_at: dict[int, float] = field(default_factory=dict)
    forth: set[int] = field(default_factory=set)  # who is to go back next
    on_answer: Callable[[int], None] = lambda _: None

    def __post_init__(self) -> None:
        self.api.on_came = self.came

    def came(self, came: Came) -> None:
        asked_at = self.asked_at.pop(came.chat, None)
        if asked_at is None:
            return
        self.answered += 1
        self.waits.append(came.at - asked_at)
        self.on_answer(came.chat)

    def begin(self, chat: int) -> None:
        self._asks(chat)
        self.api.say(chat, "/check")

    def tap(self, chat: int) -> None:
        """Answer the question with no, or go back to the one before."""
        shown = self.api.chat(chat)
        labels = ("Back", NO) if chat in self.forth else (NO, "Back")
        self.forth ^= {chat}
        data = shown.data_of(labels[0]) or shown.data_of(labels[1])
        if data is not None:
            self._asks(chat)
            self.api.tap(chat, data)

    def _asks(self, chat: int) -> None:
        self.asked_at[chat] = time.time()

    async def all_answered(self, within_s: float = 60.0) -> None:
        async with asyncio.timeout(within_s):
            while self.asked_at:  # noqa: ASYNC110 - a count that nobody announces
                await asyncio.sleep(0.01)

    async def paced(self, per_second: float, for_s: float) -> None:
        """Tap at an even pace, one chat after another, whatever comes back."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        for number in range(int(per_second * for_s)):
            if (left := begun + number / per_second - loop.time()) > 0:
                await asyncio.sleep(left)
            chat = self.chats[number % len(self.chats)]
            if chat not in self.asked_at:
                self.tap(chat)


async def begun(people: Tappers) -> None:
    """Let everybody ask for a check, so many at a time."""
    for first in range(0, len(people.chats), AT_ONCE):
        for chat in people.chats[first : first + AT_ONCE]:
            people.begin(chat)
        await people.all_answered()


def shifted(person: Person, moments: Iterable[datetime]) -> list[Person]:
    return [person.at(moment) for moment in moments]


def spread(begin: datetime, over: timedelta, count: int) -> list[datetime]:
    return [begin + over * number / count for number in range(count)]
