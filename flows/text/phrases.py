"""Phrases of a lexicon found in a text, all at once, however many there are.

A phrase is a row of groups, each a choice of words; it is looked at only where one of its first
words stands.  A hit tells its label, its language, and from which word to which it reaches.

Words of a choice are one string, and a phrase is one tuple: of sixteen thousand phrases every
tuple more for each would be a megabyte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar, cast

from flows.text.normal import normalise
from flows.text.slips import Vocabulary

GAP = "~"
DENIAL = "negations"  # the label of words that no gap passes over: they turn the meaning
GAP_WORDS = 2
_NO_WORD: frozenset[str] = frozenset()
_FLAT = re.compile(r"[^()]*(?:\([^()]*\)[^()]*)*")  # no bracket inside another
_PART = re.compile(r"\([^()]*\)|[^()]+")
_BY_KIND = re.compile(r"\d+\*?|[^\W\d_]+\*?|[~#]")

V = TypeVar("V")
Words = tuple[str, ...]
Choice = str  # words with a space between; "": nothing
Group = Choice | tuple[Choice, ...]  # the only one, or one of these


class Hit(NamedTuple):
    """Words `start` to `end` (not itself) of a text say `label` in these languages."""

    start: int
    end: int
    label: str
    tongues: frozenset[str]


class _Said(NamedTuple):
    """What a phrase says, and in which language."""

    label: str
    tongue: str


class _Phrase(NamedTuple):
    said: _Said
    groups: tuple[Group, ...]
    needed: tuple[Words, ...]  # of each of these a text must hold a word, beside its first


def groups_of(phrase: str) -> tuple[Group, ...]:
    """Split a phrase into groups; words outside brackets are groups of one choice."""
    plain = normalise(phrase)
    parts = _PART.findall(plain) if _FLAT.fullmatch(plain) else _parts(plain)
    groups = (tuple(dict.fromkeys(_spelt_out(part))) for part in parts)
    return tuple(group if len(group) > 1 else group[0] for group in groups if group != ("",))


def _choices_of(group: Group) -> tuple[Choice, ...]:
    return (group,) if isinstance(group, str) else group


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


def _spelt_out(part: str) -> Iterator[Choice]:
    """Give all choices of a part, those of brackets inside brackets among them."""
    if "(" not in part:
        yield _words_of(part)
        return
    if part[0] == "(" and part.find(")") == len(part) - 1 and part.rfind("(") == 0:  # as most are
        yield from map(_words_of, part[1:-1].split("|"))
        return
    before, bracket, *after = _parts(part)
    for choice in _choices(bracket[1:-1]):
        yield from _spelt_out(" ".join((before, choice, *after)))


def _words_of(choice: str) -> str:
    return choice if choice.isalpha() else " ".join(_BY_KIND.findall(choice))


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
        begun: dict[str, list[_Phrase]] = {}
        self._denials: dict[str, set[str]] = {}
        words: set[str] = set()
        said, once = _Once(), _Once()
        for label, tongue, text in entries:
            once.of(text)  # what the content holds already is not held twice
            groups = tuple(map(once.of_all, groups_of(text)))
            needed = tuple(map(once.of_all, _needed(groups[1:])))
            phrase = _Phrase(said.of(_Said(label, tongue)), once.of(groups), once.of(needed))
            choices = [each for group in groups for each in _choices_of(group)]
            words.update(once.of(word) for each in choices for word in each.split())
            if label == DENIAL and len(groups) == 1:
                alone = {each for each in choices if " " not in each}
                self._denials.setdefault(tongue, set()).update(alone)
            for first in set(_firsts(groups)):
                begun.setdefault(first, []).append(phrase)
        self._begun = {word: tuple(phrases) for word, phrases in begun.items()}
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
                label, tongue = phrase.said
                for end in _ends(phrase.groups, start, _Text(meant, breaks, walls.get(tongue, ()))):
                    if end > start and not any(breaks[start + 1 : end]):
                        found.setdefault((start, end, label), set()).add(tongue)
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
        known: V = self._known.setdefault(value, value)
        return known

    def of_all(self, value: V) -> V:
        """Keep one of a tuple, and of all in it."""
        if isinstance(value, tuple):
            value = cast("V", tuple(map(self.of, value)))
        return self.of(value)


def _needed(groups: tuple[Group, ...]) -> Iterator[Words]:
    for group in groups:
        choices = _choices_of(group)
        firsts = [next((word for word in each.split() if word != GAP), "") for each in choices]
        if all(firsts):
            yield tuple(dict.fromkeys(firsts))


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
        choices = _choices_of(group)
        yield from (each.split()[0] for each in choices if each)
        if "" not in choices:
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
    here = text.meant[at] if at < len(text.meant) else _NO_WORD
    for each in _choices_of(groups[number]):
        if each in here:
            yield from _ends(groups, at + 1, text, number + 1)
        elif not each or each == GAP or " " in each:
            for end in _past(each.split(), at, text):
                yield from _ends(groups, end, text, number + 1)


def _past(words: Sequence[str], at: int, text: _Text, number: int = 0) -> Iterator[int]:
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
