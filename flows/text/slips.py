"""Which words of a lexicon a typed word may be: itself, a stem with any ending, or a slip away.

One slip is forgiven from five letters on, two from nine.  Ordinary words are nobody's slips.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

ONE_SLIP, TWO_SLIPS = 5, 9  # letters from which on so many slips are forgiven
_STEM_SLIP = 6  # letters of a stem in which one is


class Vocabulary:
    """All words and stems ("numb*") of a lexicon, ready to be asked."""

    def __init__(self, entries: Iterable[str], ordinary: frozenset[str]) -> None:
        known = set(entries)
        self._words = {each for each in known if not each.endswith("*")}
        self._stems = {each[:-1] for each in known if each.endswith("*")}
        self._ordinary = ordinary
        self._longest_stem = max(map(len, self._stems), default=0)
        self._near: dict[str, set[str]] = defaultdict(set)  # with one letter left out -> word
        for word in self._words:
            if len(word) >= ONE_SLIP:
                for short in _shortened(word):
                    self._near[short].add(word)
        self._near_stems: dict[str, set[str]] = defaultdict(set)
        for stem in self._stems:
            if len(stem) >= _STEM_SLIP:
                for short in _shortened(stem):
                    self._near_stems[short].add(stem)
        self._long: dict[str, list[str]] = defaultdict(list)  # by first letter
        for word in self._words:
            if len(word) >= TWO_SLIPS:
                self._long[word[0]].append(word)
        self.meant = lru_cache(maxsize=4096)(self._meant)

    def _meant(self, word: str) -> tuple[str, ...]:
        found = {word} & self._words
        found.update(f"{stem}*" for stem in self._beginnings(word))
        if not found and len(word) >= ONE_SLIP and word not in self._ordinary:
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
        near = {each for short in _shortened(word) for each in self._near.get(short, ())}
        for each in near:
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
            near = {each for short in _shortened(begun) for each in self._near_stems.get(short, ())}
            for each in near:
                if each[0] == word[0] and (
                    DamerauLevenshtein.distance(begun, each, score_cutoff=1) <= 1
                ):
                    yield each


def _shortened(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
