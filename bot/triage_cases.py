"""Cases judged as the chat would judge them: vignettes, and the minimal cases of rules.

A case file holds lists of cases under any keys.  Its facts are written as people write them:
yes, no or unsure for any fact, true and false as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from bot.phrases import narrative_facts
from content.catalogue import Catalogue
from content.conditions import nearest
from content.errors import ContentFault, ContentFaults, Where, fault
from content.load import read_document
from content.reading import Document
from content.schema import Case, Fact, Stretch, Value
from flows.session.plan import program_for as program_of
from flows.triage.rules import Advice, advice_for, with_fired

UNSURE = "unsure"
YES_NO = {"yes": True, "no": False, "true": True, "false": False}


class Chosen(Protocol):
    @property
    def program(self) -> str: ...


class Chooser(Protocol):
    def __call__(
        self, facts: Mapping[str, Value], stretch: Stretch, catalogue: Catalogue
    ) -> Chosen | None: ...


@dataclass(frozen=True)
class CaseResult:
    """What a case gets; `ok` is whether that is what it should get, None where it does not say."""

    id: str
    level: str
    stretch: Stretch
    rules: tuple[str, ...]
    program: str | None
    ok: bool | None


@dataclass(frozen=True)
class Told:
    facts: dict[str, Value]
    unsure: frozenset[str]


class CaseError(ValueError):
    """A fact of a case that cannot be read, in a sentence."""


def judged_lines(path: Path, catalogue: Catalogue, *, as_json: bool) -> tuple[list[str], bool]:
    """Judge a file: a line a case (and, to be read, a summary), and whether all are right.

    Raises ContentFaults with every case that cannot be read.
    """
    results = judged_in(path, catalogue)
    good = all(result.ok is not False for result in results)
    if as_json:
        return [json.dumps(asdict(result)) for result in results], good
    return [*map(_line, results), _summary(results)], good


def judged_in(path: Path, catalogue: Catalogue) -> list[CaseResult]:
    """Judge every case of a file, each with the program that it would be offered."""
    results: list[CaseResult] = []
    faults: list[ContentFault] = []
    for case in cases_in(path):
        try:
            results.append(judge_case(case, catalogue, program_of))
        except CaseError as problem:
            where = Where(str(path), None, case.id or case.rule)
            faults.append(fault("case_wrong", where, problem=problem))
    if faults:
        raise ContentFaults(tuple(faults))
    return results


def _line(result: CaseResult) -> str:
    sign = {True: "ok  ", False: "MISS", None: "    "}[result.ok]
    program = f", {result.program}" if result.program else ""
    rules = f"  ({', '.join(result.rules)})" if result.rules else ""
    return f"{sign} {result.id}: {result.level}, {result.stretch}{program}{rules}"


def _summary(results: Iterable[CaseResult]) -> str:
    oks = [result.ok for result in results]
    missed = f"{oks.count(False)} miss" if False in oks else "none misses"
    unsaid = f", {oks.count(None)} do not say what they should get" if None in oks else ""
    return f"{len(oks)} cases: {oks.count(True)} as they should be, {missed}{unsaid}."


def cases_in(path: Path) -> tuple[Case, ...]:
    """Read all cases of a file; raises ContentFaults with all that is wrong."""
    document = _document(path)
    cases: list[Case] = []
    faults: list[ContentFault] = list(document.faults)
    if not isinstance(document.data, dict) and not faults:
        faults.append(fault("not_a_map", Where(document.file)))
    for key, entries in document.data.items() if isinstance(document.data, dict) else ():
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            try:
                cases.append(Case.model_validate(entry))
            except ValidationError as problem:
                where = Where(document.file, document.line((key, index)), _name(entry))
                faults.extend(_faults(problem, where))
    if not cases and not faults:
        faults.append(fault("case_wrong", Where(document.file), problem="there is none."))
    if faults:
        raise ContentFaults(tuple(faults))
    return tuple(cases)


def _document(path: Path) -> Document:
    try:
        return read_document(path)
    except (OSError, UnicodeDecodeError) as error:
        problem = getattr(error, "strerror", None) or error
        raise ContentFaults((fault("unreadable", Where(str(path)), problem=problem),)) from None


def judge_case(case: Case, catalogue: Catalogue, program_for: Chooser | None = None) -> CaseResult:
    """Judge a case by its facts; one with a narrative only is judged from its words."""
    told = _from_story(case, catalogue) if _is_story(case) else told_in(case, catalogue)
    advice = advice_for(told.facts, catalogue, unsure=told.unsure)
    chosen = None
    if program_for is not None:
        facts = catalogue.complete(with_fired(told.facts, advice.fired))
        chosen = program_for(facts, advice.stretch, catalogue)
    return CaseResult(
        id=case.id or case.rule or "",
        level=advice.level.name,
        stretch=advice.stretch,
        rules=advice.fired,
        program=chosen.program if chosen else None,
        ok=_ok(case, advice),
    )


def _is_story(case: Case) -> bool:
    return case.facts is None and bool(case.narrative)


def _from_story(case: Case, catalogue: Catalogue) -> Told:
    """Find what the words say; what they do not say is not assumed."""
    return Told(narrative_facts(case, catalogue), frozenset())


def told_in(case: Case, catalogue: Catalogue) -> Told:
    """Read the facts of a case, and which of them are unsure; raises CaseError."""
    written: dict[str, Value] = {**(case.facts or {})}
    if case.age is not None:
        written.setdefault("age", case.age)
    if case.sex is not None:
        written.setdefault("sex", case.sex)
    facts: dict[str, Value] = {}
    unsure: set[str] = set()
    for name, value in written.items():
        fact = catalogue.facts.get(name)
        if fact is None:
            raise CaseError(f"`{name}` is no fact. {nearest(name, catalogue.facts)}")
        if value == UNSURE and UNSURE not in fact.values:
            unsure.add(name)
        else:
            facts[name] = _read(fact, value)
    return Told(facts, frozenset(unsure))


def _read(fact: Fact, value: Value) -> Value:
    match fact.type:
        case "bool" if isinstance(value, bool):
            return value
        case "bool" if str(value).lower() in YES_NO:
            return YES_NO[str(value).lower()]
        case "int" if str(value).removeprefix("-").isdigit() and not isinstance(value, bool):
            return int(value)
        case "enum":
            word = ("no", "yes")[value] if isinstance(value, bool) else str(value)
            if word in fact.values:
                return word
            if word == "no" and fact.default is not None:
                return fact.default
            known = ", ".join(fact.values)
            raise CaseError(f"`{fact.id}` cannot be `{word}`; its values are: {known}.")
        case "text":
            return str(value)
        case _:
            raise CaseError(f"`{fact.id}` cannot be `{value}`.")


def _ok(case: Case, advice: Advice) -> bool | None:
    if case.expected is None and not case.acceptable:
        return None
    levels = case.acceptable or (case.expected,)
    stretch_right = case.stretching in {None, advice.stretch}
    rule_fired = case.rule is None or case.rule in advice.fired
    return advice.level.name in levels and stretch_right and rule_fired


def _name(entry: object) -> str | None:
    return str(entry.get("id") or entry.get("rule")) if isinstance(entry, dict) else None


def _faults(problem: ValidationError, where: Where) -> Iterator[ContentFault]:
    for error in problem.errors(include_url=False):
        field = ".".join(str(part) for part in error["loc"])
        said = f"`{field}`: {error['msg']}." if field else "it is no map of fields."
        yield fault("case_wrong", where, problem=said)
