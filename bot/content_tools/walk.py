"""A case walked through the whole conversation, as its person would: check, plan, session.

They tell the truth of the case, start the plan they are offered, find every move just right, and
hurt no more than before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.content_tools.chat import Chat
from bot.content_tools.person import Person
from bot.triage_cases import told_in
from content.catalogue import Catalogue
from content.schema import Case, Value
from flows.after import After
from flows.after.vocabulary import NoReminders, Pain
from flows.base import Event, Known, Scene
from flows.conversation import view
from flows.heard import Tapped
from flows.news import scene_of
from flows.offer import Offer
from flows.offer.vocabulary import Start
from flows.session import Session
from flows.session.vocabulary import LegFelt, Rated, Resume
from flows.triage import Triage
from flows.triage.vocabulary import Grid, Name, Number
from flows.welcome import Welcome
from flows.welcome.vocabulary import Agreed

STEPS_AT_MOST = 2_000
READS = timedelta(seconds=12)  # before each answer
PLACE = "GB"  # a country for whoever's case names none


@dataclass
class Standing:
    """Where the check of a conversation stands."""

    state: Triage
    scene: Scene


class Walker:
    """One person on their way; `lines` gives what is said, and how long nothing is."""

    def __init__(self, case: Case, content: Catalogue) -> None:
        told = told_in(case, content)
        facts = {"country": PLACE, **_passed(content), **told.facts}
        self.person = Person(facts, content, told.unsure)
        self.chat = Chat(content)
        self.has_started = False

    def lines(self) -> Iterator[str | timedelta]:
        """Talk until nothing is left to say or to wait for."""
        yield "> /start"
        yield from self.chat.hear("/start")
        for _ in range(STEPS_AT_MOST):
            if self.answer() is not None:
                yield READS
                yield from self.chat.wait(READS)
                yield from self.give(self.answer())
            elif (span := self.to_wait()) is not None:
                yield span
                yield from self.chat.wait(span)
            else:
                return
        raise RuntimeError("this conversation does not end")

    def answer(self) -> Event | None:
        """Give what the person says next; None: nothing, for now."""
        match self.chat.talk.floor:
            case Welcome():
                return Agreed()
            case Triage() as check:
                return self.person.answer(Standing(check, self.scene()))
            case Offer(phase="offered", sequence=plan) if plan is not None:
                return None if self.has_started else Start(minutes=0)
            case Session() as session:
                return _in_session(session)
            case After() as after:
                return self.after(after)
            case _:
                return None

    def after(self, after: After) -> Event | None:
        if after.phase == "rating_now":
            return Pain(n=self.pain())
        return NoReminders() if after.phase == "wishing" else None

    def pain(self) -> int:
        before = self.chat.talk.facts.get("pain_before", Known(value=0, at=self.chat.now))
        return int(before.value)

    def to_wait(self) -> timedelta | None:
        """How long to the next bell of a session, while one runs."""
        alarm = self.chat.alarms.get("session")
        if alarm is None or not isinstance(self.chat.talk.floor, Session):
            return None
        return max(timedelta(0), alarm[0] - self.chat.now)

    def give(self, event: Event | None) -> Iterator[str]:
        """Answer; what was on the tongue may be over while they read."""
        if event is None:
            return
        self.has_started |= isinstance(event, Start)
        yield f"> {self.label(event)}"
        talk = self.chat.talk
        yield from self.chat.feed(Tapped(talk=talk.talk, turn=talk.turn, tap=event.code()))

    def label(self, event: Event) -> str:
        """Write an answer as the button that gives it, or as it is typed."""
        rows = view(self.chat.talk, self.chat.now, self.chat.content).rows
        voice = self.chat.voice()
        for choice in (each for row in rows for each in row):
            if choice.tap == event.code():
                return f"[{voice.label(choice)}]"
        return _typed(event)

    def scene(self) -> Scene:
        return scene_of(self.chat.talk, self.chat.now, self.chat.content)


def _typed(event: Event) -> str:
    match event:
        case Number(number=number) | Grid(number=number):
            return str(number)
        case Name(value=value):
            return value
        case _:
            return event.trigger


def _passed(content: Catalogue) -> Mapping[str, Value]:
    """Let the check before bending back be passed, where the case says nothing of it."""
    return content.screens[content.resolution.check].parts[0].options[0].set


def _in_session(session: Session) -> Event | None:
    if session.phase == "rating":
        return LegFelt(leg="same") if session.sequence.leg_question else Rated(effort="right")
    return Resume() if session.phase.startswith("waiting") else None
