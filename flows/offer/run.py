"""What one step does to an advice and its plan: guards that are asked, and what is handed on.

A `Run` lives for one call.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from content.schema import Screen
from flows import barred, rechecks
from flows.base import Draw, DropAlarm, Effect, Event, HandOver, News, Scene, Set, said
from flows.offer import advice, bending, doubts, easing, gate, listening, mine, weekly, wishes
from flows.offer.reasons import deciding_facts
from flows.offer.screens import resumable
from flows.offer.vocabulary import (
    GoOnFrom,
    HaveBack,
    KeepPlan,
    ListenOwn,
    Offer,
    OwnMove,
    Phase,
    PlanWished,
    Start,
    StillSo,
    Strength,
)
from flows.progress import Growth
from flows.session.plan import Sequence, sequence_for

WHOLE = Start(minutes=0)
To = Literal["triage", "session", "idle", "stop", "offer", "ladder", "welcome"]


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
        return sequence_of(self.scene, event.minutes or None) is not None

    def wants_extension_check(self, event: Start) -> bool:
        sequence = sequence_of(self.scene, event.minutes or None)
        return sequence is not None and sequence.needs_extension_check

    def begin_session(self, event: Start) -> None:
        sequence = sequence_of(self.scene, event.minutes or None)
        if sequence is None:
            raise RuntimeError("a session without a plan")  # `has_plan` has been asked
        self.hand_over("session", "start", sequence=sequence.model_dump(mode="json"))

    def check_extension(self, event: Start) -> None:
        screens = [self.scene.content.resolution.check]
        self.hand_over(
            "triage", "part", screens=screens, args={"then": "start", "minutes": event.minutes}
        )

    def may_listen(self, _: Event) -> bool:
        sequence = sequence_of(self.scene, None)
        return sequence is not None and listening.may_listen(sequence, self.scene)

    def wants_check_to_listen(self, _: Event) -> bool:
        return self.wants_extension_check(WHOLE)

    def check_to_listen(self, _: Event) -> None:
        screens = [self.scene.content.resolution.check]
        self.hand_over("triage", "part", screens=screens, args={"then": "listen"})

    def begin_listening(self, _: Event) -> None:
        """Send the track ahead; the card that runs beside it comes with the session."""
        sequence = sequence_of(self.scene, None)
        if sequence is None:
            raise RuntimeError("a session without a plan")  # `may_listen` has been asked
        self.effects.append(listening.track(sequence, self.scene))
        self.hand_over(
            "session", "start", sequence=sequence.model_dump(mode="json"), listening=True
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
        args = {"prefer": self.state.prefer} if self.state.prefer else {}
        match way:
            case "consent":
                self.hand_over("welcome", "")
            case "full" | "blocked" | "locked" | "resting":
                self.hand_over("triage", "full", args=args)
            case "first" | "short" | "open":
                first = list(rechecks.before_session(self.scene))
                self.hand_over("triage", "short", screens=first, args=args)

    def leave(self, _: Event) -> None:
        self.hand_over("idle", "said", line="home.not_today")

    def check_again(self, _: Event) -> None:
        """Seen by a professional: the lock is lifted, and the whole check decides."""
        self.be_seen(_)
        self.hand_over("triage", "full")

    def be_seen(self, _: Event) -> None:
        self.news.append(Set(fields={"locked_until": None, "wants_full": True}))
        self.effects.append(DropAlarm(name="follow_up"))
        self.become(seen=True)

    def has_doubts(self, _: Event) -> bool:
        return bool(doubts.doubts(self.scene))

    def has_more_doubts(self, _: Event) -> bool:
        return len(self.state.doubts) > 1

    def ask_doubts(self, _: Event) -> None:
        self.become(doubts=doubts.doubts(self.scene), gone=())

    def tell_doubt(self, event: StillSo) -> None:
        asked, *more = self.state.doubts
        gone = (*self.state.gone, asked) if event.answer == "no" else self.state.gone
        self.become(doubts=tuple(more), gone=gone)

    def judge_anew(self, _: Event) -> None:
        """Put the rest to the rules; seen by someone, the question what they said comes first."""
        asked = [s.id for s in self.scene.content.screens.values() if doubts.CLEARED in set_on(s)]
        self.hand_over(
            "triage", "part", screens=asked[:1] if self.state.seen else [],
            facts=dict(doubts.gone(self.state, self.scene)), args={"confirmed": True},
        )  # fmt: skip

    def answer_now(self, _: Event) -> None:
        """Ask what the check-in is about; after a stop, the danger questions."""
        first, about = self.scene.checked.open_with, rechecks.check_in(self.scene)
        screens = first if self.state.after_stop and first else about
        self.hand_over("triage", "part", screens=list(screens))

    def is_emergency(self, _: Event) -> bool:
        return self.scene.verdict is not None and self.scene.verdict.level == "EMERGENCY"

    def keep_plan(self, event: KeepPlan) -> None:
        self.regrow(weekly.kept(event, self.scene))

    def take_strength(self, event: Strength) -> None:
        self.regrow(weekly.strengthened(event, self.scene))

    def change_move(self, event: OwnMove) -> None:
        self.news.append(Set(fields={"own": mine.changed(event, self.scene)}))
        self.hand_over("offer", "start")

    def has_own(self, _: Event) -> bool:
        return mine.routine_of(self.scene) is not None

    def may_have_own(self, event: Event) -> bool:
        """Whether there is a list today; and who wants to listen to it may."""
        routine = mine.routine_of(self.scene, mine.minutes_of(event))
        return routine is not None and (
            not isinstance(event, ListenOwn) or listening.may_listen(routine, self.scene)
        )

    def wants_check_for_own(self, event: Event) -> bool:
        routine = mine.routine_of(self.scene, mine.minutes_of(event))
        return routine is not None and routine.needs_extension_check

    def check_for_own(self, event: Event) -> None:
        screens = [self.scene.content.resolution.check]
        self.hand_over("triage", "part", screens=screens, args=mine.carried(event))

    def begin_own(self, event: Event) -> None:
        """Begin the list; where it is listened to, its track is sent ahead."""
        routine = mine.routine_of(self.scene, mine.minutes_of(event))
        if routine is None:
            raise RuntimeError("a session without a plan")  # `may_have_own` has been asked
        listens = isinstance(event, ListenOwn)
        if listens:
            self.effects.append(listening.track(routine, self.scene))
        self.hand_over(
            "session", "start", sequence=routine.model_dump(mode="json"), listening=listens
        )

    def may_climb(self, _: Event) -> bool:
        return mine.may_climb(self.scene)

    def climb(self, _: Event) -> None:
        self.hand_over("ladder", "start")

    def has_plan_today(self, _: Event) -> bool:
        return self.state.sequence is not None

    def wish_plan(self, event: PlanWished) -> None:
        self.news.append(wishes.learned(event, self.scene))
        self.hand_over("offer", "start")

    def is_unsure_of_bending(self, _: Event) -> bool:
        sequence = sequence_of(self.scene, None)
        return sequence is not None and bending.is_swapped(sequence, self.scene)

    def check_bending(self, _: Event) -> None:
        self.check_extension(WHOLE)

    def is_waiting(self, event: HaveBack) -> bool:
        left = barred.waiting(self.scene)
        return left is not None and left.id == event.id

    def have_back(self, event: HaveBack) -> None:
        if (left := barred.waiting(self.scene)) is not None:
            kept = barred.answered(self.scene.left_out, left, wanted=event.answer == "yes")
            self.news.append(Set(fields={"left_out": kept}))
            self.hand_over("offer", "start")

    def regrow(self, growth: Growth) -> None:
        self.news.append(Set(fields={"growth": growth}))
        self.hand_over("offer", "start")

    def go_home(self, _: Event) -> None:
        self.hand_over("idle", "said", line="home.ready")

    def become(self, **fields: object) -> None:
        self.state = self.state.model_copy(update=fields)

    def is_for_staff(self, _: Event) -> bool:
        return gate.is_for_staff(self.scene)

    def draw_for_staff(self, _: Event) -> None:
        """Draw the card with the answers that decided; lost, their words are shown instead."""
        verdict = self.scene.verdict
        if verdict is None:
            return
        lost = said(
            "doorway.lost", summary=advice.summary(self.scene), code=verdict.receipt,
            level=said(f"advice.level.{verdict.level}"),
        )  # fmt: skip
        caption = (said("doorway.caption"),)
        draw = Draw(what="doorway", caption=caption, lost=lost, args={"code": verdict.receipt})
        self.effects.append(draw)

    def ask_once_more(self, _: Event) -> None:
        """Tapped by mistake: only the question that did it, in simpler words; then on from there.

        Where no check had been going on, because what was typed decided, a part of one.
        """
        check = self.scene.check.model_dump(mode="json") if self.scene.check else None
        self.hand_over(
            "triage", "part", screens=deciding(self.scene), again=True, check=check,
            args={"mistake": True},
        )  # fmt: skip

    def hand_over(self, to: To, why: str, **args: object) -> None:
        self.news.append(HandOver(to=to, why=why, args=dict(args)))


def sequence_of(scene: Scene, minutes: int | None) -> Sequence | None:
    if scene.verdict is None:
        return None
    return sequence_for(
        scene.facts, scene.verdict.stretch, scene.left_out, scene.settings, scene.content,
        minutes=minutes, eased=easing.eased(scene), own=scene.own,
    )  # fmt: skip


def deciding(scene: Scene) -> list[str]:
    """Find the first screen whose answer made the advice what it is."""
    content, verdict = scene.content, scene.verdict
    if verdict is None:
        return []
    told = deciding_facts(verdict.reasons, scene)
    return [s.id for s in content.screens.values() if told & set_on(s)][:1]


def set_on(screen: Screen) -> set[str]:
    options = [option for part in screen.parts for option in part.options]
    return {fact for option in options for fact in option.set}
