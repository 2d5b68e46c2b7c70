"""Scenes with the real content, and wishes to go with them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from content.catalogue import Catalogue
from content.load import load
from flows.base import Brief, Scene, SetAlarm, Show, Verdict
from flows.base import Move as Answer
from flows.base import Set as Kept
from flows.reminder import Wish

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # a Monday, 08:00 in Berlin
WISH = Wish(times=("08:00",), zone="Europe/Berlin", next_at=NOW)


@cache
def content() -> Catalogue:
    return load()


def scene(at: datetime = NOW, **fields: Any) -> Scene:  # noqa: ANN401 - fields of a scene
    return Scene(at=at, content=content(), facts=content().complete({}), **fields)


def brief(at: datetime = NOW - timedelta(days=1), **fields: Any) -> Brief:  # noqa: ANN401
    told = {"program": "gentle_start", "minutes": 5, "moves_done": 6, "moves": 6, "ended": "done"}
    return Brief.model_validate({"at": at, **told, **fields})


def verdict(**fields: Any) -> Verdict:  # noqa: ANN401
    told = {"level": "SELF_CARE", "stretch": "allowed", "fired": (), "reasons": (), "at": NOW}
    return Verdict.model_validate({**told, **fields})


def shown(move: Answer) -> list[Show]:
    return [effect for effect in move.effects if isinstance(effect, Show)]


def alarms(move: Answer) -> list[SetAlarm]:
    return [effect for effect in move.effects if isinstance(effect, SetAlarm)]


def kept(move: Answer, name: str = "wish") -> Any:  # noqa: ANN401
    """Find the last value that a move keeps under a name."""
    values = [
        piece.fields[name]
        for piece in move.news
        if isinstance(piece, Kept) and name in piece.fields
    ]
    return values[-1]


def taps(show: Show) -> list[str]:
    return [choice.tap for row in show.rows for choice in row]


def keys(show: Show) -> list[str]:
    return [line.key for line in show.text]
