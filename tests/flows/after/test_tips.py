"""A short teaching after a session: each once, and only beside good news."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from flows.base import Aims, Set, Settings
from flows.tips import tip_after
from tests.flows.reminder.scenes import NOW, brief, content, scene, verdict

MOST_WORDS = 60
ASKED = Aims(asked_at=NOW - timedelta(days=1))


def told(sessions: int = 2, **fields: Any) -> list[str]:  # noqa: ANN401 - fields of a scene
    here = replace(scene(), verdict=verdict(), sessions_done=sessions, aims=ASKED)
    return [tip.key for tip in tip_after(brief(), (), replace(here, **fields))]


def test_each_is_told_once_from_the_second_session_on() -> None:
    tips = [tip for sessions in range(20) for tip in told(sessions)]
    assert [f"tip.{name}" for name in content().tips] == tips
    assert [] == told(1)


@pytest.mark.parametrize("fields", [
    {"settings": Settings(tips=False)}, {"verdict": None},
    {"verdict": verdict(level="SOON", stretch="gentle")},
    {"aims": Aims(), "sessions_done": 3},  # the activities are due
])  # fmt: skip
def test_none_where_it_is_not_wanted_or_something_else_is_to_be_said(
    fields: dict[str, object],
) -> None:
    assert [] == told(**fields)


def test_none_after_a_session_that_was_cut_short_or_left_the_back_sorer() -> None:
    here = replace(scene(), verdict=verdict(), sessions_done=2, aims=ASKED)
    assert () == tip_after(brief(ended="finished_early"), (), here)
    assert () == tip_after(brief(), (Set(fields={}),), here)
    assert () != tip_after(brief(), (), here)


@pytest.mark.parametrize("name", content().tips)
def test_a_tip_is_short(name: str) -> None:
    assert len(str(content().words["en"][f"tip.{name}"]).split()) <= MOST_WORDS
