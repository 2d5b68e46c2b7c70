"""What the answers on a path say: a fold over the base facts, pure and always from the start.

Three things make it careful.  Of several answers about one fact the gravest stands, so that no
later screen lowers what an earlier one said.  A follow-up speaks in the place of the option that
opened it, and until it is answered that option's danger is kept in `facts`, while `settled`, by
which emergencies are judged, leaves it out.  And "not sure" never lowers what was ticked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from content.catalogue import Catalogue
from content.schema import Fact, Option, Part, Screen, Value
from flows.triage.vocabulary import Answer


@dataclass(frozen=True)
class Claim:
    """What one answer says of a fact, and the open follow-ups that may still say otherwise."""

    value: Value
    unsure: bool = False
    waits: frozenset[str] = frozenset()


Claims = Mapping[str, Claim]


@dataclass(frozen=True)
class Told:
    """All facts after a path; `pending` are follow-ups not yet answered, the next one first."""

    facts: dict[str, Value]
    settled: dict[str, Value]
    unsure: frozenset[str]
    about: frozenset[str]
    pending: tuple[str, ...]


def told(path: Sequence[Answer], base: Mapping[str, Value], content: Catalogue) -> Told:
    said = _resolved(path, content)
    about = frozenset(fact for answer in path for fact in answer.about)
    claims = _joined(said.values(), content)
    facts = _facts(base, about, claims, content)
    pending = _pending(path, facts, content)
    settled = facts
    if pending:
        open_ = frozenset(pending)
        firm = _joined(({f: c for f, c in s.items() if not c.waits & open_} for s in said.values()), content)
        held = claims.keys() - firm.keys()
        settled = _facts(base, about - held, firm, content)
    unsure = frozenset(fact for fact, claim in claims.items() if claim.unsure)
    return Told(facts, settled, unsure, about, pending)


def option_at(ref: str, screen: Screen) -> tuple[Part, Option]:
    """Find the option that `part.option` names on a screen."""
    part_id, option_id = ref.split(".", 1)
    for part in screen.parts:
        if part.id == part_id:
            return part, next(option for option in part.options if option.id == option_id)
    raise KeyError(ref)


def spoken_of(part: Part) -> tuple[str, ...]:
    """Name the facts that a part may set."""
    own = (part.fact, *part.also) if part.fact else ()
    return (*own, *(fact for option in part.options for fact in option.set))


def gravest(fact: Fact, first: Claim, second: Claim) -> Claim:
    """Keep the claim nearer danger; of equal ones the surer; without a direction the later."""
    before, after = _gravity(fact, first.value), _gravity(fact, second.value)
    if before == after:
        return first if first.value == second.value and not first.unsure else second
    return first if before > after else second


def _gravity(fact: Fact, value: Value) -> int:
    match fact.toward_danger:
        case "up" | None if fact.type == "bool":
            return int(value)
        case "up":
            return int(value)
        case "down":
            return -int(value)
        case None:
            return 0
        case order:
            return order.index(str(value)) if value in order else -1


def _resolved(path: Sequence[Answer], content: Catalogue) -> dict[str, Claims]:
    """Read the path from its end, so that follow-ups speak before what opened them."""
    said: dict[str, Claims] = {}
    for answer in reversed(path):
        said[answer.screen] = _joined(_claims(answer, said, content), content)
    return said


def _claims(
    answer: Answer, said: Mapping[str, Claims], content: Catalogue
) -> Iterable[Claims]:
    screen = content.screens[answer.screen]
    for ref in answer.ticked:
        yield _taken(option_at(ref, screen)[1], said, content)
    for ref in answer.unsure:
        yield {
            fact: Claim(_unsure_as(fact, content), unsure=True)
            for fact in _unsure_of(ref, screen)
            if fact in answer.about
        }
    yield {fact: Claim(value) for fact, value in answer.numbers.items()}


def _taken(option: Option, said: Mapping[str, Claims], content: Catalogue) -> Claims:
    """Read a ticked option: what it sets, or what its follow-ups have put in the place."""
    waits = frozenset(screen for screen in option.opens if screen not in said)
    later = [said[screen] for screen in option.opens if screen in said]
    waits = waits.union(*(claim.waits for claims in later for claim in claims.values()))
    claims: dict[str, Claim] = {}
    for fact, value in option.set.items():
        own = Claim(value, waits=waits)
        instead = [claims_[fact] for claims_ in later if fact in claims_]
        if not instead:
            claims[fact] = own
            continue
        kind = content.facts[fact]
        claim = reduce(lambda a, b: gravest(kind, a, b), instead)  # noqa: B023 - used at once
        claims[fact] = gravest(kind, claim, own) if claim.unsure else claim
    return claims


def _unsure_of(ref: str, screen: Screen) -> tuple[str, ...]:
    if "." in ref:
        return tuple(option_at(ref, screen)[1].set)
    return next(spoken_of(part) for part in screen.parts if part.id == ref)


def _unsure_as(fact: str, content: Catalogue) -> Value:
    counts_as = content.facts[fact].unsure_as
    return content.defaults[fact] if counts_as is None else counts_as


def _joined(all_claims: Iterable[Claims], content: Catalogue) -> dict[str, Claim]:
    joined: dict[str, Claim] = {}
    for claims in all_claims:
        for fact, claim in claims.items():
            before = joined.get(fact)
            joined[fact] = claim if before is None else gravest(content.facts[fact], before, claim)
    return joined


def _facts(
    base: Mapping[str, Value],
    about: frozenset[str],
    claims: Claims,
    content: Catalogue,
) -> dict[str, Value]:
    facts = {fact: value for fact, value in base.items() if fact not in about}
    facts.update({fact: claim.value for fact, claim in claims.items()})
    return content.complete(facts)


def _pending(
    path: Sequence[Answer], facts: Mapping[str, Value], content: Catalogue
) -> tuple[str, ...]:
    """List the follow-ups to be asked: those of the latest answer first."""
    answered = {answer.screen for answer in path}
    opened: dict[str, None] = {}
    for answer in reversed(path):
        screen = content.screens[answer.screen]
        for ref in answer.ticked:
            opened.update(dict.fromkeys(option_at(ref, screen)[1].opens))
    return tuple(
        screen
        for screen in opened
        if screen not in answered and content.holds(content.screens[screen].when, facts)
    )
