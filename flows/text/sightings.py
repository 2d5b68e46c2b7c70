"""A text as words and breaks, and what phrases are sighted in it; nothing is judged here yet."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from content.catalogue import Danger
from content.schema import DangerWords
from flows.text.normal import folded, normalise
from flows.text.phrases import Hit, Phrasebook

COMMA, STOP, QUESTION = 1, 2, 3
ROLES = (
    "negations", "answers", "after", "doubled", "turns", "joins", "subjects", "prepositions",
    "past", "over", "renewed", "others", "selves", "asking", "idioms", "lasting", "ago",
)  # fmt: skip
LONG_IDIOM = 3  # words of an idiom that no other language shares
LEAD = 2  # small words by which a language leads
SMALL_WORDS = {"subjects", "prepositions", "joins", "selves", "negations"}
TIMES = {"past", "renewed"}  # roles that an idiom takes: "none since" is not anew
EVERY = frozenset({"*"})  # of an idiom in the language of the text: no other tongue says it
IDIOM = "_IDIOM"  # slots named so take a concept back, and are no danger themselves
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[.!?;,:\n()/]|-(?=\s)")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")
_ORDINAL = re.compile(r"(?<![\d.,])(\d{1,2})\.(?= [^\W\d_])")  # "31. week" ends no sentence


@dataclass(frozen=True)
class Sightings:
    """The words of a text, the break before each (0: none), and all hits by label."""

    plain: str
    words: tuple[str, ...]
    breaks: tuple[int, ...]  # one more than there are words: the last one ends the text
    sentences: tuple[int, ...]  # for each word, the number of its sentence
    hits: dict[str, tuple[Hit, ...]]
    _found: dict[tuple[str, frozenset[str]], tuple[Hit, ...]] = field(default_factory=dict)
    main: frozenset[str] = frozenset()  # the language of most small words, where one leads
    free: tuple[str, ...] = ()  # labels whose own negation may deny other words as well
    _spent: dict[frozenset[str], frozenset[int]] = field(default_factory=dict)

    def of(self, label: str, tongues: frozenset[str] | None = None) -> tuple[Hit, ...]:
        hits = self.hits.get(label, ())
        if tongues is None or not hits:
            return hits
        found = self._found.get((label, tongues))
        if found is None:
            found = tuple(hit for hit in hits if hit.tongues & tongues)
            self._found[label, tongues] = found
        return found

    def between(self, label: str, tongues: frozenset[str], low: int, high: int) -> tuple[Hit, ...]:
        """Give the hits that begin from `low` on and before `high`."""
        every = self.of(label, tongues)
        return every[bisect_left(every, (low,)) : bisect_left(every, (high,))]

    def spent(self, tongues: frozenset[str]) -> frozenset[int]:
        """Find negations that belong to a phrase of danger itself: the "no" of "no control"."""
        found = self._spent.get(tongues)
        if found is None:
            negated = {hit.start for hit in self.of("negations", tongues)}
            found = self._spent[tongues] = frozenset(
                at
                for label, hits in self.hits.items()
                if label not in ROLES and label not in self.free and not label.endswith(IDIOM)
                for hit in hits
                if hit.end - hit.start > 1 and hit.tongues & tongues
                for at in range(hit.start, hit.end)
                if at in negated
            )
        return found

    def word_at(self, place: int) -> int:
        """Tell which word stands at a place of the plain text, near enough."""
        return sum(1 for each in _TOKEN.findall(self.plain[:place]) if not _kind(each))

    def sentence(self, word: int) -> tuple[int, int]:
        """Give the first word of a sentence, and the one after its last."""
        number = self.sentences[word]
        first = bisect_left(self.sentences, number)
        return first, bisect_left(self.sentences, number + 1)


def sightings_in(text: str, danger: Danger) -> Sightings:
    plain = normalise(text.replace("\n", " ; "))
    words, breaks = _split(plain, spellings_of(danger).longer)
    sentence = 0
    sentences = []
    for at in range(len(words)):
        sentence += breaks[at] >= STOP and at > 0
        sentences.append(sentence)
    solid = [kind >= STOP for kind in breaks]
    slang = spellings_of(danger).slang
    found = book_of(danger).found([_variants(word, slang) for word in words], solid)
    hits: dict[str, list[Hit]] = {}
    main = _main(found)
    told = list(_without_idioms(found, main))
    for hit in _without_denials(told, breaks, danger.reach.complaints):
        hits.setdefault(hit.label, []).append(hit)
    return Sightings(
        plain, tuple(words), tuple(breaks), tuple(sentences),
        {label: tuple(each) for label, each in hits.items()},
        main=main, free=danger.reach.free,
    )  # fmt: skip


def _variants(word: str, slang: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Give a word as it stands, what it may be short for, and umlauts written out taken back."""
    return tuple(dict.fromkeys((word, folded(word), *slang.get(word, ()))))


def _split(plain: str, longer: Mapping[str, tuple[str, ...]]) -> tuple[list[str], list[int]]:
    words: list[str] = []
    breaks: list[int] = []
    pending = 0
    for piece in _TOKEN.findall(_ORDINAL.sub(r"\1,", _DECIMAL.sub(" ", plain))):
        kind = _kind(piece)
        if kind:
            pending = max(pending, kind)
            continue
        for word in longer.get(piece, (piece,)):
            words.append(word)
            breaks.append(pending)
            pending = 0
    breaks.append(pending or STOP)
    return words, breaks


def _kind(piece: str) -> int:
    if piece == "?":
        return QUESTION
    if piece in ".!;":
        return STOP
    return COMMA if piece in ",:\n()/-" else 0


def _main(found: list[Hit]) -> frozenset[str]:
    """Find the language that most words of a text belong to, if one leads.

    Small words tell, and words that stand as a phrase does.
    """
    told: dict[str, set[int]] = {}
    for hit in found:
        if hit.label in SMALL_WORDS or hit.end - hit.start > 1:
            for tongue in hit.tongues:
                told.setdefault(tongue, set()).update(range(hit.start, hit.end))
    best, second = (*Counter({each: len(at) for each, at in told.items()}).most_common(2),
                    ("", 0), ("", 0))[:2]  # fmt: skip
    return frozenset({best[0]} if best[1] >= second[1] + LEAD else ())


def _without_idioms(found: list[Hit], main: frozenset[str]) -> Iterator[Hit]:
    """Leave out what is only part of an idiom of the same language, or of that of the text."""
    spent: dict[int, frozenset[str]] = {}
    for hit in found:
        if hit.label == "idioms":
            plain = hit.tongues & main or hit.end - hit.start >= LONG_IDIOM
            tongues = EVERY if plain else hit.tongues
            for at in range(hit.start, hit.end):
                spent[at] = spent.get(at, frozenset()) | tongues
    for hit in found:
        if (hit.label in ROLES and hit.label not in TIMES) or not spent:
            yield hit
            continue
        taken = [spent.get(at, frozenset[str]()) for at in range(hit.start, hit.end)]
        left = hit.tongues.difference(*taken)
        if left and EVERY not in taken:
            yield hit._replace(tongues=left)


def _without_denials(
    found: list[Hit], breaks: list[int], complaints: tuple[str, ...]
) -> Iterator[Hit]:
    """Leave out a "do not feel" that only denies the complaint behind it: "... any numbness"."""
    told = [hit for hit in found if hit.label in complaints]
    denials = _starts(hit for hit in found if hit.label == "negations")
    subjects = _starts(hit for hit in found if hit.label == "subjects")
    behind = _starts(told)
    for hit in found:
        denying = hit.label in complaints and any(
            denials.get(at, frozenset()) & hit.tongues for at in range(hit.start, hit.end)
        )
        if not denying:
            yield hit
        elif _holds_itself(hit, told):
            continue
        elif not _has_behind(hit, behind, breaks) or any(
            _is_told_anew(hit, other, breaks, subjects) for other in told
        ):
            yield hit


def _starts(hits: Iterable[Hit]) -> dict[int, frozenset[str]]:
    starts: dict[int, frozenset[str]] = {}
    for hit in hits:
        starts[hit.start] = starts.get(hit.start, frozenset()) | hit.tongues
    return starts


def _holds_itself(hit: Hit, told: list[Hit]) -> bool:
    """Whether the complaint that is denied stands in the phrase: "do not feel numbness in"."""
    return any(
        other.label == hit.label
        and hit.start + 1 < other.start < hit.end
        and other.tongues & hit.tongues
        for other in told
    )


def _is_told_anew(
    hit: Hit, other: Hit, breaks: list[int], subjects: Mapping[int, frozenset[str]]
) -> bool:
    """Whether a new clause tells the complaint: "I do not feel the pain there, it is numb"."""
    if other.label != hit.label or other.start <= hit.end or not other.tongues & hit.tongues:
        return False
    begun = max((at for at in range(hit.end, other.start + 1) if breaks[at]), default=None)
    return begun is not None and bool(subjects.get(begun, frozenset()) & hit.tongues)


def _has_behind(hit: Hit, behind: Mapping[int, frozenset[str]], breaks: list[int]) -> bool:
    """Whether another complaint comes right behind one, in the same clause."""
    return any(
        behind.get(at, frozenset()) & hit.tongues and not any(breaks[hit.end : at + 1])
        for at in (hit.end, hit.end + 1)
    )


@lru_cache(maxsize=4)
def book_of(danger: Danger) -> Phrasebook:
    ordinary = {word for each in danger.words for word in normalise(each.ordinary).split()}
    return Phrasebook(
        (entry for each in danger.words for entry in _entries(each)), frozenset(ordinary)
    )


def _entries(words: DangerWords) -> Iterator[tuple[str, str, str]]:
    for slot, phrases in words.slots.items():
        yield from ((slot, words.tongue, phrase) for phrase in phrases)
    for role in ROLES:
        yield from ((role, words.tongue, phrase) for phrase in getattr(words, role))


class _Spellings(NamedTuple):
    longer: Mapping[str, tuple[str, ...]]  # one word that stands for several
    slang: Mapping[str, tuple[str, ...]]  # a word, and what else it may be in some language


@lru_cache(maxsize=4)
def spellings_of(danger: Danger) -> _Spellings:
    longer: dict[str, tuple[str, ...]] = {}
    slang: dict[str, tuple[str, ...]] = {}
    for short, meant in ((s, m) for each in danger.words for s, m in each.spellings.items()):
        words = tuple(normalise(meant).split())
        if len(words) > 1:
            longer[normalise(short)] = words
        else:
            slang[normalise(short)] = (*slang.get(normalise(short), ()), *words)
    return _Spellings(longer, slang)
