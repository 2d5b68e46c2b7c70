"""Conversations as text.  A transcript is right when replaying it writes it again.

`> text`, `> /command`, `> [button]` is the user; `> [button] (old)` taps the oldest such button,
`> (sticker)` sends something odd, `> (blocks)` and `> (returns)` are about the chat.
`<` is the bot (`<.` silent, `<*` a changed message, `<x` one removed, `(…)` a toast), `~ 20 s` lets
time pass, `! 6 min` is time in which the program was down: what was due rings late.  `=` says where
everything stands, `#` is for the reader, and `@ name` plays another transcript first, unwritten.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.content_tools.chat import Chat

UNITS = {"s": "seconds", "min": "minutes", "h": "hours", "days": "days", "day": "days"}


def replay(text: str, chat: Chat, folder: Path) -> str:
    """Play the user's half again and write down the whole conversation as it goes now.

    `folder` holds what `@ name` plays; raises NoSuchButton where nothing like it is on offer.
    """
    lines: list[str] = []
    for line in text.splitlines():
        match line[:2]:
            case "> ":
                lines += [line, *chat.hear(line[2:])]
            case "~ ":
                lines += [line, *chat.wait(span_of(line[2:]))]
            case "! ":
                lines += [line, *chat.miss(span_of(line[2:]))]
            case "@ ":
                lines.append(line)
                replay((folder / f"{line[2:]}.chat").read_text(encoding="utf-8"), chat, folder)
            case "= " | "=":
                lines.append("= " + chat.status())
            case "< " | "<." | "<*" | "<x" | "  " | "<":
                continue  # what the bot said last time; what it says now is written in its place
            case _:
                lines.append(line)
    return "\n".join(lines) + "\n"


def span_of(text: str) -> timedelta:
    number, unit = text.split()
    return timedelta(**{UNITS[unit]: float(number)})
