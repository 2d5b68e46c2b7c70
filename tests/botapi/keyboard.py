"""Keyboards below messages, held to Telegram's limits."""

from __future__ import annotations

import re
from typing import Any

from tests.botapi.markup import units
from tests.botapi.refusal import Refused

Row = list[dict[str, Any]]
STYLES = {"danger", "success", "primary"}
LOOKS = {"text", "style", "icon_custom_emoji_id"}
MOST_BUTTONS, MOST_IN_A_ROW, DATA_BYTES, COPY_UNITS = 100, 8, 64, 256


def inline(markup: dict[str, Any] | None) -> list[Row]:
    """Give the rows of an inline keyboard; none when there is none, or none that stays."""
    if not markup or "inline_keyboard" not in markup:
        return []
    rows: list[Row] = [row for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise Refused("reply markup is too long")
    for row in rows:
        if len(row) > MOST_IN_A_ROW:
            raise Refused(f"a row of {len(row)} buttons; at most {MOST_IN_A_ROW} are shown")
        for button in row:
            check_button(button)
    return rows


def check_button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise Refused("can't parse inline keyboard button: Text must be non-empty")
    acts = set(button) - LOOKS
    if not acts:
        raise Refused("can't parse inline keyboard button: Text buttons are unallowed in it")
    if len(acts) > 1:
        raise Refused(f"can't parse inline keyboard button: one of {sorted(acts)} only")
    if button.get("style", "primary") not in STYLES:
        raise Refused("can't parse inline keyboard button: invalid button style specified")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA_BYTES:
        raise Refused("BUTTON_DATA_INVALID")
    if "url" in button and not re.match(r"(https?|tg)://[^\s/]+", button["url"]):
        raise Refused(f"inline keyboard button URL {button['url']!r} is invalid")
    if "copy_text" in button and not 1 <= units(button["copy_text"]["text"]) <= COPY_UNITS:
        raise Refused("BUTTON_COPY_TEXT_INVALID")
