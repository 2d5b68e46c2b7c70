"""Advice first, then the plan it allows, then the session: nothing else leads to a hold.

A blocked advice ends here, with what to do next; anything milder is followed by today's plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from transitions.extensions import HierarchicalMachine

from content.conditions import facts_of
from content.schema import Level, Screen
from flows.base import (
    DropAlarm,
    Effect,
    Event,
    HandOver,
    Move,
    News,
    Scene,
    Set,
    SetAlarm,
    Show,
    Strip,
    said,
)
from flows import rechecks
from flows.offer import gate
from flows.offer.screens import (
    advice_shown,
    cannot_shown,
    check_in_shown,
    getting_shown,
    offer_shown,
    resumable,
    why_shown,
)
from flows.offer.vocabulary import GoOnFrom, Offer, Phase, Start
from flows.session.plan import Sequence, sequence_for
from flows.table import on

To = Literal["triage", "session", "idle", "stop"]


@dataclass
class Run:
    phase: Phase
    state: Offer
    scene: Scene
    effects: list[Effect] = field(default_factory=list)
    news: list[News] = field(default_factory=list)

    def is_open(self, _: Event) -> bool:
        return gate.way(self.scene) == "open"

    def has_plan(self, event: Start) -> bool:
        return _sequence(self.scene, event.minutes or None) is not None

    def wants_extension_check(self, event: Start) -> bool:
        sequence = _sequence(self.scene, event.minutes or None)
        return sequence is not None and sequence.needs_extension_check

    def begin_session(self, event: Start) -> None:
        sequence = _sequence(self.scene, event.minutes or None)
        if sequence is None:
            raise RuntimeError("a session without a plan")  # `has_plan` has been asked
        self.hand_over("session", "start", sequence=sequence.model_dump(mode="json"))

    def check_extension(self, event: Start) -> None:
        screens = [self.scene.content.resolution.check]
        self.hand_over(
            "triage", "part", screens=screens, args={"then": "start", "minutes": event.minutes}
        )

    def has_more(self, _: Event) -> bool:
        return resumable(self.scene) is not None

    def go_on_from(self, _: GoOnFrom) -> None:
        """Begin a new session from the move where silence closed the last one."""
        before = resumable(self.scene)
        if before is not None:
            self.hand_over("session", "again", session=before.model_dump(mode="json"))

    def check_first(self, _: Event) -> None:
        self.route(gate.way(self.scene))

    def route(self, way: gate.Way) -> None:
        """Ask what is still wanted before a session."""
        match way:
            case "consent" | "full" | "blocked" | "locked" | "resting":
                self.hand_over("triage", "full")
            case "first" | "short" | "open":
                self.hand_over(
                    "triage", "short", screens=list(rechecks.before_session(self.scene))
                )

    def leave(self, _: Event) -> None:
        self.hand_over("idle", "said", line="home.not_today")

    def check_again(self, _: Event) -> None:
        """Seen by a professional: the lock is lifted, and the whole check decides."""
        self.news.append(Set(fields={"locked_until": None, "wants_full": True}))
        self.effects.append(DropAlarm(name="follow_up"))
        self.hand_over("triage", "full")

    def ask_once_more(self, _: Event) -> None:
        """Tapped by mistake: only the question that did it, in simpler words; then on from there.

        Where no check had been going on, because what was typed decided, a part of one.
        """
        check = self.scene.check.model_dump(mode="json") if self.scene.check else None
        self.hand_over(
            "triage", "part", screens=_deciding(self.scene), again=True, check=check,
            args={"mistake": True},
        )  # fmt: skip

    def hand_over(self, to: To, why: str, **args: object) -> None:
        self.news.append(HandOver(to=to, why=why, args=dict(args)))


ADVICE = ["advised", "explained", "getting", "cannot", "seen_asked"]
ANY = [*ADVICE, "offered"]

# fmt: off
STATES = ["routed", *ANY, "left"]
TRANSITIONS = [
    on("ostart",   "offered",   "routed",     when=[Run.is_open, Run.wants_extension_check],
                                              do=[Run.check_extension]),
    on("ostart",   "offered",   "left",       when=[Run.is_open, Run.has_plan],
                                              do=[Run.begin_session]),
    on("ostart",   ANY,         "routed",     do=[Run.check_first]),
    on("oresume",  "offered",   "left",       when=[Run.is_open, Run.has_more],
                                              do=[Run.go_on_from]),
    on("onot",     ANY,         "left",       do=[Run.leave]),
    on("owhy",     "offered",   "explained"),
    on("owhy",     ADVICE,      "explained"),
    on("oback",    ["explained", "getting", "cannot"], "advised"),
    on("ogetting", ADVICE,      "getting"),
    on("ocannot",  ADVICE,      "cannot"),
    on("omistake", ADVICE,      "routed",     do=[Run.ask_once_more]),
    on("oseen",    ADVICE,      "routed",     do=[Run.check_again]),
    on("onotyet",  "seen_asked", "cannot"),
]
# fmt: on

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS,
    initial="advised", auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    """Show an advice and its plan, or ask what a wished-for session still wants."""
    match why:
        case "check_in":
            return _checked_in(scene, after_stop=args.get("about") == "stop")
        case "advised":
            if _may_go_back(args, scene):
                back = HandOver(to="stop", why="back", args=dict(args))
                return Move(Offer(phase="routed"), (), (back,))
            if _then_start(args, scene):
                return advance(_stand(scene), Start(minutes=int(args.get("minutes") or 0)), scene)
            return _shown(scene, brief=args.get("kind") == "short")
        case _:
            return _asked(scene)


def _asked(scene: Scene) -> Move:
    """Lead a wish for a session on: straight to the plan where the way is open."""
    way = gate.way(scene)
    if way in {"open", "blocked", "locked", "resting"}:
        return _shown(scene, brief=True)
    run = Run("offered", Offer(phase="offered"), scene)
    run.route(way)
    return Move(Offer(phase="routed"), (), tuple(run.news))


def _may_go_back(args: Mapping[str, Any], scene: Scene) -> bool:
    """Tell whether a stopped session may go on, now that the danger questions are answered."""
    verdict = scene.verdict
    return bool(args.get("back")) and verdict is not None and (
        verdict.stretch != "blocked" and Level[verdict.level] < Level.SOON
    )  # fmt: skip


def _then_start(args: Mapping[str, Any], scene: Scene) -> bool:
    """After the check before bending back, the session begins without another tap."""
    passed = scene.facts["extension_check"] != "open"
    return args.get("then") == "start" and passed and gate.way(scene) == "open"


def _checked_in(scene: Scene, *, after_stop: bool) -> Move:
    """Ask how it went, in a new message; a question about being seen comes twice at most."""
    state = _stand(scene).model_copy(update={"phase": "seen_asked", "after_stop": after_stop})
    shown = check_in_shown(state, scene).model_copy(update={"how": "fresh", "silent": False})
    if after_stop:
        first = Set(fields={"open_with": scene.content.stop.check_in})
        return Move(state, (shown,), (first,))
    asked = scene.checked.nudged + 1
    again = gate.nudge_after_h(scene) if asked < scene.content.freshness.nudges else None
    if again is None:
        return Move(state, (shown,), (Set(fields={"nudged": asked}),))
    due_at = scene.at + timedelta(hours=again)
    alarm = SetAlarm(name="follow_up", due_at=due_at, then=gate.CHECK_IN.code())
    return Move(state, (shown, alarm), (Set(fields={"nudged": asked}),))


def _shown(scene: Scene, *, brief: bool) -> Move:
    state = _stand(scene).model_copy(update={"brief": brief})
    shown = view(state, scene)
    if state.emergency:  # the question that showed it stands above, with buttons of no use now
        return Move(state, (Strip(slots=("screen",)), shown))
    return Move(state, (shown,))


def _stand(scene: Scene) -> Offer:
    """Tell what stands now: the advice alone, or the plan under it."""
    verdict = scene.verdict
    way = gate.way(scene)
    if way in {"blocked", "locked", "resting"} or verdict is None:
        grave = verdict is not None and verdict.level == "EMERGENCY" and way == "blocked"
        return Offer(phase="advised", emergency=grave)
    sequence = _sequence(scene, None)
    return Offer(phase="offered", sequence=sequence)


def _sequence(scene: Scene, minutes: int | None) -> Sequence | None:
    if scene.verdict is None:
        return None
    return sequence_for(
        scene.facts, scene.verdict.stretch, scene.left_out, scene.settings, scene.content,
        minutes=minutes,
    )  # fmt: skip


def _deciding(scene: Scene) -> list[str]:
    """Find the first screen whose answer made the advice what it is."""
    content, verdict = scene.content, scene.verdict
    if verdict is None:
        return []
    conds = [content.rule(rule).cond for rule in verdict.reasons]
    read = frozenset[str]().union(*(facts_of(content.trees[cond]) for cond in conds))
    told = {f for f in read if f in scene.known and scene.known[f].value != content.defaults.get(f)}
    return [s.id for s in content.screens.values() if told & _set_on(s)][:1]


def _set_on(screen: Screen) -> set[str]:
    options = [option for part in screen.parts for option in part.options]
    return {fact for option in options for fact in option.set}


def advance(state: Offer, event: Event, scene: Scene) -> Move:
    """Take one step; beside an emergency card, which stays, answers take no turn."""
    run = Run(state.phase, state, scene)
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    after = run.state.model_copy(update={"phase": _settled(run.phase, state)})
    handed = any(isinstance(n, HandOver) for n in run.news)
    shown = () if handed else (_beside(after, answered(after, scene)),)
    return Move(after, (*run.effects, *shown), tuple(run.news), free=state.emergency and not handed)


def _beside(state: Offer, shown: Show) -> Show:
    """Answer below an emergency card with a new message: an edit above it would not be seen."""
    return shown.model_copy(update={"how": "fresh"}) if state.emergency else shown


def _settled(phase: Phase, state: Offer) -> Phase:
    """Back from an explanation: to the plan, where there is one."""
    return "offered" if phase == "advised" and state.sequence is not None else phase


def view(state: Offer, scene: Scene) -> Show:
    """Show what stands: an emergency card stands whatever was asked beside it."""
    return advice_shown(state, scene) if state.emergency else answered(state, scene)


def answered(state: Offer, scene: Scene) -> Show:
    match state.phase:
        case "explained":
            return why_shown(state, scene)
        case "getting":
            return getting_shown(state, scene)
        case "cannot":
            return cannot_shown(state, scene)
        case "seen_asked":
            return check_in_shown(state, scene)
        case "offered":
            return offer_shown(state, scene)
        case "advised" | "routed" | "left":
            return advice_shown(state, scene)


def read(state: Offer, text: str, scene: Scene) -> Event | None:
    """Nothing but the buttons' own words starts anything here."""
    del state, text, scene
    return None


def odd(state: Offer, scene: Scene) -> Move:
    shown = view(state, scene)
    how: Any = "change" if shown.slot == "emergency" else shown.how
    text = (said("talk.choose"), *shown.text)
    return Move(state, (shown.model_copy(update={"text": text, "how": how}),))
