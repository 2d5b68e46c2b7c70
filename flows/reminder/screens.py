"""What the reminder screen asks in each of its phases; its menu stands in a file of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from flows.base import Choice, Moment, Row, Said, Scene, Show, choice, said
from flows.progress.count import resting
from flows.reminder.answers import rests_of
from flows.reminder.clock import likely_times, other_times
from flows.reminder.menu import Screen, menu, rests_offered, told
from flows.reminder.schedule import is_quiet_time, quiet_hours
from flows.reminder.vocabulary import (
    EVERY_DAY,
    ClockRead,
    DayMarked,
    Finished,
    NothingSeen,
    OtherTimesAsked,
    PageAsked,
    Reminders,
    Returned,
    TimePicked,
    TurnedOff,
    Wish,
    ZonePicked,
)
from flows.reminder.zone import city_of

IN_A_ROW = 3


def shown(state: Reminders, wish: Wish | None, scene: Scene) -> Show:
    text, rows = _screen(state, wish, scene)
    if state.line and state.phase != "closed":
        text = (_line(state, scene), *text)
    return Show(slot="screen", how="change", text=text, rows=rows)


def _line(state: Reminders, scene: Scene) -> Said:
    if state.line != "reminder.quiet":
        return said(state.line)
    hours = quiet_hours(scene.settings, scene.content.reminders)
    return said("reminder.quiet", begin=f"{hours.begin:%H:%M}", end=f"{hours.end:%H:%M}")


def _screen(state: Reminders, wish: Wish | None, scene: Scene) -> Screen:  # noqa: PLR0911 - one each
    rules = scene.content.reminders
    match state.phase:
        case "time":
            return _time(state, wish, scene)
        case "clock" | "hours":
            return _clock(state, scene)
        case "place":
            return _place(state, scene)
        case "days" if wish is not None:
            return _days(wish)
        case "hushing":
            return (said("reminder.quiet_begin"),), _picks(rules.quiet_begins)
        case "waking":
            return (said("reminder.quiet_end"),), _picks(rules.quiet_ends)
        case "closed":
            return _closing(state, wish, scene)
        case _:
            return menu(wish, scene)


def _time(state: Reminders, wish: Wish | None, scene: Scene) -> Screen:
    text = [said("reminder.when"), said("reminder.habit")]
    if is_late_riser(scene):
        text.append(said("reminder.not_early"))
    last = choice("button.back", Returned()) if wish else choice("button.no_reminders", TurnedOff())
    alone = wish is None and not state.cheer  # right after a session nobody is on holiday
    rests = (rests_offered(),) if alone else ()
    return tuple(text), (*_rows(_times(_suggested(scene))), *rests, (last,))


def is_late_riser(scene: Scene) -> bool:
    """Whether the first hour after getting up is no time for it."""
    return scene.content.holds(scene.content.reminders.not_first_hour, scene.facts)


def _suggested(scene: Scene) -> list[str]:
    """Suggest times that are not quiet; to some none that may be soon after getting up."""
    rules = scene.content.reminders
    hours = quiet_hours(scene.settings, rules)
    every = rules.suggestions
    if is_late_riser(scene):
        every = tuple(t for t in (rules.late_morning, *every) if t >= rules.late_morning)
    return [each for each in every if not is_quiet_time(time.fromisoformat(each), hours)]


def _clock(state: Reminders, scene: Scene) -> Screen:
    """Ask what a phone makes of an instant; its answer tells the zone, and no place is asked."""
    asked_at = state.asked_at or scene.at
    text = [said("zone.clock", at=Moment(at=asked_at, told="asked"))]
    blind = choice("button.no_time_seen", NothingSeen())
    if state.phase == "hours":
        text.append(said("zone.other_times"))
        back = choice("button.back", Returned())
        return tuple(text), (*_rows(_clocks(other_times(asked_at, scene))), (blind, back))
    picks = _clocks(likely_times(asked_at, scene))
    another = choice("button.another_time", OtherTimesAsked())
    last = (another, blind)
    if len(picks) > IN_A_ROW:
        return tuple(text), (tuple(picks[:IN_A_ROW]), (*picks[IN_A_ROW:], *last))
    return tuple(text), (tuple(picks), last)


def _place(state: Reminders, scene: Scene) -> Screen:
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


def _closing(state: Reminders, wish: Wish | None, scene: Scene) -> Screen:
    if wish is None:
        rests = resting(rests_of(scene)) is not None
        return (said(state.line or ("reminder.rest_alone" if rests else "reminder.none")),), ()
    match state.line:
        case "reminder.set" if wish.next_at is not None:
            text = said("reminder.set", at=Moment(at=wish.next_at, told="daily"))
            page = (choice("button.physio_page", PageAsked()),)
            return (text,), (page, (choice("button.done", Finished()),))
        case "reminder.set_plain":
            zone = city_of(wish.zone, scene.content)
            return (said("reminder.set_plain", time=wish.times[0], zone=zone),), ()
        case _:
            return (told(wish, scene),), ()


def _picks(times: Iterable[str]) -> tuple[Row, ...]:
    return (*_rows(_times(times)), (choice("button.back", Returned()),))


def _times(times: Iterable[str]) -> list[Choice]:
    return [choice(said("reminder.at", time=each), TimePicked(time=each)) for each in times]


def _clocks(times: Iterable[time]) -> list[Choice]:
    told_ = [f"{each:%H:%M}" for each in times]
    return [choice(said("reminder.at", time=each), ClockRead(time=each)) for each in told_]


def _rows(picks: list[Choice]) -> tuple[Row, ...]:
    return tuple(tuple(picks[start : start + IN_A_ROW]) for start in range(0, len(picks), IN_A_ROW))
