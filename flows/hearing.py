"""Typed text: danger first, then stop words, then an answer, then a story, and no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from content.schema import Value
from flows import triage
from flows.base import Effect, Event, HandOver, Hurts, Show, said
from flows.base.numbering import STOP
from flows.choosing import Choosing
from flows.codec import decode
from flows.home import Home
from flows.leaning import leans
from flows.offer import gate
from flows.session import Session, stopped
from flows.session.vocabulary import Pause
from flows.stop import Stop
from flows.text import danger
from flows.text.lexicon import form
from flows.text.matching import spoken
from flows.text.story import facts_told
from flows.told import told
from flows.triage import Triage
from flows.triage.rules import emergency_for

TWICE = timedelta(seconds=4)  # so soon nobody has heard the question that followed


class Hearing(Choosing):
    """A step that reads what was typed."""

    def read(self, text: str) -> None:
        """Danger and stop words, numbers and labels on offer, the open question, and no more."""
        if self.heeded(text):
            return
        if self.greeted():
            return
        event = Hurts() if self.is_said_twice(text) else self.meant(text)
        if event is None:
            self.story(text)
        elif isinstance(event, Hurts):
            self.hurt()
        else:
            self.give(event)

    def greeted(self) -> bool:
        """Greet a stranger; with whoever is none, leave what is over, for it has been said."""
        if self.is_stranger():
            self.hand_over(HandOver(to="welcome"))
            return True
        if self.talk.over is None:
            self.come_home()
        return False

    def is_stranger(self) -> bool:
        """Whether nothing was said yet: whoever comes is greeted, whatever they send."""
        untouched = self.talk.over is None and isinstance(self.talk.floor, Home)
        return untouched and not self.talk.consent_version

    def is_said_twice(self, text: str) -> bool:
        """Tell whether the number that stopped a session comes again: it rates no pain yet."""
        floor = self.talk.floor
        if not isinstance(floor, Stop) or not self.talk.settings.screen_reader:
            return False
        if self.is_after_stop():
            return form(text) in {STOP, f"0{STOP}"}
        lately = self.at - floor.told.brief.at < TWICE
        return lately and floor.phase == "asking_check" and form(text) == STOP

    def heeded(self, text: str) -> bool:
        """Answer danger and stop words, wherever they stand; False: there are none."""
        live = self.is_live()
        reading = danger.heard(text, self.scene(), live=live, answering_number=self.is_number(text))
        match reading.action:
            case "CRISIS" | "EMERGENCY_INTERRUPT":
                self.endangered(reading.facts, ())
                return True
            case "STOP_EXERCISE" if live and (screens := self.asked_beside(reading, text)):
                self.endangered({}, screens)
                return True
            case "STOP_EXERCISE":
                return self.stopped_by(reading, text, live=live)
            case "URGENT_CHECK" if screens := self.asking(danger.meant(reading, self.content)):
                self.endangered({}, screens)
                return True
            case _:
                return False

    def asked_beside(self, reading: danger.Reading, text: str) -> tuple[str, ...]:
        """Find what is to be asked about beside a stop word.

        How strong it is any stop asks, and where it hurts is no news: "my neck hurts" is a pain.
        """
        doubted = danger.meant(reading, self.content) if reading.beside else {}
        told = {
            name: value
            for name, value in facts_told(text, self.scene()).facts.items()
            if self.content.facts[name].lasting or leans(self.content.facts[name])
        }
        news = told if gate.is_graver(told, self.scene()) else {}
        screens = self.asking({**doubted, **news})
        return tuple(each for each in screens if not self.is_scale(each))

    def is_scale(self, screen: str) -> bool:
        return self.content.screens[screen].parts[0].kind == "grid"

    def misnamed(self, name: str, argument: str) -> None:
        """Read an unknown command as the words it is made of; a hold goes on with no such thing."""
        words = f"{name} {argument}".replace("_", " ").strip()
        if self.is_live():
            self.read(words)
        elif not self.heeded(words):
            self.show_again(said("talk.unknown_command", name=name[:32]))

    def is_number(self, text: str) -> bool:
        """Tell whether a text answers a question for a number: then it is no temperature."""
        return any(letter.isdigit() for letter in text) and self.meant(text) is not None

    def endangered(self, facts: Mapping[str, Value], screens: Sequence[str]) -> None:
        """Danger was typed: what runs stops; facts count at once, doubts are asked with buttons."""
        floor = self.talk.floor
        self.close_over()
        if not self.talk.consent_version:
            self.warn(facts)
            return
        if isinstance(floor, Session) and self.broken_off(floor, facts, screens):
            return
        said_before = len(self.effects)
        if isinstance(floor, Triage):
            self.apply(floor, triage.interjected(floor, facts, screens, self.scene()))
        else:
            self.leave()
            args = {"facts": dict(facts), "screens": list(screens), "args": {"typed": True}}
            self.hand_over(HandOver(to="triage", why="part", args=args))
        if screens and not facts:
            self.effects[said_before:] = map(_thankful, self.effects[said_before:])

    def warn(self, facts: Mapping[str, Value]) -> None:
        """Before consent nothing of it is kept, but danger is answered all the same."""
        if facts:
            self.effects.append(gate.warning(facts, self.scene()))
        self.show_again()

    def broken_off(
        self, session: Session, facts: Mapping[str, Value], screens: Sequence[str]
    ) -> bool:
        """Stop a session for danger: a stop like any other, whose danger check asks the rest.

        One that is over already stops no more: then danger is answered as anywhere.
        """
        move = stopped(session, self.scene())
        if not move.moved:
            return False
        more = {"facts": dict(facts), "screens": list(screens)}
        news = tuple(
            piece.model_copy(update={"why": "danger", "args": {**piece.args, **more}})
            if isinstance(piece, HandOver)
            else piece
            for piece in move.news
        )
        self.apply(session, replace(move, news=news))
        return True

    def asking(self, facts: Mapping[str, Value]) -> tuple[str, ...]:
        """Find the first screens that ask for these facts: of the whole check, else of others.

        What is lasting and known to be so is not asked.
        """
        route = (*self.content.routes["full"].screens, *self.content.screens)
        found = []
        for fact, value in facts.items():
            if self.content.facts[fact].lasting and self.scene().facts.get(fact) == value:
                continue
            screen = next((s for s in route if fact in self.content.asked_on(s)), None)
            if screen is not None and screen not in found:
                found.append(screen)
        return tuple(found)

    def story(self, text: str) -> None:
        """Take a text that answers nothing as a story, where it tells one; else keep the place."""
        floor = self.talk.floor.flow
        if self.is_live():
            self.told_in_session(text)
            return
        ready = self.talk.consent_version is not None and self.talk.over is None
        if not ready or floor not in {"triage", "idle", "offer", "after"}:
            self.odd()
            return
        facts = facts_told(text, self.scene()).facts
        if not told(facts, self.content):
            self.odd()
        elif emergency_for(
            self.content.complete({**self.scene().facts, **facts}), self.content
        ).fired:
            self.endangered(facts, ())
        else:
            self.hand_over(HandOver(to="story", args={"facts": facts}))

    def told_in_session(self, text: str) -> None:
        """Break a session off for news that its plan was not made for; else the clock stands."""
        facts = facts_told(text, self.scene()).facts
        screens = self.asking(facts)
        if screens and gate.is_graver(facts, self.scene()):
            self.endangered({}, screens)
        else:
            self.odd()

    def stopped_by(self, reading: danger.Reading, text: str, *, live: bool) -> bool:
        """Obey a stop word; with nothing running, only where no question waits for an answer.

        A single word such as "no" is one only where it is not an answer on offer; and whoever
        types what stands on the button for a pause gets the pause.
        """
        if live and self.is_pause(text):
            return False
        if live and (reading.concept != "single" or self.offered(text) is None):
            self.hurt()
            return True
        if self.talk.floor.flow in {"triage", "welcome"} or reading.concept == "single":
            return False
        if reading.concept == "halt":
            self.halt()
        else:
            self.hurt()
        return True

    def is_pause(self, text: str) -> bool:
        found = self.offered(text)
        if found is None or not isinstance(decode(found.tap), Pause):
            return False
        return form(spoken(found.label, self.scene())) == form(text)

    def meant(self, text: str) -> Event | None:
        """Find what a text says to the question on the screen, or None."""
        if found := self.offered(text):
            return decode(found.tap)
        state = self.talk.over or self.talk.floor
        meant: Event | None = self.flow(state).read(state, text, self.scene())
        return self.by_place(text) if meant is None and not self.may_be_pain(text) else meant

    def odd(self) -> None:
        """Something that says nothing to us: kindly, with the place kept; a hold pauses."""
        if self.talk.over is None and self.has_gone_stale():
            self.show_again()
            return
        if self.greeted():
            return
        state = self.talk.over or self.talk.floor
        self.apply(state, self.flow(state).odd(state, self.scene()))


def _thankful(effect: Effect) -> Effect:
    """Say why something is asked that nobody was at: it follows from what was typed."""
    if not isinstance(effect, Show) or effect.slot != "screen":
        return effect
    return effect.model_copy(update={"text": (said("asking.sure"), *effect.text)})
