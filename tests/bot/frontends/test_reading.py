"""Updates as they are read: nothing that may tell of pain is dropped on the way."""

from __future__ import annotations

from typing import Any

import pytest

from bot.frontends.ptb import read
from flows.heard import Command, Heard, Odd, Typed

LONG = "my back is stiff, and since this morning I have a strange feeling, and I can't pee"


@pytest.mark.parametrize(
    ("kind", "parts", "heard"),
    [
        ("edited_message", {"text": "it hurts"}, Odd(kind="edited", text="it hurts")),
        ("edited_message", {"caption": "ow"}, Odd(kind="edited", text="ow")),
        ("message", {"text": "/help " + LONG}, Command(name="help", argument=LONG)),
        ("message", {"caption": "it hurts"}, Typed(text="it hurts")),
    ],
)
def test_what_was_written_is_kept_whole(kind: str, parts: dict[str, Any], heard: Heard) -> None:
    chat = {"id": 1001, "type": "private", "first_name": "Ada"}
    message = {"message_id": 7, "date": 1_790_000_000, "chat": chat, **parts}
    assert heard == read({"update_id": 1, kind: message}).heard
