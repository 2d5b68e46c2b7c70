"""The diary read: what was told over weeks, and what it comes to.

Pure functions over entries that are given; the flows keep what they decide by, so nobody but what
draws and writes for the user reads them.
"""

from flows.diary.change import Change, Line, activities, by_day, pain_change, running, score_change
from flows.diary.entries import (
    Entry,
    Mark,
    Score,
    Stopped,
    advices,
    marks,
    scores,
    sessions,
    since,
    stops,
)
from flows.diary.telling import activity_name, activity_told, pain_told

__all__ = [
    "Change", "Entry", "Line", "Mark", "Score", "Stopped", "activities", "activity_name",
    "activity_told", "advices", "by_day", "marks", "pain_change", "pain_told", "running",
    "score_change", "scores", "sessions", "since", "stops",
]  # fmt: skip
