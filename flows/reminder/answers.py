"""What is answered to a reminder; any answer shows that it was not ignored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from flows.base import (
    DropAlarm,
    Effect,
    Event,
    HandOver,
    Move,
    News,
    Row,
    Scene,
    Set,
    Show,
    Toast,
    choice,
    said,
)
from flows.progress.count import Rest, Rests, rested, resumed
from flows.progress.days import day_of
from flows.reminder.ring import arm
from flows.reminder.schedule import (
    evening_of,
    is_quiet,
    last_moment,
    next_due,
    quiet_hours,
    upcoming,
)
from flows.reminder.vocabulary import (
    ALARM,
    CameBack,
    Finished,
    NotToday,
    PageAsked,
    Pause,
    Paused,
    Snoozed,
    Started,
    ThisEvening,
    WentOn,
    Wish,
)

MINUTE = timedelta(minutes=1)
NO_BUTTONS: tuple[Row, ...] = ()


def answered(event: Event, wish: Wish | None, scene: Scene) -> Move:  # noqa: PLR0911 - one an answer
    """Take an answer to a reminder, or a button of what was last said of them."""
    if wish is not None:
        wish = wish.model_copy(update={"ignored": 0, "asking": False})
    match event:
        case Started(how=how):
            return _started(wish, scene, "" if how == "whole" else how)
        case Paused(why=why) if wish is not None:
            return paused(wish, why, scene, _line("reminder.paused"))
        case Snoozed() | ThisEvening() | NotToday() | WentOn() if wish is not None:
            return _later(event, wish, scene)
        case CameBack() if wish is not None:
            return _back(wish, scene)
        case PageAsked():
            return Move(None, (), (HandOver(to="report", why="report"),))
        case Finished() if wish is not None:
            return Move(None, (_line("reminder.good"),))
        case _:
            return Move(None, moved=False)


def paused(wish: Wish, why: Pause, scene: Scene, *shown: Show) -> Move:
    """Stop the reminders, and the count with them."""
    kept = wish.model_copy(update={"paused": why, "next_at": None})
    news = (Set(fields={"wish": kept}), rest_begun(why, scene))
    return Move(None, (*shown, DropAlarm(name=ALARM)), news)


def rest_begun(why: Pause, scene: Scene) -> Set:
    return Set(fields={"rests": rested(rests_of(scene), why, day_of(scene.at, scene.zone))})


def rest_ended(scene: Scene) -> tuple[Set, ...]:
    rests = rests_of(scene)
    after = resumed(rests, day_of(scene.at, scene.zone))
    return (Set(fields={"rests": after}),) if after != rests else ()


def rests_of(scene: Scene) -> Rests:
    return tuple(rest for rest in scene.rests if isinstance(rest, Rest))


def armed(wish: Wish, scene: Scene) -> tuple[tuple[Effect, ...], tuple[News, ...]]:
    """Arm the next reminder of a wish, or none while it is paused; and keep it."""
    if wish.paused is not None:
        kept = wish.model_copy(update={"next_at": None})
        return (DropAlarm(name=ALARM),), (Set(fields={"wish": kept}),)
    alarm, kept = arm(wish, upcoming(wish, scene.at, scene.content.reminders))
    return (alarm,), (Set(fields={"wish": kept}),)


def _started(wish: Wish | None, scene: Scene, prefer: str) -> Move:
    to = HandOver(to="offer", why="start", args={"prefer": prefer})
    if wish is None:
        return Move(None, (), (to,))
    effects, news = armed(wish, scene)
    return Move(None, effects, (*news, to))


def _back(wish: Wish, scene: Scene) -> Move:
    """Remind as at first, and begin: the offer asks whatever a pause of this length wants."""
    fresh = {"paused": None, "every_days": 1, "since": scene.at}
    effects, news = armed(wish.model_copy(update=fresh), scene)
    hello = Toast(text=said("reminder.welcome_back"))
    to = HandOver(to="offer", why="start")
    return Move(None, (hello, *effects), (*news, *rest_ended(scene), to))


def _later(event: Event, wish: Wish, scene: Scene) -> Move:
    wish = wish.model_copy(update={"paused": None})
    rules = scene.content.reminders
    line = None
    match event:
        case NotToday():
            due_at = next_due(wish, wish.zone, last_moment(scene.at, wish.zone))  # tomorrow
            line = _line("reminder.not_today")
        case ThisEvening():
            due_at = _unless_quiet(evening_of(scene.at, wish.zone, rules), wish, scene)
        case Snoozed():
            due_at = _unless_quiet(scene.at + MINUTE * rules.snooze_min, wish, scene)
        case _:
            due_at = upcoming(wish, scene.at, rules)
    alarm, kept = arm(wish, due_at)
    shown = line or _line("reminder.snoozed", due_at)
    return Move(None, (shown, alarm), (Set(fields={"wish": kept}), *rest_ended(scene)))


def _unless_quiet(due_at: datetime, wish: Wish, scene: Scene) -> datetime:
    """Take a wished-for moment; one that has passed, or is quiet, gives way to the next."""
    rules = scene.content.reminders
    if due_at <= scene.at or is_quiet(due_at, wish.zone, quiet_hours(scene.settings, rules)):
        return upcoming(wish, scene.at, rules)
    return due_at


def _line(key: str, at: datetime | None = None, rows: Iterable[Row] = NO_BUTTONS) -> Show:
    text = said(key, at=at) if at is not None else said(key)
    return Show(slot="screen", how="change", text=(text,), rows=tuple(rows))


def alone_shown() -> Show:
    """Say farewell to whoever goes on alone: what to do when it comes back, and the way back."""
    text = (said("reminder.free_told"), said("reminder.free_plan"))
    row = (choice("button.im_back", CameBack()),)
    return Show(slot="screen", how="change", text=text, rows=(row,))
