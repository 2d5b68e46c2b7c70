"""What is learned about the chat and not said in it: blocked and back, floods, long silence."""

from __future__ import annotations

from datetime import timedelta

from flows import manners
from flows.back import Gone
from flows.base import (
    DropAlarm,
    Erase,
    HandOver,
    SetAlarm,
    Show,
    Toast,
    Unsay,
    said,
)
from flows.commanding import ALARMS_OF_A_SESSION, Commanding
from flows.heard import (
    Blocked,
    Command,
    Fading,
    Failed,
    Flooded,
    Heard,
    Odd,
    Rang,
    Tapped,
    Typed,
    Unblocked,
)
from flows.home import Home
from flows.session import Session
from flows.switchboard import FLOWS

ASKED_ON_RETURN = ("follow_up", "check_in", "later")  # alarms that a block only puts off
KEPT_BLOCKED = timedelta(days=30)  # then whoever has blocked us is forgotten
FORGET = "forget"


class Absence(Commanding):
    """A step that knows who is away, and what is due on their return."""

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
