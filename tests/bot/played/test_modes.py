"""Settings, as Telegram sees them: little data, a screen reader, quiet, no copies, lock screens."""

from __future__ import annotations

from datetime import timedelta

from tests.bot.played.acting import (
    EDITS,
    MINUTE,
    SECOND,
    SENDS,
    all_carried_out,
    come,
    kinds,
    said,
    session,
    words,
)
from tests.bot.played.stage import Stage
from tests.bot.seed import TO_THE_OFFER
from tests.bot.walk import STOP

LITTLE_BYTES = 60_000
SLOW = 50  # per cent: with a long lead-in over ten minutes


async def test_ten_minutes_of_text_take_less_than_60_kb(house: Stage) -> None:
    ada = await come(house, TO_THE_OFFER, pictures=False, speed_percent=SLOW, lead_in_s=30)
    began = house.clock.at
    await house.taps(ada, next(label for label in ada.buttons if label.startswith("Start")))
    await session(house, ada)
    assert house.clock.at - began >= 10 * MINUTE
    assert 10_000 < sum(house.sizes) < LITTLE_BYTES
    assert {"sendPhoto", "editMessageMedia"}.isdisjoint(kinds(house.api.calls))
    assert not any("▰" in words(call) or "▱" in words(call) for call in house.api.calls)


async def test_a_screen_reader_gets_new_messages_and_never_an_edit(house: Stage) -> None:
    ada = await come(house, TO_THE_OFFER, screen_reader=True)
    tap = await ada.taps("Start 8 min")
    await house.goes_on()
    card = next(call for call in house.api.calls if call.method == "sendPhoto")
    assert f"\n1 {STOP}\n02 Back\n03 Pause\n04 Skip" in words(card)
    await house.says(ada, "03")  # a pause, by its number
    await ada.sends_data((await last_data(house, "Resume")), ada.told[-1])
    await house.goes_on()
    await session(house, ada)
    assert tap.answer is not None
    assert set(EDITS).isdisjoint(kinds(house.api.calls))
    assert not any("▰" in words(call) for call in house.api.calls)
    assert all_carried_out(house.api.calls)


async def last_data(house: Stage, label: str) -> str:
    person = house.api.person()
    message = next(m for m in reversed(person.told) if label in m.buttons)
    data: str = message.button(label)["callback_data"]
    return data


async def test_a_screen_reader_gets_alerts_for_toasts(house: Stage) -> None:
    ada = await come(house, TO_THE_OFFER, screen_reader=True)
    data = await last_data(house, "Start 8 min")
    await ada.sends_data(data, ada.told[-1])
    await house.goes_on()
    tap = await ada.sends_data(data, ada.told[-1])
    await house.goes_on()
    assert {"text": "Already done.", "show_alert": True} == tap.answer


async def test_quiet_bells_come_without_a_sound_and_a_stop_with_one(house: Stage) -> None:
    ada = await come(house, TO_THE_OFFER, quiet=True)
    await house.taps(ada, "Start 8 min")
    assert "🔕 Quiet is on" in said(house.api.calls)[0]
    await house.wait(80 * SECOND)
    new = [call for call in house.api.calls if call.method in SENDS]
    assert 3 == len(new)
    assert all(call.params["disable_notification"] for call in new)
    await house.taps(ada, STOP)
    stop = next(call for call in house.api.calls if words(call).startswith("Stopped."))
    assert not stop.params["disable_notification"]


async def test_no_copies_can_be_made_of_what_is_protected(house: Stage) -> None:
    ada = await come(house, TO_THE_OFFER, protect=True)
    await house.taps(ada, "Start 8 min")
    await house.wait(80 * SECOND)
    assert all(c.params["protect_content"] for c in house.api.calls if c.method in SENDS)


async def test_what_nobody_asked_for_hides_its_words_from_a_lock_screen(house: Stage) -> None:
    ada = await come(house, TO_THE_OFFER)
    await house.taps(ada, "2 min")
    await session(house, ada)
    house.api.calls.clear()
    await house.wait(timedelta(hours=3))
    late = next(call for call in house.api.calls if call.method in SENDS)
    shown, hidden = words(late).split("\n", 1)
    assert "Limber would like to ask you something." == shown
    assert hidden.startswith("<tg-spoiler>How strong is it now")
    assert all(line.startswith("<tg-spoiler>") for line in hidden.splitlines())
    assert all_carried_out([late])
