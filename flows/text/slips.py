"""Which words of a lexicon a typed word may be: itself, a stem with any ending, or a slip away.

One slip is forgiven from five letters on, two from nine.  Ordinary words are nobody's slips.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

ONE_SLIP, TWO_SLIPS = 5, 9  # letters from which on so many slips are forgiven
_TELLING_STEM = 4  # letters of a stem that says what the word is
_STEM_SLIP = 6  # letters of a stem in which one is
_PLACE_BITS = 20  # of a number of 64: a million words
_PLACES = 1 << _PLACE_BITS


class Vocabulary:
    """All words and stems ("numb*") of a lexicon, ready to be asked."""

    def __init__(
        self, entries: Iterable[str], ordinary: frozenset[str], exact: frozenset[str] = frozenset()
    ) -> None:
        """Take the `ordinary` words that are no slips, and those of the lexicon none slips into."""
        known = set(entries)
        self._words = {each for each in known if not each.endswith("*")}
        self._stems = {each[:-1] for each in known if each.endswith("*")}
        self._ordinary = ordinary
        self._longest_stem = max(map(len, self._stems), default=0)
        self._near = Neighbours(word for word in self._words - exact if len(word) >= ONE_SLIP)
        self._near_stems = Neighbours(stem for stem in self._stems if len(stem) >= _STEM_SLIP)
        self._long: dict[str, list[str]] = defaultdict(list)  # by first letter
        for word in self._words - exact:
            if len(word) >= TWO_SLIPS:
                self._long[word[0]].append(word)
        self.meant = lru_cache(maxsize=4096)(self._meant)

    def _meant(self, word: str) -> tuple[str, ...]:
        found = {word} & self._words
        stems = list(self._beginnings(word))
        found.update(f"{stem}*" for stem in stems)
        # A stem of a few letters ("my*") says little: most of the word may still be a slip.
        told = word in self._words or any(len(stem) >= _TELLING_STEM for stem in stems)
        if not told and len(word) >= ONE_SLIP and word not in self._ordinary:
            found.update(self._slipped(word))
            found.update(f"{stem}*" for stem in self._slipped_stems(word))
        if word.isdigit():
            found.add("#")
        return tuple(found)

    def _beginnings(self, word: str) -> Iterator[str]:
        for length in range(2, min(len(word), self._longest_stem) + 1):
            if word[:length] in self._stems:
                yield word[:length]

    def _slipped(self, word: str) -> Iterator[str]:
        for each in self._near.of(word):
            if DamerauLevenshtein.distance(word, each, score_cutoff=1) <= 1:
                yield each
        if len(word) >= TWO_SLIPS:
            hits = process.extract(
                word, self._long.get(word[0], ()), scorer=DamerauLevenshtein.distance,
                score_cutoff=2, limit=3,
            )  # fmt: skip
            yield from (each for each, _, _ in hits)

    def _slipped_stems(self, word: str) -> Iterator[str]:
        for length in range(_STEM_SLIP - 1, min(len(word), self._longest_stem + 1) + 1):
            begun = word[:length]
            for each in self._near_stems.of(begun):
                if each[0] == word[0] and (
                    DamerauLevenshtein.distance(begun, each, score_cutoff=1) <= 1
                ):
                    yield each


class Neighbours:
    """Which words may be a slip away from another: those that share a form with a letter left out.

    One long array of numbers, the hash of a form above the word's place in the list: a dictionary
    of sets would hold twenty megabytes.  Who shares a hash only is told apart by whoever asked.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)
        places = enumerate(self._words)
        self._forms = array("q", sorted(_key(f) + at for at, w in places for f in _shortened(w)))

    def of(self, word: str) -> set[str]:
        near: set[str] = set()
        for form in _shortened(word):
            key = _key(form)
            at = bisect_left(self._forms, key)
            while at < len(self._forms) and self._forms[at] - key < _PLACES:
                near.add(self._words[self._forms[at] - key])
                at += 1
        return near


def _key(form: str) -> int:
    return (hash(form) >> _PLACE_BITS) << _PLACE_BITS


def _shortened(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
