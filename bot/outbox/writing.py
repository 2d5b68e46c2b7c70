"""A letter written out as it leaves: its page, its picture or sound, the data of its buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.outbox.letter import Letter
from bot.ports import Outgoing, Sounding
from bot.render.caption import captioned
from bot.render.message import Button, Page, Voice, plain
from bot.store.waiting import Waiting
from content.schema import Words
from flows.base import Show


def written(
    row: Waiting, letter: Letter, show: Show, standing: int | None,
    words: Mapping[str, Words], now: datetime, wanted: Callable[[], bool],
) -> Outgoing:  # fmt: skip
    """Write out what is to be shown; `standing` is the message in its slot."""
    voice = Voice(
        letter.language, words, now, zone=letter.zone, bars=letter.bars, helper=letter.helper
    )
    has_caption = show.figure is not None or show.sound is not None
    caption = captioned(voice, show) if has_caption else None
    counts = show.countdown
    return Outgoing(
        chat_id=row.chat_id,
        page=_tappable(caption or voice.page(show), letter),
        figure=show.figure if caption else None,
        motion=show.motion,
        sound=_sounding(voice, show, letter) if caption else None,
        countdown=(counts.begins_at, counts.ends_at) if counts else None,
        silent=show.silent,
        pin=show.pin,
        cheer=show.cheer,
        protect=letter.protect,
        replaces=standing,
        change=row.how == "change" and standing is not None,
        wanted=wanted,
    )


def _sounding(voice: Voice, show: Show, letter: Letter) -> Sounding | None:
    sound = show.sound
    if sound is None:
        return None
    lost = voice.page(show.model_copy(update={"text": (sound.lost,), "fold": ()}))
    title = plain(voice, sound.title)
    return Sounding(sound.cues, sound.seconds, title, _tappable(lost, letter))


def _tappable(page: Page, letter: Letter) -> Page:
    """Give the buttons their talk and turn."""
    buttons = tuple(
        tuple(Button(each.label, letter.callback(each.tap), each.style) for each in row)
        for row in page.buttons
    )
    return Page(page.text, buttons)
