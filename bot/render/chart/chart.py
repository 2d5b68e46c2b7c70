"""The chart: pain above, own activities below; each line told by its form and its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle

from bot.render.chart.axes import Area, Axes
from bot.render.held import Held
from bot.render.ink import png, width_of, wrapped
from bot.render.ink.shapes import DEEP, INK, SOFT, WARM, Dot, Label, Mark, Path, Shape
from flows import diary
from flows.base import said
from flows.diary import Line

WIDTH, HEIGHT, BOTH = 1080, 620, 1000  # pixels; BOTH where there are activities as well
SIZE = 24.0
LEFT, RIGHT = 70.0, 40.0
FORMS: dict[str, tuple[Mark, str, float]] = {
    "before": ("disc", DEEP, 0.25), "after": ("ring", WARM, 0.36),
}  # fmt: skip
AT_LEAST = timedelta(days=6)  # one mark alone is not drawn as wide as the page
PLOT = 0.68
STYLES: tuple[tuple[Mark, tuple[float, ...], str], ...] = (
    ("square", (), INK), ("triangle", (10, 6), DEEP), ("ring", (3, 5), WARM),
)  # fmt: skip


def chart_png(held: Held) -> bytes:
    """Draw all that is held as one picture for the chat."""
    height = BOTH if activities(held) else HEIGHT
    area = Area(0, 0, WIDTH, height, SIZE)
    return png(panels(held, area), (WIDTH, height))


def activities(held: Held) -> tuple[Line, ...]:
    return diary.activities(diary.scores(held.entries), held.content.measures)


def panels(held: Held, area: Area, *, pain: bool = True) -> Iterator[Shape]:
    """Draw the pain, and below it the activities, where there are any, in an area."""
    lines, measures = activities(held), held.content.measures
    first, last = _span(held)
    unit = area.size
    left, right = area.x + LEFT / SIZE * unit, area.x + area.width - RIGHT / SIZE * unit
    each = area.height * ((0.56 if lines else 1.0) if pain else 0.0)
    if pain:
        above = Area(left, area.y + unit * 3.4, right - left, each - unit * 6.0, unit)
        yield from _pain(held, Axes(above, first, last, measures.pain.low, measures.pain.high))
    if lines:
        room = (right - left) * PLOT  # the names stand to the right
        low, high = measures.activity.low, measures.activity.high
        below = Area(left, area.y + each + unit * 2.2, room, area.height - each - unit * 4.8, unit)
        yield from _activities(held, Axes(below, first, last, low, high), lines)


def _span(held: Held) -> tuple[date, date]:
    told = [held.day(entry.at) for entry in held.entries if entry.kind in {"mark", "rating"}]
    last = held.today
    return min([*told, last - AT_LEAST]), last


def _pain(held: Held, axes: Axes) -> Iterator[Shape]:
    unit, area = axes.area.size, axes.area
    title = held.told(said("chart.pain"))
    yield Label(area.x, area.y - unit * 2.0, title, unit * 1.15, bold=True)
    yield from _legend(held, area)
    yield from axes.drawn(held)
    told = diary.marks(held.entries)
    if not told:
        middle = area.x + area.width / 2, area.y + area.height / 2
        yield Label(*middle, held.told(said("chart.none")), unit, "middle", colour=SOFT)
        return
    days = diary.by_day(told, held.talk.zone)
    means = diary.running(days, held.content.measures.over_days)
    yield Path(tuple((axes.x(on), axes.y(pain)) for on, pain in means.items()), unit / 7, SOFT)
    for mark in sorted(told, key=lambda each: each.when == "before"):  # both on one place are seen
        form = FORMS["before" if mark.when == "before" else "after"]
        yield _dot(axes.x(held.day(mark.at)), axes.y(mark.pain), unit, form)


def _legend(held: Held, area: Area) -> Iterator[Shape]:
    unit = area.size
    y, x = area.y - unit * 0.75, area.x
    for name in (*FORMS, "average"):
        if name in FORMS:
            yield _dot(x + unit * 0.4, y - unit * 0.34, unit, FORMS[name])
        else:
            yield Path(((x - unit * 0.4, y - unit / 3), (x + unit * 0.8, y - unit / 3)),
                       unit / 7, SOFT)  # fmt: skip
        label = held.told(said(f"chart.{name}", n=held.content.measures.over_days))
        yield Label(x + unit * 1.1, y, label, unit, colour=SOFT)
        x += width_of(label, unit) + unit * 3.2


def _dot(x: float, y: float, unit: float, form: tuple[Mark, str, float]) -> Dot:
    mark, colour, size = form
    return Dot(x, y, unit * size, mark, colour)


def _activities(held: Held, axes: Axes, lines: Sequence[Line]) -> Iterator[Shape]:
    unit, area = axes.area.size, axes.area
    title = held.told(said("chart.activities"))
    yield Label(area.x, area.y - unit * 0.9, title, unit * 1.15, bold=True)
    yield from axes.drawn(held)
    styled = list(zip(lines, cycle(STYLES), strict=False))
    for line, (form, dash, colour) in styled:
        points = [(axes.x(held.day(s.at)), axes.y(s.score)) for s in line.scores]
        yield Path(tuple(points), unit / 10, colour, tuple(part * unit / 24 for part in dash))
        yield from (Dot(x, y, unit * 0.3, form, colour) for x, y in points)
    low = area.y
    for line, (form, _, colour) in sorted(styled, key=lambda each: -each[0].scores[-1].score):
        name = held.told(diary.activity_name(line.id, line.text, held.content))
        written = wrapped(name, unit * 0.9, area.width / PLOT * (1 - PLOT) - unit * 2)[:2]
        x = area.x + area.width + unit * 1.6
        y = max(low, axes.y(line.scores[-1].score) + unit * 0.3)
        yield Dot(x, y - unit * 0.32, unit * 0.3, form, colour)
        for row, text in enumerate(written):
            yield Label(x + unit * 0.9, y + row * unit * 1.1, text, unit * 0.9, colour=colour)
        low = y + unit * (1.1 * len(written) + 0.4)
