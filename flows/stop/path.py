"""What an answer leads to: the next question, what is advised, and how the session may go on.

Plain functions from a stop to a stop: `answered` for one answer, `unanswered` for none.  What
they decide is content (events.yaml); here is only its order: the danger check, what happened,
its blocks and advice, its own questions, the first outcome that holds, and over all the caps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from content.schema import Outcome, SessionEvent, Value
from flows.base import Effect, Event, Left, News, Scene, Set
from flows.lately import counts
from flows.stop import asking, closing
from flows.stop.onward import barred, onward
from flows.stop.vocabulary import Onward, Phase, Stop

EVENT = "session_event"


@dataclass(frozen=True)
class Turned:
    """A stop after an answer, the phase it reaches, and what there is to tell."""

    state: Stop
    phase: Phase
    effects: tuple[Effect, ...] = ()
    news: tuple[News, ...] = ()


def facts_of(state: Stop, scene: Scene) -> dict[str, Value]:
    """All that can be judged by: what is known, what was told since the stop, and the counts."""
    stops = {"stops_today": state.told.stops}
    if state.closed:  # this stop is among the sessions already
        return {**scene.facts, **counts(scene.sessions, scene.content, scene.at),
                **stops, **state.facts}  # fmt: skip
    this = closing.brief(state, scene)
    own = counts((*scene.sessions, this), scene.content, scene.at)
    return {**scene.facts, **own, **stops, **state.facts}


def answered(state: Stop, event: Event, scene: Scene) -> Turned | None:
    """Take an answer to the open screen; None when it is no answer to it."""
    content = scene.content
    screen = content.screens[state.asks[state.step]]
    told = asking.told(screen, state.ticked, event, facts_of(state, scene), content)
    if told is None:
        return None
    after = _with(state, facts={**state.facts, **told}, ticked=())
    further = _next_screen(after, state.step + 1, scene)
    if further is not None:
        return Turned(_with(after, step=further), state.phase)
    match state.phase:
        case "asking_check" if content.holds(content.stop.danger, facts_of(after, scene)):
            return danger(after, scene)
        case "asking_check" if after.event is None:
            return Turned(_with(after, asks=(content.stop.what,), step=0), "asking_what")
        case "asking_check":
            return _opened(after, scene)
        case "asking_what":
            return _opened(_with(after, event=str(after.facts[EVENT])), scene)
        case _:
            return _settled(after, scene)


def danger(state: Stop, scene: Scene) -> Turned:
    """Something new, or not sure of it: the danger questions now, and nothing more today."""
    content = scene.content
    event = content.events[state.event or content.stop.unanswered]
    after = _with(state, event=event.id, triage=content.stop.danger_check)
    everything = Left(
        what="all", id="all", until=None, lifted_by="triage", why=event.id, at=scene.at
    )
    blocks = (*closing.left_out(after, event.blocks, scene, today=False), everything)
    return _closed(after, blocks, "danger", {}, scene, phase="left")


def unanswered(state: Stop, scene: Scene) -> Turned:
    """Nobody answers: the session counts as stopped, and the next one opens with the danger."""
    content = scene.content
    event = content.events[state.event or content.stop.unanswered]
    after = _with(state, event=event.id, lines=("stop.unanswered", "level.safety_net"))
    blocks = closing.left_out(after, event.blocks, scene, today=False)
    turned = _closed(after, blocks, "unanswered", {}, scene, phase="over")
    first = Set(fields={"open_with": content.stop.unanswered_check})
    return Turned(turned.state, "over", turned.effects, (*turned.news, first))


def _opened(state: Stop, scene: Scene) -> Turned:
    """Open the row of the event: its advice, then its questions when they can be answered."""
    event = _event(state, scene)
    facts = facts_of(state, scene)
    told = (f"event.{line.say}" for line in event.advice if scene.content.holds(line.cond, facts))
    lines = (*state.lines, *[line for line in told][:1])
    after = _with(state, asks=event.ask, step=0, lines=lines)
    first = _next_screen(after, 0, scene)
    if first is None:
        return _settled(after, scene)
    return Turned(_with(after, step=first), "settling" if event.wait_s else "asking_next")


def _settled(state: Stop, scene: Scene) -> Turned:
    """All is told: the first outcome that holds, as far as the caps allow."""
    event, content = _event(state, scene), scene.content
    facts = facts_of(state, scene)
    outcome = next(each for each in event.outcomes if content.holds(each.cond, facts))
    if outcome.then == "treat_as" and outcome.treat_as:
        lines = (*state.lines, f"outcome.{outcome.say}")
        return _opened(_with(state, event=outcome.treat_as, lines=lines), scene)
    triage = _screens(event, outcome, facts, scene)
    way = _onward(state, event, outcome, facts, scene)
    after = _with(
        state,
        triage=triage,
        told_triage=outcome.sets,
        level=outcome.level,
        onward=way,
        lines=(*state.lines, *_said(outcome, way, triage)),
    )
    blocks = closing.blocks_of(event, outcome)
    if outcome.lifts:  # it was not the body: no exercise is to blame
        after = _with(after, told=after.told.model_copy(update={"exercise": None}))
    today = way is not None or _finishes_early(outcome, facts, scene)
    leaving = closing.left_out(after, blocks, scene, today=today)
    phase = _phase(after, outcome)
    turned = _closed(after, leaving, outcome.say, outcome.sets, scene, phase=phase)
    kept = turned.state.told.model_copy(update={"exercise": state.told.exercise})
    return Turned(_with(turned.state, told=kept), turned.phase, turned.effects, turned.news)


def _phase(state: Stop, outcome: Outcome) -> Phase:
    if outcome.then == "emergency":
        return "left"
    if state.triage or state.told_triage:
        return "advised"
    return offered(state.onward)


def offered(way: Onward | None) -> Phase:
    """Where a way onward stands open, after the rest it wants."""
    if way is None:
        return "over"
    if way.wait_s:
        return "resting"
    return "offering_easier" if way.easier else "offering_same"


def _onward(
    state: Stop, event: SessionEvent, outcome: Outcome, facts: dict[str, Value], scene: Scene
) -> Onward | None:
    offer = _cap(facts, scene)
    if outcome.then != "go_on" or offer == "over" or state.again:
        return None
    blocks = closing.blocks_of(event, outcome)
    leaving = closing.left_out(state, blocks, scene, today=True)
    shut = barred(facts, (*scene.left_out, *leaving), scene.content)
    return onward(
        outcome, easier=offer == "easier", told=state.told, barred=shut, content=scene.content
    )


def _cap(facts: dict[str, Value], scene: Scene) -> str:
    caps = scene.content.stop.caps
    return next(cap.offer for cap in caps if scene.content.holds(cap.cond, facts))


def _finishes_early(outcome: Outcome, facts: dict[str, Value], scene: Scene) -> bool:
    """No way goes on, though the row and the cap would have one: it ends, but not the day."""
    return outcome.then == "go_on" and _cap(facts, scene) != "over"


def _screens(
    event: SessionEvent, outcome: Outcome, facts: dict[str, Value], scene: Scene
) -> tuple[str, ...]:
    asked = event.triage if scene.content.holds(event.triage_when, facts) else ()
    return tuple(dict.fromkeys((*asked, *outcome.triage)))


def _said(outcome: Outcome, way: Onward | None, triage: tuple[str, ...]) -> tuple[str, ...]:
    """Say the outcome, or in its place that it ends here after all."""
    if outcome.then == "emergency":
        return ()
    if outcome.then == "go_on" and way is None:
        return ("stop.enough",)
    if way is not None and way.easier:
        return ("stop.easier",)
    return (f"outcome.{outcome.say}",) if not triage or outcome.then != "over" else (
        f"outcome.{outcome.say}", "stop.more_questions",
    )  # fmt: skip


def _closed(
    state: Stop,
    blocks: Iterable[Left],
    outcome: str,
    learned: dict[str, Value],
    scene: Scene,
    *,
    phase: Phase,
) -> Turned:
    """Write it down; two grave stops of three, or flares running, end more than the day (9.4)."""
    blocks = tuple(blocks)
    this = closing.brief(state, scene)
    if closing.see_someone(state, scene, this):
        level = state.level or "SOON"
        state = _with(state, onward=None, level=level, lines=(*state.lines, "after.see_someone"))
        paused = Left(what="all", id="all", until=None, lifted_by="triage",
                      why=state.event or "", at=scene.at)  # fmt: skip
        blocks = (*blocks, paused)
        phase = "over" if phase in {"resting", "offering_same", "offering_easier"} else phase
    told = closing.news(state, blocks, this, learned, scene)
    effects = (closing.record(state, outcome),)
    return Turned(_with(state, closed=True), phase, effects, told)


def _event(state: Stop, scene: Scene) -> SessionEvent:
    return scene.content.events[state.event or scene.content.stop.unanswered]


def _next_screen(state: Stop, start: int, scene: Scene) -> int | None:
    """Find the next screen to be asked: some are asked only after a certain answer."""
    facts = facts_of(state, scene)
    for step in range(start, len(state.asks)):
        if scene.content.holds(scene.content.screens[state.asks[step]].when, facts):
            return step
    return None


def _with(state: Stop, **fields: object) -> Stop:
    return state.model_copy(update=fields)
