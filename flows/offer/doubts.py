"""After a blocked SOON: what blocked it is asked again, one thing at a time, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from content.schema import Value
from flows.base import Said, Scene, Show, choice, said
from flows.offer.vocabulary import Offer, StillSo

CLEARED = "cleared_by_clinician"


def doubts(scene: Scene) -> tuple[str, ...]:
    """Name the facts that shut the way, as far as they can be asked by yes and no."""
    content, verdict = scene.content, scene.verdict
    if verdict is None or (verdict.level, verdict.stretch) != ("SOON", "blocked"):
        return ()
    blocking = [content.rule(rule) for rule in verdict.fired]
    conds = [rule.cond for rule in blocking if rule.stretch == "blocked"]
    read = frozenset[str]().union(*(content.facts_of(cond) for cond in conds))
    return tuple(fact for fact in content.facts if fact in read and _can_be_asked(fact, scene))


def gone(state: Offer, scene: Scene) -> Mapping[str, Value]:
    """Say what is no longer so, as the facts then are."""
    return {fact: scene.content.defaults[fact] for fact in state.gone}


def shown(state: Offer, scene: Scene) -> Show:
    told = _told(state.doubts[0], scene)
    return Show(
        slot="screen", how="change", text=(said("weeks.still_so", told=told),),
        rows=((choice("button.still_so", StillSo(answer="yes")),
               choice("button.no_longer", StillSo(answer="no"))),
              (choice("button.not_sure", StillSo(answer="unsure")),)),
    )  # fmt: skip


def _can_be_asked(fact: str, scene: Scene) -> bool:
    known, content = scene.known.get(fact), scene.content
    if known is None or known.value == content.defaults.get(fact):
        return False
    kind = content.facts[fact]
    return kind.type != "int" and not kind.lasting and _key(fact, scene) in content.words["en"]


def _told(fact: str, scene: Scene) -> Said:
    return said(_key(fact, scene), n=1)


def _key(fact: str, scene: Scene) -> str:
    value = scene.known[fact].value
    return f"fact.{fact}.told" if isinstance(value, bool) else f"fact.{fact}.{value}.told"
