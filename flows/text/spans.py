"""How long ago, in days: "about two weeks", "since Monday", "3 months".

Our own words first, in each language; what they do not know goes to dateparser, but only with a
digit in it and only as a whole date, for it reads "3" as March.  Of two readings the graver counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import product

from flows.base import Scene
from flows.text.answers import Graver, digits_for
from flows.text.lexicon import Lexicon, form, lexicons
from flows.text.normal import bare, normalise, spellings

_LONGEST = 80  # characters
_MOST = 36_500  # days: a hundred years
_EARLIEST_YEAR = 1900
_CENTURY = 100
_HALF = 0.5
_DATE = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\.?(?:[./-]?(\d{4}|\d{2}))?(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")


def days(
    text: str, at: datetime, scene: Scene, *, graver: Graver = "up", own: bool = False
) -> int | None:
    """Read how many days something has lasted, or how long ago it was; `own`: own words only."""
    spoken = normalise(text)
    if not spoken or len(spoken) > _LONGEST or re.search(r"-\s*\d", spoken.split(" ")[0][:2]):
        return None
    today = at.date()
    found = _by_figures(spoken, today, graver)
    for lexicon, each in product(lexicons(scene), spellings(spoken)):
        if found is None:
            found = _by_words(each, lexicon, today, graver)
    if found is None and not own:
        found = _by_dateparser(spoken, at, scene.language)
    return found if found is not None and 0 <= found <= _MOST else None


def _by_figures(spoken: str, today: date, graver: Graver) -> int | None:
    """Read a date in figures; day and month may stand either way round, the graver way counts."""
    if iso := _ISO.search(spoken):
        return _ago([_day(int(iso[1]), int(iso[2]), int(iso[3]))], today, graver)
    match = _DATE.search(spoken)
    if match is None or not (match[4] or match[2] == "." or re.search(r"[^\W\d_]", spoken)):
        return None
    if match[2] == "-" and not match[4]:
        return None  # "3-4" is a range
    if not match[4] and re.search(rf"{re.escape(match[0])}\s*[^\W\d_]", spoken):
        return None  # "1/2 year", "1.5 weeks"
    first, second = int(match[1]), int(match[3])
    year = int(match[4]) if match[4] else None
    if year is not None and year < _CENTURY:
        year += today.year // _CENTURY * _CENTURY
    orders = [(first, second)] if match[2] == "." else [(first, second), (second, first)]
    return _ago([_latest(day, month, year, today) for day, month in orders], today, graver)


def _latest(day: int, month: int, year: int | None, today: date) -> date | None:
    """Name the last such day that is past, when no year is told."""
    if year is not None:
        return _day(year, month, day)
    candidates = (_day(each, month, day) for each in (today.year, today.year - 1))
    return next((each for each in candidates if each is not None and each <= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _ago(dates: list[date | None], today: date, graver: Graver) -> int | None:
    past = [(today - each).days for each in dates if each is not None and each <= today]
    if not past:
        return None
    return max(past) if graver == "up" else min(past)


@dataclass
class _Sum:
    """Amounts and units read one after the other: "2 weeks and 3 days"."""

    graver: Graver
    waiting: list[float] = field(default_factory=list)
    total: float = 0.0
    last_unit: float | None = None

    def number(self, value: float) -> None:
        if self.waiting and self.waiting[-1] == _HALF and value == 1:
            return  # "half a year"
        self.waiting.append(value)

    def half(self) -> None:
        if self.waiting:
            self.waiting[-1] += 0.5
        elif self.last_unit is not None:
            self.total += self.last_unit / 2

    def unit(self, length: float) -> bool:
        if not self.waiting:
            return False
        amount = max(self.waiting) if self.graver == "up" else min(self.waiting)
        self.total += amount * length
        self.waiting, self.last_unit = [], length
        return True


def _by_words(spoken: str, lexicon: Lexicon, today: date, graver: Graver) -> int | None:
    spoken = lexicon.span_phrase.sub(" ", spoken)
    said = bare(spoken)
    if said in lexicon.spans:
        return lexicon.spans[said]
    rest = " ".join(_without_fillers(said.split(), lexicon))
    for phrase in (rest, _stripped(said, lexicon)):
        if phrase in lexicon.spans:
            return lexicon.spans[phrase]
    calendar = _by_calendar(said, lexicon, today, graver)
    return calendar if calendar is not None else _by_amounts(spoken, lexicon, graver)


def _without_fillers(words: list[str], lexicon: Lexicon) -> Iterator[str]:
    return (word for word in words if word not in lexicon.span_fillers)


def _stripped(said: str, lexicon: Lexicon) -> str:
    """Drop fillers in front and behind only: "since last week" keeps its "last"."""
    words = said.split()
    while words and words[0] in lexicon.span_fillers and " ".join(words) not in lexicon.spans:
        words = words[1:]
    while words and words[-1] in lexicon.span_fillers and " ".join(words) not in lexicon.spans:
        words = words[:-1]
    return " ".join(words)


def _by_calendar(said: str, lexicon: Lexicon, today: date, graver: Graver) -> int | None:
    """Read a weekday, a month, a day of a month or a year."""
    words = re.findall(r"\d+|[^\W\d_]+", said)
    named = [word for word in words if word in lexicon.weekdays or word in lexicon.months]
    figures = [int(word) for word in words if word.isdigit()]
    others = [w for w in words if not w.isdigit() and w not in named]
    if not all(other in lexicon.span_fillers for other in others):
        return None
    match named, figures:
        case [name], [] if name in lexicon.weekdays:
            since = (today.weekday() - lexicon.weekdays[name]) % 7
            return since or (7 if graver == "up" else 0)
        case [name], _ if name in lexicon.months:
            return _by_month(lexicon.months[name], figures, today, graver)
        case [], [year] if _EARLIEST_YEAR <= year <= today.year:
            return _ago([date(year, 1, 1)], today, graver)
        case _:
            return None


def _by_month(month: int, figures: list[int], today: date, graver: Graver) -> int | None:
    years = [number for number in figures if number >= _EARLIEST_YEAR]
    figures = [number for number in figures if number < _EARLIEST_YEAR]
    year = years[0] if years else None
    if figures:
        return _ago([_latest(figures[0], month, year, today)], today, graver)
    first = _latest(1, month, year, today)
    if first is None:
        return None
    if graver == "down":
        next_month = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        return max((today - next_month).days + 1, 0)
    return _ago([first], today, graver)


def _by_amounts(spoken: str, lexicon: Lexicon, graver: Graver) -> int | None:
    text = re.sub(r"(?<=\d),(?=\d)", ".", spoken)
    text = re.sub(r"(\d+) 1/2", r"\1.5", text).replace("1/2", " half ")
    text = _marked(text, lexicon.tongue.and_half, "plushalf")
    text = _marked(text, (*lexicon.tongue.half, "half"), "w0.5")
    text = digits_for(text, lexicon.amount, lexicon)
    summed = _Sum(graver)
    for token in re.findall(r"w?\d+(?:\.\d+)?|[^\W\d_]+", text):
        if number := re.fullmatch(r"w?(\d+(?:\.\d+)?)", token):
            summed.number(float(number[1]))
        elif token == "plushalf":  # noqa: S105 - no password, but our own mark
            summed.half()
        elif token in lexicon.units:
            if not summed.unit(lexicon.units[token]):
                return None
        elif token not in lexicon.span_fillers and token not in lexicon.ranges:
            return None
    if summed.last_unit is not None:
        return None if summed.waiting else int(summed.total)
    return _by_numbers(summed.waiting, graver)


def _by_numbers(numbers: list[float], graver: Graver) -> int | None:
    """Numbers alone are days, unless they look like a year."""
    if not numbers or _HALF in numbers or max(numbers) >= _EARLIEST_YEAR:
        return None
    return int(max(numbers) if graver == "up" else min(numbers))


def _marked(text: str, entries: tuple[str, ...], mark: str) -> str:
    pattern = _any_of(entries)
    return pattern.sub(f" {mark} ", text) if pattern else text


@lru_cache(maxsize=32)
def _any_of(entries: tuple[str, ...]) -> re.Pattern[str] | None:
    forms = sorted({form(each) for each in entries} - {""}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b") if forms else None


def _by_dateparser(spoken: str, at: datetime, language: str) -> int | None:
    if not re.search(r"\d", spoken) or not re.search(r"[^\W\d_]{3}", spoken):
        return None
    # Heavy, and seldom needed: imported when first asked.
    import dateparser  # noqa: PLC0415

    here = at.replace(tzinfo=None)
    found = dateparser.parse(
        spoken,
        languages=list(dict.fromkeys([language, "en"])),
        settings={
            "PREFER_DATES_FROM": "past",
            "RELATIVE_BASE": here,
            "REQUIRE_PARTS": ["day", "month"],
            "PARSERS": ["relative-time", "absolute-time"],
        },
    )
    return None if found is None or found > here else (here.date() - found.date()).days
