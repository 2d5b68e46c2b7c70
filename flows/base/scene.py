"""All that a flow may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from content.catalogue import Catalogue
from flows.base.frozen import Frozen, Value
from flows.base.kept import Brief, Checked, Clinic, Known, Left, Settings, Verdict
from flows.base.own import Aims, Own


@dataclass(frozen=True)
class Scene:
    """All that a flow may look at besides its own state; facts are complete, with defaults.

    `known` are the facts as told, `facts` are those with defaults, ages counted on to `at`, the
    program's own facts, and the fired rules of the last advice as flags.
    """

    at: datetime
    content: Catalogue
    facts: Mapping[str, Value]
    known: Mapping[str, Known] = field(default_factory=dict)
    verdict: Verdict | None = None
    left_out: tuple[Left, ...] = ()
    sessions: tuple[Brief, ...] = ()
    settings: Settings = field(default_factory=Settings)
    checked: Checked = field(default_factory=Checked)
    paused: Frozen | None = None  # a session that a silence closed, whole
    sessions_done: int = 0
    consented: bool = False  # to the text as it is now
    language: str = "en"
    country: str | None = None
    zone: str | None = None
    wish: Frozen | None = None  # the reminder wish, as flows.reminder keeps it
    reminders_asked: bool = False  # it was spoken of after a session, with whatever answer
    growth: Frozen | None = None  # of the plan, as flows.progress keeps it
    turn: Frozen | None = None  # what the six-week table comes to now
    check: Frozen | None = None  # the check that led to a grave advice, as it ended
    rechecked: Mapping[str, datetime] = field(default_factory=dict)  # when, by id
    own: Own = field(default_factory=Own)  # moves, sides, the routine
    aims: Aims = field(default_factory=Aims)  # activities, the ladder
    days: tuple[Frozen, ...] = ()  # the last weeks day by day, as flows.progress keeps them
    rests: tuple[Frozen, ...] = ()  # days on which nothing is counted
    first_at: datetime | None = None  # the first session
    fading: Literal["", "less", "free"] = ""  # what to offer of fewer reminders, or of none
    clinic: Clinic | None = None  # that handed Limber out
