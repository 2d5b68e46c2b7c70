"""The transcripts of this folder: their user's half is played again, and all is written down.

The format, and how it is played, stand in `bot.content_tools.replay`: a clinician compares two
releases of the content by the same conversations.
"""

from __future__ import annotations

from pathlib import Path

from bot.content_tools import replay as player
from bot.content_tools.chat import START, Chat
from bot.content_tools.replay import span_of

FOLDER = Path(__file__).with_name("transcripts")


def replay(text: str, chat: Chat) -> str:
    """Play the user's half again and write down the whole conversation as it goes now."""
    return player.replay(text, chat, FOLDER)


__all__ = ["FOLDER", "START", "Chat", "replay", "span_of"]
