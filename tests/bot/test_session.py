"""Sessions in real seconds: holds that end in time, a stop at any moment, blocks, impatience."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

from content.catalogue import Catalogue
from tests.bot.conftest import Serve
from tests.bot.process import Limber
from tests.bot.seed import TO_THE_FIRST_HOLD, TO_THE_OFFER, holding, played
from tests.bot.walk import SEES_S, STOP, says, spoken, taps, words
from tests.botapi.people import Person
from tests.botapi.server import BotApi, Call

LATE_S = 1.0
LEAD_IN_S = 10.0
WATCHED_S = 12.0
ANSWER_S = 2.0
BELLS = ("Calves up", "Done. Lie still", "Still there")
CARDS = ("Get ready", "Hold 60 s", "Paused.", "How was that")


def sends(api: BotApi, chat_id: int, wanted: str) -> list[Call]:
    return spoken(api, wanted, chat_id)


async def sent(api: BotApi, chat_id: int, wanted: str, within_s: float = SEES_S) -> Call:
    await api.until(lambda: sends(api, chat_id, wanted), within_s, wanted)
    return sends(api, chat_id, wanted)[0]


async def test_hold_ends_are_at_most_a_second_late(
    api: BotApi, serving: Serve, catalogue: Catalogue
) -> None:
    """Twelve people hold; one of them pauses, and holds the rest after a fresh lead-in."""
    lefts = {1001 + n: timedelta(seconds=8 + n / 4) for n in range(12)}
    began, monotonic = time.time(), time.monotonic()
    lefts[1012] = timedelta(seconds=14)  # with less than ten, no bell would begin the rest of it
    chats = {number: holding(catalogue, left) for number, left in lefts.items()}
    due = {number: chat.alarms["session"][0].timestamp() for number, chat in chats.items()}
    await serving(chats)
    pausing = api.person(1012)
    for number in lefts:
        api.person(number).room.started = True
    await says(pausing, "pause", "Paused.")
    pending = [n for n in lefts if n != pausing.id]
    rung = await asyncio.gather(*(sent(api, n, "Done. Lie still") for n in pending))
    late = [call.at - monotonic + began - due[n] for n, call in zip(pending, rung, strict=True)]
    assert all(-0.05 <= each <= LATE_S for each in late), late

    await taps(pausing, "Resume", "Get ready")
    resumed = (await sent(api, 1012, "Get ready")).at
    up = (await sent(api, 1012, "Calves up")).at
    assert LEAD_IN_S - 0.5 <= up - resumed <= LEAD_IN_S + LATE_S
    told = words(await sent(api, 1012, "Calves up"))
    left_s = float(next(word for word in told.split() if word.isdecimal()))
    done = (await sent(api, 1012, "Done. Lie still")).at
    assert left_s - 0.5 <= done - up <= left_s + LATE_S


async def test_a_stop_is_obeyed_at_any_moment(
    api: BotApi, serving: Serve, catalogue: Catalogue
) -> None:
    """In a lead-in, in holds that are about to end, in a pause; by button, command and word."""
    await serving({
        1001: played(catalogue, TO_THE_OFFER),
        1002: holding(catalogue, timedelta(seconds=8)),
        1003: holding(catalogue, timedelta(seconds=8.5)),
        1004: played(catalogue, f"{TO_THE_FIRST_HOLD}\n> [Pause]"),
        1005: holding(catalogue, timedelta(seconds=9)),
    })  # fmt: skip
    people = [api.person(number) for number in range(1001, 1006)]
    await says(people[0], "/start", "Good news")
    await taps(people[0], "Start 8 min", "Get ready")
    await asyncio.gather(*(says(p, "/start", "Your session is still open") for p in people[1:]))

    async def stops(person: Person, how: str) -> float:
        if how.startswith("["):
            await person.taps(how[1:-1])
        else:
            await person.says(how)
        await person.sees("Stopped. Ease out", SEES_S, anew=True)
        return (await sent(api, person.id, "Stopped. Ease out")).at

    hows = (f"[{STOP}]", f"[{STOP}]", "/stop", "/pain", "ow")
    pressed = time.monotonic()
    stopped_at = await asyncio.gather(*map(stops, people, hows))
    assert max(stopped_at) - pressed <= ANSWER_S
    await asyncio.sleep(WATCHED_S)
    for person, at in zip(people, stopped_at, strict=True):
        late = [
            words(call) for wanted in (*BELLS, *CARDS)
            for call in sends(api, person.id, wanted) if call.at > at
        ]  # fmt: skip
        assert [] == late, person.id
        assert not (await person.sees("Stopped.")).silent
        assert all(STOP not in message.buttons for message in person.told)


async def test_a_block_ends_the_session(
    api: BotApi, limber: Limber, serving: Serve, catalogue: Catalogue
) -> None:
    """Learned by an update, and learned by a refused message."""
    await serving({
        1001: holding(catalogue, timedelta(seconds=4)),
        1002: holding(catalogue, timedelta(seconds=4)),
    })  # fmt: skip
    told, refused = api.person(1001), api.person(1002)
    for person in (told, refused):
        await says(person, "/start", "Your session is still open")
    await told.blocks()
    refused.room.shut = "bot was blocked by the user"
    await asyncio.sleep(WATCHED_S / 2)
    assert [] == sends(api, told.id, "Done. Lie still")
    assert 1 == len(sends(api, refused.id, "Done. Lie still"))
    for person in (told, refused):
        await person.unblocks()
        back = await person.sees("Welcome back", SEES_S, anew=True)
        assert STOP not in back.buttons
    assert "not_delivered" not in limber.errors


async def test_impatience_about_an_edit_keeps_no_bell_waiting(
    api: BotApi, serving: Serve, catalogue: Catalogue
) -> None:
    chat = holding(catalogue, timedelta(seconds=12))
    began, monotonic = time.time(), time.monotonic()
    await serving({1001: chat})
    ada = api.person(1001)
    await says(ada, "/start", "Your session is still open")
    wait = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 20",
            "parameters": {"retry_after": 20}}  # fmt: skip
    api.fail_next("*", status=429, body=wait, chat_id=1001)  # the first look at the clock
    bell = await sent(api, 1001, "Done. Lie still")
    refused = [call for call in api.calls if call.status == 429]
    assert [True] == [call.method.startswith("editMessage") for call in refused]
    assert refused[0].at < bell.at
    due = chat.alarms["session"][0].timestamp()
    assert -0.05 <= bell.at - monotonic + began - due <= LATE_S


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
    await bo.taps(STOP)
    await bo.sees("Stopped.", SEES_S, anew=True)
    assert time.monotonic() - pressed <= ANSWER_S
