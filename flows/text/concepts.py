"""The concepts of content/danger found in a text, each with how it is meant."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from content.catalogue import Danger
from content.schema import Concept, Reach, Slot
from flows.text.phrases import Hit
from flows.text.sightings import COMMA, STOP, Sightings
from flows.text.standing import STANDINGS, Place, Standing, is_denied, is_past, standing_of

_LONGEST_PHRASE = 12  # words
_BESIDE = 5  # words from a pattern at which others still speak of it
_MIXED_FROM = 5  # letters that both words need before two languages are taken as mixed


@dataclass(frozen=True)
class Mention:
    """A concept, how it is meant, and where it stands (a pattern stands nowhere)."""

    concept: Concept
    standing: Standing
    place: Place | None = None
    softened: bool = False


def mentions_in(seen: Sightings, danger: Danger) -> list[Mention]:
    """Find every concept once, in its most certain standing."""
    found: list[Mention] = []
    for concept in danger.concepts:
        best = _surest(chain(_by_slots(concept, seen, danger.reach), _by_pattern(concept, seen)))
        if best is not None:
            found.append(best)
    return found


def _surest(mentions: Iterator[Mention]) -> Mention | None:
    """Take the most certain of them, looking no further than the first that is quite certain."""
    best: Mention | None = None
    for each in mentions:
        if best is None or _doubt(each) < _doubt(best):
            best = each
        if best.standing == "said" and not best.softened:
            break
    return best


def _doubt(mention: Mention) -> int:
    """Tell how far a mention is from certain; what tells by having been is certain when past."""
    over = mention.standing == "past" and mention.concept.past
    return 0 if over else STANDINGS.index(mention.standing)


def _by_pattern(concept: Concept, seen: Sightings) -> Iterator[Mention]:
    for pattern in patterns_of(concept.patterns):
        for match in pattern.finditer(seen.plain):
            if not _is_other(concept, seen.word_at(match.start()), seen):
                yield Mention(concept, "said")
                return


def _is_other(concept: Concept, at: int, seen: Sightings) -> bool:
    """Whether words beside one, in its sentence, say that it is something else."""
    first, last = seen.sentence(min(at, len(seen.words) - 1))
    low, high = max(first, at - _BESIDE), min(last, at + _BESIDE)
    return any(
        low <= hit.start < high
        for slot in concept.unless
        for hit in seen.of(slot, seen.main or None)
    )


@lru_cache(maxsize=64)
def patterns_of(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(each) for each in patterns)


def _by_slots(concept: Concept, seen: Sightings, reach: Reach) -> Iterator[Mention]:
    window = concept.window or reach.window
    for slots in concept.any:
        if not all(seen.hits.get(slot) for slot in slots):
            continue
        for place in _places(slots, seen, window, reach):
            if _near(concept.unless, place, seen, reach):
                continue
            softened = _near(concept.softer, place, seen, reach)
            standing = standing_of(place, seen, reach, easily_denied=concept.asked)
            if standing == "other":
                standing = _of_another(concept, place, seen)
            yield Mention(concept, standing, place, softened)


def _of_another(concept: Concept, place: Place, seen: Sightings) -> Standing:
    """Tell how it is meant when another has it: what is over with them concerns nobody here."""
    if concept.whoever:
        return "said"
    return "past" if concept.asked and not concept.past and is_past(place, seen) else "other"


def _near(slots: tuple[Slot, ...], place: Place, seen: Sightings, reach: Reach) -> bool:
    """Whether one of these stands in a sentence of the place, and is not denied there."""
    numbers = {seen.sentences[at] for hit in place.hits for at in (hit.start, hit.end - 1)}
    return any(
        True
        for slot in slots
        for hit in seen.of(slot, place.tongues)
        if seen.sentences[hit.start] in numbers and not is_denied(Place((hit,)), seen, reach)
    )


def _places(slots: tuple[Slot, ...], seen: Sightings, window: int, reach: Reach) -> Iterator[Place]:
    for first in seen.of(slots[0]):
        hits: tuple[Hit, ...] = (first,)
        for slot in slots[1:]:
            nearest = _nearest(slot, hits, seen, window, reach)
            if nearest is None:
                break
            hits = (*hits, nearest)
        else:
            yield Place(hits, seen.main)


def _nearest(
    slot: Slot, hits: tuple[Hit, ...], seen: Sightings, window: int, reach: Reach
) -> Hit | None:
    best: tuple[int, Hit] | None = None
    every = seen.of(slot)
    low = min(hit.start for hit in hits) - window - _LONGEST_PHRASE
    high = max(hit.end for hit in hits) + window
    for hit in every[bisect_left(every, (low,)) : bisect_left(every, (high + 1,))]:
        if any(_overlap(hit, other) for other in hits):
            continue
        if not all(_together(hit, other, seen) for other in hits):
            continue
        far = min(_distance(hit, other, seen, reach) for other in hits)
        if far <= window and (best is None or far < best[0]):
            best = (far, hit)
    return best[1] if best else None


def _overlap(one: Hit, other: Hit) -> bool:
    """Whether two phrases share words; "feel my bottom no more" may well have one inside it."""
    inner, outer = sorted((one, other), key=lambda each: each.end - each.start)
    if outer.start < inner.start and inner.end < outer.end:
        return False
    return one.start < other.end and other.start < one.end


def _together(one: Hit, other: Hit, seen: Sightings) -> bool:
    """Whether two words can belong together: one language, or both long enough to be sure."""
    if one.tongues & other.tongues:
        return True
    return all(
        sum(map(len, seen.words[hit.start : hit.end])) >= _MIXED_FROM for hit in (one, other)
    )


def _distance(one: Hit, other: Hit, seen: Sightings, reach: Reach) -> int:
    first, second = (one, other) if one.start < other.start else (other, one)
    breaks = seen.breaks[first.end : second.start + 1]
    ends = sum(1 for kind in breaks if kind >= STOP)
    return max(0, second.start - first.end) + reach.sentence * ends + breaks.count(COMMA)
