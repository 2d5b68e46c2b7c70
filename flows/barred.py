"""What is left out after pain, as it is kept: how it is added to, and what of it is lifted.

A rest ends with its time.  A move does not come back by itself: when its time is over it waits
until the user wants it back, in the offer or in the settings (clinical 9.2, product 1).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from content.catalogue import Catalogue
from flows.base import Judged, Known, Left, Scene

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

    A move removed for good may be wanted back once a clinician has said so since.
    """
    lifted = {"triage"} if news.full else set[str]()
    if set(content.stop.asked_again) <= set(news.asked):
        lifted.add("asked")
    stays = (left for left in left_out if left.lifted_by not in lifted)
    return tuple(_cleared(left, news, cleared) for left in stays)


def _cleared(left: Left, news: Judged, cleared: Known | None) -> Left:
    said_so = news.full and cleared is not None and cleared.value is True
    if left.lifted_by != "clinician" or not said_so or cleared is None or cleared.at <= left.at:
        return left
    return left.model_copy(update={"lifted_by": "time", "until": news.verdict.at})


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
