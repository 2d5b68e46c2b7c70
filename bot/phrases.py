"""What a text would do, for whoever edits the words; and cases judged from their story alone.

The moment is fixed: no answer here depends on the clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from content.catalogue import Catalogue
from content.schema import Case, Value
from flows.base import Scene
from flows.text.danger import heard
from flows.text.story import facts_told
from flows.triage.rules import Advice, advice_for

MOMENT = datetime(2026, 1, 1, 12, tzinfo=UTC)
ANY, SESSION = "any", "session"
BOM = "\ufeff"  # some editors begin a file with it
STATES = (ANY, SESSION)
MOST_SIGNS = 16_384  # four times what a message may have


def phrase(
    text: str, catalogue: Catalogue, language: str = "en", state: str = ANY
) -> dict[str, Any]:
    """Tell what a text would do in a state: any, or session.  Raises PhraseError."""
    _assert_readable(text, state)
    reading = heard(text, scene_of(catalogue, language), live=state == SESSION)
    return {
        "action": reading.action,
        "concept": reading.concept,
        "facts": reading.facts,
        "negated": reading.negated,
    }


class PhraseError(ValueError):
    """What is asked for cannot be answered, in a sentence."""


def _assert_readable(text: str, state: str) -> None:
    if state not in STATES:
        raise PhraseError(f"state: there is no `{state}`. Use any or session.")
    if len(text) > MOST_SIGNS:
        raise PhraseError(f"text: it has more than {MOST_SIGNS} characters. Send a part of it.")


def languages_of(catalogue: Catalogue) -> set[str]:
    """Name those whose words of danger are known; every text is read in all of them."""
    return {words.id.partition(".")[0] for words in catalogue.danger.words}


def answered_lines(stream: Iterable[str], catalogue: Catalogue) -> Iterator[str]:
    """Answer one JSON object a line with one; a line that cannot be read says so in its answer."""
    for line in stream:
        if line.strip():
            yield json.dumps(_answered(line, catalogue), ensure_ascii=False)


def _answered(line: str, catalogue: Catalogue) -> dict[str, Any]:
    try:
        asked = json.loads(line.removeprefix(BOM))
    except (ValueError, RecursionError):
        return {"error": "this line is no JSON"}
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        return {"error": "this line has no `text`"}
    language, state = str(asked.get("lang") or "en"), str(asked.get("state") or ANY)
    known = {"id": asked["id"]} if "id" in asked else {}
    try:
        return {**known, **phrase(asked["text"], catalogue, language, state)}
    except PhraseError as problem:
        return {**known, "error": str(problem)}


def narrative_facts(case: Case, catalogue: Catalogue) -> dict[str, Value]:
    """Read the facts of a case from its story; age and sex are given."""
    given: dict[str, Value] = {}
    if case.age is not None:
        given["age"] = case.age
    if case.sex is not None:
        given["sex"] = case.sex
    return {**told_facts(case, catalogue), **given}


def told_facts(case: Case, catalogue: Catalogue) -> dict[str, Value]:
    """Read the facts that the words of a case tell, and no more."""
    return facts_told(case.narrative, scene_of(catalogue, case.lang)).facts


def judge_narrative(case: Case, catalogue: Catalogue) -> Advice:
    """Judge a case from its words alone."""
    return advice_for(narrative_facts(case, catalogue), catalogue)


def scene_of(catalogue: Catalogue, language: str) -> Scene:
    return Scene(at=MOMENT, content=catalogue, facts={}, language=language)
