"""What is said: a key of the words and what fills its gaps, never prose."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from flows.base.frozen import Frozen


class Moment(Frozen):
    """A point in time, told in the reader's own; of a type of its own, so that JSON keeps it.

    `daily`: its time of day is meant, on whatever day.  `asked`: the reader's own clock alone
    writes it, and we ask what it writes.  `counted`: how long until then.  `day`: the date alone.
    """

    at: datetime
    told: Literal["when", "daily", "asked", "counted", "day"] = "when"


class Veiled(Frozen):
    """A number that is nobody else's business: hidden until it is tapped, where that can be."""

    veiled: int


class Said(Frozen):
    """One sentence or label: a key of the words and what fills its gaps, never prose.

    Gaps take numbers (told the language's way), plain strings (escaped), moments (shown in the
    reader's own time), veiled numbers and other sentences.
    """

    key: str
    args: dict[str, int | float | str | Moment | Veiled | Said | tuple[Said, ...]] = Field(
        default_factory=dict
    )


def said(
    key: str, **args: float | str | datetime | Moment | Veiled | Said | tuple[Said, ...]
) -> Said:
    return Said(
        key=key,
        args={n: Moment(at=a) if isinstance(a, datetime) else a for n, a in args.items()},
    )
