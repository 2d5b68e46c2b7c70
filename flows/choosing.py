"""What is on offer now, and which of it a typed text chooses: by number, label or sentence.

What was asked beside the floor (a reminder) is on offer until the talk moves on.
"""

from __future__ import annotations

from flows.base import Choice, Event, Row, Show
from flows.base.numbering import STOP, after_stop, in_session, numbered
from flows.codec import decode
from flows.session import Session
from flows.step import Step
from flows.stop import Stop
from flows.text import matching
from flows.text.lexicon import form


class Choosing(Step):
    """A step that knows what can be typed in the place of a button."""

    def offered(self, text: str) -> Choice | None:
        """Find the button whose number, label or sentence was typed; of what came last first."""
        scene = self.scene()
        listed = self.talk.settings.screen_reader or text.strip().startswith("0")
        for rows in self.on_offer():
            found = self.by_key(text, rows) if listed else None
            if found is None and not self.may_be_pain(text):
                found = matching.matches(_in_order(rows), text, scene)
            if found is not None:
                return found
        return None

    def may_be_pain(self, text: str) -> bool:
        """Tell whether a bare number in a session may say how much it hurts: 10 adds no 10 s."""
        return self.in_session() and text.strip(" .!?").isdecimal()

    def in_session(self) -> bool:
        return isinstance(self.talk.floor, Session) and self.talk.over is None

    def is_after_stop(self) -> bool:
        """Tell whether a stop waits or offers: a 1 typed too late for its session is a stop."""
        floor = self.talk.floor
        asks = isinstance(floor, Stop) and (floor.phase.startswith("asking") or not floor.is_live)
        return isinstance(floor, Stop) and not asks and self.talk.over is None

    def by_place(self, text: str) -> Event | None:
        """Take a bare number for the place of a button.

        A running hold heeds only numbers that stand on the screen: any other may tell of pain.
        """
        if self.is_live() and not self.talk.settings.screen_reader:
            return None
        found = self.by_key(text, self.on_offer()[0])
        return decode(found.tap) if found else None

    def by_key(self, text: str, rows: tuple[Row, ...]) -> Choice | None:
        said = form(text)
        said = STOP if said == f"0{STOP}" and self.in_session() else said
        keyed = zip(self.keys_of(rows), _in_order(rows), strict=True)
        return next((each for key, each in keyed if key == said), None)

    def on_offer(self) -> tuple[tuple[Row, ...], ...]:
        """Give the buttons of what was asked beside the floor, if it stands, and of the floor."""
        asked = self.talk.beside
        mine = self.view().rows
        beside = asked is not None and asked.turn == self.talk.turn and self.talk.over is None
        return (asked.rows, mine) if asked is not None and beside else (mine,)

    def keys_of(self, rows: tuple[Row, ...]) -> tuple[str, ...]:
        """Say what to type for each button; what the open question reads itself is left to it."""
        choices = _in_order(rows)
        if self.in_session():
            return in_session(choices)
        if self.is_after_stop():
            return after_stop(choices)
        labels = [matching.spoken(each.label, self.scene()) for each in choices]
        keys = numbered(choices, labels)
        mine = [key for key, each in zip(keys, choices, strict=True) if each.number is None]
        return numbered(choices, labels, counts=True) if any(map(self.reads, mine)) else keys

    def reads(self, text: str) -> bool:
        """Tell whether the open question takes this for an answer."""
        state = self.talk.over or self.talk.floor
        return self.flow(state).read(state, text, self.scene()) is not None

    def listed(self, show: Show) -> Show:
        """Say for each button what to type."""
        return show.model_copy(update={"typed": self.keys_of(show.rows)}) if show.rows else show


def _in_order(rows: tuple[Row, ...]) -> list[Choice]:
    return [choice for row in rows for choice in row]
