"""The core's one front door: (snapshot, what was heard, when) -> (snapshot, effects).

Who is asked, in this order: blocked or back; pain and stop, by button or by command; text, which
passes the danger phrases and stop words first; buttons of another talk or an earlier turn; alarms,
which go to their owner; and last the flow that has the floor.  No way leads to a hold but through
the offer, and `may_begin` asks for its gate once more.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from content.catalogue import Catalogue
from flows import manners
from flows.absence import Absence
from flows.base import (
    Effect,
    Event,
    HandOver,
    Hurts,
    SetAlarm,
    Show,
    Toast,
    said,
)
from flows.codec import NotUnderstood, decode
from flows.heard import (
    Blocked,
    Command,
    Fading,
    Failed,
    Flooded,
    Heard,
    Odd,
    Rang,
    Recalled,
    Tapped,
    Typed,
    Unblocked,
)
from flows.offer.run import sequence_of
from flows.offer.vocabulary import AfterStop, CheckIn
from flows.reminder.schedule import is_quiet, quiet_hours
from flows.session.plan import minutes
from flows.switchboard import FLOWS, OWNER
from flows.talk import Talk

WAITS = timedelta(minutes=10)  # until a check-in tries again that a session stood in the way of


def advance(
    talk: Talk, heard: Heard, at: datetime, content: Catalogue
) -> tuple[Talk, tuple[Effect, ...]]:
    """Answer one thing heard; what does not fit changes nothing but is answered all the same."""
    step = Conversation(talk, at, content, typed=isinstance(heard, Typed | Command | Odd))
    step.takes_turn = not isinstance(heard, Rang)
    step.hear(heard)
    settings = step.talk.settings
    fitted = manners.fitted(step.effects, settings, typed=step.typed, listed=step.listed)
    return step.talk, manners.yielding(fitted) if isinstance(heard, Rang) else fitted


def view(talk: Talk, at: datetime, content: Catalogue) -> Show:
    """Tell what stands on the screen now."""
    return Conversation(talk, at, content, typed=False).view()


class Conversation(Absence):
    """A step that asks whoever is to be asked."""

    def hear(self, heard: Heard) -> None:
        if (self.talk.erase_at or self.talk.blocked_at) and self.is_away(heard):
            return
        match heard:
            case Blocked() | Unblocked() | Failed() | Flooded() | Fading():
                self.learn(heard)
            case Command():
                self.commanded(heard)
            case Typed(text=text):
                self.read(text)
            case Tapped():
                self.tapped(heard)
            case Odd():
                self.strange(heard)
            case Rang(then=then):
                self.rang(then)
            case Recalled(code=code, receipt=kept):
                self.recalled(code, kept)

    def strange(self, heard: Odd) -> None:
        """Answer what is neither text nor a button; an edited text is never an answer."""
        if heard.kind == "button":
            self.effects.append(Toast(text=said("toast.unknown_button"), alert=True))
            self.show_again()
        elif not heard.text or not self.heeded(heard.text):
            self.odd()

    # ---- buttons

    def tapped(self, tap: Tapped) -> None:
        if tap.talk != self.talk.talk:
            self.effects.append(Toast(text=said("toast.other_talk"), alert=True))
            self.show_again()
            return
        try:
            event = decode(tap.tap)
        except NotUnderstood:
            self.effects.append(Toast(text=said("toast.unknown_button"), alert=True))
            self.show_again()
            return
        if isinstance(event, Hurts):
            self.hurt()
        elif tap.turn != self.talk.turn:
            self.stale(tap)
        else:
            self.give(event)

    def stale(self, tap: Tapped) -> None:
        """Refuse an earlier step; the one just before is most likely a button pressed twice."""
        twice = tap.turn == self.talk.turn - 1
        key = "toast.already_done" if twice else "toast.earlier_step"
        self.effects.append(Toast(text=said(key), alert=not twice))
        if not twice:
            self.show_again()

    # ---- alarms

    def rang(self, then: str) -> None:
        """Give an alarm to its owner; one whose owner has left the floor is silent."""
        event = decode(then)
        owner = OWNER[type(event)]
        if owner == "reminders":
            self.remind()
        elif isinstance(event, CheckIn | AfterStop):
            self.check_in(event)
        elif self.talk.floor.flow == owner:
            self.ring_below(event)
        elif owner == "after" and self.talk.floor.flow == "idle":
            self.apply_over(FLOWS["after"].later(self.scene()))
        if owner == "after":
            self.effects = manners.knocking(self.effects)

    def ring_below(self, event: Event) -> None:
        """Give the floor its alarm: what it says stands above whatever was opened over it.

        Where it says nothing, what was opened stays open.
        """
        floor, over = self.talk.floor, self.talk.over
        move = self.flow(floor).advance(floor, event, self.scene())
        if any(isinstance(effect, Show) for effect in move.effects):
            self.close_over()
            over = None
        self.talk = self.talk.model_copy(update={"over": None})
        self.apply(floor, move)
        if over is not None:
            self.talk = self.talk.model_copy(update={"over": over})

    def remind(self) -> None:
        wish = self.talk.wish
        if wish is not None:
            busy = self.talk.floor.flow not in {"idle", "offer", "after"}
            plan = sequence_of(self.scene(), None)
            self.apply_over(FLOWS["reminders"].due(
                wish, self.scene(), busy=busy, turn=None if self.is_live() else self.talk.turn,
                minutes=minutes(plan) if plan else None,
            ))  # fmt: skip

    def check_in(self, event: CheckIn | AfterStop) -> None:
        """Ask how it went; a session or a check is not broken into, and quiet hours are quiet."""
        about = "stop" if isinstance(event, AfterStop) else "advice"
        if self.talk.floor.flow in {"session", "stop", "triage"}:
            name = "check_in" if about == "stop" else "follow_up"
            due_at = self.at + WAITS
            self.effects.append(SetAlarm(name=name, due_at=due_at, then=event.code()))
            return
        self.hand_over(HandOver(to="offer", why="check_in", args={"about": about}))
        self.effects = manners.knocking(self.effects)
        if self.talk.zone and self.is_quiet(self.talk.zone):
            self.effects = [
                e.model_copy(update={"silent": True}) if isinstance(e, Show) else e
                for e in self.effects
            ]

    def is_quiet(self, zone: str) -> bool:
        hours = quiet_hours(self.talk.settings, self.content.reminders)
        return is_quiet(self.at, zone, hours)
