"""Phrases of a lexicon found in a text, all at once, however many there are.

A phrase is a row of groups, each a choice of words; it is looked at only where one of its first
words stands.  A hit tells its label, its language, and from which word to which it reaches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from sys import intern
from typing import NamedTuple

from flows.text.normal import normalise
from flows.text.slips import Vocabulary

GAP = "~"
GAP_WORDS = 2
_GROUP = re.compile(r"\(([^()]*)\)")
_BY_KIND = re.compile(r"\d+\*?|[^\W\d_]+\*?|[~#]")

Words = tuple[str, ...]
Group = tuple[Words, ...]  # one of these; () among them: or nothing


class Hit(NamedTuple):
    """Words `start` to `end` (not itself) of a text say `label` in `tongue`."""

    start: int
    end: int
    label: str
    tongue: str


class _Phrase(NamedTuple):
    groups: tuple[Group, ...]
    label: str
    tongue: str


def groups_of(phrase: str) -> tuple[Group, ...]:
    """Split a phrase into groups; words outside brackets are groups of one choice."""
    parts = _GROUP.split(phrase)  # every second one stands in brackets
    groups = []
    for at, part in enumerate(parts):
        choices = part.split("|") if at % 2 else [part]
        group = tuple(dict.fromkeys(_words(each) for each in choices))
        if group != ((),):
            groups.append(group)
    return tuple(groups)


def _words(text: str) -> Words:
    return tuple(intern(word) for word in _BY_KIND.findall(normalise(text)))


class Phrasebook:
    """All labelled phrases of all languages."""

    def __init__(
        self, entries: Iterable[tuple[str, str, str]], ordinary: frozenset[str] = frozenset()
    ) -> None:
        """Take (label, language, phrase) for each."""
        self._begun: dict[str, list[_Phrase]] = {}
        words: set[str] = set()
        for label, tongue, text in entries:
            phrase = _Phrase(groups_of(text), label, tongue)
            words.update(word for group in phrase.groups for each in group for word in each)
            for first in set(_firsts(phrase.groups)):
                self._begun.setdefault(first, []).append(phrase)
        self._vocabulary = Vocabulary(words - {GAP, "#"}, ordinary)

    def found(self, words: Sequence[Words], breaks: Sequence[bool]) -> list[Hit]:
        """Find all phrases; each word in its spellings, `breaks` say where a phrase must end."""
        meant = [
            frozenset(each for spelling in spellings for each in self._vocabulary.meant(spelling))
            for spellings in words
        ]
        hits = {
            Hit(start, end, phrase.label, phrase.tongue)
            for start, first in enumerate(meant)
            for word in first
            for phrase in self._begun.get(word, ())
            for end in _ends(phrase.groups, 0, start, meant, breaks)
            if end > start and not any(breaks[start + 1 : end])
        }
        return sorted(hits)


def _firsts(groups: tuple[Group, ...]) -> Iterator[str]:
    """Give the words that a phrase may begin with."""
    for group in groups:
        yield from (words[0] for words in group if words)
        if () not in group:
            return


def _ends(
    groups: tuple[Group, ...],
    number: int,
    at: int,
    meant: Sequence[frozenset[str]],
    breaks: Sequence[bool],
) -> Iterator[int]:
    """Give every place where the groups from `number` on end, when they begin at `at`."""
    if number == len(groups):
        yield at
        return
    for words in groups[number]:
        for end in _past(words, 0, at, meant, breaks):
            yield from _ends(groups, number + 1, end, meant, breaks)


def _past(
    words: Words, number: int, at: int, meant: Sequence[frozenset[str]], breaks: Sequence[bool]
) -> Iterator[int]:
    if number == len(words):
        yield at
    elif words[number] == GAP:
        for skipped in range(GAP_WORDS + 1):
            if at + skipped > len(meant) or any(breaks[at : at + skipped]):
                return
            yield from _past(words, number + 1, at + skipped, meant, breaks)
    elif at < len(meant) and words[number] in meant[at] and not (breaks[at] and number):
        yield from _past(words, number + 1, at + 1, meant, breaks)
