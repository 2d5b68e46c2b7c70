"""Phrases of a lexicon found in a text, all at once, however many there are.

A phrase is a row of groups, each a choice of words; it is looked at only where one of its first
words stands.  A hit tells its label, its language, and from which word to which it reaches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from sys import intern
from typing import Any, NamedTuple, TypeVar, cast

from flows.text.normal import normalise
from flows.text.slips import Vocabulary

GAP = "~"
DENIAL = "negations"  # the label of words that no gap passes over: they turn the meaning
GAP_WORDS = 2
_BY_KIND = re.compile(r"\d+\*?|[^\W\d_]+\*?|[~#]")

V = TypeVar("V")
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
    needed: tuple[Words, ...]  # of each of these a text must hold a word


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
        self._denials: dict[str, set[str]] = {}
        words: set[str] = set()
        once = _Once()
        for label, tongue, text in entries:
            groups = once.of(groups_of(text))
            phrase = _Phrase(groups, label, tongue, once.of(tuple(_needed(groups))))
            words.update(word for group in groups for each in group for word in each)
            if label == DENIAL and len(groups) == 1:
                alone = {each[0] for each in groups[0] if len(each) == 1}
                self._denials.setdefault(tongue, set()).update(alone)
            for first in set(_firsts(groups)):
                self._begun.setdefault(first, []).append(phrase)
        # A word that denies is never guessed from a slip: "nocht" may be "nacht".
        denials = frozenset[str]().union(*self._denials.values())
        self._vocabulary = Vocabulary(words - {GAP, "#"}, ordinary, denials)

    def found(self, words: Sequence[Words], breaks: Sequence[bool]) -> list[Hit]:
        """Find all phrases; each word in its spellings, `breaks` say where a phrase must end."""
        meant = [
            frozenset(each for spelling in spellings for each in self._vocabulary.meant(spelling))
            for spellings in words
        ]
        begun = self._possible(frozenset[str]().union(*meant))
        walls = {
            tongue: [not each.isdisjoint(denials) for each in meant]
            for tongue, denials in self._denials.items()
        }
        found: dict[tuple[int, int, str], set[str]] = {}
        for start, first in enumerate(meant):
            for phrase in _each_once(begun.get(word, ()) for word in first):
                wall = walls.get(phrase.tongue, ())
                for end in _ends(phrase.groups, start, _Text(meant, breaks, wall)):
                    if end > start and not any(breaks[start + 1 : end]):
                        found.setdefault((start, end, phrase.label), set()).add(phrase.tongue)
        return [Hit(*place, frozenset(tongues)) for place, tongues in sorted(found.items())]

    def _possible(self, present: frozenset[str]) -> dict[str, list[_Phrase]]:
        """Give, by first word, the phrases of which a text with these words can hold all."""
        return {
            word: [
                phrase
                for phrase in self._begun[word]
                if not any(map(present.isdisjoint, phrase.needed))
            ]
            for word in present & self._begun.keys()
        }


class _Once:
    """Keeps one of each: the same words and groups stand in phrase after phrase."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def of(self, value: V) -> V:
        if value in self._known:
            known: V = self._known[value]
            return known
        if isinstance(value, tuple):
            value = cast("V", tuple(self.of(each) for each in value))
        self._known[value] = value
        return value


def _needed(groups: tuple[Group, ...]) -> Iterator[Words]:
    for group in groups:
        firsts = [next((word for word in words if word != GAP), None) for words in group]
        if None not in firsts:
            yield tuple(dict.fromkeys(word for word in firsts if word is not None))


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


class _Text(NamedTuple):
    """What a phrase is laid beside: of each word what it may be, what ends here, what denies."""

    meant: Sequence[frozenset[str]]
    breaks: Sequence[bool]
    denials: Sequence[bool]


def _ends(groups: tuple[Group, ...], at: int, text: _Text, number: int = 0) -> Iterator[int]:
    """Give every place where the groups from `number` on end, when they begin at `at`."""
    if number == len(groups):
        yield at
        return
    for words in groups[number]:
        for end in _past(words, at, text):
            yield from _ends(groups, end, text, number + 1)


def _past(words: Words, at: int, text: _Text, number: int = 0) -> Iterator[int]:
    if number == len(words):
        yield at
    elif words[number] == GAP:
        for past in range(at, at + GAP_WORDS + 1):
            if past > len(text.meant) or any(text.breaks[at:past]) or any(text.denials[at:past]):
                return
            yield from _past(words, past, text, number + 1)
    elif (
        at < len(text.meant)
        and words[number] in text.meant[at]
        and not (text.breaks[at] and number)
    ):
        yield from _past(words, at + 1, text, number + 1)
