"""The words that all flows share: what can be heard, what can be wished for, what is kept.

Nothing in this room sleeps, sends, stores, draws lots or reads a clock.  A flow is a pure step
`advance(state, event, scene) -> Move`: it is given the moment with each event, and answers with
its next state, effects for the shell, and news for the talk (facts learned, blocks, hand-overs).
"""

from flows.base.buttons import Choice, Event, Hurts, Row, Style, choice
from flows.base.effects import (
    Countdown,
    Cue,
    DropAlarm,
    Effect,
    Erase,
    Rank,
    Recall,
    Record,
    SetAlarm,
    Show,
    Slot,
    Sound,
    Strip,
    Toast,
    Tone,
    Unsay,
)
from flows.base.frozen import Frozen, Value
from flows.base.kept import Brief, Checked, Known, Left, Leg, Settings, Verdict
from flows.base.news import (
    Asked,
    Ended,
    HandOver,
    Judged,
    Learned,
    LeftOut,
    Marked,
    Move,
    News,
    Set,
    Typed,
)
from flows.base.said import Moment, Said, said
from flows.base.scene import Scene

__all__ = [
    "Asked", "Brief", "Checked", "Choice", "Countdown", "Cue", "DropAlarm", "Effect", "Ended",
    "Erase", "Event", "Frozen", "HandOver", "Hurts", "Judged", "Known", "Learned", "Left",
    "LeftOut", "Leg", "Marked", "Moment", "Move", "News", "Rank", "Recall", "Record", "Row", "Said",
    "Scene", "Set", "SetAlarm", "Settings", "Show", "Slot", "Sound", "Strip", "Style", "Toast",
    "Tone", "Typed", "Unsay", "Value", "Verdict", "choice", "said",
]  # fmt: skip
