"""What stands on the screen of today, of the weeks, and of a page that is put together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flows.base import Brief, Row, Said, Scene, Show, choice, said
from flows.diary import Change, activity_name, pain_change, pain_told
from flows.progress import Day, Rest
from flows.progress.count import ALL_DAYS, Mark, counted, marks
from flows.progress.days import day_of
from flows.report.vocabulary import (
    PARTS,
    ChartAsked,
    Closed,
    Opened,
    PageAsked,
    PartSet,
    PreviewAsked,
    Report,
    Returned,
    StartAsked,
    WeeksPicked,
)

DOTS: dict[Mark, str] = {"moved": "●", "rest": "●", "open": "○"}

Screen = tuple[tuple[Said, ...], tuple[Row, ...]]


def shown(state: Report, scene: Scene) -> Show:
    text, rows = _screen(state, scene)
    if state.line:
        text = (said(state.line), *text)
    return Show(slot="screen", how="change", text=text, rows=rows)


def _screen(state: Report, scene: Scene) -> Screen:
    match state.phase:
        case "today":
            return _today(scene)
        case "progress":
            return _progress(scene)
        case "weeks":
            return _weeks(scene)
        case "parts":
            return _parts(state)
        case "checked":
            return _checked()
        case "closed":
            return (), ()  # what stood below it is shown again


# ---- today


def _today(scene: Scene) -> Screen:
    today = day_of(scene.at, scene.zone)
    done = [brief for brief in scene.sessions if day_of(brief.at, scene.zone) == today]
    text = (_done(done), *_pains(today, scene), *_counted(today, scene), *_next(scene))
    main = (choice("button.start", StartAsked(), style="success"),) if _is_open(scene) else ()
    rest = (choice("button.progress", Opened(what="progress")), choice("button.close", Closed()))
    return text, (main, rest) if main else (rest,)


def _done(done: Iterable[Brief]) -> Said:
    whole = tuple(done)
    if not whole:
        return said("report.today_none")
    minutes = said("offer.minutes", n=sum(brief.minutes for brief in whole))
    begun = [brief for brief in whole if not brief.continues]
    return said("report.today_done", n=len(begun) or 1, time=minutes)


def _pains(today: date, scene: Scene) -> tuple[Said, ...]:
    told = next((day.pains for day in _days(scene) if day.on == today and day.pains), ())
    pains = tuple(said("report.number", n=pain) for pain in told)
    return (said("report.today_pain", pains=pains),) if pains else ()


def _is_open(scene: Scene) -> bool:
    verdict = scene.verdict
    return verdict is None or verdict.stretch != "blocked"


def _next(scene: Scene) -> tuple[Said, ...]:
    verdict = scene.verdict
    if verdict is not None and verdict.stretch == "blocked":
        level = said(f"advice.level.{verdict.level}")
        return (said("advice.last_result", at=verdict.at, level=level),)
    return ()


# ---- the weeks


def _progress(scene: Scene) -> Screen:
    today = day_of(scene.at, scene.zone)
    text = (
        *_counted(today, scene),
        said("report.sessions", n=scene.sessions_done),
        *pain_told(_change(today, scene)),
        *_aims(scene),
    )
    page = choice("button.make_page", Opened(what="report"))
    return text, (
        (choice("button.chart", ChartAsked(), style="success"), choice("button.close", Closed())),
        (page,),
    )


def _counted(today: date, scene: Scene) -> tuple[Said, ...]:
    """Count the days that held something; dots only for whoever sees them."""
    first = day_of(scene.first_at, scene.zone) if scene.first_at else None
    if first is None:
        return ()
    rests = tuple(rest for rest in scene.rests if isinstance(rest, Rest))
    weekdays = getattr(scene.wish, "weekdays", ALL_DAYS)
    days = marks(_days(scene), rests, today, first=first, weekdays=weekdays)
    if not days:
        return ()
    line = said("report.count", held=counted(days), n=len(days))
    if scene.settings.screen_reader or not scene.settings.pictures:
        return (line,)
    return (line, said("report.dots", dots="".join(DOTS[mark] for mark in days)))


def _change(today: date, scene: Scene) -> Change:
    means = {day.on: sum(day.pains) / len(day.pains) for day in _days(scene) if day.pains}
    return pain_change(means, today, scene.content.measures)


def _days(scene: Scene) -> tuple[Day, ...]:
    return tuple(day for day in scene.days if isinstance(day, Day))


def _aims(scene: Scene) -> tuple[Said, ...]:
    return tuple(
        said("report.aim_now", what=activity_name(each.id, each.text, scene.content),
             then=each.first, now=each.last)
        for each in scene.aims.activities
        if each.first is not None and each.last is not None
    )  # fmt: skip


# ---- a page


def _weeks(scene: Scene) -> Screen:
    weeks = tuple(
        choice(said("button.weeks", n=n), WeeksPicked(weeks=n))
        for n in scene.content.measures.report_weeks
    )
    everything = choice("button.all_weeks", WeeksPicked(weeks=0))
    return (said("report.which_weeks"),), (
        (*weeks, everything),
        (choice("button.close", Closed()),),
    )


def _parts(state: Report) -> Screen:
    boxes = []
    for number, part in enumerate(PARTS, start=1):
        is_on = part in state.parts
        event = PartSet(part=part, to="off" if is_on else "on")
        box = choice(
            f"button.part_{part}", event, number=number, mark="on" if is_on else "off",
            words=(said(f"report.part_{part}"),),
        )  # fmt: skip
        boxes.append(box)
    rows = tuple(tuple(boxes[place : place + 2]) for place in range(0, len(boxes), 2))
    last = (choice("button.back", Returned()), choice("button.close", Closed()))
    show = (choice("button.preview", PreviewAsked(), style="success"),)
    return (said("report.which_parts"),), (*rows, show, last)


def _checked() -> Screen:
    send = (choice("button.send_page", PageAsked(), style="success"),)
    return (said("report.is_it_right"),), (
        send,
        (choice("button.back", Returned()), choice("button.close", Closed())),
    )
