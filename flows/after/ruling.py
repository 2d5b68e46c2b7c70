"""What a number told after a session comes to (9.4): its comparison, and the rules that hold."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from content.schema import AfterRule, Level
from flows.after.vocabulary import After
from flows.base import Brief, Judged, Left, LeftOut, News, Said, Scene, Veiled, Verdict, said
from flows.lately import FLARES, counts, marked, rules_after


def told(state: After, pain: int, scene: Scene) -> tuple[Brief, tuple[Said, ...], tuple[News, ...]]:
    """Say the brief with the number in it, what there is to say, and what follows for next time."""
    brief = marked(state.brief, pain, scene.content)
    compared = _compared(brief, pain)
    if FLARES.index(brief.flare) <= FLARES.index(state.brief.flare):
        return brief, (compared,), ()  # no sorer than was told before: nothing to be ruled anew
    own = counts((*_earlier(brief, scene), brief), scene.content, scene.at)
    rules = rules_after({**scene.facts, **_pains(brief, scene), **own}, scene.content)
    lines = (compared, *(said(f"after.{rule.id}") for rule in rules))
    return brief, lines, tuple(piece for rule in rules for piece in _news(rule, scene))


def paused_by(scene: Scene) -> tuple[News, ...]:
    """Say what follows from the sessions so far, where they ask for a proper look."""
    rules = (rule for rule in rules_after(scene.facts, scene.content) if rule.pauses)
    return tuple(piece for rule in rules for piece in _news(rule, scene))


def _news(rule: AfterRule, scene: Scene) -> tuple[News, ...]:
    left = LeftOut(blocks=(_until(rule.id, scene, paused=rule.pauses),))
    if rule.level is None:
        return (left,)
    return left, Judged(verdict=_verdict(rule.level, scene), full=False, short=False)


def _earlier(brief: Brief, scene: Scene) -> tuple[Brief, ...]:
    return tuple(past for past in scene.sessions if past.at != brief.at)


def _pains(brief: Brief, scene: Scene) -> dict[str, int]:
    """Compare with the pain before this session, not with one told since."""
    before = brief.pain_before
    known = int(scene.facts["pain_before"]) if before is None else before
    return {"pain_before": known, "pain_after": brief.pain_after or 0}


def _compared(brief: Brief, pain: int) -> Said:
    if brief.pain_before is None:
        return said("after.thanks")
    return said("after.change", before=Veiled(veiled=brief.pain_before), after=Veiled(veiled=pain))


def _until(why: str, scene: Scene, *, paused: bool) -> Left:
    """Nothing before the next day, or before a clinician has seen the user."""
    return Left(
        what="all",
        id="all",
        until=None if paused else _tomorrow(scene),
        lifted_by="clinician" if paused else "time",
        why=why,
        at=scene.at,
    )


def _tomorrow(scene: Scene) -> datetime:
    """Find the first moment of the user's next day; with no zone known, a day on."""
    if scene.zone is None:
        return scene.at + timedelta(days=1)
    zone = ZoneInfo(scene.zone)
    day = scene.at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time(), zone).astimezone(scene.at.tzinfo)


def _verdict(level: Literal["SOON"], scene: Scene) -> Verdict:
    """At least this level, on top of what the last check found; only a graver one has reasons."""
    last = scene.verdict
    graver = last is not None and Level[last.level] >= Level[level]
    return Verdict(
        level=last.level if last and graver else level,
        stretch="blocked",
        fired=last.fired if last else (),
        reasons=last.reasons if last and graver else (),
        at=scene.at,
    )
