"""Sessions in real seconds: holds that end in time, a stop at any moment, blocks, impatience."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

from content.catalogue import Catalogue
from tests.bot.seed import TO_THE_FIRST_HOLD, TO_THE_OFFER, holding, played
from tests.bot.walk import SEES_S, STOP, says, spoken, taps, words
from tests.botapi.people import Person
from tests.botapi.server import BotApi, Call
from tests.transcript import Chat

EARLY_S, LATE_S = 0.05, 1.0
LEAD_IN_S = 10.0
WATCHED_S = 12.0
ANSWER_S = 2.0
OPEN = "Your session is still open"
DONE = "Done. Lie still"
OF_A_SESSION = ("Calves up", DONE, "Still there", "Get ready", "Hold 60 s", "Paused.", "How was")


async def said(api: BotApi, person: Person, wanted: str, within_s: float = SEES_S) -> Call:
    """Wait for the first request that says this."""
    await api.until(lambda: spoken(api, wanted, person.id), within_s, wanted)
    return spoken(api, wanted, person.id)[0]


def due_at(chat: Chat) -> float:
    """Tell when its hold ends, on the clock of the requests."""
    left = chat.alarms["session"][0] - datetime.now(UTC)
    return time.monotonic() + left.total_seconds()


class HoldsEnd:
    """Twelve people hold to the end; one pauses, and holds the rest after a fresh lead-in."""

    IDS = range(1001, 1013)
    # With less than ten seconds left no bell would begin the rest of the hold, and a slow start of
    # the process takes its seconds off before the pause: so this one begins with many.
    PAUSING, PAUSING_LEFT = 1013, timedelta(seconds=28)

    def people(self, catalogue: Catalogue) -> dict[int, Chat]:
        chats = {n: holding(catalogue, timedelta(seconds=12 + (n % 12) / 4)) for n in self.IDS}
        self.due = {number: due_at(chat) for number, chat in chats.items()}
        return chats | {self.PAUSING: holding(catalogue, self.PAUSING_LEFT)}

    async def play(self, api: BotApi) -> None:
        await asyncio.gather(self.resumed(api), *(self.rung(api, n) for n in self.IDS))

    async def rung(self, api: BotApi, number: int) -> None:
        person = api.person(number)
        person.room.started = True
        late_s = (await said(api, person, DONE)).at - self.due[number]
        assert -EARLY_S <= late_s <= LATE_S, number

    async def resumed(self, api: BotApi) -> None:
        ada = api.person(self.PAUSING)
        await says(ada, "pause", "Paused.")
        began = time.monotonic()
        await taps(ada, "Resume", "Get ready")
        bell = await said(api, ada, "Calves up")
        assert LEAD_IN_S - EARLY_S <= bell.at - began <= LEAD_IN_S + LATE_S
        left_s = float(next(word for word in words(bell).split() if word.isdecimal()))
        done = await said(api, ada, DONE, left_s + SEES_S)
        assert left_s - 1 <= done.at - bell.at <= left_s + LATE_S


class Stops:
    """In a lead-in, in holds that are about to end, in a pause; by button, command and word.

    Nothing of the session is begun after the stop's commit, which comes before its message.
    """

    HOWS = (f"[{STOP}]", f"[{STOP}]", "/stop", "/pain", "ow")
    IDS = range(1101, 1106)

    def people(self, catalogue: Catalogue) -> dict[int, Chat]:
        return dict(zip(self.IDS, (
            played(catalogue, TO_THE_OFFER),
            holding(catalogue, timedelta(seconds=17)),
            holding(catalogue, timedelta(seconds=17.5)),
            played(catalogue, f"{TO_THE_FIRST_HOLD}\n> [Pause]"),
            holding(catalogue, timedelta(seconds=18)),
        ), strict=True))  # fmt: skip

    async def play(self, api: BotApi) -> None:
        people = [api.person(number) for number in self.IDS]
        await says(people[0], "/start", "Good news")
        await taps(people[0], "Start 8 min", "Get ready")
        await asyncio.gather(*(says(person, "/start", OPEN) for person in people[1:]))
        pairs = zip(people, self.HOWS, strict=True)
        await asyncio.gather(*(self.stopped(api, person, how) for person, how in pairs))

    async def stopped(self, api: BotApi, person: Person, how: str) -> None:
        pressed = time.monotonic()
        await (person.taps(how[1:-1]) if how.startswith("[") else person.says(how))
        message = await person.sees("Stopped. Ease out", SEES_S, anew=True)
        at = (await said(api, person, "Stopped. Ease out")).at
        assert at - pressed <= ANSWER_S
        assert not message.silent
        await asyncio.sleep(WATCHED_S)
        late = [
            words(call) for wanted in OF_A_SESSION
            for call in spoken(api, wanted, person.id) if call.at > at
        ]  # fmt: skip
        assert [] == late, how
        assert all(STOP not in message.buttons for message in person.told)


class Blocks:
    """A block ends the session: learned by an update, and learned by a refused message."""

    TOLD, REFUSED = 1201, 1202

    def people(self, catalogue: Catalogue) -> dict[int, Chat]:
        return {n: holding(catalogue, timedelta(seconds=15)) for n in (self.TOLD, self.REFUSED)}

    async def play(self, api: BotApi) -> None:
        told, refused = api.person(self.TOLD), api.person(self.REFUSED)
        for person in (told, refused):
            await says(person, "/start", OPEN)
        await told.blocks()
        refused.room.shut = "bot was blocked by the user"
        await asyncio.sleep(WATCHED_S + 6)
        assert [] == spoken(api, DONE, told.id)
        assert 1 >= len(spoken(api, DONE, refused.id))
        for person in (told, refused):
            await person.unblocks()
            back = await person.sees("Welcome back", SEES_S, anew=True)
            assert STOP not in back.buttons


class Impatience:
    """Telegram asks for patience when the card is edited: the bell does not wait for that."""

    def people(self, catalogue: Catalogue) -> dict[int, Chat]:
        chat = holding(catalogue, timedelta(seconds=16))
        self.due = due_at(chat)
        return {1301: chat}

    async def play(self, api: BotApi) -> None:
        ada = api.person(1301)
        await says(ada, "/start", OPEN)
        wait = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 20",
                "parameters": {"retry_after": 20}}  # fmt: skip
        api.fail_next("*", status=429, body=wait, chat_id=ada.id)  # the next look at the clock
        bell = await said(api, ada, DONE)
        met = [c for c in api.calls if c.status == 429 and str(c.params["chat_id"]) == str(ada.id)]
        assert [True] == [call.method.startswith("editMessage") for call in met]
        assert met[0].at < bell.at
        assert -EARLY_S <= bell.at - self.due <= LATE_S
