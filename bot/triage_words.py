"""How far the stories of cases go by their words alone, and that no word ever lowers a level.

What the words do not say is not assumed; age and sex are given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.phrases import judge_narrative, told_facts
from bot.triage_cases import told_in
from content.catalogue import Catalogue
from content.schema import Case
from flows.text.danger import with_told
from flows.triage.rules import advice_for


@dataclass(frozen=True)
class Words:
    """What a story does: `right` None where the case does not say what it should get."""

    id: str
    alone: str  # the level from its words
    right: bool | None
    lowered: bool  # the level of what is known besides, once the words are added


def words_of(case: Case, catalogue: Catalogue) -> Words:
    alone = judge_narrative(case, catalogue).level
    levels = case.acceptable or ((case.expected,) if case.expected else ())
    known = told_in(case, catalogue)
    both = with_told(known.facts, told_facts(case, catalogue), catalogue)
    before = advice_for(known.facts, catalogue, unsure=known.unsure)
    after = advice_for(both, catalogue, unsure=known.unsure - both.keys())
    return Words(
        id=case.id or case.rule or "",
        alone=alone.name,
        right=alone.name in levels if levels else None,
        lowered=after.level < before.level,
    )


def words_line(cases: Iterable[Case], catalogue: Catalogue) -> str:
    """Tell it in a sentence; nothing where no case tells a story."""
    told = [words_of(case, catalogue) for case in cases if case.narrative]
    if not told:
        return ""
    judged = [each for each in told if each.right is not None]
    right = sum(each.right is True for each in judged)
    lowered = ", ".join(each.id for each in told if each.lowered) or "none"
    return (
        f"From their words alone {right} of {len(judged)} already reach a level they should have; "
        f"lowered by words: {lowered}."
    )
