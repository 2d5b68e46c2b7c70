"""own.yaml, ladders.yaml: what users may make their own, and what they work towards.

Words: `program.routine.name` and `.for`, `ladder.<id>.name`, `ladder.<id>.<step>`,
`activity.<id>`, `tip.<id>`.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, NonNegativeInt, PositiveInt

from content.schema.entry import Cond, Entry, Id, Reviewed


class Apart(Entry):
    """Two exercises that are not done in the same routine."""

    exercises: tuple[Id, Id]


class Stride(Entry):
    """A hold is set in steps of `step_s` where it may last `most_s` or less."""

    most_s: PositiveInt
    step_s: PositiveInt


class OwnRules(Reviewed):
    """The user's own pace and list (10.4), and when a move is changed by how it was felt."""

    efforts: PositiveInt  # so often running too easy, or too much
    most_moves: PositiveInt
    most_min: PositiveInt
    strides: tuple[Stride, ...] = Field(min_length=1)  # the first that is long enough
    apart: tuple[Apart, ...]
    unless: tuple[Id, ...]  # programs that leave no room for an own list


class LadderStep(Entry):
    id: Id
    times: PositiveInt


class Ladder(Reviewed):
    """Graded steps back to a movement that is feared, the smallest first."""

    id: Id
    unless: Cond | None = None  # for whom it is not
    steps: Annotated[tuple[LadderStep, ...], Field(min_length=4, max_length=6)]


class Climbing(Reviewed):
    """When a ladder is gone up, and when a practice is pain."""

    practices: PositiveInt  # so many running at this or less, and no worse day after
    pain_at_most: NonNegativeInt
    over_at: PositiveInt  # from this on it is a pain to be asked about
    from_session: PositiveInt  # not before so many are done
    hours_apart: PositiveInt  # between two practices, so that the day after can be told


class Activity(Reviewed):
    """Something a user may want to do again, to pick from a list."""

    id: Id


class AimRules(Reviewed):
    """Own activities, scored over the weeks."""

    most: PositiveInt
    every_days: PositiveInt
    from_session: PositiveInt
    letters: PositiveInt  # of one that is typed, at most


class Tip(Reviewed):
    """A short teaching, after a session and never before one (12.3)."""

    id: Id
