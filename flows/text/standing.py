"""How what is mentioned is meant: said of oneself and now, or denied, past, another's, or asked.

The words that tell are those of the language of the mention.  When in doubt a thing is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from content.schema import Reach
from flows.text.phrases import Hit
from flows.text.sightings import COMMA, QUESTION, STOP, Sightings

Standing = Literal["said", "doubtful", "asked", "other", "past", "denied"]
_BESIDE_A_TIME = 2  # words beside a time in a clause that tells little else
_FAR = 40  # words: no list of denials is longer
_AN_ITEM = 3  # words of a part of a list at most
STANDINGS: tuple[Standing, ...] = ("said", "doubtful", "asked", "other", "past", "denied")


@dataclass(frozen=True)
class Place:
    """Where something is mentioned, by which hits."""

    hits: tuple[Hit, ...]
    main: frozenset[str] = frozenset()  # the language most of the text is in

    @property
    def start(self) -> int:
        return min(hit.start for hit in self.hits)

    @property
    def end(self) -> int:
        return max(hit.end for hit in self.hits)

    @property
    def tongues(self) -> frozenset[str]:
        """The languages that all its words share; all of theirs when languages are mixed."""
        every = [hit.tongues for hit in self.hits]
        return frozenset.intersection(*every) or frozenset.union(*every)

    @property
    def spoken(self) -> frozenset[str]:
        """Its languages and that of the text: when it was may be told in either.

        Who it is and what denies is not: "no" is "in", and "he" is "have", elsewhere.
        """
        return self.tongues | self.main


def standing_of(
    place: Place, seen: Sightings, reach: Reach, *, easily_denied: bool = True
) -> Standing:
    """Tell how a mention is meant; what is not `easily_denied` no later clause takes back."""
    if _is_doubled(place, seen, reach):
        return "doubtful"
    if is_denied(place, seen, reach, easily=easily_denied):
        return "denied"
    if _is_others(place, seen):
        return "other"
    if _is_asked(place, seen):
        return "asked"
    return "past" if is_past(place, seen) else "said"


# ---- denied


def _is_doubled(place: Place, seen: Sightings, reach: Reach) -> bool:
    return any(
        cue.start <= place.start <= cue.end + reach.doubled
        and seen.sentences[cue.start] == seen.sentences[place.start]
        for cue in seen.of("doubled", place.tongues)
    )


def is_denied(place: Place, seen: Sightings, reach: Reach, *, easily: bool = True) -> bool:
    own = {at for hit in place.hits for at in range(hit.start, hit.end)}
    own |= seen.spent(place.tongues)
    for cue in seen.between("negations", place.tongues, place.start - _FAR, place.end):
        if own.intersection(range(cue.start, cue.end)):
            continue
        if COMMA in seen.breaks[cue.end : place.start + 1] and _is_negative(place, seen):
            continue  # "no fever, cannot pee"
        covered = _covered(cue, seen, reach, cue.tongues & place.tongues, easily=easily)
        if any(hit.start in covered for hit in place.hits):
            return True
    return _is_denied_behind(place, seen, reach, own, easily=easily)


def _covered(
    cue: Hit, seen: Sightings, reach: Reach, tongues: frozenset[str], *, easily: bool
) -> set[int]:
    """Find the words that a negation reaches: to a turn, a new subject, the end of the clause."""
    low, high = cue.start, cue.end + _FAR
    turns = {hit.start for hit in seen.between("turns", tongues, low, high)}
    joins = {hit.start for hit in seen.between("joins", tongues, low, high)}
    subjects = {hit.start for hit in seen.between("subjects", tongues, low, high)}
    prepositions = {hit.end for hit in seen.between("prepositions", tongues, low, high)}
    answers = {hit.start for hit in seen.between("answers", tongues, low, high)}
    denials = {hit.start for hit in seen.between("negations", tongues, low, high)}
    covered: set[int] = set()
    left = reach.negation
    listed = False
    for at in range(cue.end, min(high, len(seen.words))):
        if seen.sentences[at] != seen.sentences[cue.start] or at in turns or left < 0:
            break
        if at == cue.end and (seen.breaks[at] or (cue.start in answers and at in subjects)):
            break
        if seen.breaks[at] == COMMA or at in joins:
            left, listed = reach.negation, True
            if seen.breaks[at] == COMMA and _denies_itself(at, seen, tongues):
                break
            if seen.breaks[at] == COMMA and not easily and _clause_end(at, seen) - at > _AN_ITEM:
                break  # "this is no life, I would rather ..."
            if at in subjects or (at in joins and at + 1 in subjects | denials):
                break
        if at in subjects and at not in prepositions and (listed or at > cue.end + 1):
            break
        covered.add(at)
        left -= 1
    return covered


def _denies_itself(at: int, seen: Sightings, tongues: frozenset[str]) -> bool:
    """Whether the clause from a word on has a denial of its own, and so needs no shared one."""
    return bool(seen.between("negations", tongues, at + 1, _clause_end(at, seen)))


def _clause_end(at: int, seen: Sightings) -> int:
    return next((to for to in range(at + 1, len(seen.breaks)) if seen.breaks[to]), at)


def _is_denied_behind(
    place: Place, seen: Sightings, reach: Reach, own: set[int], *, easily: bool
) -> bool:
    """Whether the clause ends in a denial, or a question is answered by one."""
    for cue in seen.of("after", place.tongues):
        if not place.end <= cue.start <= place.end + reach.after:
            continue
        if own.intersection(range(cue.start, cue.end)):
            continue
        if cue.start == place.end and not seen.breaks[cue.start] and _is_negative(place, seen):
            continue  # "no siento nada": the second no only strengthens the first
        between = seen.breaks[place.end : cue.start + 1]
        asked_first = QUESTION in between
        if STOP in between or (max(between, default=0) > COMMA and not asked_first):
            continue
        if COMMA in between[:-1]:
            continue  # "I pinch it, and nothing": another clause has come between
        if not easily and seen.between("joins", place.tongues, place.end, cue.start):
            continue  # "end my life and know not"
        if seen.breaks[cue.end]:
            return True
    return False


def _is_negative(place: Place, seen: Sightings) -> bool:
    """Whether the words of danger hold a negation of their own."""
    return not seen.spent(place.tongues).isdisjoint(range(place.start, place.end))


# ---- whose, and when


def _is_others(place: Place, seen: Sightings) -> bool:
    return any(_is_others_in(frozenset({tongue}), place, seen) for tongue in place.tongues)


def _is_others_in(tongue: frozenset[str], place: Place, seen: Sightings) -> bool:
    """Whether the person last named before it is another, in the words of one language."""
    first, _ = seen.sentence(place.start)
    own = {at for hit in place.hits for at in range(hit.start, hit.end)}  # "... someone else's"
    others = [
        hit
        for hit in seen.of("others", tongue)
        if first <= hit.start < place.end and hit.start not in own
    ]
    if not others:
        return False
    claimed = {at for hit in others for at in range(hit.start, hit.end)}
    selves = [
        hit.start
        for hit in seen.of("selves", tongue)
        if first <= hit.start < place.end and hit.start not in claimed
    ]
    return max(hit.start for hit in others) > max(selves, default=-1)


def _is_asked(place: Place, seen: Sightings) -> bool:
    first, _ = seen.sentence(place.start)
    return any(first <= h.start <= place.start for h in seen.of("asking", place.spoken))


def is_past(place: Place, seen: Sightings) -> bool:
    first, last = seen.sentence(place.start)

    def told(label: str) -> list[Hit]:
        return [hit for hit in seen.of(label, place.spoken) if first <= hit.start < last]

    over = [hit for hit in told("over") if _is_of(hit, place, seen)]
    past = [hit for hit in told("past") if _is_of(hit, place, seen)]
    return bool(over) or (bool(past) and not told("renewed"))


def _is_of(cue: Hit, place: Place, seen: Sightings) -> bool:
    """Whether a time is that of a place: told in its clause, or in a clause of little else."""
    low, high = sorted((cue.start, place.start))
    if not any(seen.breaks[low + 1 : high + 1]):
        return True
    begin, end = cue.start, cue.end
    while begin and not seen.breaks[begin]:
        begin -= 1
    while end < len(seen.words) and not seen.breaks[end]:
        end += 1
    return (end - begin) - (cue.end - cue.start) <= _BESIDE_A_TIME
