"""rules.yaml, promises.yaml, levels.yaml: what facts come to, and how it is told."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, PositiveInt

from content.schema.entry import Cond, Entry, Id, LevelName, Reviewed, Stretch, Value


class Rule(Reviewed):
    """A red flag or a reason for care; its sentence is `rule.<id>.why`."""

    id: Id
    level: Literal["EMERGENCY", "URGENT", "SOON", "SELF_CARE_MODIFIED"]
    cond: Cond
    stretch: Stretch
    script: Literal["CRISIS"] | None = None
    cleared_suppresses: bool = False
    within_days: PositiveInt | None = None  # SOON: seen within so many days, where it is not 5
    say: tuple[Id, ...] = ()  # more sentences for the advice, e.g. cauda equina words for staff
    kept: str = ""  # why it stands although others always decide with it


class Promise(Entry):
    """What holds whatever else is told: when `cond`, at least this level and this strictness.

    Stated apart from the rules, so that a rule lost or loosened is missed.  With `unsure` it is
    promised to whoever is not sure of one of these facts.
    """

    id: Id
    cond: Cond | None = None
    unsure: tuple[Id, ...] = ()
    level: Literal["EMERGENCY", "URGENT", "SOON", "SELF_CARE_MODIFIED", "SELF_CARE"]
    stretch: Stretch
    src: tuple[str, ...] = Field(min_length=1)


class Exempt(Reviewed):
    """Where one of these facts may grow graver and the advice milder, and how mild at the most.

    `when` is the narrowest condition, over the facts before the step; `was` and `becomes` name the
    values of the step, none: any.  What is `awaiting` review is told by every proof.
    """

    id: Id
    facts: tuple[Id, ...] = Field(min_length=1)
    was: tuple[Value, ...] = ()
    becomes: tuple[Value, ...] = ()
    when: Cond
    level: Literal["EMERGENCY", "URGENT", "SOON", "SELF_CARE_MODIFIED", "SELF_CARE"]
    stretch: Stretch
    reason: str = Field(min_length=20)


class LevelText(Entry):
    """What is done with a level: its sentences are `level.<id>.…`; times in hours."""

    id: LevelName
    within_days: PositiveInt | None = None  # be seen within so many days, unless a rule says other
    recheck_h: PositiveInt | None = None  # "How is it now?"
    ask_seen_h: PositiveInt | None = None  # "Did you get seen?"
    words: tuple[str, ...] = Field(min_length=1)  # what it needs: `level.<id>.<word>`
    src: tuple[str, ...] = Field(min_length=1)


class Extra(Entry):
    """A sentence (`extra.<id>`) added to an advice of these levels when its condition holds.

    No levels: never added by itself, only where a rule says so (`say`) or in another place.
    """

    id: Id
    levels: tuple[LevelName, ...] = ()
    cond: Cond | None = None
    recheck_h: PositiveInt | None = None  # sooner than the level says
    repeats: bool = False  # promised after each check; else after the whole one only
    src: tuple[str, ...] = Field(min_length=1)


class Consent(Entry):
    """The text agreed to before anything is asked, `consent.text`; a new version is shown anew."""

    version: PositiveInt
    holds_from: date
    src: tuple[str, ...] = Field(min_length=1)
