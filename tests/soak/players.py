"""What people do in a soak: they rate their moves, stop at some moment, write, block and return.

Nobody taps the same button twice before something has changed, and nobody waits for Limber: who
does not see an answer goes on looking.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.bot.walk import STOP
from tests.botapi.people import Person
from tests.botapi.server import BotApi
from tests.soak.population import LEAVING, STRETCHING, WRITING, Population

LOOKS_S = 0.5
RATE_AGAIN_S = 15.0  # the tap may have met a card that was just being changed
WRITES_S = (1.5, 4.5)
PATIENT_S = 30.0
AWAY_S = (5.0, 12.0)
DOUBLED, LATE = 0.05, 0.05  # of what is written: told twice, or told with an older number
MUTE = str.maketrans("0123456789", "bcdfghjklm")
OLDER = 600_000_000  # a number that was not given before

Json = dict[str, Any]
NOT_FOUND = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}


@dataclass
class Said:
    """What was asked of Limber, to be looked for in its answers."""

    words: dict[int, dict[str, float]] = field(default_factory=dict)  # by chat: when
    stopped: dict[int, str] = field(default_factory=dict)  # by chat: how
    older: int = OLDER

    def ask(self, chat_id: int, words: str) -> None:
        self.words.setdefault(chat_id, {})[words] = time.monotonic()


@dataclass
class Players:
    api: BotApi
    met: Population
    chance: Random
    lasts_s: float
    said: Said = field(default_factory=Said)

    def begin(self) -> list[asyncio.Task[None]]:
        for number in self.met.chats:
            self.api.person(number).room.started = True
        plays = [self.stretches(self.api.person(n)) for n in self.met.numbers(STRETCHING)]
        plays += [self.writes(self.api.person(n)) for n in self.met.numbers(WRITING)]
        plays += [self.leaves(self.api.person(n)) for n in self.met.numbers(LEAVING)]
        return [asyncio.create_task(play) for play in plays]

    async def stretches(self, person: Person) -> None:
        """Say how each move was; stop somewhere, by button, command or word."""
        loop = asyncio.get_running_loop()
        stops_at = loop.time() + self.chance.uniform(5, 1.3 * self.lasts_s)
        rated, rated_at = (0, 0), 0.0
        while loop.time() < stops_at:
            await asyncio.sleep(LOOKS_S)
            card = next((m for m in reversed(person.told) if "Right" in m.buttons), None)
            if card is None:
                continue
            seen = (card.message_id, card.edits)
            if seen != rated or loop.time() - rated_at > RATE_AGAIN_S:
                rated, rated_at = seen, loop.time()
                await person.taps("Right", card)
        await self.stops(person)

    async def stops(self, person: Person) -> None:
        has_button = any(STOP in message.buttons for message in person.told)
        how = self.chance.choice(["button", "/stop", "ow"] if has_button else ["/stop", "ow"])
        if how == "button":
            await person.taps(STOP)
        else:
            await person.says(how)
        self.said.stopped[person.id] = how

    async def writes(self, person: Person) -> None:
        """Write something new each time, now and then told twice or out of order."""
        words = ""
        for number in range(1_000_000):
            await self.waits(person, words)
            words = command("w", person.id, number)
            self.said.ask(person.id, words)
            dice = self.chance.random()
            if dice < LATE:
                self.said.older += 1
                await self.api.push({"update_id": self.said.older, "message": raw(person, words)})
                continue
            await person.says(words)
            if dice < LATE + DOUBLED and (update := self._update_of(words)) is not None:
                await self.api.push(update)

    async def waits(self, person: Person, words: str) -> None:
        """Wait for the answer, though not for ever, and think for a while."""
        if words:
            await self.is_answered(person, words)
        await asyncio.sleep(self.chance.uniform(*WRITES_S))

    def _update_of(self, words: str) -> Json | None:
        queue = self.api.world.updates.queue
        found = (w.update for w in queue if w.update.get("message", {}).get("text") == words)
        return next(found, None)

    async def leaves(self, person: Person) -> None:
        """Block, or be gone for a while; come back, write; again and again.

        Nobody leaves before the answer to what was written last: it would be owed to nobody.
        """
        written = 0
        for number in range(1_000_000):
            await asyncio.sleep(self.chance.uniform(*AWAY_S))
            if number % 2:
                self.api.fail_next("*", status=400, body=NOT_FOUND, chat_id=person.id)
                await person.says(command("l", person.id, number))
                while any(f.chat_id == person.id for f in self.api.faults.ordered):  # noqa: ASYNC110 - nobody tells
                    await asyncio.sleep(LOOKS_S)
                await asyncio.sleep(self.chance.uniform(*AWAY_S))
            else:
                await person.blocks()
                await asyncio.sleep(self.chance.uniform(*AWAY_S))
                await person.unblocks()
            is_answered = False
            while not is_answered:
                words = command("b", person.id, written)
                written += 1
                self.said.ask(person.id, words)
                await person.says(words)
                is_answered = await self.is_answered(person, words)

    async def is_answered(self, person: Person, words: str) -> bool:
        """Wait for the answer, though not for ever."""
        try:
            await person.sees(f"{words}.", PATIENT_S)
        except AssertionError:
            return False
        return True


def command(letter: str, *numbers: int) -> str:
    """Make up a command that says nothing: no vowels, and no numbers, which may be a fever."""
    return f"/{letter}{'z'.join(str(number) for number in numbers)}".translate(MUTE)


def raw(person: Person, text: str) -> Json:
    return {
        "message_id": 9000, "date": 1, "chat": {"id": person.id, "type": "private"},
        "from": person.user, "text": text,
        "entities": [{"type": "bot_command", "offset": 0, "length": len(text)}],
    }  # fmt: skip
