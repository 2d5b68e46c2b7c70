"""Killed as by a power cut: nothing is lost, and at most one message is doubled each time."""

from __future__ import annotations

import asyncio
import random
import time
from datetime import timedelta

from content.catalogue import Catalogue
from tests.bot.conftest import Serve
from tests.bot.process import Limber, becomes
from tests.bot.seed import TO_THE_OFFER, holding, played
from tests.bot.walk import SEES_S, STOP, says, spoken, taps
from tests.botapi.people import Person
from tests.botapi.server import BotApi

LATE_S = 1.0
HANGS_S = 3.5  # shorter than a request may take
DOWN_S = 7.0
ROUNDS = 4
LONGEST_S = 0.03  # an update is answered within this


def times_told(person: Person, wanted: str) -> int:
    return sum(wanted in message.words for message in person.told)


async def given(api: BotApi) -> None:
    """Wait until the update has been handed to Limber, to the turn of the loop."""
    await becomes(lambda: any(waiting.given for waiting in api.world.updates.queue))


async def met(api: BotApi) -> None:
    """Wait until every ordered fault has met its request."""
    await becomes(lambda: not api.faults.ordered)


def arrived(api: BotApi, person: Person, wanted: str) -> int:
    """Count the new messages that came, whatever they were changed to since."""
    calls = [call for call in spoken(api, wanted, person.id) if call.method.startswith("send")]
    return sum(call.took_effect for call in calls)


async def test_killed_somewhere_between_an_update_and_its_answer(
    api: BotApi, limber: Limber, serving: Serve, catalogue: Catalogue
) -> None:
    """The first kill comes before the commit; the others anywhere until after the answer."""
    chance = random.Random(20261122)  # noqa: S311 - moments, not secrets
    await serving({1001: played(catalogue, TO_THE_OFFER)})
    ada = api.person()
    for number in range(ROUNDS):
        await ada.says(f"/round{number}")
        await given(api)
        if number:
            await asyncio.sleep(chance.uniform(0, LONGEST_S))
        await limber.kill()
        await limber.serve(api)
        await ada.sees(f"/round{number}", SEES_S)
        await asyncio.sleep(0.2)
    await says(ada, "/last", "I don't know /last")
    assert all(1 <= times_told(ada, f"/round{n}.") <= 2 for n in range(ROUNDS))
    assert 1 == times_told(ada, "/last.")


async def test_killed_before_the_message_arrives_it_is_sent_once(
    api: BotApi, limber: Limber, serving: Serve, catalogue: Catalogue
) -> None:
    await serving({1001: played(catalogue, TO_THE_OFFER)})
    ada = api.person()
    api.fail_next("sendMessage", delay_s=1.0, drop=True)
    await ada.says("/nowhere")
    await met(api)
    await limber.kill()
    await limber.serve(api)
    await ada.sees("/nowhere", SEES_S)
    await says(ada, "/last", "I don't know /last")
    assert 1 == times_told(ada, "/nowhere")


async def test_killed_between_a_send_and_its_record_one_message_is_doubled(
    api: BotApi, limber: Limber, serving: Serve, catalogue: Catalogue
) -> None:
    """An answer, and the stop of a session: both come once more, and nothing else does."""
    hold = holding(catalogue, timedelta(seconds=40))
    await serving({1001: played(catalogue, TO_THE_OFFER), 1002: hold})
    ada, bo = api.person(1001), api.person(1002)
    await says(ada, "/start", "Good news")
    await says(bo, "/start", "Your session is still open")
    await says(ada, "/first", "I don't know /first")  # the books are made for the first text
    for person in (ada, bo):
        api.fail_next("sendMessage", delay_s=HANGS_S, when="after", chat_id=person.id)
    await ada.says("/nowhere")
    await bo.taps(STOP)
    await ada.sees("/nowhere", SEES_S)
    await bo.sees("Stopped.", SEES_S)
    await limber.kill()
    await limber.serve(api)
    await api.until(lambda: arrived(api, bo, "Stopped.") > 1, SEES_S, "the stop, told again")
    await says(ada, "/last", "I don't know /last")
    await taps(bo, "3", "new")
    assert (2, 2) == (arrived(api, ada, "/nowhere"), arrived(api, bo, "Stopped."))
    assert 1 == times_told(ada, "/last.")


async def test_killed_with_messages_waiting_they_all_go_out(
    api: BotApi, limber: Limber, serving: Serve, catalogue: Catalogue
) -> None:
    """More commands than a chat may be sent at once: what waits is committed, and kept."""
    await serving({1001: played(catalogue, TO_THE_OFFER)})
    ada = api.person()
    for number in range(7):
        await ada.says(f"/round{number}")
    await api.until(lambda: times_told(ada, "/round0."), SEES_S, "the first")
    await limber.kill()
    assert times_told(ada, "/round6.") == 0, "it was to wait"
    await limber.serve(api)
    await ada.sees("/round6.", SEES_S)
    counts = [times_told(ada, f"/round{n}.") for n in range(7)]
    assert all(counts)
    assert sum(counts) <= 8


async def test_killed_in_a_hold_it_rings_in_time_or_says_that_it_was_slow(
    api: BotApi, limber: Limber, serving: Serve, catalogue: Catalogue
) -> None:
    began, monotonic = time.time(), time.monotonic()
    in_time = holding(catalogue, timedelta(seconds=11))
    late = holding(catalogue, timedelta(seconds=3))
    due = in_time.alarms["session"][0].timestamp()
    await serving({1001: in_time, 1002: late})
    ada, bo = api.person(1001), api.person(1002)
    for person in (ada, bo):
        person.room.started = True
    await limber.kill()
    await asyncio.sleep(max(0.0, DOWN_S - (time.monotonic() - monotonic)))
    await limber.serve(api)
    slow = await bo.sees("I was slow", SEES_S)
    assert not slow.silent
    bell = await ada.sees("Done. Lie still", SEES_S)
    call = spoken(api, "Done.", 1001)[0]
    assert -0.05 <= call.at - monotonic + began - due <= LATE_S
    assert "slow" not in bell.words
    for person in (ada, bo):
        await person.sees("How was that", SEES_S)
        assert 1 == times_told(person, "Done. Lie still")
    await taps(ada, "Right", "2 of 6")
    assert 1 == times_told(ada, "2 of 6")
