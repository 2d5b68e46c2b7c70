"""Conversations that replay to themselves, and keep the manners on every screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.catalogue import Catalogue
from tests.manners import Manners
from tests.transcript import replay

TRANSCRIPTS = sorted(Path(__file__).with_name("transcripts").glob("*.chat"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript_replays_to_itself(
    path: Path, request: pytest.FixtureRequest, catalogue: Catalogue
) -> None:
    told = path.read_text(encoding="utf-8")

    chat = Manners(catalogue)
    retold = replay(told, chat)

    if request.config.getoption("--update-transcripts"):
        path.write_text(retold, encoding="utf-8")
    else:
        assert told == retold
        assert [] == chat.faults
