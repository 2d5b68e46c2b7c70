"""What the answers on a path say: a fold over the base facts, pure and always from the start.

Three things make it careful.  Of several answers about one fact the gravest stands, so that no
later screen lowers what an earlier one said.  A follow-up speaks in the place of the option that
opened it, and until it is answered that option's danger is kept in `facts`, while `settled`, by
which emergencies are judged, leaves it out.  And "not sure" never lowers what was ticked, nor does
a list left unticked take back what stands: an illness told before is none that is new.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from itertools import chain

from content.catalogue import Catalogue
from content.schema import Fact, Option, Part, Screen, Value
from flows.leaning import gravity
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
    said = _said(path, content)
    about = frozenset(chain.from_iterable(answer.about for answer in path))
    claims = _joined(said, content)
    facts = _facts(base, about, claims, content)
    pending = _pending(path, facts, content)
    settled = facts
    if waiting := frozenset(pending):
        firm = _joined((_without(each, waiting) for each in said), content)
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


def facts_named(ref: str, screen: Screen) -> tuple[str, ...]:
    """Name the facts that a `part.option`, or a whole part, speaks of."""
    if "." in ref:
        return tuple(option_at(ref, screen)[1].set)
    return next(spoken_of(part) for part in screen.parts if part.id == ref)


def gravest(fact: Fact, first: Claim, second: Claim) -> Claim:
    """Keep the claim nearer danger; of equal ones the surer; without a direction the later."""
    before, after = gravity(fact, first.value), gravity(fact, second.value)
    if before == after:
        return first if first.value == second.value and not first.unsure else second
    return first if before > after else second


def _said(path: Sequence[Answer], content: Catalogue) -> list[Claims]:
    """Read the path from its end, so that follow-ups speak before what opened them.

    What a follow-up says in the place of an option is that option's claim, and no other.
    """
    heard: dict[str, Claims] = {}
    said: list[tuple[str, Claims]] = []
    passed_on: set[tuple[str, str]] = set()
    for answer in reversed(path):
        if not (answer.ticked or answer.unsure or answer.numbers):
            heard[answer.screen] = {}
            continue
        own = list(_claims(answer, heard, content))
        passed_on.update(_passed_on(answer, heard, content))
        heard[answer.screen] = _joined(own, content)
        said += [(answer.screen, claims) for claims in own]
    return [
        {fact: claim for fact, claim in claims.items() if (screen, fact) not in passed_on}
        for screen, claims in said
    ]


def _passed_on(
    answer: Answer, heard: Mapping[str, Claims], content: Catalogue
) -> Iterable[tuple[str, str]]:
    for ref in answer.ticked:
        option = option_at(ref, content.screens[answer.screen])[1]
        for screen in option.opens:
            yield from ((screen, fact) for fact in option.set if fact in heard.get(screen, ()))


def _claims(answer: Answer, heard: Mapping[str, Claims], content: Catalogue) -> Iterable[Claims]:
    screen = content.screens[answer.screen]
    for ref in answer.ticked:
        yield _taken(option_at(ref, screen)[1], heard, content)
    for ref in answer.unsure:
        yield {
            fact: Claim(value, unsure=True)
            for fact in facts_named(ref, screen)
            if fact in answer.about and (value := _unsure_as(fact, content)) is not None
        }
    yield {fact: Claim(value) for fact, value in answer.numbers.items()}


def _taken(option: Option, heard: Mapping[str, Claims], content: Catalogue) -> Claims:
    """Read a ticked option: what it sets, or what its follow-ups have put in the place."""
    later = [heard[screen] for screen in option.opens if screen in heard]
    waits = frozenset(screen for screen in option.opens if screen not in heard)
    waits = waits.union(*(claim.waits for claims in later for claim in claims.values()))
    return {
        fact: _instead(fact, Claim(value, waits=waits), later, content)
        for fact, value in option.set.items()
    }


def _instead(fact: str, own: Claim, later: Sequence[Claims], content: Catalogue) -> Claim:
    """Let follow-ups speak; one that is not sure may raise what the option says, not lower it."""
    kind = content.facts[fact]
    answers = [claims[fact] for claims in later if fact in claims]
    if not answers:
        return own
    claim = reduce(partial(gravest, kind), answers)
    claim = gravest(kind, claim, own) if claim.unsure else claim
    return replace(claim, waits=own.waits)


def _unsure_as(fact: str, content: Catalogue) -> Value | None:
    """Read "not sure"; None: the fact keeps its default, which is another fact's value."""
    counts_as = content.facts[fact].unsure_as
    return content.defaults.get(fact) if counts_as is None else counts_as


def _joined(all_claims: Iterable[Claims], content: Catalogue) -> dict[str, Claim]:
    joined: dict[str, Claim] = {}
    for claims in all_claims:
        for fact, claim in claims.items():
            before = joined.get(fact)
            joined[fact] = claim if before is None else gravest(content.facts[fact], before, claim)
    return joined


def _without(claims: Claims, waiting: frozenset[str]) -> Claims:
    return {fact: claim for fact, claim in claims.items() if not claim.waits & waiting}


def _facts(
    base: Mapping[str, Value],
    about: frozenset[str],
    claims: Claims,
    content: Catalogue,
) -> dict[str, Value]:
    facts = {
        fact: value
        for fact, value in base.items()
        if fact not in about or content.facts[fact].stands
    }
    facts.update({fact: claim.value for fact, claim in claims.items()})
    return content.complete(facts)


def _pending(
    path: Sequence[Answer], facts: Mapping[str, Value], content: Catalogue
) -> tuple[str, ...]:
    """List the follow-ups to be asked: those of the latest answer first."""
    opened: dict[str, None] = {}
    for answer in reversed(path):
        for ref in answer.ticked:
            option = option_at(ref, content.screens[answer.screen])[1]
            opened.update(dict.fromkeys(option.opens))
    if not opened:
        return ()
    answered = {answer.screen for answer in path}
    counted = {fact for screen in answered for fact in _counts(content.screens[screen])}
    return tuple(
        screen
        for screen in opened
        if screen not in answered
        and not counted.intersection(_counts(content.screens[screen]))
        and content.holds(content.screens[screen].when, facts)
    )


def _counts(screen: Screen) -> tuple[str, ...]:
    """Name the numbers a screen asks for; one that was just typed is not asked for twice."""
    return tuple(part.fact for part in screen.parts if part.kind == "number" and part.fact)
