"""Captions: what stands under a picture or a sound, which may say less than a message alone.

Values in and text out, as in `message`.  What is folded away is shortened, line by line from its
end; the rest never is.
"""

from __future__ import annotations

from dataclasses import replace
from html import unescape

from bot.render.message import TAG, Page, Voice
from flows.base import Show

CAPTION_LIMIT = 1024  # Telegram's, after marks are read, in UTF-16 units


def captioned(voice: Voice, show: Show) -> Page | None:
    """Write a message out as a caption; None where even without its fold it says too much."""
    page = voice.page(show.model_copy(update={"fold": ()}))
    fold = [line for piece in voice.fold(show) for line in voice.told(piece).splitlines()]
    for kept in range(len(fold), -1, -1):
        text = f"{page.text}\n{voice.folded(fold[:kept])}" if kept else page.text
        if units(text) <= CAPTION_LIMIT:
            return replace(page, text=text)
    return None


def units(text: str) -> int:
    """Measure a text as Telegram does."""
    return len(unescape(TAG.sub("", text)).encode("utf-16-le")) // 2
