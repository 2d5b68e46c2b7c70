"""Content broken on purpose is caught by the proof that is there for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.prove import prove
from tests.mutations import MUTATIONS, Mutation, mutated


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.what)
def test_a_break_is_caught(mutation: Mutation, tmp_path: Path) -> None:
    (found,) = prove(mutated(mutation, tmp_path), only=[mutation.caught]).properties
    assert found.counterexamples
