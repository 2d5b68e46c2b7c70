"""How a session may go on after a stop: what is still open, and the easier move.

The stricter always wins: under the cap for some pain no way leads to the same move.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from content.catalogue import Catalogue
from content.schema import Outcome, Value
from flows.base import Left
from flows.stop.vocabulary import Onward, Told


def onward(
    outcome: Outcome, *, easier: bool, told: Told, barred: Collection[str], content: Catalogue
) -> Onward | None:
    """Say how the session may go on as the outcome and the cap allow; None: it may not."""
    only = _only(outcome, told, content)
    drop = told.exercise if easier or outcome.drop == "exercise" else None
    instead = _regression(told.exercise, content) if easier and only is None else None
    closed = {*barred, drop}
    if easier and only is None and (instead is None or instead in closed):
        return None  # no easier sibling
    wanted = (*told.left, instead) if only is None else only
    allowed = tuple(ex for ex in wanted if ex is not None and ex not in closed)
    if not allowed:
        return None
    return Onward(
        easier=easier,
        drop=drop,
        instead=instead,
        only=() if only is None else allowed,
        share=outcome.hold_share,
        half=outcome.range_half,
        wait_s=outcome.wait_s,
    )


def barred(
    facts: Mapping[str, Value], left_out: Iterable[Left], content: Catalogue
) -> frozenset[str]:
    """Name every exercise that must not be done now, for what is known and after this pain."""
    rows = (row for row in content.conditions if not row.per_exercise)
    held = [row for row in rows if content.holds(row.cond, facts)]
    never = {ex for row in held for ex in _never(row.never, content)}
    return frozenset(never.union(*(_blocked(block, content) for block in left_out)))


def _only(outcome: Outcome, told: Told, content: Catalogue) -> tuple[str, ...] | None:
    """Name what alone may still be done; None: whatever is left of the session."""
    if outcome.position is not None:
        return tuple(ex for ex in told.left if content.exercises[ex].position == outcome.position)
    return outcome.only or None


def _regression(exercise: str | None, content: Catalogue) -> str | None:
    return content.exercises[exercise].regression if exercise else None


def _never(never: Iterable[str] | str, content: Catalogue) -> Iterable[str]:
    return content.exercises if never == "all" else never


def _blocked(block: Left, content: Catalogue) -> Iterable[str]:
    match block.what:
        case "exercise":
            return (block.id,)
        case "family":
            return [ex.id for ex in content.exercises.values() if ex.family == block.id]
        case "head_down":
            return content.resolution.head_down
        case "all":
            return content.exercises
        case "session":
            return ()
