"""Snapshots of every version that was ever kept: they open, show where they stood, and go on."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from content.catalogue import Catalogue
from flows.conversation import advance, view
from flows.heard import Command, Tapped, Typed
from flows.stop import Stop
from flows.talk import VERSION
from flows.upgrades import NewerSnapshot, lifted

KEPT = Path(__file__).parent / "snapshots"
SAMPLES = [
    pytest.param(sample, id=f"{path.stem}-{sample['what']}")
    for path in sorted(KEPT.glob("version_*.json"))
    for sample in json.loads(path.read_text("utf-8"))
]


@pytest.mark.parametrize("sample", SAMPLES)
def test_an_older_snapshot_opens_and_shows_where_it_stood(
    sample: dict[str, Any], catalogue: Catalogue
) -> None:
    talk = lifted(json.dumps(sample["talk"]).encode())
    at = datetime.fromisoformat(sample["at"])
    assert VERSION == talk.version
    assert sample["talk"]["floor"]["flow"] == talk.floor.flow
    assert sample["talk"]["turn"] == talk.turn
    assert view(talk, at, catalogue).text
    assert lifted(talk.model_dump_json().encode()) == talk


@pytest.mark.parametrize("sample", SAMPLES)
def test_it_goes_on_and_is_stopped_by_pain(sample: dict[str, Any], catalogue: Catalogue) -> None:
    talk = lifted(json.dumps(sample["talk"]).encode())
    at = datetime.fromisoformat(sample["at"]) + timedelta(seconds=5)
    for heard in (Command(name="help"), Typed(text="3"), Command(name="settings")):
        talk, effects = advance(talk, heard, at, catalogue)
        assert effects
    talk, effects = advance(talk, Tapped(talk=talk.talk, turn=0, tap="hurts"), at, catalogue)
    assert effects
    if sample["talk"]["floor"]["flow"] == "session":
        assert isinstance(talk.floor, Stop)


def test_every_version_so_far_has_samples() -> None:
    kept = {path.stem for path in KEPT.glob("version_*.json")}
    assert {f"version_{number}" for number in range(1, VERSION)} <= kept


def test_a_snapshot_from_a_newer_limber_is_refused() -> None:
    newer = {"version": VERSION + 1, "talk": "abcd"}
    with pytest.raises(NewerSnapshot):
        lifted(json.dumps(newer).encode())
