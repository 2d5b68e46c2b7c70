"""Fewer reminders for whom the habit holds: offered after good weeks, and taken back with a tap.

First every third day, then once a week, then none at all, with a plan for when it comes back.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from content.schema import Fading, ReminderRules
from flows.base import Move, Scene, Set, Show, Verdict, said
from flows.progress.count import WEEK, Mark, Rests, counted, marks
from flows.progress.days import Days, day_of
from flows.reminder.answers import alone_shown, armed, paused
from flows.reminder.vocabulary import Wish

Offer = Literal["", "less", "free"]


def offered(
    wish: Wish | None, days: Days, rests: Rests, verdict: Verdict | None, at: datetime,
    first_at: datetime | None, rules: ReminderRules,
) -> Offer:  # fmt: skip
    """Say what may be offered now: fewer reminders, none, or nothing."""
    since = (wish.since or first_at) if wish is not None else None
    if wish is None or wish.paused is not None or since is None:
        return ""
    fading = rules.fading
    weeks = timedelta(days=WEEK * fading.good_weeks)
    if at - since < weeks - timedelta(days=1):  # asked at every step: mostly answered here
        return ""
    today = day_of(at, wish.zone)
    if day_of(since, wish.zone) > today - weeks or not _are_good(days, rests, wish, today, fading):
        return ""
    if _next(wish, fading) is not None:
        return "less"
    calm = verdict is not None and verdict.level.startswith("SELF_CARE")
    return "free" if calm and verdict is not None and verdict.stretch != "blocked" else ""


def taken(why: str, wish: Wish, scene: Scene) -> Move:
    """Take an offer, or decline it: then it comes again after as many good weeks."""
    fading = scene.content.reminders.fading
    wish = wish.model_copy(update={"since": scene.at})
    if why == "free":
        return paused(wish, "graduated", scene, alone_shown())
    if why == "less" and (every := _next(wish, fading)) is not None:
        effects, news = armed(wish.model_copy(update={"every_days": every}), scene)
        return Move(None, (_line("reminder.less_set", every), *effects), news)
    return Move(None, (_line("reminder.as_before"),), (Set(fields={"wish": wish}),))


def _are_good(days: Days, rests: Rests, wish: Wish, today: date, fading: Fading) -> bool:
    over = WEEK * fading.good_weeks
    told = marks(days, rests, today, weekdays=wish.weekdays, over=over)
    weeks = [told[start : start + WEEK] for start in range(0, over, WEEK)]
    return all(_is_good(week, fading) for week in weeks)


def _is_good(week: tuple[Mark, ...], fading: Fading) -> bool:
    return counted(week) >= fading.days_counted and week.count("moved") >= fading.days_moved


def _next(wish: Wish, fading: Fading) -> int | None:
    return next((every for every in fading.every_days if every > wish.every_days), None)


def _line(key: str, n: int = 1) -> Show:
    return Show(slot="screen", how="change", text=(said(key, n=n),))
