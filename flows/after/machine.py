"""After a session: one number, once more some hours on, and the wish for a reminder.

Every question here may be passed over, and none of them rings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from transitions.extensions import HierarchicalMachine

from flows import aiming, rechecks
from flows.after.ruling import told
from flows.after.screens import shown
from flows.after.vocabulary import (
    After,
    Evening,
    Later,
    Morning,
    NoReminders,
    OtherTime,
    Pain,
    Phase,
    TimeWished,
)
from flows.base import (
    Brief,
    Effect,
    Event,
    HandOver,
    Marked,
    Move,
    News,
    Scene,
    Set,
    SetAlarm,
    Show,
    said,
)
from flows.table import on
from flows.text import time_of_day
from flows.text.listed import is_listed
from flows.text.points import points
from flows.tips import tip_after

TYPED: tuple[tuple[str, Event], ...] = (
    ("yes", OtherTime()),
    ("morning", Morning()),
    ("evening", Evening()),
    ("no", NoReminders()),
)
FEASTS = frozenset({1, 7, 30})  # sessions, this one counted


@dataclass
class Run:
    """What the machine moves: the time after one session, opened for one event."""

    phase: Phase
    state: After
    scene: Scene
    effects: list[Effect] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    fresh: bool = False

    def is_of_this(self, event: Later) -> bool:
        return event.session == stamp(self.state.brief)

    def wants_wish(self, _: Event) -> bool:
        return self.state.wants_wish

    def mark_now(self, event: Pain) -> None:
        self.mark("after", event.n)
        self.teach()

    def mark_later(self, event: Pain) -> None:
        self.mark("later", event.n)

    def mark(self, when: Literal["after", "later"], pain: int) -> None:
        brief, lines, news = told(self.state, pain, self.scene)
        self.news += [Marked(when=when, pain=pain), *news]
        self.update(brief=brief, lines=lines)

    def thank(self, _: Event) -> None:
        self.update(lines=(said("after.thanks"),))

    def thank_now(self, _: Event) -> None:
        self.thank(_)
        self.teach()

    def teach(self) -> None:
        """Add a tip, where the reminder and the worries have been spoken of."""
        ruled = [piece for piece in self.news if not isinstance(piece, Marked)]
        if not (self.state.wants_wish or self.is_asking_on or self.scene.fading):
            tip = tip_after(self.state.brief, ruled, self.scene)
            self.update(lines=(*self.state.lines, *tip))

    def ask_again(self, _: Event) -> None:
        self.fresh = True
        self.update(lines=())

    def has_recheck(self, _: Event) -> bool:
        return self.is_asking_on

    @property
    def is_asking_on(self) -> bool:
        verdict = self.scene.verdict
        calm = verdict is not None and verdict.stretch != "blocked"
        return calm and rechecks.after_session(self.scene) is not None

    def ask_more(self, _: Event) -> None:
        """Hand over to the check; the offer takes the answers from there."""
        if (recheck := rechecks.after_session(self.scene)) is not None:
            screens = list(rechecks.screens_of(recheck, self.scene))
            args = {"screens": screens, "args": {"recheck": recheck.id}}
            self.news.append(HandOver(to="triage", why="part", args=args))

    def ask_no_more(self, _: Event) -> None:
        if (recheck := rechecks.after_session(self.scene)) is not None:
            asked = {**self.scene.rechecked, recheck.id: self.scene.at}
            self.news.append(Set(fields={"rechecked": asked}))
        self.update(lines=(said("after.thanks"),))

    def wish_morning(self, _: Event) -> None:
        rules = self.scene.content.reminders
        late = self.scene.content.holds(rules.not_first_hour, self.scene.facts)
        self.wish(time=rules.late_morning if late else rules.morning)

    def wish_evening(self, _: Event) -> None:
        self.wish(time=self.scene.content.reminders.evening)

    def wish_at(self, event: TimeWished) -> None:
        self.wish(time=event.time)

    def wish_other(self, _: Event) -> None:
        self.wish()

    def wish(self, **args: str) -> None:
        self.spoken_of()
        self.update(lines=(said("after.thanks"),))
        self.news.append(HandOver(to="reminders", why="wish", args=args))

    def may_fade(self, _: Event) -> bool:
        return self.scene.fading != ""

    def offer_less(self, _: Event) -> None:
        self.update(fading=self.scene.fading)

    def remind_less(self, _: Event) -> None:
        self.news.append(HandOver(to="reminders", why=self.state.fading))

    def remind_as_before(self, _: Event) -> None:
        self.news.append(HandOver(to="reminders", why="keep"))

    def decline(self, _: Event) -> None:
        self.spoken_of()
        self.update(lines=(said("reminder.none"),))

    def spoken_of(self) -> None:
        self.news.append(Set(fields={"reminders_asked": True}))
        self.update(wants_wish=False)

    def update(self, **fields: object) -> None:
        self.state = self.state.model_copy(update=fields)


# fmt: off
STATES = [
    {"name": "rating", "initial": "now", "children": ["now", "later"]},
    "wishing", "worrying", "fading", "resting",
]

TRANSITIONS = [
    on("anum",     "rating_now",   "wishing", when=[Run.wants_wish], do=[Run.mark_now]),
    on("anum",     "rating_now",   "worrying", when=[Run.has_recheck], do=[Run.mark_now]),
    on("anum",     "rating_now",   "fading", when=[Run.may_fade],
       do=[Run.mark_now, Run.offer_less]),
    on("anum",     "rating_now",   "resting", do=[Run.mark_now]),
    on("askip",    "rating_now",   "wishing", when=[Run.wants_wish], do=[Run.thank_now]),
    on("askip",    "rating_now",   "worrying", when=[Run.has_recheck], do=[Run.thank_now]),
    on("askip",    "rating_now",   "fading", when=[Run.may_fade],
       do=[Run.thank_now, Run.offer_less]),
    on("askip",    "rating_now",   "resting", do=[Run.thank_now]),
    on("anum",     "rating_later", "resting", do=[Run.mark_later]),
    on("askip",    "rating_later", "resting", do=[Run.thank]),
    on("amorning", "wishing",      "resting", do=[Run.wish_morning]),
    on("aevening", "wishing",      "resting", do=[Run.wish_evening]),
    on("atime",    "wishing",      "resting", do=[Run.wish_at]),
    on("aother",   "wishing",      "resting", do=[Run.wish_other]),
    on("anone",    "wishing",      "resting", do=[Run.decline]),
    *(on("alater", source,         "rating_later", when=[Run.is_of_this], do=[Run.ask_again])
      for source in ("rating_now", "wishing", "worrying", "fading", "resting")),
    on("aless",    "fading",       "resting", do=[Run.remind_less]),
    on("akeep",    "fading",       "resting", do=[Run.remind_as_before]),
    on("amore",    "worrying",     "resting", do=[Run.ask_more]),
    on("aenough",  "worrying",     "resting", do=[Run.ask_no_more]),
]
# fmt: on

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS,
    initial="rating", auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def stamp(brief: Brief) -> int:
    return int(brief.at.timestamp())


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    """Ask for the number at once; with `later`, once more for the newest session."""
    if why == "later":
        return _late(scene)
    brief = Brief.model_validate(args["brief"])
    state = After(brief=brief, wants_wish=scene.wish is None and not scene.reminders_asked)
    due_at = scene.at + timedelta(hours=scene.content.stop.ask_again_after_h)
    again = SetAlarm(name="later", due_at=due_at, then=Later(session=stamp(brief)).code())
    show = _fresh(state, scene).model_copy(update={"cheer": is_feast(brief, scene)})
    return Move(state, (show, again))


def is_feast(brief: Brief, scene: Scene) -> bool:
    """Whether this session is one to be cheered: a seldom thing, or it is none."""
    return brief.ended == "done" and scene.sessions_done in FEASTS


def later(scene: Scene) -> Move:
    """Take the floor for the late question, when the time after the session has left it."""
    if not scene.sessions:
        return Move(None, moved=False)
    return Move(None, news=(HandOver(to="after", why="later"),))


def advance(state: After, event: Event, scene: Scene) -> Move:
    """Answer one event; what does not fit changes nothing."""
    run = Run(state.phase, state, scene)
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    after = run.state.model_copy(update={"phase": run.phase})
    if any(isinstance(piece, HandOver) for piece in run.news):  # what follows is shown instead
        return Move(after, tuple(run.effects), tuple(run.news))
    show = _fresh(after, scene) if run.fresh else view(after, scene)
    return Move(after, (show, *run.effects), (*run.news, *_aims(state, after, run)))


def _aims(before: After, after: After, run: Run) -> tuple[News, ...]:
    """Ask about the user's own activities, once a week, when nothing else is asked."""
    rated = before.phase == "rating_now" and after.phase == "resting"
    due = rated and aiming.is_due(run.scene) and not any(
        not isinstance(piece, Marked) for piece in run.news
    )  # fmt: skip
    return (HandOver(to="aims", why="weekly"),) if due else ()


def view(state: After, scene: Scene) -> Show:
    return shown(state, scene)


def read(state: After, text: str, scene: Scene) -> Event | None:
    """Read a point of the scale, or what is wished of a reminder."""
    if state.phase in {"rating_now", "rating_later"}:
        point = points(text, scene)
        return None if point is None else Pain(n=point)
    if state.phase != "wishing":
        return None
    at = None if text.strip(" .").isdecimal() else time_of_day(text, scene)  # that is a button's
    if at is not None:
        return TimeWished(time=f"{at:%H:%M}")
    found = (event for key, event in TYPED if is_listed(text, f"typed.wish.{key}", scene))
    return next(found, None)


def odd(state: After, scene: Scene) -> Move:
    show = view(state, scene)
    line = said("home.only_backs") if state.phase == "resting" else said("talk.choose")
    return Move(state, (show.model_copy(update={"text": (line, *show.text)}),))


def _late(scene: Scene) -> Move:
    state = After(phase="rating_later", brief=scene.sessions[-1], wants_wish=False)
    return Move(state, (_fresh(state, scene),))


def _fresh(state: After, scene: Scene) -> Show:
    return view(state, scene).model_copy(update={"how": "fresh"})
