"""The words of content/reading.yaml made ready, once for each release, and in whose order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from content.schema import Tongue, TypedWords
from flows.base import Scene
from flows.text.normal import bare, folded, normalise

V = TypeVar("V")

_UNITS, _TENS = range(1, 10), range(20, 100, 10)


@dataclass(frozen=True)
class Lexicon:
    """One language: phrases normalised, and patterns for what may stand inside a text."""

    tongue: Tongue
    yes: frozenset[str]
    hedged_yes: frozenset[str]
    no: frozenset[str]
    hedged_no: frozenset[str]
    unsure: frozenset[str]
    none: frozenset[str]
    fillers: frozenset[str]
    span_fillers: frozenset[str]
    span_phrase: re.Pattern[str]  # fillers of several words
    ranges: frozenset[str]
    clock: frozenset[str]
    meridiem: frozenset[str]
    units: Mapping[str, float]
    spans: Mapping[str, int]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    hours: Mapping[str, str]
    numbers: Mapping[str, float]
    amounts: Mapping[str, float]
    number: re.Pattern[str]
    amount: re.Pattern[str]
    unit_and_ten: re.Pattern[str] | None


def lexicons(scene: Scene) -> tuple[Lexicon, ...]:
    """All languages, the user's own first: people mix them, and the first that understands wins."""
    return _ordered(scene.content.reading, scene.language)


def signs(scene: Scene, meaning: str) -> frozenset[str]:
    return _signs(scene.content.reading)[meaning]


def pictures(scene: Scene) -> frozenset[str]:
    return _signs(scene.content.reading)["all"]


@lru_cache(maxsize=32)
def _ordered(words: TypedWords, language: str) -> tuple[Lexicon, ...]:
    own_first = sorted(words.languages, key=lambda each: each != language)
    return tuple(_lexicon(words, each) for each in own_first)


@lru_cache(maxsize=4)
def _signs(words: TypedWords) -> dict[str, frozenset[str]]:
    known: dict[str, frozenset[str]] = {
        name: frozenset(pictures) for name, pictures in words.signs.items()
    }
    return known | {"all": frozenset().union(*known.values())}


@lru_cache(maxsize=32)
def _lexicon(words: TypedWords, language: str) -> Lexicon:
    tongue = words.languages[language]
    numbers = plain(tongue.numbers)
    amounts = numbers | plain(tongue.amounts)
    return Lexicon(
        tongue=tongue,
        yes=phrases(tongue.yes),
        hedged_yes=phrases(tongue.hedged_yes),
        no=phrases(tongue.no),
        hedged_no=phrases(tongue.hedged_no),
        unsure=phrases(tongue.unsure),
        none=phrases(tongue.none),
        fillers=phrases(tongue.fillers),
        span_fillers=phrases(tongue.span_fillers),
        span_phrase=one_of(each for each in phrases(tongue.span_fillers) if " " in each),
        ranges=phrases(tongue.ranges),
        clock=phrases(tongue.clock),
        meridiem=phrases((*tongue.am, *tongue.pm)),
        units=plain(tongue.units),
        spans=plain(tongue.spans),
        weekdays=plain(tongue.weekdays),
        months=plain(tongue.months),
        hours=plain(tongue.hours),
        numbers=numbers,
        amounts=amounts,
        number=one_of(numbers),
        amount=one_of(amounts),
        unit_and_ten=_compound(tongue, numbers),
    )


def form(phrase: str) -> str:
    return bare(normalise(phrase))


def phrases(entries: Iterable[str]) -> frozenset[str]:
    forms = {form(entry) for entry in entries} - {""}
    return frozenset(forms | {folded(each) for each in forms})


def plain(entries: Mapping[str, V]) -> dict[str, V]:
    forms = {form(entry): value for entry, value in entries.items()}
    return {folded(each): value for each, value in forms.items()} | forms


def one_of(entries: Iterable[str]) -> re.Pattern[str]:
    """Any of these as whole words, the longest first; `*` stands for any ending."""
    longest = sorted(set(entries) - {""}, key=lambda each: (-len(each), each))
    if not longest:
        return re.compile(r"(?!)")
    inside = "|".join(re.escape(each).replace(r"\*", r"\w*") for each in longest)
    return re.compile(rf"\b(?:{inside})\b")


def _compound(tongue: Tongue, numbers: Mapping[str, int]) -> re.Pattern[str] | None:
    """Units before tens in one word, as in funfunddreissig."""
    if not tongue.unit_and_ten:
        return None
    units = "|".join(sorted((n for n, v in numbers.items() if v in _UNITS), key=len, reverse=True))
    tens = "|".join(sorted((n for n, v in numbers.items() if v in _TENS)))
    return re.compile(rf"\b({units}){tongue.unit_and_ten}({tens})\b")
