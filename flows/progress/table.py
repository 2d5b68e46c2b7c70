"""The six-week table: how many steps a plan has grown, and which line of the table moved it.

Steps belong to a program: one that is new begins as it is written.  A plan that has no step to
take back goes to the gentle start instead, and the next step up is out of it again.  So a program
and its doses never grow in the same session.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import Field

from content.catalogue import Catalogue
from content.schema import ProgressRule, Value
from flows.base import Brief, Frozen

STRENGTH = frozenset({"offer_strength", "mix_strength", "maintain"})
LOWEST = -1  # the gentle start, whatever the program


class Growth(Frozen):
    """What is kept from session to session.  `reckoned_at` is the newest session it counts."""

    steps: dict[str, int] = Field(default_factory=dict)  # by program
    low: bool = False  # back at the gentle start
    reckoned_at: datetime | None = None
    kept_at: datetime | None = None  # the newest session after which the user kept the old plan
    strength_days: int | None = None  # a week, once taken; 0: declined


class Turn(Frozen):
    """What the table comes to now: the steps of today's program, and the line that moved them."""

    program: str
    steps: int
    before: int
    rule: str | None = None  # to be told as `progress.<rule>`
    offers: int | None = None  # strength, so many days a week


def turn_of(
    growth: Growth, sessions: Sequence[Brief], facts: Mapping[str, Value], content: Catalogue
) -> Turn:
    """Apply the table once after each session; days away count whenever they have passed."""
    level = {**facts, "progress_steps": 0}
    matched = next(line for line in content.choices if content.holds(line.cond, level))
    before = LOWEST if growth.low else growth.steps.get(matched.program, 0)
    stands = Turn(program=matched.program, steps=before, before=before)
    if not sessions or growth.reckoned_at == sessions[-1].at:
        return stands
    rule = _rule(growth, facts, content)
    if rule is None:
        return stands
    grows = matched.progress is not None and content.holds(matched.progress, facts)
    may_step = growth.low or (
        grows and _is_known(matched.program, sessions, content) and before < _most_steps(content)
    )
    up = may_step and growth.kept_at != sessions[-1].at
    changed = matched.program != sessions[-1].program
    return stands.model_copy(update=_moved(rule, before, up=up, grows=grows, changed=changed))


def _moved(
    rule: ProgressRule, before: int, *, up: bool, grows: bool, changed: bool
) -> dict[str, object]:
    """Say what a line of the table changes; it is told only where it does change something."""
    match rule.then:
        case "step_up" if up:
            return {"steps": before + 1, "rule": rule.id}
        case "step_back" if before > LOWEST and (grows or before > 0):
            return {"steps": before - 1, "rule": rule.id}
        case "restart" if before > LOWEST:
            return {"steps": LOWEST, "rule": rule.id}
        case "matched" | "gentle_start" if changed:
            return {"rule": rule.id}
        case "offer_strength" | "mix_strength" | "maintain":
            return {"rule": rule.id, "offers": rule.days_a_week}
        case _:
            return {}


def _most_steps(content: Catalogue) -> int:
    """Beyond so many no dose of any length can grow."""
    growth = content.progress
    return max(growth.most_hold_s // growth.add_hold_s, growth.most_reps // growth.add_reps)


def begun(growth: Growth, turn: Turn, sessions: Sequence[Brief]) -> Growth:
    """Keep what the table came to, when a session begins with it."""
    if not sessions:
        return growth
    low = turn.steps == LOWEST
    # the way back from the gentle start begins with every plan as it is written
    steps = {} if low else {**growth.steps, turn.program: turn.steps}
    return growth.model_copy(update={"steps": steps, "low": low, "reckoned_at": sessions[-1].at})


def _rule(growth: Growth, facts: Mapping[str, Value], content: Catalogue) -> ProgressRule | None:
    """Take the first line that holds; strength is offered once, and more of it never again."""
    for rule in content.progress.rules:
        answered = growth.strength_days is not None and rule.then in STRENGTH
        same = rule.then != "maintain" or growth.strength_days in {0, rule.days_a_week}
        if content.holds(rule.cond, facts) and not (answered and same):
            return rule
    return None


def _is_known(program: str, sessions: Sequence[Brief], content: Catalogue) -> bool:
    """Whether it was among the sessions that were looked at: a new program does not grow."""
    return program in {brief.program for brief in sessions[-content.progress.sessions :]}
