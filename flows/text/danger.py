"""The place that every text passes first, to see whether it reports pain or danger.

Words may raise the level and never lower it, so where two readings are possible the more careful
one counts.  All languages are heard, whatever the language of the chat.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from content.catalogue import Catalogue
from content.schema import Concept, Fact, Value
from flows.base import Scene
from flows.text.ago import days_ago
from flows.text.concepts import Mention, mentions_in, patterns_of
from flows.text.reading import NOTHING, Action, Reading
from flows.text.sightings import Sightings, book_of, sightings_in, spellings_of
from flows.text.stops import stop_in, stops_of

__all__ = ["NOTHING", "Action", "Reading", "heard", "is_stop_word", "meant", "warm", "with_told"]

_GRAVE = ("CRISIS", "EMERGENCY_INTERRUPT")
_ORDER: tuple[Action, ...] = (
    "CRISIS", "EMERGENCY_INTERRUPT", "STOP_EXERCISE", "URGENT_CHECK", "NONE",
)  # fmt: skip


def heard(text: str, scene: Scene, *, live: bool, answering_number: bool = False) -> Reading:
    """Read a text for pain and danger; `live` while a session runs, its stop included.

    Outside a session only a message that holds nothing but stop words is one.  A number that
    answers a question for a number (`answering_number`) is no temperature.
    """
    danger = _danger(text, scene, live=live, answering_number=answering_number)
    stop = stop_in(text, scene, alone_only=not live)
    if stop is None or stop.action == "NONE":
        negated = danger.negated or (stop is not None and danger.action == "NONE")
        return danger.model_copy(update={"negated": negated})
    if _ORDER.index(danger.action) <= _ORDER.index("STOP_EXERCISE"):
        return danger
    # What is to be asked about is not lost by the stop that comes before it.
    beside = danger.concept if danger.action == "URGENT_CHECK" else ""
    return stop.model_copy(update={"facts": danger.facts, "beside": beside})


def warm(catalogue: Catalogue) -> None:
    """Make all words ready, once at the start: the first text is then read as fast as any."""
    book_of(catalogue.danger)
    spellings_of(catalogue.danger)
    stops_of(catalogue.reading)
    for concept in catalogue.danger.concepts:
        patterns_of(concept.patterns)


def meant(reading: Reading, catalogue: Catalogue) -> dict[str, Value]:
    """Give what a reading would mean were it so: of a doubtful one, the facts to be asked about."""
    name = reading.beside or reading.concept
    known = (each for each in catalogue.danger.concepts if each.id == name)
    concept = next(known, None)
    return {**(concept.facts if concept is not None else {}), **reading.facts}


def is_stop_word(text: str, scene: Scene) -> bool:
    """Whether a text, sent while a session runs, stops it."""
    return heard(text, scene, live=True).action == "STOP_EXERCISE"


def _danger(text: str, scene: Scene, *, live: bool, answering_number: bool) -> Reading:
    seen = sightings_in(text, scene.content.danger)
    mentions = [
        each
        for each in mentions_in(seen, scene.content.danger)
        if each.concept.action != "NONE" and not (answering_number and each.concept.patterns)
    ]
    if not mentions:
        return NOTHING
    judged = [(action_of(each, seen, scene, live=live), each) for each in mentions]
    action, gravest = min(judged, key=lambda each: _ORDER.index(each[0]))
    negated = any(each.standing == "denied" for each in mentions)
    if action == "NONE":
        return Reading(action="NONE", concept=gravest.concept.id, negated=negated)
    told = [each for done, each in judged if done != "NONE"]
    facts = facts_of(told, seen, scene)
    return Reading(action=action, concept=gravest.concept.id, facts=facts)


def action_of(mention: Mention, seen: Sightings, scene: Scene, *, live: bool) -> Action:
    """Tell what a mention asks for, as it is meant."""
    concept = mention.concept
    doubted: Action = "URGENT_CHECK" if concept.action in _GRAVE else "NONE"
    match mention.standing:
        case "said":
            return _said(mention, seen, scene, live=live)
        case "doubtful":
            return "URGENT_CHECK" if concept.action != "NONE" else "NONE"
        case "asked" if not concept.asked:
            return concept.action
        case "asked" | "other":
            return doubted
        case "past":
            return _over(concept)
        case "denied":
            return "NONE"


def _over(concept: Concept) -> Action:
    """Tell what is still asked for when a thing is over: a cancer, a death tell by having been."""
    if concept.past:
        return concept.action
    return "URGENT_CHECK" if concept.action == "CRISIS" else "NONE"


def _said(mention: Mention, seen: Sightings, scene: Scene, *, live: bool) -> Action:
    concept = mention.concept
    if mention.softened:
        return "URGENT_CHECK"
    if concept.recent_days is not None:
        ago = days_ago(mention, seen, scene)
        if ago is not None and ago > concept.recent_days:
            return "URGENT_CHECK"
    return concept.live if live and concept.live else concept.action


def facts_of(mentions: Iterable[Mention], seen: Sightings, scene: Scene) -> dict[str, Value]:
    """Gather what is said for certain; of two values of a fact the graver."""
    facts: dict[str, Value] = {}
    for mention in mentions:
        if mention.standing == "said" and not mention.softened:
            _gather(facts, _told(mention, seen, scene), scene.content)
        elif mention.standing == "past":
            _gather(facts, mention.concept.past, scene.content)
    return facts


def _told(mention: Mention, seen: Sightings, scene: Scene) -> dict[str, Value]:
    concept: Concept = mention.concept
    told: dict[str, Value] = dict(concept.facts)
    if concept.ago is not None and (ago := days_ago(mention, seen, scene)) is not None:
        told[concept.ago] = ago
    if concept.number is not None and mention.place is not None:
        hit = mention.place.hits[0]
        figures = [int(word) for word in seen.words[hit.start : hit.end] if word.isdigit()]
        told.update({concept.number: figures[0]} if figures else {})
    return told


def with_told(
    facts: Mapping[str, Value], told: Mapping[str, Value], catalogue: Catalogue
) -> dict[str, Value]:
    """Add what is told to what is known: a text may only make a fact graver."""
    both = dict(facts)
    _gather(both, told, catalogue)
    return both


def _gather(facts: dict[str, Value], told: Mapping[str, Value], catalogue: Catalogue) -> None:
    for name, value in told.items():
        known = facts.get(name)
        if known is None or _is_graver(catalogue.facts[name], value, known):
            facts[name] = value


def _is_graver(fact: Fact, value: Value, known: Value) -> bool:
    match fact.toward_danger:
        case tuple() as order if value in order and known in order:
            return order.index(str(value)) > order.index(str(known))
        case "down":
            return int(value) < int(known)
        case "up":
            return int(value) > int(known)
        case _:
            return False
