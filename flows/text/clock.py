"""Times of day as people type them: "8", "half past seven", "20 Uhr", "evening"."""

from __future__ import annotations

import re
from datetime import time
from itertools import product

from flows.base import Scene
from flows.text.answers import digits_for
from flows.text.lexicon import Lexicon, form, lexicons
from flows.text.normal import bare, normalise, spellings

_LONGEST = 60  # characters
_CLOCK = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*|\s+)(\d{2})|(\d{1,2})")
_MILITARY = re.compile(r"\b([01]\d|2[0-3])([0-5]\d)\b")
_HALF, _QUARTER, _HOUR = 30, 15, 60
_NOON, _DAY = 12, 24


def time_of_day(text: str, scene: Scene) -> time | None:
    """Read one time of day, or None."""
    spoken = normalise(text)
    if len(spoken) > _LONGEST:
        return None
    for lexicon, each in product(lexicons(scene), spellings(spoken)):
        if (found := _time(each, lexicon)) is not None:
            return found
    return None


def _time(spoken: str, lexicon: Lexicon) -> time | None:
    said = bare(spoken)
    alone = " ".join(word for word in said.split() if word not in lexicon.clock)
    for phrase in (said, alone):
        if phrase in lexicon.hours:
            return time.fromisoformat(lexicon.hours[phrase])
    spoken = _MILITARY.sub(r"\1:\2", spoken)
    text = re.sub(r"(?<=\d)\s*([ap])\.?\s?m\b\.?", r" \1m", spoken)
    text, half_day = _meridiem(text, lexicon)
    text, minutes_off = _offsets(text, lexicon)
    text = digits_for(text, lexicon.number, lexicon).replace("w", "")
    words = [word for word in re.findall(r"[^\W\d_]+", text) if word not in lexicon.clock]
    match = _CLOCK.fullmatch(re.sub(r"\b[^\W\d_]{2,}\b|\b[^\Wh\d_]\b", " ", text).strip(" .,!?h"))
    if match is None or words:
        return None
    return _moment(int(match[1] or match[3]), int(match[2] or 0) + minutes_off, half_day)


def _meridiem(text: str, lexicon: Lexicon) -> tuple[str, str]:
    for half_day, entries in (("pm", lexicon.tongue.pm), ("am", lexicon.tongue.am)):
        for phrase in sorted((form(each) for each in entries), key=len, reverse=True):
            shorter, hits = re.subn(rf"\b{re.escape(phrase)}\b", " ", text)
            if hits:
                return shorter, half_day
    return text, ""


def _offsets(text: str, lexicon: Lexicon) -> tuple[str, int]:
    tongue = lexicon.tongue
    for minutes, entries in (
        (_QUARTER, tongue.quarter_past),
        (-_QUARTER, tongue.quarter_to),
        (_HALF, tongue.half_past),
        (-_HALF, tongue.half_to),
        (_HALF, tongue.plus_half),
        (_QUARTER, tongue.plus_quarter),
        (-_QUARTER, tongue.minus_quarter),
    ):
        for phrase in sorted((form(each) for each in entries), key=len, reverse=True):
            shorter, hits = re.subn(rf"\b{re.escape(phrase)}\b", " ", text)
            if hits:
                return shorter, minutes
    return text, 0


def _moment(hour: int, minute: int, half_day: str) -> time | None:
    if not 0 <= hour < _DAY or not -_HALF <= minute < _HOUR:
        return None
    if half_day == "am" and hour > _NOON:
        return None
    if half_day == "am" and hour == _NOON:
        hour = 0
    if half_day == "pm" and 0 < hour < _NOON:
        hour += _NOON
    hour, minute = divmod(hour * _HOUR + minute, _HOUR)
    return time(hour % _DAY, minute)
