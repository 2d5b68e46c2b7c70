"""Every case, talked through: the questions reach what the rules judge."""

from __future__ import annotations

import pytest

from bot.triage_cases import cases_in, told_in
from content.load import CONTENT
from content.schema import Case
from tests.flows.triage.chat import Chat, content
from tests.flows.triage.driver import Person, drive

CASES = [case for path in sorted(CONTENT.glob("cases/*.yaml")) for case in cases_in(path)]
UNREACHED = {
    "self_harm": "asked after the first session, and heard in what is typed; no screen before",
    "low_mood": "asked from the second session on",
}


def name_of(case: Case) -> str:
    return case.id or f"{case.rule}-{case.expected}"


TOLD = [case for case in CASES if case.facts is not None]
REACHED = [case for case in TOLD if not UNREACHED.keys() & (case.facts or {}).keys()]


@pytest.mark.parametrize("case", REACHED, ids=name_of)
def test_the_conversation_comes_to_the_advice_of_the_case(case: Case) -> None:
    told = told_in(case, content())
    chat = drive(Chat(), Person(told.facts, content(), told.unsure))

    assert chat.verdict.level in (case.acceptable or (case.expected,))
    assert case.stretching in {None, chat.verdict.stretch}


def test_few_cases_need_facts_that_no_question_asks_for() -> None:
    assert len(TOLD) - len(REACHED) <= 2
