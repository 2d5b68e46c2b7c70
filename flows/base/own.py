"""What users have made their own: their moves and sides, their list, what they aim at."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field, NonNegativeInt

from flows.base.frozen import Frozen

Side = Literal["left", "right"]
Effort = Literal["easy", "right", "much"]


class Done(Frozen):
    """What was done of one move: seconds held on its first side and on its second."""

    exercise: str
    held_s: tuple[NonNegativeInt, NonNegativeInt]
    first: Side | None = None  # the side it began with; None: it has no sides
    effort: Effort | None = None


class Own(Frozen):
    """How the moves have been borne, and the user's own list of them.

    `felt` counts how often running a move was too easy (above 0) or too much (below 0).
    `instead` names what is done in a move's place: another, the same (half of it), or "", none.
    """

    felt: dict[str, int] = Field(default_factory=dict)
    instead: dict[str, str] = Field(default_factory=dict)
    untold: tuple[str, ...] = ()  # of these, what no plan has told of yet
    begin_right: tuple[str, ...] = ()  # the right side had less
    routine: tuple[str, ...] = ()  # "my routine": exercises in the user's order
    hold_s: dict[str, int] = Field(default_factory=dict)  # the user's, in the routine


class Activity(Frozen):
    """Something the user would like to do again: from the content's list, or in their words."""

    id: str
    text: str = ""  # typed; else the words have it
    first: int | None = None  # 0 cannot do it, 10 as well as before
    last: int | None = None


class Climb(Frozen):
    """Where the user stands on a ladder back to a movement."""

    ladder: str
    step: NonNegativeInt = 0
    good: NonNegativeInt = 0  # practices running that went well, the day after among them
    done_at: datetime | None = None  # the last practice; its day after is still to be told
    pain: int | None = None  # in it


class Aims(Frozen):
    """What the user works towards."""

    activities: tuple[Activity, ...] = ()
    asked_at: datetime | None = None  # they were asked how it goes, or declined to name any
    first_at: datetime | None = None  # the first scores
    climb: Climb | None = None
