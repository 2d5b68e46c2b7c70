"""What is left out after pain, as it is kept: how it is added to, and what of it is lifted.

A rest ends with its time.  A move does not come back by itself: when its time is over it waits
until the user wants it back, in the offer or in the settings (clinical 9.2, product 1).  What
needs a proper look waits for a clinician's word: no check lifts it without (9.4).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from content.catalogue import Catalogue
from content.schema import Level
from flows.base import Judged, Known, Left, Scene, Verdict

Lefts = tuple[Left, ...]
RESTS = frozenset({"all", "session"})


def still(left_out: Lefts, at: datetime) -> Lefts:
    """Keep what is in force, and the moves that wait to be wanted back."""
    return tuple(left for left in left_out if left.what not in RESTS or not left.may_return(at))


def added(left_out: Lefts, blocks: Iterable[Left]) -> Lefts:
    """Add blocks; of two about the same the one that lasts longer stands."""
    kept: dict[tuple[str, str, str], Left] = {}
    for left in (*left_out, *blocks):
        name = (left.what, left.id, left.lifted_by)
        kept[name] = _longer(kept.get(name, left), left)
    return tuple(kept.values())


def _longer(before: Left, left: Left) -> Left:
    if before.until is None or left.until is None:
        return before if left.until is not None else left
    return before if before.until > left.until else left


def judged(left_out: Lefts, news: Judged, cleared: Known | None, content: Catalogue) -> Lefts:
    """Lift what a check has answered: what waited for one, and what was to be asked again.

    Sessions go on once a clinician has said so since, and a move removed for good may be wanted
    back then.
    """
    lifted = {"triage"} if news.full else set[str]()
    if set(content.stop.asked_again) <= set(news.asked):
        lifted.add("asked")
    stays = (left for left in left_out if left.lifted_by not in lifted)
    return tuple(kept for left in stays if (kept := _cleared(left, news, cleared)) is not None)


def _cleared(left: Left, news: Judged, cleared: Known | None) -> Left | None:
    said_so = news.full and cleared is not None and cleared.value is True
    if left.lifted_by != "clinician" or not said_so or cleared is None or cleared.at <= left.at:
        return left
    if left.what in RESTS:
        return None
    return left.model_copy(update={"lifted_by": "time", "until": news.verdict.at})


def waits_for_clinician(left_out: Lefts) -> bool:
    """Whether no session may be before someone has had a proper look."""
    return any(left.what in RESTS and left.lifted_by == "clinician" for left in left_out)


def paused(verdict: Verdict, left_out: Lefts) -> Verdict:
    """Keep a verdict from being milder than what is waited for; a milder one's reasons go."""
    if not waits_for_clinician(left_out):
        return verdict
    changes: dict[str, object] = {"stretch": "blocked"}
    if Level[verdict.level] < Level.SOON:
        changes |= {"level": "SOON", "reasons": ()}
    return verdict.model_copy(update=changes)


def to_be_asked(scene: Scene) -> tuple[str, ...]:
    """Name the screens that ask again about what is left out until then."""
    waits = any(left.lifted_by == "asked" for left in scene.left_out)
    return scene.content.stop.asked_again if waits else ()


def waiting(scene: Scene) -> Left | None:
    """Find the first thing whose time is over, which nothing else bars, and not asked of yet."""
    shut = {left.id for left in scene.left_out if not left.may_return(scene.at)}
    over = (left for left in scene.left_out if left.may_return(scene.at) and left.id not in shut)
    return next((left for left in over if not left.unwanted), None)


def answered(left_out: Lefts, asked: Left, *, wanted: bool) -> Lefts:
    """Give back what is wanted; the rest stays, and can be had in the settings."""
    if wanted:
        return tuple(left for left in left_out if left != asked)
    unwanted = asked.model_copy(update={"unwanted": True})
    return tuple(unwanted if left == asked else left for left in left_out)
