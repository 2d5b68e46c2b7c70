"""One question once more, in simpler words: the check goes on from there, all else as it was."""

from __future__ import annotations

from collections.abc import Iterable

from flows.base import Scene
from flows.triage.course import asking
from flows.triage.path import facts_named, option_at
from flows.triage.screens import items
from flows.triage.vocabulary import Answer, Triage


def reopened(check: Triage, scene: Scene) -> Triage | None:
    """Put the check back to the question that decided; None where there was none.

    Of several the last one: it was the one that ended the check.  What its options had opened is
    forgotten with it.  What was typed in the middle is asked by its own question.
    """
    typed = check.given.keys() & read(scene)
    deciding = [a for a in check.path if _named(a, scene) & read(scene)]
    if typed:
        screen = next(iter(asking(fact, scene.content) for fact in check.given if fact in typed))
        gone = {screen}
    elif deciding:
        answer = _opener(deciding[-1], check.path, scene)
        screen, gone = answer.screen, {answer.screen, *_opened(answer, check.path, scene)}
    else:
        return None
    return check.model_copy(
        update={
            "phase": "asking",
            "path": tuple(a for a in check.path if a.screen not in gone),
            "given": {n: v for n, v in check.given.items() if n not in typed},
            "screen": screen,
            "ticked": (),
            "unsure": (),
            "walked": (),
            "explaining": False,
            "counting": False,
            "seq": check.seq + 1,
            "args": {**check.args, "mistake": True},
        }
    )


def settled_items(screen_id: str, scene: Scene) -> tuple[str, ...]:
    """Name the items of a list that need no second asking: they had no part in the advice."""
    screen, decided = scene.content.screens[screen_id], read(scene)

    def did_it(item: str) -> bool:
        named = facts_named(item, screen)
        told = {f for f in named if f in scene.known and _is_grave(f, scene)}
        return bool(told & decided)

    asked = [item for item in items(screen) if did_it(item)]
    return tuple(item for item in items(screen) if item not in asked) if asked else ()


def read(scene: Scene) -> frozenset[str]:
    """Name the facts that the fired rules read, but for what is lastingly true of the person."""
    content, verdict = scene.content, scene.verdict
    if verdict is None:
        return frozenset()
    conds = [content.rule(rule).cond for rule in verdict.fired]
    names = frozenset[str]().union(*(content.facts_of(cond) for cond in conds))
    return frozenset(n for n in names if n in content.facts and not content.facts[n].lasting)


def _is_grave(fact: str, scene: Scene) -> bool:
    return scene.known[fact].value != scene.content.defaults.get(fact)


def _named(answer: Answer, scene: Scene) -> frozenset[str]:
    """Name the facts that an answer said something of."""
    screen = scene.content.screens[answer.screen]
    said = (facts_named(ref, screen) for ref in (*answer.ticked, *answer.unsure))
    return frozenset(answer.numbers).union(*said)


def _opener(answer: Answer, path: Iterable[Answer], scene: Scene) -> Answer:
    """Go from a follow-up to the tick that had opened it and speaks of the same."""
    for before in path:
        screen = scene.content.screens[before.screen]
        options = (option_at(ref, screen)[1] for ref in before.ticked)
        if any(answer.screen in option.opens and option.set for option in options):
            return before
    return answer


def _opened(answer: Answer, path: Iterable[Answer], scene: Scene) -> set[str]:
    screen = scene.content.screens[answer.screen]
    opens = {name for ref in answer.ticked for name in option_at(ref, screen)[1].opens}
    later = [each for each in path if each.screen in opens]
    return opens.union(*(_opened(each, path, scene) for each in later))
