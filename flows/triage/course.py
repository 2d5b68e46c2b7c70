"""Where a check stands: which screen comes next, or that it has come to its end.

Emergencies are judged after every answer, all else at the end.  Everything is worked out from the
path and the scene, so that going back is nothing but a shorter path.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from content.catalogue import Catalogue
from content.schema import Screen, Value
from flows.base import Scene
from flows.triage.path import Told, spoken_of, told
from flows.triage.rules import Advice, advice_for, emergency_for
from flows.triage.screens import toggles
from flows.triage.vocabulary import Answer, Triage

SEEN = "seen_since_injury"  # told at the exit of an accident rule (5.1)
CLEARED = "cleared_by_clinician"  # told of the past: anything new puts it in doubt


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
    emergency = emergency_for(after.settled, scene.content, unsure=unsure)
    if emergency.fired:
        if not emergency.clearable or _unseen(state, after):
            advice = advice_for(after.settled, scene.content, unsure=unsure)
            return Standing(after, advice=advice)
        if seen := _missing([SEEN], state, scene):
            return Standing(after, screen=seen[0])
    if screen := _next(state, after, scene):
        return Standing(after, screen=screen)
    return _ended(state, after, unsure, scene)


def dangerous(state: Triage, answer: Answer, scene: Scene) -> bool:
    """Whether what is tapped so far would mean an emergency, were the screen left now."""
    tried = state.model_copy(update={"path": (*state.path, answer)})
    after = told(tried.path, base(state, scene), scene.content)
    unsure = unsure_of(after, tried, scene)
    emergency = emergency_for(after.settled, scene.content, unsure=unsure)
    return bool(emergency.fired) and not emergency.clearable


def base(state: Triage, scene: Scene) -> dict[str, Value]:
    """Collect what holds before the first answer: for a full check only what is true of the person.

    A short or part check builds on all that is known, but for what it was begun to ask again; what
    stands is taken back by it only after a mistake.
    Something new since the visit, once ticked, puts the clinician's word in doubt as well.
    """
    content = scene.content
    if state.kind == "full":
        person = (name for name in scene.known if content.facts[name].lasting)
        return {**{name: scene.facts[name] for name in person}, **state.given}
    doubtful = {CLEARED} if _anything_new(state, scene) else set[str]()
    return _known_but(doubtful, state, scene)


def _known_but(left_out: set[str], state: Triage, scene: Scene) -> dict[str, Value]:
    facts = scene.content.facts
    asked_again = set(_asked_again(state, scene.content))
    known = {
        name: value
        for name, value in scene.facts.items()
        if name in facts and name not in left_out and name not in asked_again
    }
    return {**known, **state.given}


def _asked_again(state: Triage, content: Catalogue) -> Iterable[str]:
    asked = chain.from_iterable(facts_of(content.screens[screen]) for screen in state.first)
    if not state.args.get("mistake"):
        return (fact for fact in asked if not content.facts[fact].stands)
    shown = {state.screen, *(answer.screen for answer in state.path)} & content.screens.keys()
    anew = chain.from_iterable(facts_of(content.screens[screen]) for screen in shown)
    return chain(asked, (fact for fact in anew if content.facts[fact].stands))


def unsure_of(after: Told, state: Triage, scene: Scene) -> frozenset[str]:
    """Name the facts that are readings of "not sure"; earlier ones too, unless asked again."""
    if state.kind == "full":
        return after.unsure
    earlier = {name for name, known in scene.known.items() if known.unsure}
    return after.unsure | (
        earlier - after.about - {*state.given, *_asked_again(state, scene.content)}
    )


def _unseen(state: Triage, after: Told) -> bool:
    asked = any(SEEN in answer.about for answer in state.path)
    return asked and after.facts[SEEN] is not True


def _ended(state: Triage, after: Told, unsure: frozenset[str], scene: Scene) -> Standing:
    """Judge everything; a full check that leaves stretching open asks about fitness as well."""
    advice = advice_for(after.facts, scene.content, unsure=unsure)
    if state.kind == "full" and advice.stretch != "blocked":
        fitness = scene.content.routes["fitness"].screens
        if screen := _first_open(fitness, state, after, scene):
            return Standing(after, screen=screen)
    return Standing(after, advice=advice, complete=True)


def _next(state: Triage, after: Told, scene: Scene) -> str | None:
    """Name the next screen: what an answer opened, then the route."""
    if after.pending:
        return after.pending[0]
    return _first_open(_route(state, scene), state, after, scene)


def _route(state: Triage, scene: Scene) -> Sequence[str]:
    routes = scene.content.routes
    match state.kind:
        case "full":
            return (*state.first, *routes["full"].screens)
        case "short":
            return (*state.first, *routes["short"].screens, *_besides(state, scene))
        case "part":
            return (*state.first, *_besides(state, scene))


def _besides(state: Triage, scene: Scene) -> list[str]:
    """Name what else has to be known before a judgement that builds on earlier answers."""
    again = _anything_new(state, scene) and scene.facts.get(CLEARED) is True
    return _missing([*([CLEARED] if again else []), *_unknown(scene)], state, scene)


def _first_open(screens: Iterable[str], state: Triage, after: Told, scene: Scene) -> str | None:
    answered = {answer.screen for answer in state.path}
    return next(
        (
            screen
            for screen in screens
            if screen not in answered
            and scene.content.holds(scene.content.screens[screen].when, after.facts)
            and (screen in state.first or not _is_told(scene.content.screens[screen], scene))
            and not _is_given(scene.content.screens[screen], state)
        ),
        None,
    )


def _is_told(screen: Screen, scene: Scene) -> bool:
    """Whether a screen asks only for what is lasting and known: nobody is asked that twice."""
    facts = facts_of(screen)
    lasting = (scene.content.facts[fact].lasting and fact in scene.known for fact in facts)
    return bool(facts) and all(lasting)


def _is_given(screen: Screen, state: Triage) -> bool:
    """Whether what was typed and confirmed answers a screen; a list is asked all the same."""
    facts = facts_of(screen)
    return bool(facts) and not toggles(screen) and all(fact in state.given for fact in facts)


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


def _anything_new(state: Triage, scene: Scene) -> bool:
    """Whether something was ticked on a list: of the short check, or of a part after a stop.

    What only chooses the exercises is nothing new; what else was told is, where it shuts the way
    but for the clinician's word.
    """
    screens, fitness = scene.content.screens, scene.content.routes["fitness"].screens
    asked = [a for a in state.path if toggles(screens[a.screen]) and a.screen not in fitness]
    return any(a.ticked or a.unsure for a in asked) or _newly_shut(state, scene)


def _newly_shut(state: Triage, scene: Scene) -> bool:
    """Whether a rule that the clinician's word silences shuts the way now, and did not before."""
    if scene.facts.get(CLEARED) is not True:
        return False
    content = scene.content
    now = told(state.path, _known_but({CLEARED}, state, scene), content).facts
    before = content.complete({n: v for n, v in scene.facts.items() if n not in state.given})
    silenced = ((r, test) for r, test in content.judged if r.cleared_suppresses)
    return any(
        rule.stretch == "blocked" and test(now) and not test(before) for rule, test in silenced
    )
