"""The core's one front door: (snapshot, what was heard, when) -> (snapshot, effects).

Who is asked, in this order: blocked or back; pain and stop, by button or by command; text, which
passes the danger phrases and stop words first; buttons of another talk or an earlier turn; alarms,
which go to their owner; and last the flow that has the floor.  No way leads to a hold but through
the offer, and `may_begin` asks for its gate once more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from content.catalogue import Catalogue
from flows import manners, receipt
from flows.back import Gone
from flows.base import (
    Clinic,
    DropAlarm,
    Effect,
    Erase,
    HandOver,
    Hurts,
    Recall,
    SetAlarm,
    Show,
    Strip,
    Toast,
    Unsay,
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
from flows.hearing import Hearing
from flows.home import Home
from flows.offer import gate
from flows.offer.run import sequence_of
from flows.offer.vocabulary import AfterStop, CheckIn
from flows.reminder.schedule import is_quiet, quiet_hours
from flows.session import Session
from flows.session.plan import minutes
from flows.switchboard import FLOWS, OWNER
from flows.talk import Talk

WAITS = timedelta(minutes=10)  # until a check-in tries again that a session stood in the way of
ALARMS_OF_A_SESSION = ("session", "silence")
ASKED_ON_RETURN = ("follow_up", "check_in", "later")  # alarms that a block only puts off
KEPT_BLOCKED = timedelta(days=30)  # then whoever has blocked us is forgotten
FORGET = "forget"


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


class Conversation(Hearing):
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

    def is_away(self, heard: Heard) -> bool:
        """Let alarms pass while we are blocked; whoever does something has come back for good."""
        if isinstance(heard, Command | Typed | Tapped | Odd):
            self.return_for_good()
        elif isinstance(heard, Rang) and heard.alarm == FORGET:
            self.effects.append(Erase())
            return True
        elif isinstance(heard, Rang) and self.talk.blocked_at is not None:
            if heard.alarm in ASKED_ON_RETURN:
                missed = {**self.talk.missed, heard.alarm: heard.then}
                self.talk = self.talk.model_copy(update={"missed": missed})
            return True
        return False

    def learn(self, heard: Blocked | Unblocked | Failed | Flooded | Fading) -> None:
        """Take in what is about the chat, and not said in it."""
        match heard:
            case Blocked():
                self.go_silent()
            case Unblocked():
                self.welcome_back()
            case Failed():
                self.pause()  # what could not be heard may have been a stop
                self.show_again(said("talk.failed"))
            case Flooded():
                self.show_again(said("talk.flooded"))
            case Fading(days=days):
                self.fade(days)

    def strange(self, heard: Odd) -> None:
        """Answer what is neither text nor a button; an edited text is never an answer."""
        if heard.kind == "button":
            self.effects.append(Toast(text=said("toast.unknown_button"), alert=True))
            self.show_again()
        elif not heard.text or not self.heeded(heard.text):
            self.odd()

    # ---- commands

    def commanded(self, heard: Command) -> None:
        """Do what it says, unless danger stands behind it: that comes first."""
        self.invited(heard.clinic)
        if heard.clinic or not heard.argument or not self.heeded(heard.argument):
            self.command(heard.name, heard.argument)

    def command(self, name: str, argument: str) -> None:
        match name:
            case "stop":
                self.halt()
            case "pain":
                self.hurt()
            case "safety" | "privacy" | "help":
                self.tell(name)
            case "why":
                self.effects.append(Recall(code=receipt.code_in(argument)))
            case "today" | "progress" | "report" | "export":
                self.open("report", name)
            case "settings" | "delete" | "reminders" | "routine":
                self.open(name)
            case "activities":
                self.open("aims", "command")
            case "ladder":
                self.open("routine", "ladders")
            case "start" | "stretch" | "check":
                self.begin(name)
            case _:
                self.misnamed(name, argument)

    def begin(self, name: str) -> None:
        self.close_over()
        if not self.talk.consent_version:
            self.hand_over(HandOver(to="welcome"))
        elif name == "check" and self.scene().consented:
            self.check()
        elif self.is_live():
            self.show_again(said("talk.session_runs"))
        elif not self.scene().consented:  # to an earlier text
            if self.leave():
                self.hand_over(HandOver(to="welcome"))
        elif name == "start" and self.talk.floor.flow not in {
            "idle", "welcome", "after", "ladder"
        }:  # fmt: skip
            self.show_again()
        elif self.leave():
            self.hand_over(HandOver(to="offer", why="start"))

    def check(self) -> None:
        """Ask the safety questions at any time: a session closes as paused, a stop is noted."""
        floor = self.talk.floor
        if isinstance(floor, Session):
            self.effects += [Unsay(slots=("card", "bell")), Strip(slots=("card",))]
            self.apply(floor, FLOWS["session"].abandoned(floor, self.scene()))
        if not self.leave():
            return
        self.effects += [DropAlarm(name=name) for name in ALARMS_OF_A_SESSION]
        self.hand_over(HandOver(to="triage", why="full"))

    def invited(self, clinic: Clinic | None) -> None:
        """Take what a clinic asks for; a language the user has lived with stays."""
        if clinic is None:
            return
        fields: dict[str, object] = {"clinic": clinic}
        if not self.talk.consent_version and clinic.language in self.content.words:
            fields["language"] = clinic.language
        self.talk = self.talk.model_copy(update=fields)

    def tell(self, name: str) -> None:
        """Answer with a text alone, above what stands; a running clock is not touched."""
        text = gate.safety_told(self.scene()) if name == "safety" else (said(f"{name}.text"),)
        if name == "help" and self.talk.clinic and self.talk.clinic.contact:
            text = (*text, said("clinic.contact", contact=self.talk.clinic.contact))
        self.effects.append(Show(slot="screen", how="fresh", text=text))
        if self.talk.floor.flow != "idle":
            self.show_again()

    def recalled(self, code: str, kept: receipt.Receipt | None) -> None:
        """Tell a receipt above what stands: the last in short, one named by its code whole."""
        if kept is None:
            self.show_again(receipt.unknown(code))
            return
        self.effects += receipt.told_whole(kept) if code else (receipt.told_why(kept),)
        if self.talk.floor.flow != "idle":
            self.show_again()

    def open(self, name: str, why: str = "") -> None:
        """Open what stands over the floor, such as settings; a live session pauses first."""
        if not self.talk.consent_version and name != "delete":
            self.hand_over(HandOver(to="welcome"))
            return
        self.pause()
        self.close_over()
        self.hand_over(HandOver.model_validate({"to": name, "why": why, "args": self.counts()}))

    def pause(self) -> None:
        """Let the clock of a session stand, and nothing else change."""
        floor = self.talk.floor
        if isinstance(floor, Session):
            self.apply(floor, FLOWS["session"].paused(floor, self.scene()))

    def counts(self) -> dict[str, Any]:
        return {
            "sessions": self.talk.sessions_done,
            "facts": len(self.talk.facts),
            "reminders": len(self.talk.wish.times) if self.talk.wish else 0,
            "talk": self.talk.talk,
        }

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
            self.apply(self.talk.floor, self.flow(self.talk.floor).advance(
                self.talk.floor, event, self.scene()
            ))  # fmt: skip
        elif owner == "after" and self.talk.floor.flow == "idle":
            self.apply_over(FLOWS["after"].later(self.scene()))
        if owner == "after":
            self.effects = manners.knocking(self.effects)

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

    # ---- blocked, and back

    def go_silent(self) -> None:
        """End what runs and take the reminders back: nothing can be sent any more."""
        if self.talk.blocked_at is not None:
            return
        floor, live = self.talk.floor, self.is_live()
        self.close_over()
        if isinstance(floor, Session):
            self.apply(floor, FLOWS["session"].abandoned(floor, self.scene()))
        self.leave()
        self.effects = [e for e in self.effects if not isinstance(e, Show | Toast)]
        self.effects += [DropAlarm(name=name) for name in (*ALARMS_OF_A_SESSION, "reminder")]
        self.effects.append(Unsay(slots=("card", "bell", "screen", "emergency")))
        until = self.talk.erase_at or self.at + KEPT_BLOCKED
        self.effects.append(SetAlarm(name=FORGET, due_at=until, then=Gone().code()))
        ended: dict[str, object] = {
            "blocked_at": self.at, "erase_at": until, "over": None, "wish": None
        }  # fmt: skip
        if live:  # a stop that was noted as unanswered is not to be answered once more
            ended["floor"] = Home()
        self.talk = self.talk.model_copy(update=ended)

    def welcome_back(self) -> None:
        if self.talk.blocked_at is None:
            return
        self.talk = self.talk.model_copy(update={"blocked_at": None})
        if self.talk.consent_version is None:
            self.show_again()
        else:
            self.hand_over(HandOver(to="back", args={
                "until": self.talk.erase_at or self.at, **self.counts()
            }))  # fmt: skip

    def return_for_good(self) -> None:
        """Stop the clock, and ask now what fell due meanwhile."""
        self.effects.append(DropAlarm(name=FORGET))
        self.effects += [
            SetAlarm(name=name, due_at=self.at, then=then)
            for name, then in self.talk.missed.items()
        ]
        back: dict[str, object] = {"blocked_at": None, "erase_at": None, "missed": {}}
        self.talk = self.talk.model_copy(update=back)

    def fade(self, days: int) -> None:
        """Tell what a long silence comes to; who blocked us or never agreed is left in peace."""
        if self.talk.consent_version and self.talk.blocked_at is None:
            self.show_again(said("talk.fading", days=days))
            self.effects = manners.knocking(self.effects, since=1)
