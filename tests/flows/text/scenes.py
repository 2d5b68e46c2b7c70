"""A scene with the real words by which answers are read, and little else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import cast

from content.catalogue import Catalogue, Danger
from content.load import load
from content.reading import read_yaml
from content.schema import TypedWords, Words
from flows.base import Scene
from flows.text.sightings import book_of

CONTENT = Path(__file__).parents[3] / "content"
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)  # a Sunday


@dataclass(frozen=True)
class Content:
    """The part of a catalogue that readers of text look at."""

    reading: TypedWords
    danger: Danger
    words: dict[str, Words] = field(default_factory=dict)


@cache
def typed_words() -> TypedWords:
    document = read_yaml((CONTENT / "reading.yaml").read_text("utf-8"), "reading.yaml")
    assert not document.faults
    return TypedWords.model_validate(document.data["reading"])


@cache
def danger_words() -> Danger:
    danger = whole().danger
    book_of(danger)  # made ready once: it is no part of what a reader takes
    return danger


def scene(language: str = "en", words: Mapping[str, str] | None = None) -> Scene:
    content = cast(Catalogue, Content(typed_words(), danger_words(), {"en": dict(words or {})}))
    return Scene(at=NOW, content=content, facts={}, language=language)


@cache
def whole() -> Catalogue:
    return load(CONTENT)


def story_scene(language: str = "en") -> Scene:
    """Give a scene with the whole content, for readings that tell facts."""
    return Scene(at=NOW, content=whole(), facts={}, language=language)
