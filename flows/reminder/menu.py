"""The reminder screen when nothing is asked: what is wished for, and what can be changed."""

from __future__ import annotations

from flows.base import Row, Said, Scene, choice, said
from flows.progress.count import resting
from flows.reminder.answers import rests_of
from flows.reminder.schedule import quiet_hours
from flows.reminder.vocabulary import (
    EVERY_DAY,
    CameBack,
    ChangeAsked,
    DaysAsked,
    Finished,
    MoreWished,
    OneMoreAsked,
    Paused,
    PlaceAsked,
    QuietAsked,
    TurnedOff,
    WentOn,
    Wish,
)
from flows.reminder.zone import city_of

Screen = tuple[tuple[Said, ...], tuple[Row, ...]]


def menu(wish: Wish | None, scene: Scene) -> Screen:
    if wish is None:
        return _without_wish(scene)
    if wish.paused is not None:
        return _paused(wish, scene)
    text = [told(wish, scene), _quiet(scene)]
    if wish.every_days > 1:
        text.append(said("reminder.spacing", n=wish.every_days))
    if wish.next_at is not None:
        text.append(said("reminder.next", at=wish.next_at))
    change = choice("button.change_time", ChangeAsked())
    days = choice("button.which_days", DaysAsked())
    first: Row = (change, days)
    if len(wish.times) < scene.content.reminders.at_most:
        first = (change, choice("button.add_time", OneMoreAsked()), days)
    place = (choice("button.quiet_hours", QuietAsked()), choice("button.place", PlaceAsked()))
    more: tuple[Row, ...] = ()
    if wish.every_days > 1:
        more = ((choice("button.remind_more", MoreWished()),),)
    return tuple(text), (first, rests_offered(), place, *more, *_last())


def told(wish: Wish, scene: Scene) -> Said:
    """Tell a wish in one line: days, times, and whose clock."""
    days = said("reminder.every_day")
    if wish.weekdays != EVERY_DAY:
        days = said("reminder.on_days", days=tuple(said(f"day.{day}") for day in wish.weekdays))
    times = tuple(said("reminder.at", time=each) for each in wish.times)
    return said("reminder.told", days=days, times=times, zone=city_of(wish.zone, scene.content))


def _without_wish(scene: Scene) -> Screen:
    done = choice("button.done", Finished())
    first = (choice("button.set_time", ChangeAsked()),)
    if resting(rests_of(scene)) is not None:
        go_on = (choice("button.go_on", WentOn(), style="success"),)
        return (said("reminder.rest_alone"),), (go_on, first, (done,))
    return (said("reminder.no_list"),), (first, rests_offered(), (done,))


def _paused(wish: Wish, scene: Scene) -> Screen:
    rows: tuple[Row, ...] = _last()
    if wish.paused == "graduated":
        back = (choice("button.im_back", CameBack(), style="success"),)
        return (said("reminder.free"),), (back, *rows)
    change = (choice("button.change_time", ChangeAsked()),)
    go_on = (choice("button.go_on", WentOn(), style="success"),)
    return (told(wish, scene), said("reminder.resting")), (go_on, change, *rows)


def _quiet(scene: Scene) -> Said:
    hours = quiet_hours(scene.settings, scene.content.reminders)
    return said("reminder.quiet_told", begin=f"{hours.begin:%H:%M}", end=f"{hours.end:%H:%M}")


def rests_offered() -> Row:
    """Offer days on which nothing is counted; there need be no reminders for that."""
    return (
        choice("button.holiday", Paused(why="holiday")),
        choice("button.ill", Paused(why="ill")),
    )


def _last() -> tuple[Row, ...]:
    off = choice("button.stop_reminders", TurnedOff())
    return ((off, choice("button.done", Finished())),)
