"""Captions: as long as Telegram allows, and no shorter."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.render.caption import CAPTION_LIMIT, captioned, units
from bot.render.message import Voice
from content.schema import Words
from flows.base import Show, said
from tests.flows.session.player import Player, content, step

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LINE = "x" * 99
WORDS: dict[str, Words] = {"en": {"long": (LINE,) * 12, "more": "the end", "huge": "y" * 2000}}


def show(*fold: str, text: str = "more") -> Show:
    return Show(
        slot="card", how="fresh", text=(said(text),), fold=tuple(map(said, fold)), figure="x"
    )


def voice() -> Voice:
    return Voice("en", WORDS, NOW)


def test_what_fits_is_said_whole() -> None:
    player = Player(step("single_knee_to_chest"))
    spoken = Voice("en", content().words, NOW)

    assert captioned(spoken, player.card) == spoken.page(player.card)


def test_the_fold_is_shortened_by_lines_from_its_end() -> None:
    page = captioned(voice(), show("long", "more"))

    assert page is not None
    assert CAPTION_LIMIT - 102 < units(page.text) <= CAPTION_LIMIT
    assert 9 == page.text.count("x" * 99)
    assert page.text.endswith("</blockquote>")


def test_length_is_counted_as_telegram_counts() -> None:
    assert 120 == units("😀" * 60)
    assert 5 == units("<b>a</b> &amp; b")


def test_what_is_too_long_without_its_fold_is_no_caption() -> None:
    assert captioned(voice(), show("more", text="huge")) is None
