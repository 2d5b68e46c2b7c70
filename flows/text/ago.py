"""How long ago, or for how long, as it is told beside something in a longer text."""

from __future__ import annotations

from collections.abc import Iterator

from flows.base import Scene
from flows.text.concepts import Mention
from flows.text.lexicon import lexicons
from flows.text.phrases import Hit
from flows.text.sightings import Sightings
from flows.text.spans import days

_LONGEST = 6  # words that tell a time


def days_ago(mention: Mention, seen: Sightings, scene: Scene) -> int | None:
    """Read how many days ago a thing was, from the words of its sentence."""
    if mention.place is None:
        return None
    first, last = seen.sentence(mention.place.start)
    for hit in seen.of("ago"):
        if first <= hit.start < last:
            for chunk in _around(hit, seen, first, last):
                if (found := days(chunk, scene.at, scene, own=True)) is not None:
                    return found
    return None


def lasting_days(seen: Sightings, scene: Scene) -> int | None:
    """Read for how long something has lasted: the longest that is told anywhere."""
    found = [
        length
        for hit in seen.of("lasting")
        if not _ends_a_number(hit, seen, scene)
        and (length := _first_after(hit, seen, scene)) is not None
    ]
    return max(found, default=None)


def _ends_a_number(hit: Hit, seen: Sightings, scene: Scene) -> bool:
    """Whether a word is the end of a longer number: the "seis" of "sessenta e seis"."""
    if not seen.between("joins", hit.tongues, hit.start - 1, hit.start):
        return False
    before = " ".join(seen.words[max(0, hit.start - 2) : hit.start - 1])
    return any(before in lexicon.numbers for lexicon in lexicons(scene))


def _first_after(hit: Hit, seen: Sightings, scene: Scene) -> int | None:
    _, last = seen.sentence(hit.start)
    for end in range(min(last, hit.end + _LONGEST), hit.start, -1):
        for start in {hit.start, hit.end}:
            if start < end:
                chunk = " ".join(seen.words[start:end])
                if (found := days(chunk, scene.at, scene, graver="up", own=True)) is not None:
                    return found
    return None


def _around(hit: Hit, seen: Sightings, first: int, last: int) -> Iterator[str]:
    """Give the words up to a time word and behind it, the longest stretch first."""
    for start in range(max(first, hit.end - _LONGEST), hit.end):
        for end in range(min(last, hit.end + 3), hit.end - 1, -1):
            yield " ".join(seen.words[start:end])
