"""What the reminder screen shows in each of its phases."""

from __future__ import annotations

from datetime import time

from flows.base import Choice, Row, Said, Scene, Show, choice, said
from flows.reminder.schedule import is_quiet_time
from flows.reminder.vocabulary import (
    EVERY_DAY,
    ChangeAsked,
    DayMarked,
    DaysAsked,
    Finished,
    OneMoreAsked,
    Paused,
    PlaceAsked,
    Reminders,
    Returned,
    TimePicked,
    TurnedOff,
    WentOn,
    Wish,
    ZonePicked,
)
from flows.reminder.zone import city_of

IN_A_ROW = 3

Screen = tuple[tuple[Said, ...], tuple[Row, ...]]


def shown(state: Reminders, wish: Wish | None, scene: Scene) -> Show:
    text, rows = _screen(state, wish, scene)
    if state.line and state.phase != "closed":
        text = (said(state.line), *text)
    return Show(slot="screen", how="change", text=text, rows=rows)


def _screen(state: Reminders, wish: Wish | None, scene: Scene) -> Screen:
    match state.phase:
        case "time":
            return _time(wish, scene)
        case "place":
            return _place(state, wish, scene)
        case "days" if wish is not None:
            return _days(wish)
        case "closed":
            return (_closing(state, wish, scene),), ()
        case _:
            return _menu(wish, scene)


def _time(wish: Wish | None, scene: Scene) -> Screen:
    rules = scene.content.reminders
    open_times = [
        each for each in rules.suggestions if not is_quiet_time(time.fromisoformat(each), rules)
    ]
    picks = [choice(said("reminder.at", time=t), TimePicked(time=t)) for t in open_times]
    text = [said("reminder.when"), said("reminder.habit")]
    if scene.content.holds(rules.not_first_hour, scene.facts):
        text.append(said("reminder.not_early"))
    last = choice("button.back", Returned()) if wish else choice("button.no_reminders", TurnedOff())
    return tuple(text), (*_rows(picks), (last,))


def _place(state: Reminders, wish: Wish | None, scene: Scene) -> Screen:
    del wish
    picks = [
        choice(said("reminder.city", city=city_of(zone, scene.content)), ZonePicked(zone=zone))
        for zone in state.zones
    ]
    text = (said("zone.city"), said("zone.type_city")) if picks else (said("zone.type_city"),)
    return text, (*_rows(picks), (choice("button.back", Returned()),))


def _days(wish: Wish) -> Screen:
    picks = [
        choice(
            said(f"day.{day}"),
            DayMarked(day=day, mark="off" if day in wish.weekdays else "on"),
            mark="on" if day in wish.weekdays else "off",
        )
        for day in EVERY_DAY
    ]
    return (said("reminder.which_days"),), (*_rows(picks), (choice("button.done", Finished()),))


def _menu(wish: Wish | None, scene: Scene) -> Screen:
    done = choice("button.done", Finished())
    if wish is None:
        return (said("reminder.no_list"),), ((choice("button.set_time", ChangeAsked()),), (done,))
    text = [_told(wish, scene)]
    change = choice("button.change_time", ChangeAsked())
    off = choice("button.stop_reminders", TurnedOff())
    if wish.paused is not None:
        text.append(said("reminder.resting"))
        go_on = choice("button.go_on", WentOn(), style="success")
        return tuple(text), ((go_on,), (change, off), (done,))
    if wish.next_at is not None:
        text.append(said("reminder.next", at=wish.next_at))
    first: Row = (change, choice("button.which_days", DaysAsked()))
    if len(wish.times) < scene.content.reminders.at_most:
        first = (change, choice("button.add_time", OneMoreAsked()), first[1])
    rest = (
        choice("button.holiday", Paused(why="holiday")),
        choice("button.ill", Paused(why="ill")),
        choice("button.place", PlaceAsked()),
    )
    return tuple(text), (first, rest, (off,), (done,))


def _told(wish: Wish, scene: Scene) -> Said:
    """Tell a wish in one line: days, times, and whose clock."""
    days = said("reminder.every_day")
    if wish.weekdays != EVERY_DAY:
        days = said("reminder.on_days", days=tuple(said(f"day.{day}") for day in wish.weekdays))
    times = tuple(said("reminder.at", time=each) for each in wish.times)
    return said("reminder.told", days=days, times=times, zone=city_of(wish.zone, scene.content))


def _closing(state: Reminders, wish: Wish | None, scene: Scene) -> Said:
    if wish is None:
        return said(state.line or "reminder.none")
    match state.line:
        case "reminder.set" if wish.next_at is not None:
            return said("reminder.set", at=wish.next_at)
        case "reminder.set_plain":
            zone = city_of(wish.zone, scene.content)
            return said("reminder.set_plain", time=wish.times[0], zone=zone)
        case _:
            return _told(wish, scene)


def _rows(picks: list[Choice]) -> tuple[Row, ...]:
    return tuple(tuple(picks[start : start + IN_A_ROW]) for start in range(0, len(picks), IN_A_ROW))
