"""What one step does to a session: guards that are asked, and what is kept, rung and written down.

A `Run` lives for one call.  Its state keeps the phase it came from until the step is over, so
that what is left of a hold can be reckoned from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flows.base import Event, Record, Said, Scene, Show, Toast, said
from flows.session import bells, course
from flows.session.doses import lead_in_s
from flows.session.vocabulary import (
    NOTHING,
    Extra,
    LegFelt,
    Past,
    Phase,
    Place,
    Rated,
    Rung,
    Session,
    Silent,
    Skipped,
)

BELLS_APART = timedelta(seconds=10)
SLOW_AFTER = timedelta(seconds=3)  # an end told so late is told with an apology
LATE_AT_MOST = timedelta(seconds=90)  # later than this we were away


@dataclass
class Run:
    """A session opened for one step: as it becomes, and what it asks for on the way."""

    phase: Phase
    state: Session
    scene: Scene
    rung: list[Show] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    asides: list[Toast] = field(default_factory=list)
    fresh: bool = False
    early: bool = False

    @property
    def at(self) -> datetime:
        return self.scene.at

    def keep(self, **fields: Any) -> None:  # noqa: ANN401 - fields of a model, each of its type
        self.state = self.state.model_copy(update=fields)

    # ---- guards

    def is_current(self, event: Rung | Silent) -> bool:
        return event.seq == self.state.seq

    def is_in_time(self, _: Event) -> bool:
        return self.late <= LATE_AT_MOST

    def is_complete(self, _: Event) -> bool:
        return self.state.is_complete

    def is_whole(self, _: Event) -> bool:
        """Nothing of this move has been begun."""
        return self.state.place == Place(move=self.state.place.move) and self.state.left is None

    def is_last(self, _: Event) -> bool:
        return self.state.place.move + 1 >= len(self.state.sequence.moves)

    def is_through(self, _: Event) -> bool:
        return self.state.place.move >= len(self.state.sequence.moves)

    def is_first(self, _: Event) -> bool:
        return self.state.place.move == 0

    def leads_on(self, _: Event) -> bool:
        """Whether the move is over and a listener is not asked about it; of the leg everyone is."""
        listening = self.state.listening and not self.state.sequence.leg_question
        return listening and self.then == "end"

    def is_further(self, event: LegFelt) -> bool:
        return event.leg == "further"

    def is_rated(self, _: Event) -> bool:
        """How hard it was is asked, and not where the symptoms of the leg are."""
        return not self.state.sequence.leg_question

    def has_repeat(self, _: Event) -> bool:
        return self.then == "between"

    def has_side(self, _: Event) -> bool:
        return self.then == "change"

    def has_set(self, _: Event) -> bool:
        return self.then == "rest"

    def has_room(self, _: Event) -> bool:
        return course.has_room(self.state, self.scene.content)

    @property
    def then(self) -> course.Gap:
        return course.following(self.state.step, self.state.place)[0]

    @property
    def late(self) -> timedelta:
        return self.at - self.state.ends_at if self.state.ends_at else NOTHING

    # ---- what is counted

    def take_step(self, _: Event) -> None:
        self.keep(seq=self.state.seq + 1)

    def open_card(self, _: Event) -> None:
        self.fresh = True

    def get_ready(self, _: Event) -> None:
        """Count the lead-in: this user's, but no hold begins before the rest is over."""
        rest = self.state.rest_until - self.at if self.state.rest_until else NOTHING
        self.count(max(timedelta(seconds=lead_in_s(self.scene.settings)), rest))

    def begin_hold(self, _: Event) -> None:
        if self.state.begins_at != self.state.ends_at:  # a lead-in of 0 s shows no cautions
            self.keep(warned=(*self.state.warned, self.state.step.exercise))
        length = course.coming(self.state, self.scene.content)
        self.keep(begins_at=self.at, ends_at=self.at + length, left=None, rest_until=None)
        last = self.state.last_bell_at
        if length >= BELLS_APART and (last is None or self.at - last >= BELLS_APART):
            self.ring(bells.hold(self.state, round(length.total_seconds())))

    def ease_off(self, _: Event) -> None:
        """End a hold: on to the next of this move, after the gap that belongs there."""
        gap, place = course.following(self.state.step, self.state.place)
        seconds = self.gap_s(gap)
        self.keep(place=place)
        self.ring_end(bells.gap(gap, self.state, seconds))
        self.count(timedelta(seconds=seconds))

    def gap_s(self, gap: course.Gap) -> int:
        step = self.state.step
        match gap:
            case "between":
                return course.move_s(step, self.scene.content)
            case "change":
                return self.scene.content.timing.change_s
            case "rest" | "end":  # the rest is the lead-in of the next set
                return max(step.rest_s, lead_in_s(self.scene.settings))

    def complete(self, _: Event) -> None:
        place = Place(move=self.state.place.move, set_no=self.state.step.sets)
        rest_until = self.at + timedelta(seconds=self.state.step.rest_s)
        self.keep(place=place, rest_until=rest_until)
        self.ring_end(bells.done(self.state, self.scene.content))

    def count(self, length: timedelta) -> None:
        """Count down to a hold, and so long that the bell at its end may ring."""
        if self.state.last_bell_at is not None:
            earliest = self.state.last_bell_at + BELLS_APART - self.at
            length = max(length, earliest - course.coming(self.state, self.scene.content))
        self.keep(begins_at=self.at, ends_at=self.at + max(NOTHING, length))

    def ring(self, *text: Said) -> None:
        self.keep(last_bell_at=self.at)
        self.rung.append(Show(slot="bell", how="fresh", rank="bell", text=text, silent=False))

    def ring_end(self, text: Said) -> None:
        if self.late > SLOW_AFTER:
            self.ring(bells.SLOW, text)
        else:
            self.ring(text)

    # ---- what the user does

    def stop_clock(self, _: Event) -> None:
        self.keep(left=course.remaining(self.state, self.at), by_silence=False)

    def fall_silent(self, _: Event) -> None:
        self.keep(by_silence=True)

    def add(self, _: Event) -> None:
        place, seconds = self.state.place, self.scene.content.timing.plus_s
        extra = Extra(set_no=place.set_no, repeat=place.repeat, seconds=seconds)
        self.keep(extra=(*self.state.extra, extra), added_s=self.state.added_s + seconds)
        more = timedelta(seconds=seconds)
        if self.phase == "active_hold" and self.state.ends_at:
            self.keep(ends_at=self.state.ends_at + more)
        elif self.state.left is not None:
            self.keep(left=self.state.left + more)

    def redo(self, _: Event) -> None:
        self.keep(left=None)

    def start_over(self, _: Event) -> None:
        self.keep(place=Place(move=self.state.place.move), left=None, extra=())

    def go_back(self, _: Event) -> None:
        self.keep(
            place=Place(move=self.state.place.move - 1), left=None, extra=(),
            past=self.state.past[:-1],
        )  # fmt: skip

    def lose(self, _: Event) -> None:
        """We were away: what the body did meanwhile is unknown, so this side begins again."""
        place = self.state.place.model_copy(update={"repeat": 0})
        minutes = max(1, round(self.late.total_seconds() / 60))
        self.keep(place=place, left=None, away_min=minutes)
        self.fresh = True

    def note(self, event: Rated | LegFelt | Skipped) -> None:
        """Write down what has become of the move."""
        told = event.model_dump(exclude={"trigger"})
        self.put_down(self.here().model_copy(update=told))
        if isinstance(event, LegFelt) and event.leg == "higher":
            self.asides.append(Toast(text=said("session.leg_higher"), alert=True))

    def lead_on(self, _: Event) -> None:
        """Write a move down with nothing told of it."""
        self.put_down(self.here())

    def cut(self, _: Event) -> None:
        """Finish here: what was done of this move counts, what was not is left."""
        self.early = not (self.state.is_complete and self.is_last(_))
        self.put_down(self.here())

    def here(self) -> Past:
        return course.past_of(self.state, self.at, self.scene.content)

    def put_down(self, past: Past) -> None:
        self.keep(past=(*self.state.past, past))
        self.records.append(Record(kind="rating", entry=past.model_dump(mode="json")))

    def go_on(self, _: Event) -> None:
        self.keep(place=Place(move=self.state.place.move + 1), left=None, extra=())

    def hurt(self, _: Event) -> None:
        self.keep(left=course.remaining(self.state, self.at), stops=self.state.stops + 1)
