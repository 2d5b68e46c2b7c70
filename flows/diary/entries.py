"""Entries of the diary, read: marks of pain, scores, sessions, stops, advices.

Read leniently: an entry of old may lack what is new, and hold what is not kept now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.base import Brief
from flows.receipt.vocabulary import Receipt


@dataclass(frozen=True)
class Entry:
    """One line of the diary: what kind of thing was told, when, and what."""

    kind: str
    at: datetime
    told: Mapping[str, Any]


@dataclass(frozen=True)
class Mark:
    """How strong the pain was, before, right after or some hours after a session."""

    at: datetime
    when: str
    pain: int


@dataclass(frozen=True)
class Score:
    """How well an own activity went: 0 not at all, 10 as before."""

    at: datetime
    id: str
    text: str
    score: int


@dataclass(frozen=True)
class Stopped:
    """A session that pain has stopped: by what, and in which move."""

    at: datetime
    event: str | None
    exercise: str | None


def since(entries: Iterable[Entry], at: datetime | None) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if at is None or entry.at >= at)


def marks(entries: Iterable[Entry]) -> tuple[Mark, ...]:
    return tuple(
        Mark(entry.at, str(entry.told["when"]), int(entry.told["pain"]))
        for entry in _of(entries, "mark")
    )


def sessions(entries: Iterable[Entry]) -> tuple[Brief, ...]:
    known = Brief.model_fields
    return tuple(
        Brief.model_validate({name: told for name, told in entry.told.items() if name in known})
        for entry in _of(entries, "session")
    )


def stops(entries: Iterable[Entry]) -> tuple[Stopped, ...]:
    return tuple(
        Stopped(entry.at, entry.told.get("event"), entry.told.get("exercise"))
        for entry in _of(entries, "stop")
    )


def advices(entries: Iterable[Entry]) -> tuple[Receipt, ...]:
    return tuple(Receipt.model_validate(entry.told) for entry in _of(entries, "receipt"))


def scores(entries: Iterable[Entry]) -> tuple[Score, ...]:
    return tuple(
        Score(entry.at, str(entry.told["id"]), str(entry.told.get("text") or ""), int(told))
        for entry in _of(entries, "rating")
        if entry.told.get("what") == "activity" and (told := entry.told.get("score")) is not None
    )


def _of(entries: Iterable[Entry], kind: str) -> Iterable[Entry]:
    return (entry for entry in entries if entry.kind == kind)
