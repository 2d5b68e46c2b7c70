"""A check talked through: real content, a fixed hour, every snapshot through JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from content.catalogue import Catalogue
from content.load import load
from flows import triage
from flows.base import (
    Choice,
    Event,
    HandOver,
    Judged,
    Known,
    Learned,
    Marked,
    Move,
    Scene,
    Show,
    Verdict,
)
from flows.triage import Triage

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
BY_TRIGGER = {kind.model_fields["trigger"].default: kind for kind in triage.EVENTS}


@cache
def content() -> Catalogue:
    return load()


def decoded(code: str) -> Event:
    trigger, *args = code.split("|")
    return BY_TRIGGER[trigger].of(args)


def scene_of(known: Mapping[str, Known] | None = None, at: datetime = AT) -> Scene:
    known = known or {}
    facts = content().complete({name: each.value for name, each in known.items()})
    return Scene(at=at, content=content(), facts=facts, known=known)


def knowing(**facts: bool | int | str) -> dict[str, Known]:
    return {name: Known(value=value, at=AT) for name, value in facts.items()}


@dataclass
class Chat:
    """One check from its beginning; `move` is what was answered last."""

    why: str = "full"
    known: dict[str, Known] = field(default_factory=dict)
    args: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.scene = scene_of(self.known)
        self.move: Move = triage.begin(self.why, self.args, self.scene)
        self.moves = 0

    @property
    def is_over(self) -> bool:
        return self.move.state is None

    @property
    def state(self) -> Triage:
        """The state as it comes back from the database."""
        assert isinstance(self.move.state, Triage), "the check is over"
        kept = Triage.model_validate_json(self.move.state.model_dump_json())
        assert kept == self.move.state
        return kept

    @property
    def show(self) -> Show:
        return triage.view(self.state, self.scene)

    @property
    def choices(self) -> list[Choice]:
        return [each for row in self.show.rows for each in row]

    def give(self, event: Event) -> Move:
        self.moves += 1
        self.move = triage.advance(self.state, event, self.scene)
        return self.move

    def tap(self, *labels: str) -> Move:
        """Tap buttons by the keys of their labels, or by `part.option`."""
        for label in labels:
            named = {label, f"option.{label}.short"}
            found = [each for each in self.choices if each.label.key in named]
            assert found, f"{label} is not on {[each.label.key for each in self.choices]}"
            self.give(decoded(found[0].tap))
        return self.move

    def type(self, text: str) -> Move:
        event = triage.read(self.state, text, self.scene)
        assert event is not None, f"{text} says nothing here"
        return self.give(event)

    # ---- what it ended in

    def news(self, kind: type[Any]) -> Iterator[Any]:
        return (each for each in self.move.news if isinstance(each, kind))

    @property
    def verdict(self) -> Verdict:
        judged: Judged = next(self.news(Judged))
        return judged.verdict

    @property
    def judged(self) -> Judged:
        judged: Judged = next(self.news(Judged))
        return judged

    @property
    def learned(self) -> dict[str, Known]:
        learned: Learned = next(self.news(Learned))
        return learned.facts

    @property
    def handed(self) -> HandOver:
        handed: HandOver = next(self.news(HandOver))
        return handed

    @property
    def marked(self) -> list[Marked]:
        return list(self.news(Marked))
