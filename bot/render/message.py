"""What is to be said, written out: sentences found, gaps filled, marks kept, all else escaped.

Two ways of writing: for Telegram, HTML with the few marks it knows; plain, for a terminal.
Values in and text out; the moment is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from html import escape
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale

from content.schema import Words
from flows.base import Choice, Countdown, Moment, Said, Show, Style, said

GAP = re.compile(r"\{(\w+)\}")
MARK = re.compile(r"&lt;(/?[bi])&gt;")
TAG = re.compile(r"<[^>]+>")
BAR_CELLS = 10
TEXT_LIMIT = 4096  # Telegram's, after marks are read

Way = Literal["telegram", "plain"]


@dataclass(frozen=True)
class Button:
    label: str
    tap: str
    style: Style


@dataclass(frozen=True)
class Page:
    """A message written out: HTML or plain text, and rows of buttons."""

    text: str
    buttons: tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Voice:
    """One language and one way of writing, at one moment; what it lacks is said in English."""

    language: str
    words: Mapping[str, Words]
    now: datetime
    way: Way = "telegram"
    zone: str | None = None
    bars: bool = True

    def page(self, show: Show) -> Page:
        paragraphs = [self.told(piece) for piece in show.text]
        if show.countdown is not None and self.now < show.countdown.ends_at:
            paragraphs.append(self.counted(show.countdown))
        if show.fold:
            paragraphs.append(self.folded([self.told(piece) for piece in show.fold]))
        rows = tuple(tuple(self.button(choice) for choice in row) for row in show.rows)
        return Page("\n".join(line for line in paragraphs if line), rows)

    def told(self, piece: Said) -> str:
        """One sentence with its gaps filled."""
        text = self.sentence(piece)
        return GAP.sub(lambda gap: self.value(piece, gap[1]), text)

    def sentence(self, piece: Said) -> str:
        found = self.words[self.language].get(piece.key)
        if found is None:
            found = self.words["en"].get(piece.key, piece.key)
        if isinstance(found, Mapping):
            number = piece.args.get("n", 0)
            form = _plural(self.language)(number if isinstance(number, int) else 0)
            found = found.get(form) or found["other"]
        if not isinstance(found, str):
            found = "\n".join(f"• {line}" for line in found)
        return found if self.way == "plain" else MARK.sub(r"<\1>", escape(found, quote=False))

    def value(self, piece: Said, name: str) -> str:
        value = piece.args.get(name, "")
        match value:
            case Said():
                return self.told(value)
            case tuple():
                return ", ".join(self.told(part) for part in value)
            case Moment(at=at):
                return self.moment(at, "t" if self.is_today(at) else "wDt")
            case str() if self.way == "telegram":
                return escape(value, quote=False)
            case _:
                return str(value)

    def is_today(self, at: datetime) -> bool:
        zone = ZoneInfo(self.zone) if self.zone else UTC
        return at.astimezone(zone).date() == self.now.astimezone(zone).date()

    def moment(self, at: datetime, form: Literal["t", "r", "wDt"]) -> str:
        """Write a moment that the reader's phone draws in its own time, with a fallback."""
        local = at.astimezone(ZoneInfo(self.zone) if self.zone else UTC)
        if form == "r":
            fallback = self.told(said("time.in_seconds", n=_seconds_left(at, self.now)))
        elif form == "t":
            fallback = f"{local:%H:%M}" + ("" if self.zone else " UTC")
        else:
            fallback = f"{local:%Y-%m-%d %H:%M}" + ("" if self.zone else " UTC")
        if self.way == "plain":
            return fallback
        return f'<tg-time unix="{int(at.timestamp())}" format="{form}">{fallback}</tg-time>'

    def counted(self, countdown: Countdown) -> str:
        """Draw the seconds left: the number first, the bar second."""
        left = _seconds_left(countdown.ends_at, self.now)
        whole = max(1, round((countdown.ends_at - countdown.begins_at).total_seconds()))
        gone = min(BAR_CELLS, max(0, round(BAR_CELLS * (whole - left) / whole)))
        bar = "▰" * gone + "▱" * (BAR_CELLS - gone) if self.bars else ""
        line = self.told(said("card.seconds_left", n=min(left, whole)))
        return " ".join(part for part in (line, bar) if part)

    def folded(self, lines: list[str]) -> str:
        text = "\n".join(line for line in lines if line)
        if self.way == "plain":
            return "\n".join(f"| {line}" for line in text.splitlines())
        return f"<blockquote expandable>{text}</blockquote>"

    def button(self, choice: Choice) -> Button:
        return Button(self.label(choice), choice.tap, choice.style)

    def label(self, choice: Choice) -> str:
        """Write what stands on a button: plain, since no marks are drawn there."""
        text = plain(self, choice.label)
        box = {"on": "☑ ", "off": "☐ ", None: ""}[choice.mark]
        number = f"{choice.number} " if choice.number not in {None, *_as_number(text)} else ""
        return f"{box}{number}{text}"


def _as_number(text: str) -> tuple[int, ...]:
    """Read a label that is a number itself: it stands once."""
    return (int(text),) if text.isdecimal() else ()


def plain(voice: Voice, piece: Said) -> str:
    return Voice(voice.language, voice.words, voice.now, "plain", voice.zone).told(piece)


def without_marks(text: str) -> str:
    """Take the marks of our words off a plain text."""
    return TAG.sub("", text)


def _seconds_left(at: datetime, now: datetime) -> int:
    """Count whole seconds, the one begun included."""
    return max(0, -((now - at) // timedelta(seconds=1)))


@lru_cache
def _plural(language: str) -> Callable[[float], str]:
    rule: Callable[[float], str] = Locale.parse(language).plural_form
    return rule
