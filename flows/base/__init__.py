"""The words that all flows share: what can be heard, what can be wished for, what is kept.

Nothing in this room sleeps, sends, stores, draws lots or reads a clock.  A flow is a pure step
`advance(state, event, scene) -> Move`: it is given the moment with each event, and answers with
its next state, effects for the shell, and news for the talk (facts learned, blocks, hand-overs).
"""

from flows.base.buttons import Choice, Event, Hurts, Row, Style, choice
from flows.base.effects import (
    Countdown,
    Cue,
    Draw,
    Drawing,
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
from flows.base.kept import Beside, Brief, Checked, Clinic, Known, Left, Leg, Settings, Verdict
from flows.base.news import (
    Asked,
    Ended,
    HandOver,
    Judged,
    Learned,
    LeftOut,
    Marked,
    Move,
    Moved,
    News,
    Set,
    Typed,
)
from flows.base.own import Activity, Aims, Climb, Done, Effort, Own, Side
from flows.base.said import Moment, Said, Veiled, said
from flows.base.scene import Scene

__all__ = [
    "Activity", "Aims", "Asked", "Beside", "Brief", "Checked", "Choice", "Climb", "Clinic",
    "Countdown", "Cue", "Done", "Draw", "Drawing", "DropAlarm", "Effect", "Effort", "Ended",
    "Erase", "Event", "Frozen",
    "HandOver", "Hurts", "Judged", "Known", "Learned", "Left", "LeftOut", "Leg", "Marked", "Moment",
    "Move", "Moved", "News", "Own", "Rank", "Recall", "Record", "Row", "Said", "Scene", "Set",
    "SetAlarm", "Settings", "Show", "Side", "Slot", "Sound", "Strip", "Style", "Toast", "Tone",
    "Typed", "Unsay", "Value", "Veiled", "Verdict", "choice", "said",
]  # fmt: skip
