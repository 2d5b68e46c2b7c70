"""What the diary comes to, in words; the same facts as in a chart."""

from __future__ import annotations

from content.catalogue import Catalogue
from flows.base import Said, said
from flows.diary.change import Change, Line


def pain_told(change: Change) -> tuple[Said, ...]:
    """Say what the pain has come to: the two weeks, and whether the change is one to notice."""
    if change.trend == "early":
        return (said("report.pain_early"),)
    numbers = said("report.pain", then=_tenths(change.then), now=_tenths(change.now))
    return numbers, said(f"report.pain_{change.trend}")


def activity_told(line: Line, content: Catalogue) -> Said:
    """Say how an own activity went, first and now, and how much of a change that is."""
    what = activity_name(line.id, line.text, content)
    first, last = line.scores[0].score, line.scores[-1].score
    if line.change.trend == "early":
        return said("report.aim_early", what=what, now=last)
    size = said(f"report.{line.change.trend}_{line.change.size}".rstrip("_"))
    return said("report.aim", what=what, then=first, now=last, size=size)


def activity_name(activity: str, typed: str, content: Catalogue) -> Said:
    """Name an own activity: as it was typed, or in the content's words."""
    key = f"activity.{activity}"
    if not typed and key in content.words["en"]:
        return said(key)
    return said("report.typed", text=typed or activity)


def _tenths(number: float) -> float:
    return round(number, 1)
