"""A user with one session, and a clock that moves only when told to.

State and events pass through JSON and codes at every step, as the database and buttons will do.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from content.catalogue import Catalogue
from content.load import load
from content.schema import Dose
from flows.base import (
    Brief,
    Choice,
    DropAlarm,
    Ended,
    Event,
    HandOver,
    Left,
    Move,
    News,
    Record,
    Scene,
    SetAlarm,
    Settings,
    Show,
    Verdict,
)
from flows.session import EVENTS, Session, advance, begin
from flows.session.doses import is_quick, seconds_of
from flows.session.plan import Sequence, Step
from flows.session.vocabulary import Rated

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FINE = Verdict(level="SELF_CARE", stretch="allowed", fired=(), reasons=(), at=NINE)
RIGHT = Rated(effort="right")
BY_TRIGGER = {event.model_fields["trigger"].default: event for event in EVENTS}


@cache
def content() -> Catalogue:
    return load()


def step(exercise: str, *, settings: Settings | None = None, **changes: object) -> Step:
    """Take an exercise of the library, as the plan would put it."""
    cautions = changes.pop("cautions", ())
    dose = Dose.model_validate({**content().exercises[exercise].dose.model_dump(), **changes})
    seconds = seconds_of(dose, settings or Settings(), content())
    made = {"cautions": cautions, "quick": is_quick(dose, content()), "seconds": seconds}
    return Step.model_validate({"exercise": exercise, **dose.model_dump(exclude={"ex"}), **made})


def sequence(*steps: Step, leg_question: bool = False) -> Sequence:
    return Sequence(
        program="leg_calm" if leg_question else "mixed",
        reason="all_round",
        moves=steps,
        seconds=sum(each.seconds for each in steps),
        amount="whole",
        swapped=(),
        needs_extension_check=False,
        hands_free=False,
        leg_question=leg_question,
        shorten_only=False,
    )


class Player:
    def __init__(
        self, *steps: Step, lead_in_s: int = 10, leg_question: bool = False,
        zone: str | None = None, why: str = "start", args: dict[str, Any] | None = None,
        at: datetime = NINE, facts: dict[str, Any] | None = None, left_out: tuple[Left, ...] = (),
        **settings: bool,
    ) -> None:  # fmt: skip
        self.facts = {"extension_check": "passed", "sessions_done": 5, **(facts or {})}
        self.left_out = left_out
        self.now = at
        self.settings = Settings(lead_in_s=lead_in_s, **settings)
        self.zone = zone
        self.state: Session | None = None
        self.alarms: dict[str, SetAlarm] = {}
        self.bells: list[tuple[datetime, Show]] = []
        self.cards: list[Show] = []
        self.counted: list[tuple[str, timedelta]] = []  # phases that ran to their end
        self.records: list[Record] = []
        self.news: list[News] = []
        planned = sequence(*steps, leg_question=leg_question).model_dump(mode="json")
        self.take(begin(why, args or {"sequence": planned}, self.scene()))

    def scene(self) -> Scene:
        return Scene(
            at=self.now, content=content(), facts=content().complete(self.facts),
            settings=self.settings, zone=self.zone, left_out=self.left_out, verdict=FINE,
        )  # fmt: skip

    @property
    def session(self) -> Session:
        assert self.state is not None
        return self.state

    @property
    def phase(self) -> str:
        return self.session.phase

    @property
    def card(self) -> Show:
        return self.cards[-1]

    @property
    def buttons(self) -> list[Choice]:
        return [choice for row in self.card.rows for choice in row]

    @property
    def brief(self) -> Brief:
        return next(news.brief for news in reversed(self.news) if isinstance(news, Ended))

    @property
    def handed(self) -> HandOver:
        return next(news for news in reversed(self.news) if isinstance(news, HandOver))

    def tap(self, event: Event) -> Move:
        trigger, *args = event.code().split("|")
        kind = BY_TRIGGER.get(trigger, type(event))
        move = advance(self.session, kind.of(args), self.scene())
        self.take(move)
        return move

    def take(self, move: Move) -> None:
        if move.moved:
            self.state = move.state and Session.model_validate_json(move.state.model_dump_json())
        for effect in move.effects:
            match effect:
                case SetAlarm(name=name):
                    self.alarms[name] = effect
                case DropAlarm(name=name):
                    self.alarms.pop(name, None)
                case Show(slot="bell"):
                    self.bells.append((self.now, effect))
                case Show(slot="card"):
                    self.cards.append(effect)
                case Record():
                    self.records.append(effect)
        self.news += move.news

    def wait(self, seconds: float) -> None:
        """Let time pass, and ring what comes due in it at its moment."""
        until = self.now + timedelta(seconds=seconds)
        while due := [alarm for alarm in self.alarms.values() if alarm.due_at <= until]:
            first = min(due, key=lambda alarm: alarm.due_at)
            self.now = max(self.now, first.due_at)
            self.ring(first)
        self.now = until

    def ring(self, alarm: SetAlarm) -> Move:
        self.alarms.pop(alarm.name)
        before = self.session
        trigger, *args = alarm.then.split("|")
        move = advance(before, BY_TRIGGER[trigger].of(args), self.scene())
        if before.phase.startswith("active") and before.begins_at and before.ends_at:
            self.counted.append((before.phase, before.ends_at - before.begins_at))
        self.take(move)
        return move

    def to(self, *phases: str) -> None:
        """Let time pass until one of these phases, at most an hour."""
        for _ in range(200):
            if self.state is None or self.state.phase in phases:
                return
            assert self.alarms, f"nothing comes after {self.state.phase}"
            next_due = min(alarm.due_at for alarm in self.alarms.values())
            self.wait((next_due - self.now).total_seconds())
        raise AssertionError(phases)


def knee(**changes: object) -> Step:
    return step("single_knee_to_chest", **{"hold_s": 20, "reps": 2, "rest_s": 10, **changes})


def tilt(**changes: object) -> Step:
    return step("pelvic_tilt", **{"hold_s": 5, "reps": 6, "rest_s": 15, **changes})


def bell_keys(player: Player) -> list[str]:
    return [show.text[-1].key for _, show in player.bells]


def held(player: Player) -> list[int]:
    """Tell what the diary will hold of the present move."""
    player.tap(RIGHT)
    return list(player.records[-1].entry["held_s"])
