"""What the talk keeps over the weeks, folded in as it is told: days, sessions, the growing plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from content.catalogue import Catalogue
from content.schema import Value
from flows import progress
from flows.base import Brief, Done, Judged, Known
from flows.progress.days import day_of
from flows.talk import SESSIONS_KEPT, Talk

CLEARED, NEXT_DAY, FUNCTION = "cleared_by_clinician", "next_day", "function_limit"


def past_of(talk: Talk) -> progress.Past:
    return progress.Past(
        sessions=talk.sessions,
        sessions_done=talk.sessions_done,
        days=talk.days,
        first_at=talk.first_at,
        first_function=talk.first_function,
        growth=talk.growth,
        zone=talk.zone,
    )


def own_facts(
    talk: Talk, told: Mapping[str, Value], at: datetime, content: Catalogue
) -> tuple[dict[str, Value], progress.Turn | None]:
    """Count what the program itself keeps, and say what the six-week table comes to."""
    own, turn = progress.own_facts(past_of(talk), told, at, content)
    if (cleared := talk.facts.get(CLEARED)) and cleared.value:
        own["cleared_days"] = (at - cleared.at).days
    return own, turn


def marked(talk: Talk, pain: int, at: datetime) -> Talk:
    days = progress.told(talk.days, day_of(at, talk.zone), pain)
    return talk.model_copy(update={"days": days})


def ended(talk: Talk, brief: Brief, at: datetime, content: Catalogue) -> Talk:
    """Keep a session in brief; the first one says from where the weeks are counted."""
    done = talk.sessions_done + (brief.ended in {"done", "finished_early"})
    first: dict[str, Any] = {}
    if talk.first_at is None:
        told = talk.facts.get(FUNCTION)
        first = {
            "first_at": at, "first_function": told.value if told else content.defaults[FUNCTION],
        }  # fmt: skip
    days = talk.days
    if brief.leg is not None:
        days = progress.led(days, day_of(at, talk.zone), brief.leg)
    if brief.moves_done > 0:
        days = progress.moved(days, day_of(at, talk.zone))
    kept = (*talk.sessions, brief)[-SESSIONS_KEPT:]
    return talk.model_copy(update={"sessions": kept, "sessions_done": done, "days": days, **first})


def learned(
    talk: Talk, told: Mapping[str, Known], kept: dict[str, Known], content: Catalogue
) -> Talk:
    """Keep what was told, and what it means for earlier things.

    A clearance told again is as old as it was first told, unless something has been waiting for
    one since; the word on the day after belongs to the last session; a change of what content
    names makes the whole check due.
    """
    before = talk.facts.get(CLEARED)
    again = told.get(CLEARED)
    if before and again and before.value is True and again.value is True:
        newer = [left for left in talk.left_out if left.lifted_by == "clinician"]
        if all(left.at < before.at for left in newer):
            kept[CLEARED] = again.model_copy(update={"at": before.at})
    fields: dict[str, Any] = {"facts": kept}
    if (next_day := told.get(NEXT_DAY)) and next_day.value != content.defaults[NEXT_DAY]:
        last = [b.model_copy(update={NEXT_DAY: next_day.value}) for b in talk.sessions[-1:]]
        fields["sessions"] = (*talk.sessions[:-1], *last)
    if any(_has_changed(name, talk, kept, content) for name in content.freshness.full_on_change):
        fields["checked"] = talk.checked.model_copy(update={"wants_full": True})
    return talk.model_copy(update=fields)


def rechecked(talk: Talk, news: Judged, at: datetime, content: Catalogue) -> dict[str, datetime]:
    """Note which of the things asked again over the weeks have been asked now."""
    routes, asked = content.routes, set(news.asked)
    done = {
        each.id: at
        for each in content.freshness.rechecks
        if asked.issuperset(each.screens or (routes[each.route].screens if each.route else ()))
        and (each.screens or each.route)
    }
    return {**talk.rechecked, **done}


def borne(talk: Talk, done: Iterable[Done], content: Catalogue) -> Talk:
    """Keep how the moves of a run were felt, and which side had less."""
    return talk.model_copy(update={"own": progress.borne(talk.own, done, content)})


def begun(talk: Talk, turn: progress.Turn | None) -> Talk:
    """Keep the steps with which a session begins, and that its plan was told."""
    talk = talk.model_copy(update={"own": progress.own_told(talk.own)})
    if turn is None:
        return talk
    growth = progress.begun(talk.growth, turn, talk.sessions)
    return talk.model_copy(update={"growth": growth})


def _has_changed(name: str, talk: Talk, after: Mapping[str, Known], content: Catalogue) -> bool:
    return _status(name, talk.facts, content) != _status(name, after, content)


def _status(name: str, known: Mapping[str, Known], content: Catalogue) -> Value:
    """Read a fact so that only a change counts: of a number, whether it applies."""
    value = known[name].value if name in known else content.defaults[name]
    number = isinstance(value, int) and not isinstance(value, bool)
    return value == content.defaults[name] if number else value
