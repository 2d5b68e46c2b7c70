"""What staff are told: the answers that decided, since when, what was advised, and when.

The answers are told anew from the facts of the receipt, in each language that there are words for;
a rule that has left the content speaks in the words of the receipt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel.languages import get_official_languages

from bot.render.held import Held
from content.catalogue import Catalogue
from content.schema import Rule, Value
from flows import diary
from flows.base import Known, Said, said
from flows.news import aged
from flows.receipt.vocabulary import Reason, Receipt
from flows.told import told

SINCE = "duration_days"
PERSON = ("age", "sex", "pregnant")


@dataclass(frozen=True)
class Told:
    """One receipt as staff are told of it."""

    receipt: Receipt
    answers: tuple[Said, ...]
    facts: dict[str, Known]  # those that the answers are made of
    person: tuple[Said, ...]
    since: tuple[Said, ...]
    extra: tuple[Said, ...]  # what staff should ask themselves

    @property
    def level(self) -> Said:
        return said(f"advice.level.{self.receipt.level}")


def found(held: Held, code: str) -> Told:
    """Find the receipt; raises LookupError where there is none."""
    receipt = next((r for r in diary.advices(held.entries) if r.code == code), None)
    if receipt is None:
        raise LookupError("no such receipt")
    rules = {rule.id: rule for rule in held.content.rules}
    fired = [reason for reason in receipt.fired if reason.rule in receipt.reasons]
    read = {name for each in fired for name in _read(each, rules, held)}
    told_first = {*PERSON, SINCE}
    facts = {n: k for n, k in receipt.facts.items() if n in read and n not in told_first}
    answers = tuple(_answers(facts, held)) or tuple(_whys(fired))
    return Told(
        receipt, answers, facts, told(_values(PERSON, receipt, held.content), held.content),
        told(_values((SINCE,), receipt, held.content), held.content), tuple(_extra(receipt, rules)),
    )  # fmt: skip


def card_told(told_of: Told) -> tuple[Said, ...]:
    """Say what the picture says: nobody has to see it, and it is found by a search in the chat."""
    answers = (*told_of.person, *told_of.answers, *told_of.since)
    return (
        said("doorway.said", told=answers),
        said("doorway.advised", level=told_of.level),
        said("receipt.code", code=told_of.receipt.code),
    )


def languages(held: Held) -> tuple[str, ...]:
    """Give the language of the place first, for staff, and then the user's, as far as we speak."""
    country = held.talk.facts.get("country")
    place = str(country.value) if country else held.talk.assumed_country
    local = get_official_languages(place) if place else ()
    spoken = [name for name in local if name in held.content.words][:1]
    own = held.talk.language
    return (own,) if own in local else tuple(dict.fromkeys([*spoken, own]))


def _read(reason: Reason, rules: dict[str, Rule], held: Held) -> frozenset[str]:
    rule = rules.get(reason.rule)
    return held.content.facts_of(rule.cond) if rule else frozenset()


def _answers(facts: dict[str, Known], held: Held) -> Iterator[Said]:
    for name, known in facts.items():
        for line in told({name: known.value}, held.content):
            yield said("receipt.not_sure", of=line) if known.unsure else line


def _whys(fired: list[Reason]) -> Iterator[Said]:
    return (said("receipt.text", text=str(reason.why)) for reason in fired)


def _values(names: Iterable[str], receipt: Receipt, content: Catalogue) -> dict[str, Value]:
    """Read facts as they were when the advice was given, days counted on."""
    facts = {name: receipt.facts[name] for name in names if name in receipt.facts}
    return {name: aged(known, name, receipt.at, content) for name, known in facts.items()}


def _extra(receipt: Receipt, rules: dict[str, Rule]) -> Iterator[Said]:
    fired = [rules[reason.rule] for reason in receipt.fired if reason.rule in rules]
    if any("cauda_equina" in rule.say for rule in fired):
        yield said("extra.cauda_equina")
