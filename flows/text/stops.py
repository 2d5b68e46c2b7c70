"""Words that stop a session, in all languages, whatever the language of the chat.

They are looked for in squeezed text, clause by clause; a denial before one takes it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from content.schema import Tongue, TypedWords
from flows.base import Scene
from flows.text.lexicon import form, one_of, pictures, signs
from flows.text.normal import folded, normalise, squeezed
from flows.text.reading import Reading

_REACH = 5  # words that a negation reaches over
_SLIP_FROM = 5  # letters from which two may have changed places
_SHORT = 2  # words of a message that says one thing
_CLAUSE = re.compile(r"([.!?;,\n]+)")
_SPELT = re.compile(r"\w(?:[ .,-]+\w)+[ .,!?]*")


@dataclass(frozen=True)
class _Stops:
    """The stop words of one language, ready to be looked for in squeezed text."""

    words: dict[str, re.Pattern[str]]  # by concept
    single: frozenset[str]
    always: re.Pattern[str]
    asking: re.Pattern[str]
    negations: frozenset[str]
    denials: frozenset[str]
    turns: frozenset[str]
    long: Mapping[str, tuple[str, ...]]  # words long enough for two letters to have changed places


@dataclass(frozen=True)
class _AllStops:
    benign: re.Pattern[str]
    tongues: tuple[_Stops, ...]


def stop_in(text: str, scene: Scene, *, alone_only: bool) -> Reading | None:
    lines = text.replace("\n", " ; ")  # the end of a line is that of a clause
    plain = folded(squeezed(_spelt(normalise(lines, pictures(scene)))))
    stops = stops_of(scene.content.reading)
    if _single(plain, stops):
        return None if alone_only else Reading(action="STOP_EXERCISE", concept="single")
    if signs(scene, "stop").intersection(plain.split()) and not (alone_only and _words(plain)):
        return Reading(action="STOP_EXERCISE", concept="sign")
    rest, benign = stops.benign.subn(" , ", plain)
    negated = bool(benign)
    for clause, end in _clauses(rest):
        for tongue in stops.tongues:
            concept, denied = _in_clause(clause, end, tongue)
            negated |= denied
            if concept and not (alone_only and _says_more(rest, stops)):
                return Reading(action="STOP_EXERCISE", concept=concept)
    return Reading(action="NONE", negated=True) if negated else None


def _single(plain: str, stops: _AllStops) -> bool:
    words = _words(plain)
    return bool(words) and any(
        (len(words) <= _SHORT and " ".join(words) in tongue.single)
        or all(word in tongue.single for word in words)
        for tongue in stops.tongues
    )


def _spelt(text: str) -> str:
    """Join what is spelt letter by letter: "S T O P"."""
    return re.sub(r"[ .,-]+", "", text) if _SPELT.fullmatch(text) else text


def _clauses(text: str) -> list[tuple[str, str]]:
    parts = _CLAUSE.split(text)
    return [
        (clause.strip(), end)
        for clause, end in zip(parts[::2], [*parts[1::2], ""], strict=True)
        if clause.strip()
    ]


def _in_clause(clause: str, end: str, stops: _Stops) -> tuple[str, bool]:
    """Tell the concept that a clause reports, and whether one was denied."""
    if stops.always.search(clause):
        return "halt", False
    if stops.asking.match(clause):
        return "", False
    words = _words(clause)
    asked = "?" in end and len(words) > _SHORT
    spent: set[int] = set()  # negations that a "stop" has used up: "it doesn't stop hurting"
    denied = False
    for at, concept in _hits(clause, words, stops):
        if asked and concept == "halt":
            continue
        by = _negation(words, at, concept, stops, spent)
        if by is None:
            return concept, denied
        denied = True
        if concept == "halt":
            spent.add(by)
    return "", denied


def _hits(clause: str, words: list[str], stops: _Stops) -> list[tuple[int, str]]:
    """Tell where stop words begin, as counts of words, in order."""
    found = [
        (len(_words(clause[: match.start()])), concept)
        for concept, pattern in stops.words.items()
        for match in pattern.finditer(clause)
    ]
    slips = [(at, "cry") for at, word in enumerate(words) if _is_slip(word, stops)]
    return sorted(found + slips)


def _is_slip(word: str, stops: _Stops) -> bool:
    """Two neighbours have changed places: "hrust", "shtop"; nothing wilder, words are short."""
    return any(
        word != right and DamerauLevenshtein.distance(word, right) == 1
        for right in stops.long.get(_letters(word), ())
    )


def _letters(word: str) -> str:
    return "".join(sorted(word))


def _by_letters(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        found[_letters(word)] = (*found.get(_letters(word), ()), word)
    return found


def _negation(
    words: list[str], at: int, concept: str, stops: _Stops, spent: set[int]
) -> int | None:
    """Which word denies the one at a place, if any does."""
    for index in range(at - 1, max(at - 1 - _REACH, -1), -1):
        word = words[index]
        if index in spent or word in stops.turns:
            return None
        if word in stops.negations or (concept == "symptom" and word in stops.denials):
            return index
    return None


def _says_more(text: str, stops: _AllStops) -> bool:
    """Whether anything but stop words stands in a text."""
    for tongue in stops.tongues:
        for pattern in (tongue.always, *tongue.words.values()):
            text = pattern.sub(" ", text)
    return bool(set(_words(text)) - frozenset().union(*(t.single for t in stops.tongues)))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


@lru_cache(maxsize=4)
def stops_of(words: TypedWords) -> _AllStops:
    every = tuple(words.languages.values())
    benign = one_of(_form(each) for tongue in every for each in tongue.benign)
    return _AllStops(benign, tuple(_of(tongue) for tongue in every))


def _of(tongue: Tongue) -> _Stops:
    concepts = {"halt": tongue.halt, "cry": tongue.cry, "symptom": tongue.symptom}
    forms = {name: [_form(each) for each in entries] for name, entries in concepts.items()}
    return _Stops(
        words={name: one_of(entries) for name, entries in forms.items()},
        single=frozenset(_form(each) for each in tongue.single),
        always=one_of(_form(each) for each in tongue.always),
        asking=one_of(_form(each) for each in tongue.asking),
        negations=frozenset(_form(each) for each in tongue.negations),
        denials=frozenset(_form(each) for each in tongue.denials),
        turns=frozenset(_form(each) for each in tongue.turns),
        long=_by_letters(
            each for name in ("halt", "cry") for each in dict.fromkeys(forms[name])
            if " " not in each and "*" not in each and len(each) >= _SLIP_FROM - 1
        ),
    )  # fmt: skip


def _form(phrase: str) -> str:
    """Give the form in which stop words are compared; a `*` stays."""
    ending = "*" if phrase.endswith("*") else ""
    return folded(squeezed(form(phrase.removesuffix("*")))) + ending
