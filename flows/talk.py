"""The snapshot: all that decisions need of one user, and nothing that the shell needs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, NonNegativeInt

from flows.after import After
from flows.aims import AimsScreen
from flows.back import Back
from flows.base import (
    Aims,
    Beside,
    Brief,
    Checked,
    Clinic,
    Frozen,
    Known,
    Left,
    Own,
    Settings,
    Value,
    Verdict,
)
from flows.delete import Delete
from flows.home import Home
from flows.ladder import Ladder
from flows.offer import Offer
from flows.progress import Day, Growth, Rest
from flows.reminder import Reminders, Wish
from flows.report import Report
from flows.routine import Routine
from flows.session import Session
from flows.settings import SettingsScreen
from flows.stop import Stop
from flows.story import Story
from flows.triage import Triage
from flows.welcome import Welcome

VERSION = 2  # of this shape; `upgrades` lifts older ones
SESSIONS_KEPT = 14

Floor = Annotated[
    Welcome | Triage | Offer | Session | Stop | After | Home | Ladder, Field(discriminator="flow")
]
Over = Annotated[
    SettingsScreen | Delete | Reminders | Story | Report | Routine | AimsScreen | Back,
    Field(discriminator="flow"),
]


class Talk(Frozen):
    """One user's conversation.

    `talk` is drawn when it begins: buttons from before a deletion are strangers.  `turn` counts
    its moves for good; whatever names an older turn is stale.
    """

    version: int = VERSION
    talk: str
    turn: NonNegativeInt = 0
    floor: Floor = Field(default_factory=Home)
    over: Over | None = None  # settings, deletion, reminders: by command, over the floor
    language: str = "en"
    assumed_country: str | None = None  # the operator's, until the user says
    zone: str | None = None
    consent_version: int | None = None
    consent_at: datetime | None = None
    facts: dict[str, Known] = Field(default_factory=dict)
    verdict: Verdict | None = None
    checked: Checked = Field(default_factory=Checked)
    left_out: tuple[Left, ...] = ()
    sessions: tuple[Brief, ...] = ()
    sessions_done: NonNegativeInt = 0
    settings: Settings = Field(default_factory=Settings)
    wish: Wish | None = None
    paused_session: Session | None = None  # closed by silence: "go on from move 3"
    check_in_at: datetime | None = None  # after a stop, in the place of the next reminder
    reminders_asked: bool = False  # the wish after a session was answered, with whatever
    blocked_at: datetime | None = None
    check: Triage | None = None  # that led to a grave advice, to be gone on with after a mistake
    days: tuple[Day, ...] = ()  # the last weeks, day by day
    growth: Growth = Field(default_factory=Growth)  # of the plan
    first_at: datetime | None = None  # the first session
    first_function: Value | None = None  # what the back stopped then
    rechecked: dict[str, datetime] = Field(default_factory=dict)  # when, by id
    rests: tuple[Rest, ...] = ()  # holidays, illness: days on which nothing is counted
    own: Own = Field(default_factory=Own)  # moves as they are borne, and the user's list
    aims: Aims = Field(default_factory=Aims)  # activities, and a ladder
    beside: Beside | None = None  # asked beside the floor, and not answered yet
    clinic: Clinic | None = None  # that handed Limber out
    erase_at: datetime | None = None  # blocked, or not yet gone on with: forgotten then
    missed: dict[str, str] = Field(default_factory=dict)  # alarms that rang meanwhile: name, code
