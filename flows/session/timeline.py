"""A sequence as it goes when nobody touches anything: what is counted from when to when.

The machine itself is played, a listener's session from its first lead-in to its end, so that a
sound track cannot count otherwise than the card.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from content.catalogue import Catalogue
from flows.base import Event, Scene, Settings
from flows.session import plan
from flows.session.machine import COUNTED, advance
from flows.session.vocabulary import Begin, Phase, Place, Rung, Session

START = datetime(2000, 1, 1, tzinfo=UTC)  # any moment does: only what lies between is told


@dataclass(frozen=True)
class Span:
    """One thing counted, in seconds from the start; `place` is the hold it leads to, or is."""

    phase: Phase
    step: plan.Step
    place: Place
    begins_s: float
    ends_s: float

    @property
    def seconds(self) -> float:
        return self.ends_s - self.begins_s


def timeline(sequence: plan.Sequence, settings: Settings, content: Catalogue) -> tuple[Span, ...]:
    """List all that is counted, from the first lead-in to the end of the last hold."""
    scene = Scene(at=START, content=content, facts=content.complete({}), settings=settings)
    session = Session(sequence=sequence, why="start", started_at=START, listening=True)
    return tuple(_played(session, scene))


def _played(session: Session, scene: Scene) -> Iterator[Span]:
    event: Event = Begin()
    while (move := advance(session, event, scene)).state is not None:
        session = move.state
        if session.phase not in COUNTED or session.begins_at is None or session.ends_at is None:
            return  # something is asked: no clock runs on by itself
        yield _span(session, session.begins_at, session.ends_at)
        event, scene = Rung(seq=session.seq), replace(scene, at=session.ends_at)


def _span(session: Session, begins_at: datetime, ends_at: datetime) -> Span:
    begins_s, ends_s = ((at - START).total_seconds() for at in (begins_at, ends_at))
    return Span(session.phase, session.step, session.place, begins_s, ends_s)
