"""The core's one front door: (snapshot, what was heard, when) -> (snapshot, effects).

Who is asked, in this order: blocked or back; pain and stop, by button or by command; text, which
passes the danger phrases and stop words first; buttons of another talk or an earlier turn; alarms,
which go to their owner; and last the flow that has the floor.  No way leads to a hold but through
the offer, and `may_begin` asks for its gate once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from content.catalogue import Catalogue
from content.schema import Value
from flows import news, receipt, stop, triage
from flows.base import (
    Brief,
    Choice,
    DropAlarm,
    Effect,
    Ended,
    Event,
    Frozen,
    HandOver,
    Hurts,
    Move,
    News,
    Recall,
    Said,
    Scene,
    SetAlarm,
    Show,
    Toast,
    Unsay,
    said,
)
from flows.base import Typed as Told
from flows.codec import NotUnderstood, decode
from flows.heard import (
    Blocked,
    Command,
    Fading,
    Failed,
    Heard,
    Odd,
    Rang,
    Recalled,
    Tapped,
    Typed,
    Unblocked,
)
from flows.offer import gate
from flows.offer.vocabulary import AfterStop, CheckIn
from flows.reminder.schedule import is_quiet
from flows.session import Session, stopped
from flows.stop import Stop
from flows.switchboard import FLOWS, OWNER, Flow
from flows.talk import Talk
from flows.text import danger, matching
from flows.text.story import facts_told
from flows.told import told
from flows.triage import Triage
from flows.triage.rules import emergency_for
from flows.welcome import Welcome

DEPTH = 6  # hand-overs in one step; more would be a circle
State = Frozen | None  # a flow's own; None: what was asked stands beside the floor
WAITS = timedelta(minutes=10)  # until a check-in tries again that a session stood in the way of
ALARMS_OF_A_SESSION = ("session", "silence")


def advance(
    talk: Talk, heard: Heard, at: datetime, content: Catalogue
) -> tuple[Talk, tuple[Effect, ...]]:
    """Answer one thing heard; what does not fit changes nothing but is answered all the same."""
    step = Step(talk, at, content, typed=isinstance(heard, Typed | Command | Odd))
    step.takes_turn = not isinstance(heard, Rang)
    step.hear(heard)
    return step.talk, tuple(step.effects)


def view(talk: Talk, at: datetime, content: Catalogue) -> Show:
    """Tell what stands on the screen now."""
    return Step(talk, at, content, typed=False).view()


@dataclass
class Step:
    """One call of `advance` at work: the talk as it becomes, and what is asked for on the way."""

    talk: Talk
    at: datetime
    content: Catalogue
    typed: bool
    # A clock takes no turn: a button pressed just as a hold ends is about the card it stood on,
    # and the session's own alarms carry a count of their own.
    takes_turn: bool = True
    effects: list[Effect] = field(default_factory=list)
    seen: tuple[Talk, Scene] | None = None

    def __post_init__(self) -> None:
        self.turn = self.talk.turn

    # ---- who is asked

    def hear(self, heard: Heard) -> None:
        match heard:
            case Blocked() | Unblocked() | Failed() | Fading():
                self.learn(heard)
            case Command(name=name, argument=argument):
                self.command(name, argument)
            case Typed(text=text):
                self.read(text)
            case Tapped():
                self.tapped(heard)
            case Odd(kind="button"):
                self.effects.append(Toast(text=said("toast.unknown_button"), alert=True))
                self.show_again()
            case Odd():
                self.odd()
            case Rang(then=then):
                self.rang(then)
            case Recalled(code=code, receipt=kept):
                self.recalled(code, kept)

    def learn(self, heard: Blocked | Unblocked | Failed | Fading) -> None:
        """Take in what is about the chat, and not said in it."""
        match heard:
            case Blocked():
                self.go_silent()
            case Unblocked():
                self.welcome_back()
            case Failed():
                self.show_again(said("talk.failed"))
            case Fading(days=days):
                self.fade(days)

    # ---- pain, before everything

    def hurt(self) -> None:
        """Stop a live session now; with none, ask the safety questions again."""
        floor = self.talk.floor
        self.close_over()
        if isinstance(floor, Session):
            self.apply(floor, stopped(floor, self.scene()))
        elif isinstance(floor, Stop):
            self.apply(floor, FLOWS["stop"].advance(floor, Hurts(), self.scene()))
        elif not self.talk.consent_version:
            self.hand_over(HandOver(to="welcome"))
        else:
            self.leave()
            self.hand_over(HandOver(to="triage", why=gate.check_for_pain(self.scene())))

    def halt(self) -> None:
        """Answer /stop: a session stops as for pain; with nothing running, say so."""
        if self.is_live():
            self.hurt()
            return
        self.close_over()
        self.leave()
        line = "home.nothing_runs" if self.talk.wish else "home.nothing_runs_at_all"
        self.hand_over(HandOver(to="idle", why="said", args={"line": line}))

    def is_live(self) -> bool:
        """Tell whether a session runs, or its stop still asks."""
        floor = self.talk.floor
        return isinstance(floor, Session) or (isinstance(floor, Stop) and floor.is_live)

    # ---- commands

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
            case "settings" | "delete" | "reminders":
                self.open(name)
            case "start" | "stretch" | "check":
                self.begin(name, argument)
            case _:
                self.show_again(said("talk.unknown_command", name=name[:32]))

    def begin(self, name: str, argument: str) -> None:
        del argument  # an invitation code is not looked up yet; it starts as usual
        self.close_over()
        if not self.talk.consent_version:
            self.hand_over(HandOver(to="welcome"))
        elif self.is_live():
            self.show_again(said("talk.session_runs"))
        elif name == "check":
            self.leave()
            self.hand_over(HandOver(to="triage", why="full"))
        elif name == "start" and self.talk.floor.flow not in {"idle", "welcome", "after"}:
            self.show_again()
        else:
            self.leave()
            self.hand_over(HandOver(to="offer", why="start"))

    def tell(self, name: str) -> None:
        """Answer with a text alone, above what stands; a running clock is not touched."""
        text = gate.safety_told(self.scene()) if name == "safety" else (said(f"{name}.text"),)
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

    def open(self, name: str) -> None:
        """Open settings, reminders or deletion over the floor; a live session pauses first."""
        if not self.talk.consent_version and name != "delete":
            self.hand_over(HandOver(to="welcome"))
            return
        floor = self.talk.floor
        if isinstance(floor, Session):
            self.apply(floor, FLOWS["session"].paused(floor, self.scene()))
        self.close_over()
        self.hand_over(HandOver.model_validate({"to": name, "args": self.counts()}))

    def counts(self) -> dict[str, Any]:
        return {
            "sessions": self.talk.sessions_done,
            "facts": len(self.talk.facts),
            "reminders": len(self.talk.wish.times) if self.talk.wish else 0,
            "talk": self.talk.talk,
        }

    # ---- text

    def read(self, text: str) -> None:
        """Danger and stop words, numbers and labels on offer, the open question, and no more."""
        live = self.is_live()
        reading = danger.heard(text, self.scene(), live=live, answering_number=self.is_number(text))
        match reading.action:
            case "CRISIS" | "EMERGENCY_INTERRUPT":
                self.endangered(reading.facts, ())
                return
            case "STOP_EXERCISE" if self.stopped_by(reading, text, live=live):
                return
            case "URGENT_CHECK" if screens := self.asking(self.doubted(reading)):
                self.endangered({}, screens)
                return
            case _:
                pass
        event = self.meant(text)
        if event is None:
            self.story(text)
        elif isinstance(event, Hurts):
            self.hurt()
        else:
            self.give(event)

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
        if isinstance(floor, Triage):
            self.apply(floor, triage.interjected(floor, facts, screens, self.scene()))
            return
        if isinstance(floor, Session):
            self.break_off(floor)
        else:
            self.leave()
        args = {"facts": dict(facts), "screens": list(screens), "args": {"typed": True}}
        self.hand_over(HandOver(to="triage", why="part", args=args))

    def warn(self, facts: Mapping[str, Value]) -> None:
        """Before consent nothing of it is kept, but danger is answered all the same."""
        if facts:
            self.effects.append(gate.warning(facts, self.scene()))
        self.show_again()

    def break_off(self, session: Session) -> None:
        """Stop a session for danger: its stop asks nothing, since what follows does."""
        move = stopped(session, self.scene())
        self.effects += move.effects
        for piece in move.news:
            if isinstance(piece, HandOver):
                brief = Brief.model_validate(piece.args["brief"])
                event = self.content.stop.unanswered
                self.note(Ended(brief=brief.model_copy(update={"event": event})))
        said_first = Show(
            slot="screen", how="fresh", rank="stop", silent=False, text=(said("stop.stopped"),)
        )
        self.effects.append(said_first)

    def doubted(self, reading: danger.Reading) -> Iterable[str]:
        """Name the facts that a doubtful reading would tell, were it so."""
        concepts = self.content.danger.concepts
        return reading.facts or next((c.facts for c in concepts if c.id == reading.concept), {})

    def asking(self, facts: Iterable[str]) -> tuple[str, ...]:
        """Find the first screens that ask for these facts: of the whole check, else of others."""
        route = (*self.content.routes["full"].screens, *self.content.screens)
        found = []
        for fact in facts:
            screen = next((s for s in route if fact in self.content.asked_on(s)), None)
            if screen is not None and screen not in found:
                found.append(screen)
        return tuple(found)

    def story(self, text: str) -> None:
        """Take a text that answers nothing as a story, where it tells one; else keep the place."""
        floor = self.talk.floor.flow
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

    def confirmed(self, facts: Mapping[str, Value]) -> None:
        """Let a confirmed story count: in the check that runs, or in one begun with it."""
        if not facts:
            self.show_again()
            return
        if isinstance(self.talk.floor, Triage):
            self.apply(
                self.talk.floor, triage.interjected(self.talk.floor, facts, (), self.scene())
            )
        else:
            self.leave()
            self.hand_over(HandOver(to="triage", why="full", args={"facts": dict(facts)}))

    def stopped_by(self, reading: danger.Reading, text: str, *, live: bool) -> bool:
        """Obey a stop word; with nothing running, only where no question waits for an answer.

        A single word such as "no" is one only where it is not an answer on offer.
        """
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

    def meant(self, text: str) -> Event | None:
        """Find what a text says to the question on the screen, or None."""
        if found := self.offered(text):
            return decode(found.tap)
        state = self.talk.over or self.talk.floor
        meant: Event | None = self.flow(state).read(state, text, self.scene())
        return meant

    def offered(self, text: str) -> Choice | None:
        """Find the button whose number, label or sentence was typed."""
        rows = self.view().rows
        return matching.matches([c for row in rows for c in row], text, self.scene())

    def odd(self) -> None:
        """Something that says nothing to us: kindly, with the place kept; a hold pauses."""
        state = self.talk.over or self.talk.floor
        self.apply(state, self.flow(state).odd(state, self.scene()))

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

    def give(self, event: Event) -> None:
        """Hand an event to the flow it belongs to, if that flow stands open."""
        owner = OWNER[type(event)]
        for state in (self.talk.over, self.talk.floor):
            if state is not None and state.flow == owner:
                if state is self.talk.floor:
                    self.close_over()
                self.apply(state, self.flow(state).advance(state, event, self.scene()))
                return
        if owner == "reminders":
            self.apply_over(FLOWS["reminders"].answered(event, self.talk.wish, self.scene()))
            return
        self.effects.append(Toast(text=said("toast.earlier_step"), alert=True))
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

    def remind(self) -> None:
        wish = self.talk.wish
        if wish is not None:
            busy = self.talk.floor.flow not in {"idle", "offer", "after"}
            self.apply_over(FLOWS["reminders"].due(wish, self.scene(), busy=busy))

    def check_in(self, event: CheckIn | AfterStop) -> None:
        """Ask how it went; a session or a check is not broken into, and quiet hours are quiet."""
        about = "stop" if isinstance(event, AfterStop) else "advice"
        if self.talk.floor.flow in {"session", "stop", "triage"}:
            name = "check_in" if about == "stop" else "follow_up"
            due_at = self.at + WAITS
            self.effects.append(SetAlarm(name=name, due_at=due_at, then=event.code()))
            return
        self.hand_over(HandOver(to="offer", why="check_in", args={"about": about}))
        if self.talk.zone and is_quiet(self.at, self.talk.zone, self.content.reminders):
            self.effects = [
                e.model_copy(update={"silent": True}) if isinstance(e, Show) else e
                for e in self.effects
            ]

    # ---- blocked, and back

    def go_silent(self) -> None:
        floor = self.talk.floor
        if isinstance(floor, Session):
            self.apply(floor, FLOWS["session"].abandoned(floor, self.scene()))
        self.leave()
        self.effects = [e for e in self.effects if not isinstance(e, Show | Toast)]
        self.effects += [DropAlarm(name=name) for name in (*ALARMS_OF_A_SESSION, "reminder")]
        self.effects.append(Unsay(slots=("card", "bell", "screen", "emergency")))
        self.talk = self.talk.model_copy(update={"blocked_at": self.at, "over": None})

    def welcome_back(self) -> None:
        if self.talk.blocked_at is None:
            return
        self.talk = self.talk.model_copy(update={"blocked_at": None})
        self.show_again(said("talk.back"))

    def fade(self, days: int) -> None:
        """Tell what a long silence comes to; who blocked us or never agreed is left in peace."""
        if self.talk.consent_version and self.talk.blocked_at is None:
            self.show_again(said("talk.fading", days=days))

    # ---- moves

    def apply(self, state: State, move: Move, depth: int = 0) -> None:
        """Keep what a flow answered: its state, its turn, its news, and what it asks for."""
        if not move.moved:
            self.not_moved()
            return
        self.keep(state, move)
        if not move.free and self.takes_turn:
            self.talk = self.talk.model_copy(update={"turn": self.turn + 1})
        self.effects += [self.fitted(effect) for effect in move.effects]
        for piece in move.news:
            if isinstance(piece, HandOver):
                self.hand_over(piece, depth + 1)
            elif isinstance(piece, Told):
                self.confirmed(piece.facts)
            else:
                self.note(piece)

    def not_moved(self) -> None:
        """Answer what does not fit here: a tap with a word over the chat, a text with the place."""
        if self.typed:
            self.show_again(said("talk.choose"))
        elif self.takes_turn:
            self.effects.append(Toast(text=said("toast.already_done")))

    def apply_over(self, move: Move) -> None:
        """Keep what was asked for beside the floor (a reminder, a late question)."""
        self.apply(None, move)

    def keep(self, state: State, move: Move) -> None:
        if state is None:
            return
        place = "over" if state is self.talk.over else "floor"
        if move.state is None and place == "over":
            self.talk = self.talk.model_copy(update={"over": None})
        elif move.state is not None:
            self.talk = self.talk.model_copy(update={place: move.state})

    def hand_over(self, wish: HandOver, depth: int = 0) -> None:
        """Give the floor to another flow; a session begins only through its gate."""
        if depth >= DEPTH:
            raise RuntimeError("flows hand the floor round in a circle")
        if wish.to == "session" and not gate.may_begin(self.scene(), wish, self.talk.floor.flow):
            wish = HandOver(to="offer", why="start")
        flow = FLOWS[wish.to]
        move = flow.begin(wish.why, wish.args, self.scene())
        if wish.to in {"settings", "delete", "reminders", "story"}:
            self.talk = self.talk.model_copy(update={"over": move.state})
            self.apply(self.talk.over, move, depth)
        else:
            self.talk = self.talk.model_copy(update={"floor": move.state, "over": None})
            if wish.to == "session":
                self.talk = news.session_begun(self.talk, self.at, self.content)
            self.apply(self.talk.floor, move, depth)

    def leave(self) -> None:
        """Take the floor away: a danger told half-way is kept, an unanswered stop is noted."""
        floor = self.talk.floor
        if isinstance(floor, Triage):
            self.note(triage.left(floor, self.scene()))
        elif isinstance(floor, Stop) and floor.is_live:
            self.apply(floor, stop.abandoned(floor, self.scene()))

    def note(self, piece: News) -> None:
        self.talk, asked = news.noted(self.talk, piece, self.at, self.content)
        self.effects += asked

    def close_over(self) -> None:
        if self.talk.over is not None:
            self.talk = self.talk.model_copy(update={"over": None})

    def fitted(self, effect: Effect) -> Effect:
        """Answer a text with a new message: the edited one would stand above what was typed."""
        if self.typed and isinstance(effect, Show) and effect.how == "change":
            return effect.model_copy(update={"how": "fresh"})
        return effect

    # ---- what stands now

    def view(self) -> Show:
        state = self.talk.over or self.talk.floor
        shown: Show = self.flow(state).view(state, self.scene())
        return shown

    def show_again(self, *lines: Said) -> None:
        """Show the place anew at the bottom, silently, under a line or two."""
        if not self.talk.consent_version and not isinstance(self.talk.floor, Welcome):
            self.hand_over(HandOver(to="welcome"))
            return
        shown = self.view()
        self.effects.append(
            shown.model_copy(update={"how": "fresh", "silent": True, "text": (*lines, *shown.text)})
        )

    def flow(self, state: Frozen) -> Flow:
        return FLOWS[state.flow]  # type: ignore[attr-defined]  # every state names its flow

    def scene(self) -> Scene:
        """Tell what flows may see; counted once for each talk that this step passes through."""
        if self.seen is None or self.seen[0] is not self.talk:
            self.seen = self.talk, news.scene_of(self.talk, self.at, self.content)
        return self.seen[1]
