"""Phrases of a lexicon found in a text, all at once, however many there are.

The phrases hang in one tree, word by word, so a text is walked once.  A hit tells its label, its
language, and from which word to which it reaches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from flows.text.normal import normalise
from flows.text.slips import Vocabulary

GAP = "~"
GAP_WORDS = 2
_GROUP = re.compile(r"\(([^()]*)\)")
_BY_KIND = re.compile(r"\d+|[^\W\d_]+\*?|[~#]")


class Hit(NamedTuple):
    """Words `start` to `end` (not itself) of a text say `label` in `tongue`."""

    start: int
    end: int
    label: str
    tongue: str


@dataclass(slots=True)
class _Node:
    then: dict[str, _Node] = field(default_factory=dict)
    labels: list[tuple[str, str]] = field(default_factory=list)


def spelt_out(phrase: str) -> Iterator[tuple[str, ...]]:
    """Give every way of saying a phrase with `(a|b|)` in it, as normalised words."""
    parts = _GROUP.split(phrase)  # every second one is a group
    choices = [part.split("|") if at % 2 else [part] for at, part in enumerate(parts)]
    for chosen in product(*choices):
        if words := tuple(_BY_KIND.findall(normalise(" ".join(chosen)))):
            yield words


class Phrasebook:
    """All labelled phrases of all languages."""

    def __init__(
        self, entries: Iterable[tuple[str, str, str]], ordinary: frozenset[str] = frozenset()
    ) -> None:
        """Take (label, language, phrase) for each."""
        self._root = _Node()
        words: set[str] = set()
        for label, tongue, phrase in entries:
            for spelt in spelt_out(phrase):
                words.update(spelt)
                self._hang(spelt, (label, tongue))
        self._vocabulary = Vocabulary(words - {GAP, "#"}, ordinary)

    def _hang(self, words: tuple[str, ...], label: tuple[str, str]) -> None:
        node = self._root
        for word in words:
            node = node.then.setdefault(word, _Node())
        if label not in node.labels:
            node.labels.append(label)

    def found(self, words: Sequence[tuple[str, ...]], breaks: Sequence[int]) -> list[Hit]:
        """Find all phrases; each word in its spellings, `breaks` say where a phrase must end."""
        meant = [
            tuple({each for spelling in spellings for each in self._vocabulary.meant(spelling)})
            for spellings in words
        ]
        hits: set[Hit] = set()
        for start in range(len(words)):
            for label, tongue, end in self._walk(self._root, start, start, meant, breaks):
                hits.add(Hit(start, end, label, tongue))
        return sorted(hits)

    def _walk(
        self,
        node: _Node,
        start: int,
        at: int,
        meant: Sequence[tuple[str, ...]],
        breaks: Sequence[int],
    ) -> Iterator[tuple[str, str, int]]:
        for label, tongue in node.labels:
            yield label, tongue, at
        if at >= len(meant) or (at > start and breaks[at]):
            return
        for word in meant[at]:
            if (then := node.then.get(word)) is not None:
                yield from self._walk(then, start, at + 1, meant, breaks)
        if (gap := node.then.get(GAP)) is not None:
            for skipped in range(GAP_WORDS + 1):
                if at + skipped > len(meant) or any(breaks[at : at + skipped + 1]):
                    break
                yield from self._walk(gap, start, at + skipped, meant, breaks)
