"""Where a check stands: which screen comes next, or that it has come to its end.

Emergencies are judged after every answer, all else at the end.  Everything is worked out from the
path and the scene, so that going back is nothing but a shorter path.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from content.catalogue import Catalogue
from content.schema import Screen, Value
from flows.base import Scene
from flows.triage.path import Told, spoken_of, told
from flows.triage.rules import Advice, advice_for, emergency_for
from flows.triage.vocabulary import Answer, Triage

SEEN = "seen_since_injury"  # told at the exit of an accident rule (5.1)
CLEARED = "cleared_by_clinician"  # told of the past: anything new puts it in doubt
DAYS_SEVERE = "severe_days"


@dataclass(frozen=True)
class Standing:
    """After a path: the next screen, or the advice that ends the check."""

    told: Told
    screen: str | None = None
    advice: Advice | None = None
    complete: bool = False  # every question was asked; False when an emergency cut it short


def standing(state: Triage, scene: Scene) -> Standing:
    after = told(state.path, base(state, scene), scene.content)
    unsure = unsure_of(after, state, scene)
    settled = Standing(after)
    emergency = emergency_for(after.settled, scene.content, unsure=unsure)
    if emergency.fired:
        if not emergency.clearable or _unseen(state, after, scene):
            advice = advice_for(after.settled, scene.content, unsure=unsure)
            return Standing(after, advice=advice)
        if seen := _missing([SEEN], state, scene):
            return Standing(after, screen=seen[0])
    if screen := _next(state, after, scene):
        return Standing(after, screen=screen)
    return _ended(state, after, unsure, scene) or settled


def dangerous(state: Triage, answer: Answer, scene: Scene) -> bool:
    """Whether what is tapped so far would mean an emergency, were the screen left now."""
    tried = state.model_copy(update={"path": (*state.path, answer)})
    after = told(tried.path, base(state, scene), scene.content)
    unsure = unsure_of(after, tried, scene)
    emergency = emergency_for(after.settled, scene.content, unsure=unsure)
    return bool(emergency.fired) and not emergency.clearable


def base(state: Triage, scene: Scene) -> dict[str, Value]:
    """Collect what holds before the first answer: for a full check only what is true of the person.

    A short or part check builds on all that is known; but something new since the visit, once
    ticked, puts the clinician's word in doubt until it is asked again.
    """
    content = scene.content
    known = {name: value for name, value in scene.facts.items() if name in content.facts}
    if state.kind == "full":
        kept = (f for f in content.facts.values() if f.lasting or not f.clinical)
        known = {fact.id: known[fact.id] for fact in kept if fact.id in known}
    elif _anything_new(state):
        known.pop(CLEARED, None)
    return content.complete({**known, **state.given})


def unsure_of(after: Told, state: Triage, scene: Scene) -> frozenset[str]:
    """Name the facts that are readings of "not sure": of this path, and earlier ones it builds on."""
    earlier = (
        name
        for name, known in scene.known.items()
        if known.unsure and name not in after.about and name not in state.given
    )
    return after.unsure if state.kind == "full" else after.unsure.union(earlier)


def _unseen(state: Triage, after: Told, scene: Scene) -> bool:
    asked = any(SEEN in answer.about for answer in state.path)
    del scene
    return asked and after.facts[SEEN] is not True


def _ended(
    state: Triage, after: Told, unsure: frozenset[str], scene: Scene
) -> Standing | None:
    """Judge everything; a full check that leaves stretching open asks about fitness as well."""
    advice = advice_for(after.facts, scene.content, unsure=unsure)
    if state.kind == "full" and advice.stretch != "blocked":
        fitness = scene.content.routes["fitness"].screens
        if screen := _first_open(fitness, state.path, after, scene):
            return Standing(after, screen=screen)
    return Standing(after, advice=advice, complete=True)


def _next(state: Triage, after: Told, scene: Scene) -> str | None:
    """Name the next screen: what an answer opened, then the route."""
    if after.pending:
        return after.pending[0]
    return _first_open(_route(state, after, scene), state.path, after, scene)


def _route(state: Triage, after: Told, scene: Scene) -> Sequence[str]:
    routes = scene.content.routes
    match state.kind:
        case "full":
            lasting = _told_before(routes["full"].screens, scene)
            screens = (s for s in routes["full"].screens if s not in lasting)
            return (*state.first, *screens)
        case "short":
            severe = scene.content.holds("SEVERE", after.facts)
            wanted = [DAYS_SEVERE] if severe else []
            again = [CLEARED] if _anything_new(state) and _was_cleared(scene) else []
            return (
                *state.first,
                *routes["short"].screens,
                *_missing(wanted, state, scene),
                *_missing([*again, *_unknown(scene)], state, scene),
            )
        case "part":
            again = [CLEARED] if _anything_new(state) and _was_cleared(scene) else []
            return (*state.first, *_missing([*again, *_unknown(scene)], state, scene))


def _first_open(
    screens: Iterable[str], path: Sequence[Answer], after: Told, scene: Scene
) -> str | None:
    answered = {answer.screen for answer in path}
    return next(
        (
            screen
            for screen in screens
            if screen not in answered
            and scene.content.holds(scene.content.screens[screen].when, after.facts)
        ),
        None,
    )


def _told_before(screens: Iterable[str], scene: Scene) -> frozenset[str]:
    """Name the screens that ask only for what is lasting and known."""
    facts = scene.content.facts
    return frozenset(
        screen
        for screen in screens
        if all(
            facts[fact].lasting and fact in scene.known
            for fact in facts_of(scene.content.screens[screen])
        )
    )


def _unknown(scene: Scene) -> list[str]:
    """Name the facts that have no default and were never told: nothing is judged without them."""
    facts = scene.content.facts.values()
    return [f.id for f in facts if f.default is None and not f.same_as and f.id not in scene.known]


def _missing(facts: Iterable[str], state: Triage, scene: Scene) -> list[str]:
    """Name the screens that ask for these facts, where the path has not answered them."""
    answered = {fact for answer in state.path for fact in answer.about}
    return [asking(fact, scene.content) for fact in facts if fact not in answered]


def asking(fact: str, content: Catalogue) -> str:
    """Name the first screen that asks for a fact."""
    return next(s.id for s in content.screens.values() if fact in facts_of(s))


def facts_of(screen: Screen) -> tuple[str, ...]:
    return tuple(fact for part in screen.parts for fact in spoken_of(part))


def _anything_new(state: Triage) -> bool:
    """Whether something was ticked on a list: of the short check, or of a part after a stop."""
    return any(answer.ticked and not answer.numbers for answer in state.path)


def _was_cleared(scene: Scene) -> bool:
    return scene.facts.get(CLEARED) is True
