"""Why it was said: the answers that decided, what they may mean, and where the rule comes from.

What changes a plan alone is no reason to see anybody: of such rules only the answers are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from content.conditions import facts_of
from content.schema import Level
from flows.base import Row, Said, Scene, Show, Verdict, choice, said
from flows.offer import wishes
from flows.offer.vocabulary import BackToIt, Offer
from flows.told import told


def why_shown(state: Offer, scene: Scene) -> Show:
    verdict = scene.verdict
    text = [] if verdict is None else [*_decided(verdict, scene), *_planned(state)]
    others = wishes.rows(scene) if state.sequence else ()
    if others:
        text.append(said("offer.others"))
    sources = () if verdict is None else _sources(verdict, scene)
    return Show(
        slot="screen", how="change",
        text=tuple(text) or (said("advice.nothing_found"),),
        fold=(said("advice.sources"), *sources) if sources else (),
        rows=(*others, *back_row(state)),
    )  # fmt: skip


def deciding_facts(rules: Iterable[str], scene: Scene) -> frozenset[str]:
    """Name the facts that were told, were not as usual, and are read by these rules."""
    content = scene.content
    conds = (content.rule(rule).cond for rule in rules)
    read = frozenset[str]().union(*(facts_of(content.trees[cond]) for cond in conds))
    return frozenset(
        name for name in read
        if name in scene.known and scene.known[name].value != content.defaults.get(name)
    )  # fmt: skip


def back_row(state: Offer) -> tuple[Row, ...]:
    """Nothing to go back to beside an emergency card: it still stands above."""
    return () if state.emergency else ((choice("button.back", BackToIt()),),)


def _decided(verdict: Verdict, scene: Scene) -> Iterator[Said]:
    facts = deciding_facts(verdict.reasons, scene)
    answers = told({n: v for n, v in scene.facts.items() if n in facts}, scene.content)
    if Level[verdict.level] < Level.SOON:
        yield said("advice.nothing_found")
        if answers:
            yield said("advice.fitted", answers=answers)
        return
    if answers:
        yield said("receipt.because", answers=answers)
    if not verdict.reasons:  # no rule: what happened in sessions
        yield said("receipt.session")
    for rule in verdict.reasons:
        yield said(f"rule.{rule}.why")


def _planned(state: Offer) -> Iterator[Said]:
    if state.sequence is None:
        return
    yield said("offer.why", reason=said(f"choice.{state.sequence.reason}"))
    for swap in state.sequence.swapped:
        yield said(
            "offer.swapped" if swap.into else "offer.left_out",
            out=said(f"exercise.{swap.out}.name"),
            into=said(f"exercise.{swap.into or swap.out}.name"),
        )


def _sources(verdict: Verdict, scene: Scene) -> tuple[Said, ...]:
    every = dict.fromkeys(s for rule in verdict.reasons for s in scene.content.rule(rule).src)
    return tuple(said("advice.source", title=scene.content.sources[each].title) for each in every)
