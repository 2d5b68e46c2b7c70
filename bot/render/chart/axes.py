"""A panel's frame: a scale from 0 to 10 upward, days from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.render.held import Held
from bot.render.ink.shapes import FAINT, SOFT, Label, Path, Shape

STEPS = (1, 2, 3, 7, 14, 28, 56, 91, 182, 364)  # days between two dates on the axis
MOST_DATES = 6
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Area:
    """Where a panel is drawn, and how large its letters are."""

    x: float
    y: float
    width: float
    height: float
    size: float


@dataclass(frozen=True)
class Axes:
    area: Area
    first: date
    last: date
    low: int
    high: int

    def x(self, on: date) -> float:
        days = max(1, (self.last - self.first).days)
        return self.area.x + self.area.width * (on - self.first).days / days

    def y(self, number: float) -> float:
        share = (number - self.low) / (self.high - self.low)
        return self.area.y + self.area.height * (1 - share)

    def drawn(self, held: Held) -> Iterator[Shape]:
        area = self.area
        right = area.x + area.width
        for number in range(self.low, self.high + 1, 2):
            y = self.y(number)
            yield Path(((area.x, y), (right, y)), area.size / 18, FAINT)
            place = area.x - area.size * 0.6
            yield Label(place, y + area.size * 0.35, str(number), area.size, "end", colour=SOFT)
        for on in self.dates():
            label = held.on(on, "MMMd")
            place, low = self.x(on), area.y + area.height
            yield Path(((place, low), (place, low + area.size * 0.35)), area.size / 24, SOFT)
            yield Label(place, low + area.size * 1.6, label, area.size, "middle", colour=SOFT)

    def dates(self) -> Iterator[date]:
        days = (self.last - self.first).days
        step = next((each for each in STEPS if days / each < MOST_DATES), STEPS[-1])
        yield from (self.first + ONE * n for n in range(0, days + 1, step))
