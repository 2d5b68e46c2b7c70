"""The conversations of the product that go another way, played through Telegram's protocol."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tests.bot.played.acting import (
    ADA,
    EDITS,
    MINUTE,
    SECOND,
    SENDS,
    all_carried_out,
    come,
    kinds,
    said,
    words,
)
from tests.bot.played.stage import Stage
from tests.bot.seed import TO_THE_FIRST_HOLD, TO_THE_OFFER
from tests.bot.walk import STOP
from tests.botapi.people import Person
from tests.botapi.server import Call

OF_A_SESSION = ("Calves up", "Done.", "Get ready", "Hold 60 s", "Still there")
TAP = {"answerCallbackQuery": 1}


async def holding(house: Stage) -> Person:
    """Give Ada in her first hold, with its card at the bottom of the chat."""
    return await come(house, TO_THE_FIRST_HOLD)


def began(calls: Sequence[Call]) -> list[Call]:
    """Give the requests that show something of a session."""
    return [call for call in calls if any(each in words(call) for each in OF_A_SESSION)]


# ---- 4.3 an emergency


async def test_an_emergency_is_a_new_message_that_rings_and_is_pinned_silently(
    house: Stage,
) -> None:
    ada = house.api.person(ADA)
    for step in ("/start", "1", "7", "30", "2", "1"):  # the last: new chest pain
        await house.says(ada, step)
    house.api.calls.clear()
    await house.taps(ada, "Done")
    calls = house.api.calls
    new = {"sendMessage": 1, "pinChatMessage": 1, "editMessageReplyMarkup": 1}
    assert {**TAP, **new} == kinds(calls), "and the question is over"
    card = next(call for call in calls if call.method == "sendMessage")
    pin = next(call for call in calls if call.method == "pinChatMessage")
    assert "Please get emergency help now." in words(card)
    assert not card.params["disable_notification"]
    assert pin.params["disable_notification"]
    assert all_carried_out(calls)


# ---- 4.4 pain in the middle of a hold


async def test_a_stop_is_one_new_message_and_nothing_of_the_session_follows(house: Stage) -> None:
    ada = await holding(house)
    await house.taps(ada, STOP)
    calls = house.api.calls
    assert {**TAP, "sendMessage": 1, "editMessageReplyMarkup": 1} == kinds(calls)
    stop = next(call for call in calls if call.method == "sendMessage")
    assert words(stop).startswith("Stopped. Ease out")
    assert not stop.params["disable_notification"]
    assert all(STOP not in message.buttons for message in ada.told)
    await house.wait(2 * MINUTE)
    assert [] == began(calls)
    assert all_carried_out(calls)


async def test_a_stop_passes_a_chat_that_has_used_up_its_pace(house: Stage) -> None:
    ada = await holding(house)
    for word in ("hm", "hm", "hm", "hm"):  # each is answered with the card anew
        await ada.says(word)
        await house.hear()
    await ada.taps(STOP)
    await house.hear()
    pressed = house.clock.at
    await house.send()
    stop = next(call for call in house.api.calls if words(call).startswith("Stopped."))
    assert pressed.timestamp() == stop.at


# ---- 4.5 free text


async def test_ow_stops_and_anything_else_pauses_with_a_question(house: Stage) -> None:
    ada = await holding(house)
    await house.says(ada, "is this right?")
    assert ["Paused. Did something hurt?"] == [s.split("\n")[0] for s in said(house.api.calls)]
    await house.taps(ada, "No, go on")
    house.api.calls.clear()
    await house.says(ada, "ow")
    assert "Stopped. Ease out" in said(house.api.calls)[0]
    assert all_carried_out(house.api.calls)


async def test_a_pause_by_words_lets_no_clock_be_drawn_any_more(house: Stage) -> None:
    """The older card's next look at the clock would draw a running hold over the question."""
    ada = await holding(house)
    await house.says(ada, "is this right?")
    house.api.calls.clear()
    await house.wait(30 * SECOND)
    assert [] == [call for call in house.api.calls if call.method in EDITS and words(call)]
    assert "No, go on" in ada.buttons


async def test_danger_typed_in_a_hold_is_two_messages_that_ring(house: Stage) -> None:
    ada = await holding(house)
    await house.says(ada, "i can't pee")
    new = [call for call in house.api.calls if call.method in SENDS]
    assert ["Stopped. Ease", "<b>Please get"] == [words(call)[:13] for call in new]
    assert [False, False] == [call.params["disable_notification"] for call in new]
    assert "This is not what I meant" in ada.buttons


async def test_small_talk_is_answered_once(house: Stage) -> None:
    ada = await come(house, TO_THE_OFFER)
    await house.taps(ada, "Not today")
    house.api.calls.clear()
    await house.says(ada, "what's the weather")
    assert {"sendMessage": 1, "editMessageReplyMarkup": 1} == kinds(house.api.calls)
    assert "I only do backs." in words(house.api.calls[0])


async def test_what_was_opened_in_a_hold_gives_its_place_back(house: Stage) -> None:
    ada = await holding(house)
    await house.says(ada, "/settings")
    house.api.calls.clear()
    await house.taps(ada, "Done")
    assert {"editMessageText", "sendPhoto"} <= set(kinds(house.api.calls))
    assert "Settings are kept." in [words(call) for call in house.api.calls]
    assert ["Paused"] == [told.split(".")[0] for told in said(house.api.calls)]
    assert "Resume" in ada.buttons
    assert all_carried_out(house.api.calls)


# ---- 4.6 silence


async def test_silence_under_something_open_closes_the_session_without_a_word(house: Stage) -> None:
    ada = await holding(house)
    await house.taps(ada, "Pause")
    await house.says(ada, "/today")
    house.api.calls.clear()
    await house.wait(20 * MINUTE)
    assert [] == [call for call in house.api.calls if call.method in SENDS]
    await house.taps(ada, "Close")
    assert "Start" in ada.buttons


async def test_silence_after_a_move_sends_nothing_new(house: Stage) -> None:
    ada = await holding(house)
    await house.wait(70 * SECOND)
    house.api.calls.clear()
    await house.wait(3 * MINUTE)
    assert {"editMessageCaption": 1} == kinds(house.api.calls)
    assert "Still there? I've paused." in words(house.api.calls[0])
    house.api.calls.clear()
    await house.wait(12 * MINUTE)
    assert {"editMessageReplyMarkup": 1} == kinds(house.api.calls), "the card loses its buttons"
    assert [] == ada.buttons


# ---- 4.7 doubled and old buttons


async def test_the_second_press_of_a_button_says_so_and_does_nothing(house: Stage) -> None:
    ada = await holding(house)
    card = next(message for message in reversed(ada.told) if STOP in message.buttons)
    data = card.button("Pause")["callback_data"]
    await ada.sends_data(data, card)
    await house.goes_on()
    house.api.calls.clear()
    tap = await ada.sends_data(data, card)
    await house.goes_on()
    assert TAP == kinds(house.api.calls)
    assert {"text": "Already done.", "show_alert": False} == tap.answer


async def test_an_old_button_brings_the_card_to_the_bottom_silently(house: Stage) -> None:
    ada = await holding(house)
    card = next(message for message in reversed(ada.told) if STOP in message.buttons)
    data = card.button("Pause")["callback_data"]
    for label in ("Pause", "Resume", "Pause"):
        await house.taps(ada, label)
    house.api.calls.clear()
    tap = await ada.sends_data(data, card)
    await house.goes_on()
    assert {**TAP, "sendPhoto": 1, "editMessageReplyMarkup": 1} == kinds(house.api.calls)
    assert (tap.answer or {})["show_alert"]
    shown = next(call for call in house.api.calls if call.method == "sendPhoto")
    assert shown.params["disable_notification"]
    assert 1 == sum(STOP in message.buttons for message in ada.told)


async def test_a_stop_on_an_old_card_stops(house: Stage) -> None:
    ada = await holding(house)
    card = next(message for message in reversed(ada.told) if STOP in message.buttons)
    data = card.button(STOP)["callback_data"]
    for label in ("Pause", "Resume"):
        await house.taps(ada, label)
    house.api.calls.clear()
    await ada.sends_data(data, card)
    await house.goes_on()
    assert "Stopped. Ease out" in said(house.api.calls)[0]


# ---- 4.8 away in the middle of a hold


async def test_back_within_the_hold_nothing_is_said_and_it_ends_in_time(house: Stage) -> None:
    await holding(house)
    house.clock.at += 20 * SECOND  # nothing runs meanwhile
    await house.wait(1 * SECOND)
    assert [] == said(house.api.calls)
    await house.wait(40 * SECOND)
    assert ["Done. Lie still a moment."] == said(house.api.calls)


async def test_back_a_minute_late_it_rings_at_once_with_an_apology(house: Stage) -> None:
    await holding(house)
    house.clock.at += 110 * SECOND
    await house.wait(1 * SECOND)
    new = next(call for call in house.api.calls if call.method in SENDS)
    assert "I was slow. Relax." in words(new)
    assert not new.params["disable_notification"]


async def test_back_much_later_it_asks_whether_to_go_on(house: Stage) -> None:
    ada = await holding(house)
    house.clock.at += 7 * MINUTE
    await house.wait(1 * SECOND)
    assert ["I was away for 6 minutes, sorry."] == said(house.api.calls)
    assert [STOP, "Go on", "Finish"] == ada.buttons


# ---- 4.9 a block


async def test_a_block_ends_all_and_a_return_finds_the_place(house: Stage) -> None:
    ada = await holding(house)
    await ada.blocks()
    await house.goes_on()
    house.api.calls.clear()
    await house.wait(timedelta(days=3))
    assert {} == kinds(house.api.calls)
    await ada.unblocks()
    await house.goes_on()
    assert "Welcome back." in said(house.api.calls)[0]


async def test_a_refused_message_is_tried_no_more(house: Stage) -> None:
    ada = await holding(house)
    ada.room.shut = "bot was blocked by the user"
    await house.wait(5 * MINUTE)
    assert 2 >= len(house.api.calls)
    assert {403} == {call.status for call in house.api.calls}


# ---- 4.10 a group


async def test_a_group_gets_one_line_without_a_button_of_health(house: Stage) -> None:
    ada, backs = house.api.person(ADA), house.api.group()
    house.api.calls.clear()
    await backs.adds_bot(ada)
    await house.goes_on()
    assert {"sendMessage": 1, "leaveChat": 1} == kinds(house.api.calls)
    assert [["Open private chat"]] == backs.told[0].rows


# ---- 4.11 the end


async def test_a_deletion_takes_two_taps_and_takes_the_messages_along(house: Stage) -> None:
    ada = await holding(house)
    told = len(ada.told)
    await house.says(ada, "/delete")
    await house.taps(ada, "Delete everything")
    await house.wait(MINUTE)
    assert [True] == ["Erased at" in message.words for message in ada.told]
    gone = [c.params["message_ids"] for c in house.api.calls if c.method == "deleteMessages"]
    assert told <= sum(map(len, gone))
    assert all_carried_out(house.api.calls)


# ---- 4.12 patience


async def test_patience_asked_of_the_card_keeps_no_bell_waiting(house: Stage) -> None:
    ada = await holding(house)
    wait = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 60",
            "parameters": {"retry_after": 60}}  # fmt: skip
    house.api.fail_next("*", status=429, body=wait, chat_id=ada.id)
    await house.wait(61 * SECOND)
    met = next(call for call in house.api.calls if call.status == 429)
    bell = next(call for call in house.api.calls if words(call).startswith("Done. Lie"))
    assert met.method in EDITS
    assert [200, False] == [bell.status, bell.params["disable_notification"]]
    between = [c for c in house.api.calls if met.at < c.at < met.at + 60 and c.method in EDITS]
    assert [] == between
