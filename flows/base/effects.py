"""Effects: wishes for the shell."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from flows.base.buttons import Row
from flows.base.frozen import Frozen
from flows.base.said import Said

Slot = Literal["card", "bell", "sound", "screen", "emergency", "file"]
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
    motion: bool = False  # it is wanted as a loop, where there is one
    sound: Sound | None = None
    countdown: Countdown | None = None
    pin: bool = False
    typed: tuple[str, ...] = ()  # what to type for each button, as read; said below the text
    veil: int | None = None  # from this paragraph on, no lock screen shows it
    cheer: bool = False  # with a flourish, where the front end has one


class Unsay(Frozen):
    """Withdraw what waits for these slots and was not sent, also what is being sent."""

    effect: Literal["unsay"] = "unsay"
    slots: tuple[Slot, ...]
    rank: Rank | None = None  # what is of this rank alone


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
    kind: Literal["session", "mark", "receipt", "stop", "flip", "rating", "consent", "reminder"]
    entry: dict[str, Any]


class Recall(Frozen):
    """Read a receipt out of the diary and tell it to the talk as `Recalled`: "", the last one."""

    effect: Literal["recall"] = "recall"
    code: str = ""


Drawing = Literal["chart", "text", "page", "export", "doorway"]


class Draw(Frozen):
    """Make a picture or a file of what is held, and send it under `caption`.

    `args` say which part of what is held; where it cannot be made, `lost` is said instead.
    """

    effect: Literal["draw"] = "draw"
    what: Drawing
    slot: Slot = "file"
    caption: tuple[Said, ...]
    lost: Said
    args: dict[str, Any] = Field(default_factory=dict)


class Toast(Frozen):
    """A few words over the chat in answer to a tap; may be lost.  `alert` wants an OK."""

    effect: Literal["toast"] = "toast"
    text: Said
    alert: bool = False


class Erase(Frozen):
    """Destroy all that is kept of this user; `farewell` is the last thing shown, if anything is."""

    effect: Literal["erase"] = "erase"
    farewell: Show | None = None


Effect = Annotated[
    Show | Unsay | Strip | SetAlarm | DropAlarm | Record | Recall | Draw | Toast | Erase,
    Field(discriminator="effect"),
]
