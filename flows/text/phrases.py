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
_BY_KIND = re.compile(r"\d+\*?|[^\W\d_]+\*?|[~#]")

Words = tuple[str, ...]
Group = tuple[Words, ...]  # one of these; () among them: or nothing


class Hit(NamedTuple):
    """Words `start` to `end` (not itself) of a text say `label` in these languages."""

    start: int
    end: int
    label: str
    tongues: frozenset[str]


class _Phrase(NamedTuple):
    groups: tuple[Group, ...]
    label: str
    tongue: str
    needed: tuple[frozenset[str], ...]  # of each of these sets a text must hold a word


def groups_of(phrase: str) -> tuple[Group, ...]:
    """Split a phrase into groups; words outside brackets are groups of one choice."""
    groups = (tuple(dict.fromkeys(_spelt_out(part))) for part in _parts(normalise(phrase)))
    return tuple(group for group in groups if group != ((),))


def _parts(phrase: str) -> Iterator[str]:
    """Cut a phrase at its outermost brackets, which stay round their parts."""
    depth = begun = 0
    for at, mark in enumerate(phrase):
        if mark == "(" and depth == 0:
            yield phrase[begun:at]
            begun = at
        depth += (mark == "(") - (mark == ")")
        if mark == ")" and depth == 0:
            yield phrase[begun : at + 1]
            begun = at + 1
    yield phrase[begun:]


def _spelt_out(part: str) -> Iterator[Words]:
    """Give all choices of a part, those of brackets inside brackets among them."""
    if "(" not in part:
        yield tuple(intern(word) for word in _BY_KIND.findall(part))
        return
    before, bracket, *after = _parts(part)
    for choice in _choices(bracket[1:-1]):
        yield from _spelt_out(" ".join((before, choice, *after)))


def _choices(inside: str) -> Iterator[str]:
    """Cut what stands in a bracket at its own bars, not at those of brackets inside it."""
    depth = begun = 0
    for at, mark in enumerate(inside):
        depth += (mark == "(") - (mark == ")")
        if mark == "|" and depth == 0:
            yield inside[begun:at]
            begun = at + 1
    yield inside[begun:]


class Phrasebook:
    """All labelled phrases of all languages."""

    def __init__(
        self, entries: Iterable[tuple[str, str, str]], ordinary: frozenset[str] = frozenset()
    ) -> None:
        """Take (label, language, phrase) for each."""
        self._begun: dict[str, list[_Phrase]] = {}
        words: set[str] = set()
        for label, tongue, text in entries:
            groups = groups_of(text)
            phrase = _Phrase(groups, label, tongue, tuple(_needed(groups)))
            words.update(word for group in groups for each in group for word in each)
            for first in set(_firsts(groups)):
                self._begun.setdefault(first, []).append(phrase)
        self._vocabulary = Vocabulary(words - {GAP, "#"}, ordinary)

    def found(self, words: Sequence[Words], breaks: Sequence[bool]) -> list[Hit]:
        """Find all phrases; each word in its spellings, `breaks` say where a phrase must end."""
        meant = [
            frozenset(each for spelling in spellings for each in self._vocabulary.meant(spelling))
            for spellings in words
        ]
        begun = self._possible(frozenset[str]().union(*meant))
        found: dict[tuple[int, int, str], set[str]] = {}
        for start, first in enumerate(meant):
            for phrase in _each_once(begun.get(word, ()) for word in first):
                for end in _ends(phrase.groups, 0, start, meant, breaks):
                    if end > start and not any(breaks[start + 1 : end]):
                        found.setdefault((start, end, phrase.label), set()).add(phrase.tongue)
        return [Hit(*place, frozenset(tongues)) for place, tongues in sorted(found.items())]

    def _possible(self, present: frozenset[str]) -> dict[str, list[_Phrase]]:
        """Give, by first word, the phrases of which a text with these words can hold all."""
        return {
            word: [
                phrase
                for phrase in self._begun[word]
                if not any(some.isdisjoint(present) for some in phrase.needed)
            ]
            for word in present & self._begun.keys()
        }


def _needed(groups: tuple[Group, ...]) -> Iterator[frozenset[str]]:
    for group in groups:
        firsts = [next((word for word in words if word != GAP), None) for words in group]
        if None not in firsts:
            yield frozenset(word for word in firsts if word is not None)


def _each_once(phrases: Iterable[Sequence[_Phrase]]) -> Iterator[_Phrase]:
    seen: set[int] = set()
    for some in phrases:
        for each in some:
            if id(each) not in seen:
                seen.add(id(each))
                yield each


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
