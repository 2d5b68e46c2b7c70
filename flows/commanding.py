"""Words with a slash, menus and clinics' links: what they open, over a floor that waits."""

from __future__ import annotations

from typing import Any

from flows import receipt
from flows.base import (
    Clinic,
    DropAlarm,
    Frozen,
    HandOver,
    Recall,
    Show,
    Strip,
    Unsay,
    said,
)
from flows.heard import Command
from flows.hearing import Hearing
from flows.offer import gate
from flows.session import Session
from flows.switchboard import FLOWS
from flows.triage import Triage

ALARMS_OF_A_SESSION = ("session", "silence")


class Commanding(Hearing):
    """A step that obeys commands."""

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
            "facts": len(self.talk.facts) + _answered(self.talk.floor),
            "reminders": len(self.talk.wish.times) if self.talk.wish else 0,
            "talk": self.talk.talk,
        }


def _answered(floor: Frozen) -> int:
    """Count what a check that runs has been told so far."""
    return len(floor.path) + len(floor.given) if isinstance(floor, Triage) else 0
