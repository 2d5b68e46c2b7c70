"""What is said: a key of the words and what fills its gaps, never prose."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from flows.base.frozen import Frozen


class Moment(Frozen):
    """A point in time, told in the reader's own; of a type of its own, so that JSON keeps it."""

    at: datetime


class Said(Frozen):
    """One sentence or label: a key of the words and what fills its gaps, never prose.

    Gaps take numbers (told the language's way), plain strings (escaped), moments (shown in the
    reader's own time) and other sentences.
    """

    key: str
    args: dict[str, int | str | Moment | Said | tuple[Said, ...]] = Field(default_factory=dict)


def said(key: str, **args: int | str | datetime | Said | tuple[Said, ...]) -> Said:
    return Said(
        key=key,
        args={n: Moment(at=a) if isinstance(a, datetime) else a for n, a in args.items()},
    )
