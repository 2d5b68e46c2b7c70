"""One step of a talk at work: what it becomes, and what is asked for on the way.

Moves are kept here, the floor is handed over here, and here alone; a session begins only through
its gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from content.catalogue import Catalogue
from content.schema import Value
from flows import ladder, manners, news, stop, triage
from flows.after.vocabulary import Pain, PassedOver
from flows.base import (
    Beside,
    Effect,
    Erase,
    Event,
    Frozen,
    HandOver,
    Hurts,
    Move,
    News,
    Said,
    Scene,
    Show,
    Toast,
    Unsay,
    said,
)
from flows.base import Typed as Told
from flows.home import Home
from flows.ladder import DayAfter, Down, Ladder
from flows.offer import gate
from flows.report import Opened
from flows.resting import is_at_rest, settled
from flows.session import Session, stopped
from flows.stop import Stop
from flows.story import Story
from flows.switchboard import FLOWS, OWNER, Flow
from flows.talk import Talk
from flows.triage import Triage
from flows.welcome import Welcome

DEPTH = 6  # hand-overs in one step; more would be a circle
State = Frozen | None  # a flow's own; None: what was asked stands beside the floor
OVER = frozenset({"settings", "delete", "reminders", "story", "report", "routine", "aims", "back"})
GATED = frozenset({"session", "ladder"})


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
        elif self.leave():
            if isinstance(floor, Ladder):
                self.note(ladder.hurt(self.scene()))
            self.hand_over(HandOver(to="triage", why=gate.check_for_pain(self.scene())))

    def halt(self) -> None:
        """Answer /stop: a session stops as for pain; with nothing running, say so."""
        if self.is_live():
            self.hurt()
            return
        self.close_over()
        if not self.leave():
            return
        wish = self.talk.wish
        reminds = wish is not None and wish.paused is None
        line = "home.nothing_runs" if reminds else "home.nothing_runs_at_all"
        self.hand_over(HandOver(to="idle", why="said", args={"line": line}))

    def is_live(self) -> bool:
        """Tell whether a session runs, or its stop still asks."""
        floor = self.talk.floor
        return isinstance(floor, Session) or (isinstance(floor, Stop) and floor.is_live)

    # ---- moves

    def apply(self, state: State, move: Move, depth: int = 0) -> None:
        """Keep what a flow answered: its state, its turn, its news, and what it asks for."""
        if not move.moved:
            self.not_moved()
            return
        closes = state is not None and state is self.talk.over and move.state is None
        self.keep(state, move)
        if not move.free and self.takes_turn:
            self.talk = self.talk.model_copy(update={"turn": self.turn + 1})
        self.effects += move.effects
        for piece in move.news:
            if isinstance(piece, HandOver):
                self.hand_over(piece, depth + 1)
            elif isinstance(piece, Told):
                self.confirmed(piece.facts)
            else:
                self.note(piece)
        if closes:
            self.closed(move)

    def closed(self, move: Move) -> None:
        """Nothing stands over the floor any more: show it, where nothing else leads on.

        What says its own farewell is enough where the floor waits for nothing.
        """
        if any(isinstance(e, Erase) for e in move.effects) or any(
            isinstance(piece, HandOver | Told) for piece in move.news
        ):
            return
        told = any(isinstance(e, Show) for e in move.effects)
        if not told or not is_at_rest(self.talk.floor, self.at):
            self.show_again()

    def come_home(self) -> None:
        """Leave what was said last where nothing is asked any more: it has been said."""
        floor = settled(self.talk.floor, self.at)
        if floor is not self.talk.floor:
            self.talk = self.talk.model_copy(update={"floor": floor})

    def give(self, event: Event) -> None:
        """Hand an event to the flow it belongs to, if that flow stands open."""
        owner = OWNER[type(event)]
        if isinstance(event, DayAfter | Down) and self.has_gone_stale():
            self.hand_over(HandOver(to="offer", why="start"))
            return
        if isinstance(event, Pain | PassedOver) and is_at_rest(self.talk.floor, self.at):
            self.outdated()  # it would be told of a session long past
            return
        for state in (self.talk.over, self.talk.floor):
            if state is not None and state.flow == owner:
                if state is self.talk.floor:
                    self.close_over()
                self.apply(state, self.flow(state).advance(state, event, self.scene()))
                return
        if owner == "reminders":
            self.answer_reminder(event)
            return
        if isinstance(event, Opened):
            self.hand_over(HandOver(to="report", why=event.what))
            return
        self.outdated()

    def outdated(self) -> None:
        self.effects.append(Toast(text=said("toast.earlier_step"), alert=True))
        self.show_again()

    def has_gone_stale(self) -> bool:
        """Tell whether a practice was left lying so long that its check is no longer good."""
        return isinstance(self.talk.floor, Ladder) and gate.way(self.scene()) != "open"

    def answer_reminder(self, event: Event) -> None:
        """Take an answer to a reminder; one that leads on takes the floor from what was left."""
        move = FLOWS["reminders"].answered(event, self.talk.wish, self.scene())
        if any(isinstance(piece, HandOver) for piece in move.news) and not self.leave():
            return
        self.apply_over(move)

    def not_moved(self) -> None:
        """Answer what does not fit here: a tap with a word over the chat, a text with the place."""
        if self.typed:
            self.show_again(said("talk.choose"))
        elif self.takes_turn:
            self.effects.append(Toast(text=said("toast.already_done")))

    def apply_over(self, move: Move) -> None:
        """Keep what was asked for beside the floor (a reminder, a late question)."""
        self.apply(None, move)
        if rows := [e.rows for e in move.effects if isinstance(e, Show) and e.rows]:
            beside = Beside(turn=self.talk.turn, rows=rows[-1])
            self.talk = self.talk.model_copy(update={"beside": beside})

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
        if self.talk.over is not None and wish.to not in OVER:  # asked for above the floor
            self.close_over()
            if self.is_live():
                self.show_again(said("talk.session_runs"))
                return
            if not self.leave():
                return
        if wish.to in GATED and not gate.may_begin(self.scene(), wish, self.talk.floor.flow):
            wish = HandOver(to="offer", why="start")
        if wish.to in {"offer", "triage", "session"}:
            self.withdraw_reminder()
        flow = FLOWS[wish.to]
        move = flow.begin(wish.why, wish.args, self.scene())
        if wish.to in OVER:
            self.talk = self.talk.model_copy(update={"over": move.state})
            self.apply(self.talk.over, move, depth)
        else:
            self.talk = self.talk.model_copy(update={"floor": move.state, "over": None})
            if wish.to == "session":
                self.talk = news.session_begun(self.talk, self.at, self.content)
                move = manners.opened(move, self.talk.settings)
            self.apply(self.talk.floor, move, depth)

    def withdraw_reminder(self) -> None:
        """Take back a reminder that may still wait to be sent: it has come too late."""
        wish, rules = self.talk.wish, self.content.reminders
        if wish is None or wish.rung_at is None:
            return
        if self.at - wish.rung_at < timedelta(minutes=rules.late_at_most_min):
            self.effects.append(Unsay(slots=("screen",), rank="reminder"))

    def leave(self) -> bool:
        """Take the floor away: a danger told half-way is kept, an unanswered stop is noted.

        False: an emergency is ticked and wants no Done to count; its answer has the floor.
        """
        floor = self.talk.floor
        if isinstance(floor, Triage):
            if floor.counting:
                self.close_over()
                self.apply(floor, triage.cut_short(floor, self.scene()))
                return False
            self.note(triage.left(floor, self.scene()))
            self.note(gate.unfinished(self.scene(), screens=triage.outstanding(floor)))
        elif isinstance(floor, Stop) and floor.is_live:
            self.apply(floor, stop.abandoned(floor, self.scene()))
        return True

    def note(self, piece: News) -> None:
        self.talk, asked = news.noted(self.talk, piece, self.at, self.content)
        self.effects += asked

    def close_over(self) -> None:
        """Close what stands over the floor; a story that waits for a yes is not forgotten."""
        over = self.talk.over
        if isinstance(over, Story):
            self.note(gate.unfinished(self.scene(), facts=over.facts))
        if over is not None:
            self.talk = self.talk.model_copy(update={"over": None})

    def confirmed(self, facts: Mapping[str, Value]) -> None:
        """Let a confirmed story count: in the check that runs, or in one begun with it."""
        if not facts:
            self.show_again()
            return
        if isinstance(self.talk.floor, Triage):
            self.apply(
                self.talk.floor, triage.interjected(self.talk.floor, facts, (), self.scene())
            )
        elif self.leave():
            self.hand_over(HandOver(to="triage", why="full", args={"facts": dict(facts)}))

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
        if self.talk.over is None:
            self.come_home()
            if self.has_gone_stale():
                self.talk = self.talk.model_copy(update={"floor": Home()})
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
