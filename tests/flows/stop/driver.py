"""A stop driven by what the user would say: facts in, taps found on the screen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, cast

from content.catalogue import Catalogue
from content.load import load
from content.schema import Value
from flows import stop
from flows.base import (
    Brief,
    Effect,
    Ended,
    Event,
    HandOver,
    Known,
    Left,
    LeftOut,
    Move,
    News,
    Scene,
    Show,
)
from flows.stop.vocabulary import (
    EVENTS,
    Picked,
    RestEnded,
    SilenceHeard,
    Stop,
    Strength,
    Ticked,
)

AT = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)
BY_TRIGGER = {kind.model_fields["trigger"].default: kind for kind in EVENTS}
LEFT = ("cat_cow", "seated_arch", "bird_dog")


@cache
def content() -> Catalogue:
    return load()


def scene(*, before: int = 3, facts: dict[str, Value] | None = None, **fields: object) -> Scene:
    known: dict[str, Value] = {"age": 30, "sex": "female", "pain_before": before}
    complete = content().complete({**known, **(facts or {})})
    told = {"pain_before": Known(value=before, at=AT)}
    plain = Scene(at=AT, content=content(), facts=complete, known=told, zone="Europe/Berlin")
    return replace(plain, **cast("dict[str, Any]", fields))


def args(exercise: str = "cat_cow", **more: object) -> dict[str, Any]:
    brief = Brief(
        at=AT, program="mixed", minutes=3, moves_done=2, moves=6, ended="stopped", pain_before=3,
        exercise=exercise,
    )  # fmt: skip
    return {
        "session": {"seq": 7},
        "brief": brief.model_dump(mode="json"),
        "exercise": exercise,
        "exercises_left": [each for each in LEFT if each != exercise],
        "stops": 1,
        **more,
    }


@dataclass
class Driver:
    """One stop at work; what it asks for and tells is collected."""

    scene: Scene
    state: Stop | None = None
    effects: list[Effect] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    shows: list[Show] = field(default_factory=list)

    def begin(self, why: str = "pain", **more: object) -> Driver:
        self.keep(stop.begin(why, args(**cast("dict[str, Any]", more)), self.scene))
        return self

    def keep(self, move: Move) -> Move:
        if not move.moved:
            return move
        self.state = (
            None if move.state is None else Stop.model_validate_json(move.state.model_dump_json())
        )
        self.effects += move.effects
        self.news += move.news
        self.shows += [effect for effect in move.effects if isinstance(effect, Show)]
        blocks = tuple(b for n in move.news if isinstance(n, LeftOut) for b in n.blocks)
        briefs = tuple(n.brief for n in move.news if isinstance(n, Ended))
        self.scene = replace(
            self.scene,
            left_out=(*self.scene.left_out, *blocks),
            sessions=(*self.scene.sessions, *briefs),
        )
        return move

    def hear(self, event: Event) -> Move:
        assert self.state is not None
        event = type(event).of(event.code().split("|")[1:])
        return self.keep(stop.advance(self.state, event, self.scene))

    def tap(self, code: str) -> Move:
        """Tap a button that stands on the screen."""
        assert code in self.offered, (code, self.offered)
        trigger, *rest = code.split("|")
        return self.hear(BY_TRIGGER[trigger].of(rest))

    def check(self, pain: int, new: str = "no") -> Driver:
        self.tap(f"xnum|{pain}")
        self.tap(f"xpick|new_danger|{new}")
        return self

    def tell(self, option: str, **facts: Value) -> Driver:
        """Say what happened, and answer all that is asked next."""
        self.tap(f"xpick|happened|{option}")
        while self.state is not None and self.state.phase in {"settling", "asking_next"}:
            self.answer(facts)
        return self

    def answer(self, facts: dict[str, Value]) -> None:
        assert self.state is not None
        if self.state.phase == "settling":
            self.wait()
            return
        screen = self.scene.content.screens[self.state.asks[self.state.step]]
        part = screen.parts[0]
        if part.kind == "grid":
            self.hear(Strength(n=int(facts[str(part.fact)])))
            return
        wanted = [o for o in part.options if all(facts.get(f) == v for f, v in o.set.items())]
        if part.kind == "choice":  # the last option is the harmless one, or "other"
            self.hear(Picked(part=part.id, option=(wanted or part.options[-1:])[0].id))
            return
        for option in wanted:
            self.hear(Ticked(part=part.id, option=option.id, mark="on"))
        self.tap("xdone" if wanted else "xnone")

    def wait(self) -> Move:
        """Let the rest go by."""
        assert self.state is not None
        return self.hear(RestEnded(seq=self.state.seq))

    def silence(self) -> Move:
        assert self.state is not None
        return self.hear(SilenceHeard(seq=self.state.seq))

    @property
    def offered(self) -> set[str]:
        if self.state is None:
            return set()
        shown = stop.view(self.state, self.scene)
        return {button.tap for row in shown.rows for button in row}

    @property
    def left(self) -> HandOver | None:
        return next((n for n in self.news if isinstance(n, HandOver)), None)

    @property
    def blocks(self) -> tuple[Left, ...]:
        return tuple(b for n in self.news if isinstance(n, LeftOut) for b in n.blocks)

    @property
    def brief(self) -> Brief:
        return next(n.brief for n in self.news if isinstance(n, Ended))

    @property
    def said(self) -> list[str]:
        return [line.key for line in self.shows[-1].text]


def hours(left: Left) -> float | None:
    return None if left.until is None else (left.until - left.at) / timedelta(hours=1)
