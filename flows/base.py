"""The words that all flows share: what can be heard, what can be wished for, what is kept.

Nothing in this room sleeps, sends, stores, draws lots or reads a clock.  A flow is a pure step
`advance(state, event, scene) -> Move`: it is given the moment with each event, and answers with
its next state, effects for the shell, and news for the talk (facts learned, blocks, hand-overs).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt

from content.catalogue import Catalogue
from content.schema import Stretch

Value = bool | int | str


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


# ---- what is said


class Moment(Frozen):
    """A point in time, told in the reader's own; of a type of its own, so that JSON keeps it."""

    at: datetime


class Said(Frozen):
    """One sentence or label: a key of the words and what fills its gaps, never prose.

    Gaps take numbers (told the language's way), plain strings (escaped), moments (shown in the
    reader's own time) and other sentences.
    """

    key: str
    args: dict[str, int | str | Moment | Said | tuple[Said, ...]] = {}


def said(key: str, **args: int | str | datetime | Said | tuple[Said, ...]) -> Said:
    return Said(
        key=key,
        args={n: Moment(at=a) if isinstance(a, datetime) else a for n, a in args.items()},
    )


class Event(Frozen):
    """A fact from a button or an alarm.  `trigger` names it in its machine's table.

    Its code, `trigger|arg|arg`, is what a button carries: arguments are content ids and small
    numbers in the order of the fields, never positions in a list.
    """

    trigger: str

    def code(self) -> str:
        args = (getattr(self, name) for name in type(self).model_fields if name != "trigger")
        return "|".join([self.trigger, *(str(arg) for arg in args)])

    @classmethod
    def of(cls, args: list[str]) -> Self:
        """Build from the arguments of a code; raises ValueError when they do not fit."""
        names = [name for name in cls.model_fields if name != "trigger"]
        if len(names) != len(args):
            raise ValueError(f"{len(args)} arguments for {len(names)}")
        return cls.model_validate(dict(zip(names, args, strict=True)))


class Hurts(Event):
    """It hurts, stop: never stale, whatever button of this talk it stood on."""

    trigger: Literal["hurts"] = "hurts"


Style = Literal["plain", "danger", "success"]


class Choice(Frozen):
    """A button: what it says, what it means (an event's code), and how it looks.

    `number` is the number under which the option stands in the text; `mark` shows a tick box.
    `words` are further sentences that, typed, mean the same.
    """

    label: Said
    tap: Annotated[str, Field(max_length=44)]  # 64 bytes, less version, talk and turn
    style: Style = "plain"
    number: int | None = None
    mark: Literal["on", "off"] | None = None
    words: tuple[Said, ...] = ()


def choice(
    label: str | Said,
    event: Event,
    *,
    style: Style = "plain",
    number: int | None = None,
    mark: Literal["on", "off"] | None = None,
    words: tuple[Said, ...] = (),
) -> Choice:
    label = label if isinstance(label, Said) else said(label)
    return Choice(label=label, tap=event.code(), style=style, number=number, mark=mark, words=words)


Row = tuple[Choice, ...]

# ---- effects: wishes for the shell

Slot = Literal["card", "bell", "sound", "screen", "emergency"]
Rank = Literal["stop", "bell", "reply", "reminder", "tick"]


class Countdown(Frozen):
    """What the card counts: from `begins_at` to `ends_at`; drawn anew every few seconds."""

    begins_at: datetime
    ends_at: datetime


Tone = Literal["remind", "ready", "begin", "half", "tick", "change", "rest", "out", "in", "finish"]


class Cue(Frozen):
    """A tone of a sound track, so many seconds after its beginning."""

    at_s: float
    tone: Tone


class Sound(Frozen):
    """A track to listen to: what is heard when; `lost` is said where it cannot be sent."""

    cues: tuple[Cue, ...]
    seconds: float
    title: Said
    lost: Said


class Show(Frozen):
    """Put a message in a slot: `change` edits what stands there, `fresh` sends a new one."""

    effect: Literal["show"] = "show"
    slot: Slot
    how: Literal["change", "fresh"]
    rank: Rank = "reply"
    text: tuple[Said, ...]  # paragraphs
    fold: tuple[Said, ...] = ()  # more, folded away in an expandable quote
    rows: tuple[Row, ...] = ()
    silent: bool = True
    figure: str | None = None  # an exercise id
    sound: Sound | None = None
    countdown: Countdown | None = None
    pin: bool = False


class Unsay(Frozen):
    """Withdraw what waits for these slots and was not sent, also what is being sent."""

    effect: Literal["unsay"] = "unsay"
    slots: tuple[Slot, ...]


class Strip(Frozen):
    """Take the buttons off what stands in these slots."""

    effect: Literal["strip"] = "strip"
    slots: tuple[Slot, ...]


class SetAlarm(Frozen):
    """Wake me at `due_at` with this event (its code); one alarm a name, a new one replaces it."""

    effect: Literal["set_alarm"] = "set_alarm"
    name: str
    due_at: datetime
    then: str


class DropAlarm(Frozen):
    effect: Literal["drop_alarm"] = "drop_alarm"
    name: str


class Record(Frozen):
    """Write into the diary, for good: `kind` says nothing of health, `entry` is sealed."""

    effect: Literal["record"] = "record"
    kind: Literal["session", "mark", "receipt", "stop", "flip", "rating", "consent"]
    entry: dict[str, Any]


class Recall(Frozen):
    """Read a receipt out of the diary and tell it to the talk as `Recalled`: "", the last one."""

    effect: Literal["recall"] = "recall"
    code: str = ""


class Toast(Frozen):
    """A few words over the chat in answer to a tap; may be lost.  `alert` wants an OK."""

    effect: Literal["toast"] = "toast"
    text: Said
    alert: bool = False


class Erase(Frozen):
    """Destroy all that is kept of this user; `farewell` is the last thing shown."""

    effect: Literal["erase"] = "erase"
    farewell: Show


Effect = Annotated[
    Show | Unsay | Strip | SetAlarm | DropAlarm | Record | Recall | Toast | Erase,
    Field(discriminator="effect"),
]

# ---- what is kept, in parts that several flows read


class Known(Frozen):
    """A fact as it was told: `unsure` when the user did not know, and the value is a reading."""

    value: Value
    at: datetime
    source: Literal["screen", "typed", "session", "program"] = "screen"
    unsure: bool = False


class Left(Frozen):
    """An exercise, family, or everything, left out after pain until a moment (or a triage)."""

    what: Literal["exercise", "family", "all", "head_down"]
    id: str  # the exercise or family; "all" and "head_down" name themselves
    until: datetime | None  # None: until `lifted_by`
    lifted_by: Literal["time", "triage", "asked", "clinician"] = "time"
    why: str  # session event id
    at: datetime


Leg = Literal["higher", "same", "further"]


class Brief(Frozen):
    """One past session in brief; the last 14 are kept."""

    at: datetime
    program: str
    minutes: int
    moves_done: int
    moves: int
    ended: Literal["done", "stopped", "paused", "finished_early"]
    event: str | None = None  # of the stop
    pain_before: int | None = None
    pain_after: int | None = None
    exercise: str | None = None  # where it stopped
    flare: Literal["none", "some", "strong"] = "none"  # sorer afterwards (9.4)
    continues: bool = False  # it went on after the stop told of in the brief before
    leg: Leg | None = None  # the gravest of what was told of the leg
    next_day: Literal["better", "same", "worse_gone", "worse_still"] | None = None


class Verdict(Frozen):
    """The last advice and when it was given; what opens and shuts the way to a session."""

    level: Literal["EMERGENCY", "URGENT", "SOON", "SELF_CARE_MODIFIED", "SELF_CARE"]
    stretch: Stretch
    fired: tuple[str, ...]
    reasons: tuple[str, ...]
    at: datetime
    crisis: bool = False
    by_mistake: bool = False
    receipt: str = ""  # its code, shown under the advice


class Checked(Frozen):
    """Which checks are fresh, and what the way to the next session still wants."""

    full_at: datetime | None = None
    short_at: datetime | None = None  # made for the next session; used up when one begins
    extension_at: datetime | None = None  # the fracture check before bending backwards
    swap_extension: bool = False  # "not sure" there: swap these exercises
    open_with: tuple[str, ...] = ()  # screens to ask first, whatever else is fresh
    wants_full: bool = False
    locked_until: datetime | None = None  # the result lock
    nudged: int = 0  # how often "Did you get seen?" was asked since the last advice


class Settings(Frozen):
    lead_in_s: NonNegativeInt = 10
    speed_percent: int = 100
    pictures: bool = True
    helper: bool = False  # someone helps: doubled lead-in
    screen_reader: bool = False


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
    consented: bool = False
    language: str = "en"
    country: str | None = None
    zone: str | None = None
    wish: Frozen | None = None  # the reminder wish, as flows.reminder keeps it
    reminders_asked: bool = False  # it was spoken of after a session, with whatever answer
    growth: Frozen | None = None  # of the plan, as flows.progress keeps it
    turn: Frozen | None = None  # what the six-week table comes to now
    check: Frozen | None = None  # the check that led to a grave advice, as it ended
    rechecked: Mapping[str, datetime] = field(default_factory=dict)  # when, by id


# ---- news: what a flow tells the talk; the shell never sees it


class Learned(Frozen):
    """Facts told on the way, by id."""

    facts: dict[str, Known]


class Asked(Frozen):
    """A screen that was answered: options as `part.option`, those on it and those taken.

    `unsure` names an option, or a part as a whole; `numbers` are facts.
    """

    screen: str
    offered: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    numbers: dict[str, Value] = {}


class Typed(Frozen):
    """What a story told was confirmed; none: it was not so."""

    facts: dict[str, Value]


class Judged(Frozen):
    """A triage has ended in an advice.  `full` and `short` say which checks are fresh now.

    `path` are the screens it was judged by, for the receipt.
    """

    verdict: Verdict
    full: bool
    short: bool
    path: tuple[Asked, ...] = ()
    asked: tuple[str, ...] = ()  # screens asked besides its own, for whoever wanted them asked
    check: Any = None  # the check itself, as it stood at its end


class LeftOut(Frozen):
    blocks: tuple[Left, ...]


class Ended(Frozen):
    """A session is over."""

    brief: Brief


class Marked(Frozen):
    """A pain mark: before, after or later."""

    when: Literal["before", "after", "later"]
    pain: int


class HandOver(Frozen):
    """The floor goes to another flow, which begins with `why` and `args`."""

    to: Literal[
        "welcome", "triage", "offer", "session", "stop", "after", "idle",
        "settings", "delete", "reminders", "story",
    ]  # fmt: skip
    why: str = ""
    args: dict[str, Any] = {}


class Set(Frozen):
    """A setting, a place, a wish: fields of the talk to be replaced."""

    fields: dict[str, Any]


News = Typed | Learned | Judged | LeftOut | Ended | Marked | HandOver | Set


@dataclass(frozen=True)
class Move:
    """What a flow answers: its next state (None: it gives up the floor), effects, and news.

    `moved` is False when the event did not fit: nothing changed and nothing is asked for.
    `free` marks a move that takes no turn (a tick in a list).
    """

    state: Any
    effects: tuple[Effect, ...] = ()
    news: tuple[News, ...] = ()
    moved: bool = True
    free: bool = False
