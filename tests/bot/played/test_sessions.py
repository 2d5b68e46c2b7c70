"""The conversations of the product, played through Telegram's protocol: which requests, how many.

Time is moved by hand, so a session of minutes is played at once; the server is the strict one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.frontends.carrier import PARTY
from tests.bot.played.acting import (
    ADA,
    DAY,
    EDITS,
    MINUTE,
    SENDS,
    all_carried_out,
    come,
    kinds,
    session,
    words,
)
from tests.bot.played.stage import Stage
from tests.bot.seed import TO_THE_OFFER
from tests.botapi.server import Call

# ---- 4.1, the first day


async def test_the_first_check_takes_one_edit_for_each_tap(house: Stage) -> None:
    ada = house.api.person(ADA)
    await house.says(ada, "/start")
    await house.taps(ada, "I understand, go on")
    assert {"getMe": 1, "sendMessage": 1, "answerCallbackQuery": 1, "editMessageText": 1} == kinds(
        house.api.calls
    )
    await house.taps(ada, "7 Germany")
    await house.says(ada, "30")  # a text is answered below it, and the question above is over
    asked = kinds(house.api.calls)
    assert (2, 2, 1) == (
        asked["sendMessage"],
        asked["editMessageText"],
        asked["editMessageReplyMarkup"],
    )
    assert all_carried_out(house.api.calls)


async def test_a_session_of_six_moves_leaves_four_messages_and_keeps_the_pace(
    house: Stage,
) -> None:
    ada = await come(house, TO_THE_OFFER)
    await house.taps(ada, "Start 8 min")
    await session(house, ada)
    await house.wait(MINUTE)
    calls = house.api.calls
    assert all_carried_out(calls)
    assert 4 >= len(ada.told)
    asked = kinds(calls)
    assert {
        "sendPhoto": 1,  # one card
        "editMessageMedia": 5,  # one picture for each further move
        "answerCallbackQuery": 7,  # start, and how each move was
        "editMessageReplyMarkup": 1,  # the plan's own buttons
    } == {name: asked[name] for name in (
        "sendPhoto", "editMessageMedia", "answerCallbackQuery", "editMessageReplyMarkup",
    )}  # fmt: skip
    bells = [c for c in calls if c.method == "sendMessage" and not c.params["disable_notification"]]
    assert 15 == len(bells)
    assert 5 >= asked["deleteMessages"], "older bells go in batches"
    assert_pace(calls)


def assert_pace(calls: Sequence[Call]) -> None:
    """Hold the promises of item 4: so many in ten seconds, and so long between two looks."""
    told = [call for call in calls if call.method in (*SENDS, *EDITS, "deleteMessages")]
    for place, call in enumerate(told):
        assert 10 >= sum(other.at < call.at + 10 for other in told[place:])
    ticks = [call.at for call in told if call.method == "editMessageCaption" and is_tick(call)]
    assert all(later - sooner >= 5 for sooner, later in pairwise(ticks))
    rings = [c.at for c in told if not c.params.get("disable_notification", True)]
    assert all(later - sooner >= 10 for sooner, later in pairwise(rings))


def is_tick(call: Call) -> bool:
    return "▰" in words(call)


async def test_the_first_session_ends_with_a_flourish_and_the_second_does_not(
    house: Stage,
) -> None:
    ada = await come(house, TO_THE_OFFER)
    await house.taps(ada, "2 min")
    await session(house, ada)
    effects = [c.params["message_effect_id"] for c in house.api.calls
               if "message_effect_id" in c.params]  # fmt: skip
    assert [PARTY] == effects


async def test_a_flourish_that_is_not_known_is_left_out(house: Stage) -> None:
    ada = await come(house, TO_THE_OFFER)
    await house.taps(ada, "2 min")
    house.api.world.effects = frozenset()
    await session(house, ada)
    finished = [c for c in house.api.calls if words(c).startswith("Finished")]
    assert [400, 200] == [call.status for call in finished]
    assert "message_effect_id" not in finished[1].params


# ---- 4.2, the next day


async def test_from_the_reminder_it_takes_four_taps_to_the_first_hold(house: Stage) -> None:
    ada = await come(house, "@ well_adult_first_session\n> /reminders\n> 7:45\n> [10:00]")
    await house.says(ada, "/stop")  # come() has opened a plan for today
    house.api.calls.clear()
    await house.wait(DAY)
    rung = [call for call in house.api.calls if not call.params.get("disable_notification", True)]
    assert ["Your 8 minutes are ready."] == [words(call) for call in rung]
    house.api.calls.clear()
    for label in ("Start 8 min", "2", "None of these", "Start 8 min"):
        await house.taps(ada, label)
    asked = {"answerCallbackQuery": 4, "editMessageText": 3, "sendPhoto": 1}
    assert asked == kinds(house.api.calls)
    await house.wait(MINUTE)
    assert any("Calves up" in words(call) for call in house.api.calls)
    assert all_carried_out(house.api.calls)


# ---- a clinic's link


async def test_a_link_of_a_clinic_begins_like_any_other_start(house: Stage) -> None:
    await house.store.run(
        lambda unit: unit.add_code("k7", "k7", '{"contact": "Physio"}', house.clock.at, most_uses=1)
    )
    people = [house.api.person(number) for number in (1, 2, 3)]
    for person, start in zip(people, ("/start k7", "/start k7", "/start"), strict=True):
        await house.says(person, start)  # the second finds it used up
    assert 1 == len({words(call) for call in house.api.calls if call.method == "sendMessage"})
    (code,) = await house.store.run(lambda unit: unit.all_codes())
    assert 1 == code.uses
    await house.says(people[0], "/help")
    await house.says(people[1], "/help")
    assert [True, False] == [
        any("Your clinic: Physio" in message.words for message in person.told)
        for person in people[:2]
    ]


# ---- a language


async def test_a_stranger_is_greeted_in_a_language_we_speak(house: Stage) -> None:
    for number, code in ((1, "en-GB"), (2, "tlh"), (3, None)):
        person = house.api.person(number, language_code=code)
        await house.says(person, "/start")
        assert "Hi, I'm Limber" in person.told[-1].words
