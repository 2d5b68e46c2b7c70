"""What a stop leaves behind: its blocks, its place in the diary, and what comes next time.

It is told once, as soon as it is known what the stop was, and before anything is offered: whoever
never answers again has lost nothing by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from content.schema import Block, Level, Outcome, SessionEvent, Value
from flows.base import (
    Brief,
    Effect,
    Ended,
    Judged,
    Known,
    Learned,
    Left,
    LeftOut,
    News,
    Record,
    Said,
    Scene,
    Set,
    Verdict,
    said,
)
from flows.lately import counts, is_grave, marked, rules_after
from flows.stop.vocabulary import Stop

Rest = Literal["all", "session"] | None
PAIN = "stop_pain"
PAIN_NOW = "pain_now"


def blocks_of(event: SessionEvent, outcome: Outcome | None) -> tuple[Block, ...]:
    if outcome is None:
        return event.blocks
    return outcome.blocks if outcome.lifts else (*event.blocks, *outcome.blocks)


def left_out(state: Stop, blocks: Iterable[Block], scene: Scene, *, rest: Rest) -> tuple[Left, ...]:
    """Turn what the content leaves out into what is left out for this user.

    `rest` is what the remainder of the day is free of: everything, any new session, or nothing.
    """
    blocks = tuple(blocks)
    lasting = [_left(block, state, scene) for block in blocks]
    if any(block.what != "head_down" for block in blocks) and _has_caused_enough(state, scene):
        lasting.append(_removed(state, scene))
    if rest is not None:
        lasting.append(_today(rest, state, scene))
    return tuple(left for left in lasting if left.id)


def brief(state: Stop, scene: Scene) -> Brief:
    """Tell the stopped session in brief; what was not the body names no exercise."""
    told = state.told.brief.model_copy(
        update={
            "ended": "stopped",
            "event": state.event,
            "exercise": state.told.exercise,
            "continues": state.closed or state.told.brief.continues,
        }
    )
    pain = state.facts.get(PAIN)
    if pain is None or state.onward is not None:  # how it is afterwards is still to be seen
        return told
    return marked(told, int(pain), scene.content)


def told_left_out(blocks: Iterable[Left]) -> tuple[Said, ...]:
    """Say which exercise is left out, and its like with it, and until when."""
    left_out = tuple(blocks)
    like = next((left.until for left in left_out if left.what == "family"), None)
    told = []
    for left in left_out:
        if left.what == "exercise":
            name = said(f"exercise.{left.id}.name")
            if left.lifted_by == "clinician":
                return (said("stop.removed", exercise=name),)
            if left.until is not None:
                both = "stop.family_left_out" if like == left.until else "stop.left_out"
                told.append(said(both, exercise=name, at=left.until))
            if like is not None and like != left.until:
                told.append(said("stop.like_left_out", at=like))
    return tuple(told)


def see_someone(state: Stop, scene: Scene, this: Brief) -> bool:
    """Whether the last sessions, this one among them, ask for a proper look (9.4)."""
    if not is_grave(this, scene.content) and this.flare == "none":
        return False  # what was told before is not told again for a cramp
    own = counts((*scene.sessions, this), scene.content, scene.at)
    facts = {**scene.facts, **state.facts, **own}
    return any(rule.pauses for rule in rules_after(facts, scene.content))


def record(state: Stop, outcome: str) -> Effect:
    entry = {
        "event": state.event,
        "outcome": outcome,
        "exercise": state.told.exercise,
        "program": state.told.brief.program,
        "facts": dict(state.facts),
    }
    return Record(kind="stop", entry=entry)


def news(
    state: Stop, blocks: tuple[Left, ...], this: Brief, learned: dict[str, Value], scene: Scene
) -> tuple[News, ...]:
    told: list[News] = []
    facts = {**_clinical(state, scene), **learned}
    if facts:
        known = {n: Known(value=v, at=scene.at, source="session") for n, v in facts.items()}
        told.append(Learned(facts=known))
    if blocks:
        told.append(LeftOut(blocks=blocks))
    told.append(Ended(brief=this))
    if state.level:
        told.append(Judged(verdict=_verdict(state.level, scene), full=False, short=False))
    event = scene.content.events.get(state.event or "")
    if event and event.grave:
        told.append(Set(fields={"wants_full": True}))
    return tuple(told)


def _clinical(state: Stop, scene: Scene) -> dict[str, Value]:
    """Keep what outlives the stop; today's pain is known better only when it is worse."""
    facts = scene.content.facts
    kept = {n: v for n, v in state.facts.items() if facts[n].clinical and n != "session_event"}
    pain = state.facts.get(PAIN)
    if pain is not None and int(pain) > int(scene.facts[PAIN_NOW]):
        kept[PAIN_NOW] = pain
    return kept


def _verdict(level: str, scene: Scene) -> Verdict:
    """At least this level, on top of what the last check found."""
    last = scene.verdict
    graver = last.level if last and Level[last.level] > Level[level] else level
    return Verdict(
        level=Level[graver].name,
        stretch="blocked",
        fired=last.fired if last else (),
        reasons=last.reasons if last else (),
        at=scene.at,
    )


def _left(block: Block, state: Stop, scene: Scene) -> Left:
    until = None if block.hours is None else scene.at + timedelta(hours=block.hours)
    return Left(
        what=block.what,
        id=_what(block, state, scene),
        until=until,
        lifted_by=block.until,
        why=state.event or scene.content.stop.unanswered,
        at=scene.at,
    )


def _what(block: Block, state: Stop, scene: Scene) -> str:
    exercise = state.told.exercise
    match block.what:
        case "exercise":
            return exercise or ""
        case "family":
            return scene.content.exercises[exercise].family if exercise else ""
        case "all" | "head_down":
            return block.what


def _has_caused_enough(state: Stop, scene: Scene) -> bool:
    """Whether this exercise has caused its last stop: it is removed for good then."""
    earlier = {
        past.at
        for past in scene.sessions
        if past.ended == "stopped"
        and past.exercise == state.told.exercise
        and _blames(past.event, scene)
    }
    return len(earlier) + 1 >= scene.content.stop.removed_after


def _blames(event: str | None, scene: Scene) -> bool:
    """Whether what was told blames the exercise, and not only the way the head hung."""
    row = scene.content.events.get(event or "")
    return row is not None and any(block.what != "head_down" for block in row.blocks)


def _removed(state: Stop, scene: Scene) -> Left:
    return Left(
        what="exercise",
        id=state.told.exercise or "",
        until=None,
        lifted_by="clinician",
        why=state.event or scene.content.stop.unanswered,
        at=scene.at,
    )


def _today(rest: Literal["all", "session"], state: Stop, scene: Scene) -> Left:
    return Left(
        what=rest,
        id=rest,
        until=tomorrow(scene),
        lifted_by="time",
        why=state.event or scene.content.stop.unanswered,
        at=scene.at,
    )


def tomorrow(scene: Scene) -> datetime:
    """Find the first moment of the user's next day; with no zone known, the time of check-in."""
    if scene.zone is None:
        return scene.at + timedelta(hours=scene.content.stop.check_in_h)
    zone = ZoneInfo(scene.zone)
    day = scene.at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time(), zone).astimezone(scene.at.tzinfo)
