"""What an answer leads to: the next question, what is advised, and how the session may go on.

Plain functions from a stop to a stop: `answered` for one answer, `unanswered` for none.  What
they decide is content (events.yaml); here is only its order: the danger check, what happened,
its blocks and advice, its own questions, the first outcome that holds, and over all the caps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from content.schema import Outcome, SessionEvent, Value
from flows.base import Effect, Event, Left, News, Scene, Set, said
from flows.lately import counts
from flows.stop import asking, closing
from flows.stop.onward import barred, onward
from flows.stop.vocabulary import Onward, Phase, Stop

EVENT = "session_event"
MARKED = (said("stop.marked"), said("extra.safety_net"))


@dataclass(frozen=True)
class Turned:
    """A stop after an answer, the phase it reaches, and what there is to tell."""

    state: Stop
    phase: Phase
    effects: tuple[Effect, ...] = ()
    news: tuple[News, ...] = ()


def facts_of(state: Stop, scene: Scene) -> dict[str, Value]:
    """All that can be judged by: what is known, what was told since the stop, and the counts."""
    this = closing.brief(state, scene)
    own = counts((*scene.sessions, this), scene.content, scene.at)
    return {**scene.facts, **own, "stops_today": state.told.stops, **state.facts}


def answered(state: Stop, event: Event, scene: Scene) -> Turned | None:
    """Take an answer to the open screen; None when it is no answer to it."""
    screen = scene.content.screens[state.asks[state.step]]
    told = asking.told(screen, state.ticked, event, facts_of(state, scene), scene.content)
    if told is None:
        return None
    after = _with(state, facts={**state.facts, **told}, ticked=(), explaining=False)
    further = _next_screen(after, state.step + 1, scene)
    if further is not None:
        return Turned(_with(after, step=further), state.phase)
    match state.phase:
        case "asking_check":
            return _checked(after, scene)
        case "asking_what":
            return _opened(_with(after, event=str(after.facts[EVENT])), scene)
        case _:
            return _settled(after, scene)


def _checked(state: Stop, scene: Scene) -> Turned:
    """Both questions of the danger check are answered."""
    rules = scene.content.stop
    if scene.content.holds(rules.danger, facts_of(state, scene)):
        return danger(state, scene)
    if state.event is None:
        return Turned(_with(state, asks=(rules.what,), step=0), "asking_what")
    return _opened(state, scene)


def back(state: Stop, scene: Scene) -> Turned | None:
    """Go to the question before; what was told after it is told anew."""
    rules = scene.content.stop
    plain = _with(state, ticked=(), explaining=False)
    earlier = [s for s in range(state.step) if _is_asked(state.asks[s], state, scene)]
    if earlier:
        return Turned(_with(plain, step=earlier[-1]), state.phase)
    match state.phase:
        case "asking_next" if not state.is_given:
            checked = _told_by(rules.check, scene)
            facts = {name: value for name, value in state.facts.items() if name in checked}
            opened = _with(plain, event=None, facts=facts, asks=(rules.what,), step=0, lines=())
            return Turned(opened, "asking_what")
        case "asking_what":
            last = len(rules.check) - 1
            return Turned(_with(plain, asks=rules.check, step=last), "asking_check")
        case _:
            return None


def danger(state: Stop, scene: Scene) -> Turned:
    """Something new, or not sure of it: the danger questions now, and nothing more today."""
    content = scene.content
    event = content.events[state.event or content.stop.unanswered]
    after = _with(state, event=event.id, triage=content.stop.danger_check)
    everything = Left(
        what="all", id="all", until=None, lifted_by="triage", why=event.id, at=scene.at
    )
    blocks = (*closing.left_out(after, event.blocks, scene, rest="all"), everything)
    return _closed(after, blocks, "danger", {}, scene, phase="left")


def unanswered(state: Stop, scene: Scene) -> Turned:
    """Nobody answers: the session counts as stopped, and the next one opens with the danger."""
    content = scene.content
    event = content.events[state.event or content.stop.unanswered]
    after = _with(state, event=event.id, lines=MARKED)
    blocks = closing.left_out(after, event.blocks, scene, rest="all")
    turned = _closed(after, blocks, "unanswered", {}, scene, phase="over")
    news = (*turned.news, open_next_time(scene))
    return Turned(_with(turned.state, lines=MARKED), "over", turned.effects, news)


def open_next_time(scene: Scene) -> Set:
    return Set(fields={"open_with": scene.content.stop.unanswered_check})


def _opened(state: Stop, scene: Scene) -> Turned:
    """Open the row of the event: its advice, then its questions when they can be answered."""
    event = _event(state, scene)
    facts = facts_of(state, scene)
    told = (line.say for line in event.advice if scene.content.holds(line.cond, facts))
    advice = tuple(said(f"event.{say}") for say in [*told][:1])
    after = _with(
        state,
        facts={**state.facts, EVENT: event.id},
        asks=event.ask,
        step=0,
        lines=(*state.lines, *advice),
    )
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
        lines = (said(f"outcome.{outcome.say}"),)  # in place of the advice of the milder row
        return _opened(_with(state, event=outcome.treat_as, lines=lines), scene)
    way = _onward(state, event, outcome, facts, scene)
    ends_here = way is None and outcome.then == "go_on" and _cap(facts, scene) != "over"
    exercise = None if outcome.lifts else state.told.exercise  # not the body: none is to blame
    after = _with(
        state,
        told=state.told.model_copy(update={"exercise": exercise}),
        triage=_screens(event, outcome, facts, scene),
        told_triage=outcome.sets,
        level=outcome.level,
        onward=way,
        lines=(*state.lines, said(_said(outcome, way, ends_here=ends_here))),
    )
    blocks = closing.blocks_of(event, outcome)
    leaving = closing.left_out(after, blocks, scene, rest=_rest(outcome, facts, scene))
    phase = _phase(after, outcome)
    return _closed(after, leaving, outcome.say, outcome.sets, scene, phase=phase)


def _rest(outcome: Outcome, facts: dict[str, Value], scene: Scene) -> closing.Rest:
    """Keep free the rest of the day: where little is allowed, no new session gives more."""
    cap = _cap(facts, scene)
    if outcome.then != "go_on" or cap == "over":
        return "all"
    narrow = outcome.only or outcome.position is not None or cap == "easier"
    return "session" if narrow else None


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
    if outcome.then != "go_on" or offer == "over":
        return None
    blocks = closing.blocks_of(event, outcome)
    leaving = closing.left_out(state, blocks, scene, rest=None)
    shut = barred(facts, (*scene.left_out, *leaving), scene.content)
    return onward(
        outcome, easier=offer == "easier", told=state.told, barred=shut, content=scene.content
    )


def _cap(facts: dict[str, Value], scene: Scene) -> str:
    caps = scene.content.stop.caps
    return next(cap.offer for cap in caps if scene.content.holds(cap.cond, facts))


def _screens(
    event: SessionEvent, outcome: Outcome, facts: dict[str, Value], scene: Scene
) -> tuple[str, ...]:
    asked = event.triage if scene.content.holds(event.triage_when, facts) else ()
    return tuple(dict.fromkeys((*asked, *outcome.triage)))


def _said(outcome: Outcome, way: Onward | None, *, ends_here: bool) -> str:
    """Say the outcome, or in its place what the cap leaves of it."""
    if way is not None and way.easier:
        return "stop.easier"
    if outcome.then == "go_on" and way is None:
        return "stop.no_easier" if ends_here else "stop.enough"
    return f"outcome.{outcome.say}"


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
        state = _with(
            state, onward=None, level=level, lines=(*state.lines, said("after.see_someone"))
        )
        paused = Left(what="all", id="all", until=None, lifted_by="clinician",
                      why=state.event or "", at=scene.at)  # fmt: skip
        blocks = (*blocks, paused)
        phase = "over" if phase in {"resting", "offering_same", "offering_easier"} else phase
    state = _with(state, lines=(*state.lines, *closing.told_left_out(blocks)))
    told = closing.news(state, blocks, this, learned, scene)
    effects = (closing.record(state, outcome),)
    return Turned(_with(state, closed=True), phase, effects, told)


def _event(state: Stop, scene: Scene) -> SessionEvent:
    return scene.content.events[state.event or scene.content.stop.unanswered]


def _next_screen(state: Stop, start: int, scene: Scene) -> int | None:
    """Find the next screen to be asked: some are asked only after a certain answer."""
    steps = range(start, len(state.asks))
    return next((step for step in steps if _is_asked(state.asks[step], state, scene)), None)


def _is_asked(screen: str, state: Stop, scene: Scene) -> bool:
    return scene.content.holds(scene.content.screens[screen].when, facts_of(state, scene))


def _told_by(screens: Iterable[str], scene: Scene) -> frozenset[str]:
    return frozenset(
        name for each in screens for name in asking.spoken_of(scene.content.screens[each])
    )


def _with(state: Stop, **fields: object) -> Stop:
    return state.model_copy(update=fields)
