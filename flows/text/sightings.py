"""A text as words and breaks, and what phrases are sighted in it; nothing is judged here yet."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from content.catalogue import Danger
from content.schema import DangerWords
from flows.text.normal import folded, normalise
from flows.text.phrases import Hit, Phrasebook

COMMA, STOP, QUESTION = 1, 2, 3
ROLES = (
    "negations", "answers", "after", "doubled", "turns", "joins", "subjects", "prepositions",
    "past", "renewed", "others", "selves", "asking", "idioms", "lasting", "ago",
)  # fmt: skip
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[.!?;,:\n()/]|-(?=\s)")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")


@dataclass(frozen=True)
class Sightings:
    """The words of a text, the break before each (0: none), and all hits by label."""

    plain: str
    words: tuple[str, ...]
    breaks: tuple[int, ...]  # one more than there are words: the last one ends the text
    sentences: tuple[int, ...]  # for each word, the number of its sentence
    hits: dict[str, tuple[Hit, ...]]

    def of(self, label: str, tongues: frozenset[str] | None = None) -> tuple[Hit, ...]:
        hits = self.hits.get(label, ())
        return hits if tongues is None else tuple(hit for hit in hits if hit.tongue in tongues)

    def sentence(self, word: int) -> tuple[int, int]:
        """Give the first word of a sentence, and the one after its last."""
        number = self.sentences[word]
        first = bisect_left(self.sentences, number)
        return first, bisect_left(self.sentences, number + 1)


def sightings_in(text: str, danger: Danger) -> Sightings:
    plain = normalise(text.replace("\n", " ; "))
    words, breaks = _split(plain, _spellings(danger))
    sentence = 0
    sentences = []
    for at in range(len(words)):
        sentence += breaks[at] >= STOP and at > 0
        sentences.append(sentence)
    solid = [kind >= STOP for kind in breaks]
    found = book_of(danger).found([_variants(word) for word in words], solid)
    hits: dict[str, list[Hit]] = {}
    for hit in _without_denials(list(_without_idioms(found)), breaks, danger.reach.complaints):
        hits.setdefault(hit.label, []).append(hit)
    return Sightings(
        plain, tuple(words), tuple(breaks), tuple(sentences),
        {label: tuple(each) for label, each in hits.items()},
    )  # fmt: skip


def _variants(word: str) -> tuple[str, ...]:
    """A word as it stands, and with umlauts that were written out taken back."""
    other = folded(word)
    return (word,) if other == word else (word, other)


def _split(plain: str, spellings: dict[str, tuple[str, ...]]) -> tuple[list[str], list[int]]:
    words: list[str] = []
    breaks: list[int] = []
    pending = 0
    for token in _TOKEN.findall(_DECIMAL.sub(" ", plain)):
        kind = _kind(token)
        if kind:
            pending = max(pending, kind)
            continue
        for word in spellings.get(token, (token,)):
            words.append(word)
            breaks.append(pending)
            pending = 0
    breaks.append(pending or STOP)
    return words, breaks


def _kind(token: str) -> int:
    if token == "?":
        return QUESTION
    if token in ".!;":
        return STOP
    return COMMA if token in ",:\n()/-" else 0


def _without_idioms(found: list[Hit]) -> Iterator[Hit]:
    idioms = [hit for hit in found if hit.label == "idioms"]
    if not idioms:
        yield from found
        return
    spent = {at for hit in idioms for at in range(hit.start, hit.end)}
    for hit in found:
        if hit.label in ROLES or not spent.intersection(range(hit.start, hit.end)):
            yield hit


def _without_denials(
    found: list[Hit], breaks: list[int], complaints: tuple[str, ...]
) -> Iterator[Hit]:
    """Leave out a "do not feel" that only denies the complaint behind it: "... any numbness"."""
    denials = {(hit.start, hit.tongue) for hit in found if hit.label == "negations"}
    behind = {(hit.start, hit.tongue) for hit in found if hit.label in complaints}
    for hit in found:
        denying = any((at, hit.tongue) in denials for at in range(hit.start, hit.end))
        if not (
            denying
            and hit.label in complaints
            and any(
                (at, hit.tongue) in behind and not any(breaks[hit.end : at + 1])
                for at in (hit.end, hit.end + 1)
            )
        ):
            yield hit


@lru_cache(maxsize=4)
def book_of(danger: Danger) -> Phrasebook:
    ordinary = {word for each in danger.words for word in normalise(each.ordinary).split()}
    return Phrasebook(
        (entry for each in danger.words for entry in _entries(each)), frozenset(ordinary)
    )


def _entries(words: DangerWords) -> Iterator[tuple[str, str, str]]:
    for slot, phrases in words.slots.items():
        yield from ((slot, words.id, phrase) for phrase in phrases)
    for role in ROLES:
        yield from ((role, words.id, phrase) for phrase in getattr(words, role))


@lru_cache(maxsize=4)
def _spellings(danger: Danger) -> dict[str, tuple[str, ...]]:
    return {
        normalise(short): tuple(normalise(meant).split())
        for each in danger.words
        for short, meant in each.spellings.items()
    }
