"""measures.yaml: what is counted over time, how much change means something, and its codes."""

from __future__ import annotations

from pydantic import Field, NonNegativeInt, PositiveFloat, PositiveInt

from content.schema.entry import Entry


class PainScale(Entry):
    """The numeric scale; `change` points or `percent` are the smallest change that matters."""

    low: NonNegativeInt
    high: PositiveInt
    change: PositiveFloat
    percent: PositiveInt
    loinc: str


class ActivityScale(Entry):
    """Own activities, from unable to as before: what a small, medium and large change is."""

    low: NonNegativeInt
    high: PositiveInt
    small: PositiveFloat
    medium: PositiveFloat
    large: PositiveFloat


class Measures(Entry):
    """Averages of the first and the last `over_days` are compared, and never of fewer `marks`."""

    pain: PainScale
    activity: ActivityScale
    over_days: PositiveInt
    marks: PositiveInt
    activity_apart_days: PositiveInt  # the first and the last score, at least
    report_weeks: tuple[PositiveInt, ...]  # that a page may be about, besides all
    src: tuple[str, ...] = Field(min_length=1)
