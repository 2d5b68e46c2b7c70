"""What is to be said, written out: sentences found, gaps filled, marks kept, all else escaped.

Two ways of writing: for Telegram, HTML with the few marks it knows; plain, for a terminal.
Values in and text out; the moment is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property, lru_cache
from html import escape
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale

from content.schema import Words
from flows.base import Choice, Countdown, Moment, Said, Show, Style, Veiled, said

GAP = re.compile(r"\{(\w+)\}")
MARK = re.compile(r"&lt;(/?[bi])&gt;")
TAG = re.compile(r"<[^>]+>")
TIME = re.compile(r'<tg-time unix="(\d+)" format="t">[^<]*</tg-time>')
BAR_CELLS = 10
TEXT_LIMIT = 4096  # Telegram's, after marks are read

KEYS = {None: "manners.key", "off": "manners.key", "on": "manners.ticked"}

Way = Literal["telegram", "plain"]
Entry = str | Mapping[str, str] | tuple[str, ...]
# By language, helper, way and key, with the words that they were read from.
SENTENCES: dict[tuple[str, bool, Way, str], tuple[Mapping[str, Words], str]] = {}


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
    bars: bool = True  # False: neither bars, nor numbers that change
    helper: bool = False  # the reader helps another person
    clock: tzinfo | None = None  # of a reader who sits at this machine; none: the machine's

    @cached_property
    def aside(self) -> Voice:
        """The same voice where no marks are drawn: on a button, say."""
        return Voice(self.language, self.words, self.now, "plain", self.zone)

    def page(self, show: Show) -> Page:
        paragraphs = self.paragraphs(show)
        if show.countdown is not None and self.now < show.countdown.ends_at:
            paragraphs.append(self.counted(show.countdown))
        paragraphs += self.keys(show)
        if show.fold:
            fold = [self.told(piece) for piece in self.fold(show)]
            paragraphs.append(self.folded(fold, veiled=show.veil is not None))
        rows = tuple(tuple(self.button(choice) for choice in row) for row in show.rows)
        return Page("\n".join(line for line in paragraphs if line), rows)

    def paragraphs(self, show: Show) -> list[str]:
        """Write the text; what no lock screen may show is hidden until it is tapped."""
        told = [self.told(piece) for piece in show.text]
        if show.veil is None or self.way == "plain":
            return told
        return [*told[: show.veil], *(hidden(line) for line in told[show.veil :] if line)]

    def fold(self, show: Show) -> tuple[Said, ...]:
        """Tell in words what a picture shows, to whoever has the buttons told as well."""
        if show.figure is None or not show.typed:
            return show.fold
        return (said(f"exercise.{show.figure}.picture"), *show.fold)

    def keys(self, show: Show) -> list[str]:
        """List what to type for each button that the text has not numbered already."""
        listed = {piece.args.get("n") for piece in show.text if piece.key == "option.line"}
        choices = [choice for row in show.rows for choice in row]
        lines = [
            self.told(said(KEYS[choice.mark], number=key, label=choice.label))
            for key, choice in zip(show.typed, choices, strict=False)
            if choice.mark == "on" or not (choice.number in listed or self.is_number(choice))
        ]
        return [self.told(said("manners.keys")), *lines] if lines else []

    def is_number(self, choice: Choice) -> bool:
        return plain(self, choice.label) == str(choice.number)

    def told(self, piece: Said) -> str:
        """One sentence with its gaps filled."""
        text = self.sentence(piece)
        return GAP.sub(lambda gap: self.value(piece, gap[1]), text) if "{" in text else text

    def sentence(self, piece: Said) -> str:
        """Find a sentence, its gaps open; of most keys it is the same each time."""
        place = (self.language, self.helper, self.way, piece.key)
        words, known = SENTENCES.get(place, (None, ""))
        if words is self.words:
            return known
        found = self.entry(piece.key)
        if isinstance(found, Mapping):
            number = piece.args.get("n", 0)
            form = _plural(self.language)(number if isinstance(number, int) else 0)
            return self.marked(found.get(form) or found["other"])
        text = self.marked(found if isinstance(found, str) else _listed(found))
        SENTENCES[place] = (self.words, text)
        return text

    def marked(self, text: str) -> str:
        return text if self.way == "plain" else MARK.sub(r"<\1>", escape(text, quote=False))

    def entry(self, key: str) -> Entry:
        """Find the words of a key; for a helper those about another person, where there are any."""
        keys = (f"helper.{key}", key) if self.helper else (key,)
        for words in (self.words[self.language], self.words["en"]):
            for each in keys:
                if each in words:
                    return words[each]
        return key

    def value(self, piece: Said, name: str) -> str:
        value = piece.args.get(name, "")
        match value:
            case Said():
                return self.told(value)
            case tuple():
                return ", ".join(self.told(part) for part in value)
            case Moment() | Veiled():
                return self.drawn(value)
            case str() if self.way == "telegram":
                return escape(value, quote=False)
            case float():
                return _decimal(value, self.language)
            case _:
                return str(value)

    def drawn(self, value: Moment | Veiled) -> str:
        """Write what a phone draws its own way."""
        if isinstance(value, Veiled):
            return hidden(str(value.veiled)) if self.way == "telegram" else str(value.veiled)
        at = value.at
        match value.told:
            case "asked":
                return self.asked(at)
            case "counted":
                return self.moment(at, "r")
            case "daily":
                return self.moment(at, "t")
            case "day":
                return self.moment(at, "D")
            case "when":
                return self.moment(at, "t" if self.is_today(at) else "wDt")

    def is_today(self, at: datetime) -> bool:
        zone = ZoneInfo(self.zone) if self.zone else UTC
        return at.astimezone(zone).date() == self.now.astimezone(zone).date()

    def moment(self, at: datetime, form: Literal["t", "r", "D", "wDt"]) -> str:
        """Write a moment that the reader's phone draws in its own time, with a fallback."""
        local = at.astimezone(ZoneInfo(self.zone) if self.zone else UTC)
        if form == "r":
            fallback = self.told(said("time.in_seconds", n=_seconds_left(at, self.now)))
        elif form == "t":
            fallback = f"{local:%H:%M}" + ("" if self.zone else " UTC")
        elif form == "D":
            fallback = f"{local:%Y-%m-%d}"
        else:
            fallback = f"{local:%Y-%m-%d %H:%M}" + ("" if self.zone else " UTC")
        if self.way == "plain":
            return fallback
        return f'<tg-time unix="{int(at.timestamp())}" format="{form}">{fallback}</tg-time>'

    def asked(self, at: datetime) -> str:
        """Let the reader's own clock write a moment; one that cannot is told so, and no time."""
        if self.way == "plain":
            return f"{at.astimezone(self.clock):%H:%M}"
        unseen = self.told(said("time.unseen"))
        return f'<tg-time unix="{int(at.timestamp())}" format="t">{unseen}</tg-time>'

    def counted(self, countdown: Countdown) -> str:
        """Draw the seconds left: the number first, the bar second."""
        left = _seconds_left(countdown.ends_at, self.now)
        whole = max(1, round((countdown.ends_at - countdown.begins_at).total_seconds()))
        line = self.told(said("card.seconds_left", n=min(left, whole)))
        ends = self.ends(countdown.ends_at)
        if not self.bars:  # nor is it edited: a number would be wrong a second later
            return ends or line
        gone = min(BAR_CELLS, max(0, round(BAR_CELLS * (whole - left) / whole)))
        bar = "▰" * gone + "▱" * (BAR_CELLS - gone)
        return f"{line} {bar} · {ends}" if ends else f"{line} {bar}"

    def ends(self, at: datetime) -> str:
        """Let a phone count by itself; a terminal has a line of its own for that."""
        if self.way == "plain":
            return ""
        return self.told(said("card.ends", at=Moment(at=at, told="counted")))

    def folded(self, lines: list[str], *, veiled: bool = False) -> str:
        text = "\n".join(line for line in lines if line)
        if self.way == "plain":
            return "\n".join(f"| {line}" for line in text.splitlines())
        return f"<blockquote expandable>{hidden(text) if veiled else text}</blockquote>"

    def button(self, choice: Choice) -> Button:
        return Button(self.label(choice), choice.tap, choice.style)

    def label(self, choice: Choice) -> str:
        """Write what stands on a button: plain, since no marks are drawn there."""
        text = plain(self, choice.label)
        box = {"on": "☑ ", "off": "☐ ", None: ""}[choice.mark]
        number = f"{choice.number} " if choice.number not in {None, *_as_number(text)} else ""
        return f"{box}{number}{text}"


def hidden(text: str) -> str:
    return f"<tg-spoiler>{text}</tg-spoiler>"


def _as_number(text: str) -> tuple[int, ...]:
    """Read a label that is a number itself: it stands once."""
    return (int(text),) if text.isdecimal() else ()


def _listed(lines: tuple[str, ...]) -> str:
    return "\n".join(f"• {line}" for line in lines)


def plain(voice: Voice, piece: Said) -> str:
    return voice.aside.told(piece)


def drawn(text: str, clock: tzinfo | None = None) -> str:
    """Write times of day as a phone does, by its own clock; none given: by this machine's."""
    return TIME.sub(
        lambda time: f"{datetime.fromtimestamp(int(time[1]), UTC).astimezone(clock):%H:%M}", text
    )


def without_marks(text: str) -> str:
    """Take the marks of our words off a plain text."""
    return TAG.sub("", text)


def _decimal(number: float, language: str) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415 - heavy, and rarely wanted

    return str(format_decimal(number, "0.#", language))


def _seconds_left(at: datetime, now: datetime) -> int:
    """Count whole seconds, the one begun included."""
    return max(0, -((now - at) // timedelta(seconds=1)))


@lru_cache
def _plural(language: str) -> Callable[[float], str]:
    rule: Callable[[float], str] = Locale.parse(language).plural_form
    return rule
