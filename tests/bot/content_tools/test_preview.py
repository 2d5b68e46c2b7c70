"""Any stored case can be walked, at sixty times the speed of life."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.content_tools.preview import SPEED, NoSuchCase, listed, named, stored, walked
from bot.content_tools.walk import READS, Walker
from content.catalogue import Catalogue
from content.load import CONTENT
from content.schema import Case

CASES = stored(CONTENT)


def lines_of(case: Case, catalogue: Catalogue) -> tuple[list[str], list[float]]:
    lines: list[str] = []
    slept: list[float] = []
    walked(case, catalogue, lines.append, slept.append)
    return lines, slept


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.id or case.rule}")
def test_every_stored_case_can_be_walked_to_its_end(case: Case, catalogue: Catalogue) -> None:
    walker = Walker(case, catalogue)
    said = [step for step in walker.lines() if isinstance(step, str)]
    assert walker.chat.talk.verdict is not None
    assert not any("I did not get that" in line for line in said)


def test_a_walk_goes_through_the_whole_session(catalogue: Catalogue) -> None:
    walker = Walker(named("D01", CASES), catalogue)
    list(walker.lines())
    (brief,) = walker.chat.talk.sessions
    assert ("done", brief.moves) == (brief.ended, brief.moves_done)


def test_a_blocked_case_ends_with_its_advice(catalogue: Catalogue) -> None:
    walker = Walker(named("D02", CASES), catalogue)
    list(walker.lines())
    assert () == walker.chat.talk.sessions


def test_a_minute_of_life_takes_a_second(catalogue: Catalogue) -> None:
    walker = Walker(named("D01", CASES), catalogue)
    began = walker.chat.now
    list(walker.lines())
    _, slept = lines_of(named("D01", CASES), catalogue)
    lived = (walker.chat.now - began) / timedelta(seconds=SPEED)
    assert round(lived, 3) == round(sum(slept), 3)
    assert sum(slept) > READS / timedelta(seconds=SPEED)


def test_a_walk_shows_what_is_answered_and_what_is_said(catalogue: Catalogue) -> None:
    lines, _ = lines_of(named("D02", CASES), catalogue)
    assert "> /start" in lines
    assert any(line.startswith("> [") for line in lines)
    assert any("Please get emergency help now." in line for line in lines)


def test_a_case_that_is_not_stored_is_told_with_the_nearest() -> None:
    with pytest.raises(NoSuchCase, match=r"No stored case is called DD1\. Did you mean `D\d+`\?"):
        named("DD1", CASES)


def test_cases_are_listed_with_who_they_are_about() -> None:
    line = next(line for line in listed(CASES) if line.startswith("D01"))
    assert "29 female" in line
    assert "Mechanical back pain" in line
