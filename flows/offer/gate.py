"""The way to a session: which check it still wants, and what shuts it.

No way leads to a hold but through here: consent, a full check that is fresh, an advice that does
not block, no result lock, and a short check made for this very session (clinical 11).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from content.catalogue import Catalogue
from content.schema import STRETCHES, Level, Value
from flows import barred, rechecks
from flows.base import Checked, HandOver, Judged, Known, Said, Scene, Set, Show, Verdict, said
from flows.offer import advice
from flows.offer.vocabulary import AfterStop, CheckIn
from flows.triage.rules import advice_for

Way = Literal["consent", "full", "blocked", "locked", "resting", "first", "short", "open"]
GRAVE = frozenset({"EMERGENCY", "URGENT"})
NO_FACTS: Mapping[str, Value] = {}


def way(scene: Scene) -> Way:  # noqa: PLR0911 - one return for each gate, in order
    """Tell what stands next between this user and a session."""
    checked, verdict = scene.checked, scene.verdict
    if not scene.consented:
        return "consent"
    if verdict is not None and verdict.stretch == "blocked":
        return "blocked"
    if _locked(checked, scene.at):
        return "locked"
    rests = [left for left in scene.left_out if left.what in barred.RESTS]
    if any(left.until is not None for left in rests):
        return "resting"  # before the check: nobody is asked it all to be told to rest
    if rests or not full_is_fresh(scene):
        return "full"
    if rechecks.before_session(scene):
        return "first"
    if not _short_is_fresh(scene):
        return "short"
    return "open"


def may_begin(scene: Scene, wish: HandOver, floor: str) -> bool:
    """Ask once more before a hold: from the offer with the way open, or on after a stop."""
    if wish.why == "resume":
        return floor == "stop" and _is_lately_stopped(scene) and scene.verdict is not None and (
            scene.verdict.stretch != "blocked"
        )  # fmt: skip
    return floor == "offer" and way(scene) == "open"


def _is_lately_stopped(scene: Scene) -> bool:
    """Whether the check before the session that was stopped is still good."""
    lasts = timedelta(minutes=scene.content.freshness.short_min)
    return bool(scene.sessions) and scene.at - scene.sessions[-1].at < lasts


def check_for_pain(scene: Scene) -> Literal["full", "short"]:
    """Which check answers a report of pain outside a session."""
    return "short" if full_is_fresh(scene) else "full"


def full_is_fresh(scene: Scene) -> bool:
    checked, fresh = scene.checked, scene.content.freshness
    if checked.full_at is None or checked.wants_full or scene.verdict is None:
        return False
    last = max([checked.full_at, *(brief.at for brief in scene.sessions[-1:])])
    too_old = scene.at - checked.full_at >= timedelta(days=fresh.full_days)
    away = scene.at - last >= timedelta(days=fresh.away_days)
    return not too_old and not away


def _short_is_fresh(scene: Scene) -> bool:
    short_at = scene.checked.short_at
    lasts = timedelta(minutes=scene.content.freshness.short_min)
    return short_at is not None and scene.at - short_at < lasts


def _locked(checked: Checked, at: datetime) -> bool:
    return checked.locked_until is not None and at < checked.locked_until


def locked(
    before: Verdict | None, news: Judged, checked: Checked, at: datetime, content: Catalogue
) -> tuple[Verdict, Checked]:
    """Write a new verdict into the checks.

    After EMERGENCY or URGENT a milder one opens no session for a day, unless it came about by
    "I tapped something by mistake", or the user was seen, which had lifted the lock before.
    """
    verdict = news.verdict
    until = checked.locked_until
    if verdict.level in GRAVE:
        until = at + timedelta(hours=content.freshness.lock_h)
    elif verdict.by_mistake or before is None or until is None or until <= at:
        until = None
    still = tuple(screen for screen in checked.open_with if screen not in news.asked)
    updates: dict[str, object] = {"locked_until": until, "open_with": still}
    if before is None or before.level != verdict.level:
        updates["nudged"] = 0
    if news.full:
        updates |= {"full_at": at, "wants_full": False, "open_with": ()}
    if verdict.by_mistake:
        updates["open_with"] = content.freshness.after_mistake
    if news.short:
        updates["short_at"] = at
    if verdict.stretch == "blocked":
        updates |= {"short_at": None, "wants_full": True}
    return verdict, checked.model_copy(update=updates)


def unfinished(
    scene: Scene, *, screens: tuple[str, ...] = (), facts: Mapping[str, Value] = NO_FACTS
) -> Set:
    """Shut the way again after a check or a story that was left, however fresh the last check is.

    What was to be asked comes first in the next; what was told of it that is graver than the last
    advice wants a whole one.
    """
    first = tuple(dict.fromkeys((*screens, *scene.checked.open_with)))
    wants_full = scene.checked.wants_full or is_graver(facts, scene)
    return Set(fields={"short_at": None, "open_with": first, "wants_full": wants_full})


def is_graver(facts: Mapping[str, Value], scene: Scene) -> bool:
    """Whether these facts, with all that is known, say more than the last advice did."""
    verdict = scene.verdict
    if verdict is None:
        return False
    told = advice_for(scene.content.complete({**scene.facts, **facts}), scene.content)
    stricter = STRETCHES.index(told.stretch) > STRETCHES.index(verdict.stretch)
    return stricter or told.level > Level[verdict.level]


def is_for_staff(scene: Scene) -> bool:
    """Whether there is something to be shown at a desk; thoughts of dying are not for a counter."""
    verdict = scene.verdict
    if verdict is None or verdict.crisis:
        return False
    return verdict.level in GRAVE and bool(verdict.receipt)


def milder(before: Verdict | None, after: Verdict) -> bool:
    return before is not None and Level[after.level] < Level[before.level]


def ask_again_after_h(
    verdict: Verdict, facts: Mapping[str, Value], content: Catalogue, *, full: bool
) -> int | None:
    """Hours until Limber asks whether they were seen, or how it is; None: not by itself."""
    entry = content.levels["CRISIS" if verdict.crisis else verdict.level]
    if verdict.level in {"EMERGENCY", "URGENT", "SOON"}:
        return entry.ask_seen_h or entry.recheck_h
    return promised_h(verdict, facts, content, full=full) or entry.recheck_h


def promised_h(
    verdict: Verdict, facts: Mapping[str, Value], content: Catalogue, *, full: bool
) -> int | None:
    """Hours until the check-in that the advice itself speaks of; None: it promises none."""
    extras = [
        extra.recheck_h
        for extra in content.extras
        if extra.recheck_h is not None
        and (full or extra.repeats)
        and verdict.level in extra.levels
        and content.holds(extra.cond, {**facts, **dict.fromkeys(verdict.fired, True)})
    ]
    return min(extras, default=None)


def nudge_after_h(scene: Scene) -> int | None:
    """Hours until "Did you get seen?" is asked once more; None where there is nothing to ask."""
    verdict = scene.verdict
    if verdict is None or verdict.crisis:
        return None
    return scene.content.levels[verdict.level].ask_seen_h


CHECK_IN, AFTER_STOP = CheckIn(), AfterStop()


def warning(facts: Mapping[str, Value], scene: Scene) -> Show:
    """Answer danger told by someone who has not agreed yet: the advice alone, and no buttons."""
    found = advice_for(scene.content.complete({**scene.facts, **facts}), scene.content)
    verdict = Verdict(
        level=Level(found.level).name, stretch=found.stretch, fired=found.fired,
        reasons=found.reasons, at=scene.at, crisis=found.crisis,
    )  # fmt: skip
    known = {name: Known(value=value, at=scene.at) for name, value in facts.items()}
    return Show(
        slot="emergency", how="fresh", rank="stop", silent=False, pin=True,
        text=advice.paragraphs(
            verdict, replace(scene, known=known, facts={**scene.facts, **facts})
        ),
    )  # fmt: skip


def safety_told(scene: Scene) -> tuple[Said, ...]:
    """Tell the safety net, and the last result with its date."""
    net = (said("extra.safety_net"),)
    if scene.verdict is None:
        return net
    level = said(f"advice.level.{scene.verdict.level}")
    return (*net, said("advice.last_result", level=level, at=scene.verdict.at))
