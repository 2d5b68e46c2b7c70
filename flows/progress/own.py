"""The program's own facts: what it counts of past sessions and days, as facts.yaml describes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import takewhile

from content.catalogue import Catalogue
from content.schema import Value
from flows import lately
from flows.base import Brief
from flows.progress import days as by_day
from flows.progress.days import Days, day_of
from flows.progress.table import Growth, Turn, turn_of

COMPLETED = frozenset({"done", "finished_early"})


@dataclass(frozen=True)
class Past:
    """What is kept of one user's weeks."""

    sessions: Sequence[Brief] = ()
    sessions_done: int = 0
    days: Days = ()
    first_at: datetime | None = None  # of the first session
    first_function: Value | None = None  # what the back stopped then
    growth: Growth = field(default_factory=Growth)
    zone: str | None = None


def own_facts(
    past: Past, told: Mapping[str, Value], at: datetime, content: Catalogue
) -> tuple[dict[str, Value], Turn | None]:
    """Count everything, on top of what was told; the steps of the plan come last, out of it all."""
    if not past.sessions:  # nothing is counted yet
        return {"sessions_done": past.sessions_done}, None
    today = day_of(at, past.zone)
    counted = {
        "sessions_done": past.sessions_done,
        **lately.counts(past.sessions, content, at),
        **_of_sessions(past, at, today),
        **_of_days(past, told, today, content),
        **_of_last_three(past.sessions, content),
        "goal_met": content.holds(content.progress.goal, told),
    }
    known = {**told, **counted}
    known["direction_fails"] = False
    known["strength_today"] = _is_strength_day(past, today, content)
    turn = turn_of(past.growth, past.sessions, known, content)
    known["progress_steps"] = turn.steps
    known["direction_fails"] = _fails(turn.program, past.sessions, content)
    if known["direction_fails"]:  # another program: its own steps
        turn = turn_of(past.growth, past.sessions, known, content)
        known["progress_steps"] = turn.steps
    names = (*counted, "strength_today", "progress_steps", "direction_fails")
    return {name: known[name] for name in names}, turn


def _of_sessions(past: Past, at: datetime, today: date) -> dict[str, Value]:
    last = past.sessions[-1]
    first_at = past.first_at or past.sessions[0].at
    since_first = (today - day_of(first_at, past.zone)).days
    return {
        "days_since_session": (at - last.at).days,
        "nights_since_session": (today - day_of(last.at, past.zone)).days,
        "days_since_first": since_first,
        "week": since_first // 7 + 1,
        "last_program": last.program,
        "flare": last.flare,
        "next_day": last.next_day or "unasked",
        "sore_after": last.ended == "stopped" or (rise_of(last) or 0) > 0,
        "worse_running": worse_running(past.sessions),
    }


def _of_days(
    past: Past, told: Mapping[str, Value], today: date, content: Catalogue
) -> dict[str, Value]:
    rules = content.progress
    no_better = by_day.is_no_better(
        past.days, today, over=rules.average_days, points=rules.better_points
    )
    return {
        "calm_days": by_day.calm_days(past.days, today, rules.calm_at_most),
        "centralised_days": by_day.centralised_days(past.days),
        "pain_down": by_day.is_down(
            past.days, today, over=rules.average_days,
            points=rules.down_points, percent=rules.down_percent,
        ),
        "not_better": no_better and told.get("function_limit") == past.first_function,
    }  # fmt: skip


def _of_last_three(sessions: Sequence[Brief], content: Catalogue) -> dict[str, Value]:
    last = looked_at(sessions, content.progress.sessions)
    rises = [rise for each in last if (rise := rise_of(each)) is not None]
    worst = max(rises, default=0)
    stopped = any(each.ended == "stopped" for each in last)
    whole = len(last) == content.progress.sessions == len(rises)
    sore = any(each.flare != "none" for each in last)
    return {
        "sessions_counted": sum(is_completed(b) and rise_of(b) is not None for b in last),
        "worst_rise": worst,
        "steady": whole and worst <= 0 and not stopped and not sore,
    }


def looked_at(sessions: Sequence[Brief], count: int) -> list[Brief]:
    """Take the last sessions that tell something; of one that went on after a stop, its end."""
    last = [each[-1] for each in lately.by_session(sessions)]
    return [brief for brief in last if brief.ended == "stopped" or is_completed(brief)][-count:]


def is_completed(brief: Brief) -> bool:
    """Whether it tells how the plan is borne: what a silence closed, or nobody began, does not."""
    return brief.ended in COMPLETED and brief.moves_done > 0


def rise_of(brief: Brief) -> int | None:
    if brief.pain_before is None or brief.pain_after is None:
        return None
    return brief.pain_after - brief.pain_before


def worse_running(sessions: Sequence[Brief]) -> int:
    whole = [each[-1].next_day for each in lately.by_session(sessions)]
    return len(list(takewhile(lambda told: told == "worse_still", reversed(whole))))


def _fails(program: str, sessions: Sequence[Brief], content: Catalogue) -> bool:
    """Whether the direction that the answers ask for has been tried, and has not helped."""
    test = content.progress.directions
    if program not in test.programs:
        return False
    tried = [brief for brief in sessions if brief.program == program][-test.of :]
    return sum((rise_of(brief) or 0) >= test.rise for brief in tried) >= test.times


def _is_strength_day(past: Past, today: date, content: Catalogue) -> bool:
    """Whether strength was taken, not done yesterday or today, and not often enough this week."""
    most = past.growth.strength_days
    if not most:
        return False
    program = content.progress.strength
    done = {day_of(b.at, past.zone) for b in past.sessions if b.program == program}
    lately_done = [on for on in done if today - on < timedelta(days=7)]
    return len(lately_done) < most and not done & {today, today - timedelta(days=1)}
