"""What a check hands over: the facts told, the pain before a session, the advice."""

from __future__ import annotations

from content.schema import Level
from flows.base import HandOver, Judged, Known, Learned, Marked, News, Scene, Verdict
from flows.triage.asked import asked
from flows.triage.course import Standing, base, unsure_of
from flows.triage.path import told
from flows.triage.rules import Advice
from flows.triage.vocabulary import Triage

PAIN = ("pain_before", "pain_now")  # a full check asks for the pain now: it is that before, too


def ended(state: Triage, standing: Standing, scene: Scene) -> tuple[News, ...]:
    """Tell the talk how a check came out; the offer says it."""
    if standing.advice is None:
        raise ValueError("an end without an advice")
    whole = standing.complete
    return (
        learned(state, scene, complete=whole),
        *_pain_before(state),
        Judged(
            verdict=at_least(
                verdict_of(standing.advice, scene), state.args.get("at_least")
            ).model_copy(update={"by_mistake": bool(state.args.get("mistake"))}),
            full=whole and state.kind == "full",
            short=whole and state.kind != "part",
            path=asked(state, scene),
            asked=state.first if whole else (),
            check=state,
        ),
        HandOver(to="offer", why="advised", args={"kind": state.kind, **state.args}),
    )


def _pain_before(state: Triage) -> tuple[News, ...]:
    told_ = [n for answer in state.path for fact, n in answer.numbers.items() if fact in PAIN]
    if not told_ or state.kind == "part":
        return ()
    return (Marked(when="before", pain=int(told_[-1])),)


def at_least(verdict: Verdict, level: object) -> Verdict:
    """Raise a verdict to what was found before the check, which it may not lower."""
    if not isinstance(level, str) or Level[verdict.level] >= Level[level]:
        return verdict
    return verdict.model_copy(update={"level": level, "stretch": "blocked"})


def verdict_of(advice: Advice, scene: Scene) -> Verdict:
    return Verdict(
        level=Level(advice.level).name,
        stretch=advice.stretch,
        fired=advice.fired,
        reasons=advice.reasons,
        at=scene.at,
        crisis=advice.crisis,
    )


def learned(state: Triage, scene: Scene, *, complete: bool) -> Learned:
    """Tell what the path said; a whole full check also takes back what is no longer so."""
    content = scene.content
    after = told(state.path, base(state, scene), content)
    unsure = unsure_of(after, state, scene)
    names = {*after.about, *state.given}
    if complete and state.kind == "full":
        names.update(f for f in scene.known if f in content.facts and content.facts[f].clinical)
    kept = {
        name
        for name in names
        if content.facts[name].lasting
        or name in unsure
        or name in scene.known
        or after.facts[name] != content.defaults.get(name)
    }
    return Learned(
        facts={
            name: Known(value=after.facts[name], at=scene.at, unsure=name in unsure)
            for name in sorted(kept)
        }
    )
