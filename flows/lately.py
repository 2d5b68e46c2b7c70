"""The last sessions, counted: the program's own facts that rules and choices read.

Pure, over the briefs that the talk keeps.  A session that went on after a stop stands there as
several briefs, and counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Literal

from content.catalogue import Catalogue
from content.schema import AfterRule, Value
from flows.base import Brief

LAST = 3  # sessions: how far back the counts of stops reach
WEEK = timedelta(days=7)
Flare = Literal["none", "some", "strong"]
FLARES: tuple[Flare, ...] = ("none", "some", "strong")  # toward danger


def counts(sessions: Sequence[Brief], content: Catalogue, at: datetime) -> dict[str, Value]:
    """Count stops and flares, the newest session among them."""
    whole = by_session(sessions)
    last = whole[-LAST:]
    leg = [b for b in sessions if b.event == content.stop.leg_event and at - b.at < WEEK]
    return {
        "stops_lately": sum(any(b.ended == "stopped" for b in each) for each in last),
        "grave_stops_lately": sum(any(is_grave(b, content) for b in each) for each in last),
        "flares_running": len(list(takewhile(_flared, reversed(whole)))),
        "leg_further_week": len(leg),
        "dizzy_times": sum(brief.event == "dizzy" for brief in sessions),
    }


def is_grave(brief: Brief, content: Catalogue) -> bool:
    """Whether it was stopped for a sharp, electric, leg or numb reason."""
    event = content.events.get(brief.event or "")
    return brief.ended == "stopped" and event is not None and event.grave


def flare(brief: Brief) -> Flare:
    return brief.flare


def marked(brief: Brief, pain: int, content: Catalogue) -> Brief:
    """Note the pain told after a session; a flare seen at either time stays one."""
    told = brief.model_copy(update={"pain_after": pain})
    worst = max(brief.flare, _flare_of(told, content), key=FLARES.index)
    return told.model_copy(update={"flare": worst})


def _flare_of(brief: Brief, content: Catalogue) -> Flare:
    if brief.pain_before is None or brief.pain_after is None:
        return "none"
    facts = content.complete({"pain_before": brief.pain_before, "pain_after": brief.pain_after})
    sets = {name: v for rule in rules_after(facts, content) for name, v in rule.sets.items()}
    return next((grade for grade in FLARES if grade == sets.get("flare")), "none")


def rules_after(facts: Mapping[str, Value], content: Catalogue) -> tuple[AfterRule, ...]:
    """Every rule of 9.4 that holds."""
    return tuple(rule for rule in content.stop.after if content.holds(rule.cond, facts))


def by_session(sessions: Iterable[Brief]) -> list[list[Brief]]:
    grouped: list[list[Brief]] = []
    for brief in sessions:
        if brief.continues and grouped:
            grouped[-1].append(brief)
        else:
            grouped.append([brief])
    return grouped


def _flared(session: list[Brief]) -> bool:
    return any(brief.flare != "none" for brief in session)
