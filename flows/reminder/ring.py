"""A reminder falls due: it speaks when nothing stands against it, and always arms the next.

A reminder that was kept back is not the last.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flows.base import (
    Brief,
    Effect,
    Hurts,
    Move,
    Record,
    Row,
    Said,
    Scene,
    Set,
    SetAlarm,
    Show,
    choice,
    said,
)
from flows.reminder.schedule import following, is_quiet, is_same_day, quiet_hours
from flows.reminder.vocabulary import (
    ALARM,
    Due,
    NotToday,
    Paused,
    Snoozed,
    Started,
    ThisEvening,
    WentOn,
    Wish,
)

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def due(
    wish: Wish, scene: Scene, *, busy: bool, turn: int | None, minutes: int | None = None
) -> Move:
    """Answer the alarm: a reminder, or nothing; and the next one armed.

    `busy` is a place that a reminder does not break into.  Where the talk is at the same turn as
    when the last one was kept back, the place was left lying, and keeps nothing back any more; no
    `turn` is told of one that ends by itself.
    """
    wish = _seen(wish, scene)
    if wish.paused is not None:
        return Move(None, free=True)
    if busy and (turn is None or wish.passed_turn != turn):
        return _armed(wish.model_copy(update={"passed_turn": turn}), scene)
    if wish.asking or not may_speak(wish, scene):
        return _armed(wish, scene, *_noted(wish, scene))
    asking = wish.ignored >= scene.content.reminders.ask_after
    rung = wish.model_copy(
        update={
            "ignored": wish.ignored + 1, "rung": wish.rung + 1, "rung_at": scene.at,
            "asking": asking, "passed_turn": None,
        }
    )  # fmt: skip
    return _armed(rung, scene, _question() if asking else reminder(wish, minutes, scene))


def may_speak(wish: Wish, scene: Scene) -> bool:
    """Whether nothing stands against a reminder now."""
    return not (
        _is_late(wish, scene)
        or is_quiet(scene.at, wish.zone, quiet_hours(scene.settings, scene.content.reminders))
        or _is_barred(scene)
        or any(_is_done(brief, wish, scene) for brief in scene.sessions)
        or any(_is_fresh_stop(brief, scene) for brief in scene.sessions)
    )


def arm(wish: Wish, due_at: datetime) -> tuple[SetAlarm, Wish]:
    """Arm the alarm, and note when it is due: one that comes too late is not sent."""
    alarm = SetAlarm(name=ALARM, due_at=due_at, then=Due().code())
    return alarm, wish.model_copy(update={"next_at": due_at})


def reminder(wish: Wish, minutes: int | None, scene: Scene) -> Show:
    """Say that it is time; nothing in it may tell of health."""
    begun = _unfinished(scene)
    text = said("reminder.due", n=minutes) if minutes else said("reminder.due_plain")
    start = said("button.start_min", n=minutes) if minutes else said("button.start")
    first: Row = (
        choice(start, Started(how="whole"), style="success"),
        choice("button.short_one", Started(how="short")),
    )
    lines: tuple[Said, ...] = (text, *_line_of(wish, scene))
    if begun is not None:
        lines = (text, said("reminder.resume", number=begun.moves_done + 1))
        first = (
            choice(
                said("button.go_on_from", number=begun.moves_done + 1), Started(how="go_on"),
                style="success",
            ),
            choice("button.start_fresh", Started(how="whole")),
        )  # fmt: skip
    return _shown(lines, (first, _later_row(scene), (choice("button.have_pain", Hurts()),)))


def _line_of(wish: Wish, scene: Scene) -> tuple[Said, ...]:
    """Take the lines in turn: the same words every day are soon not read any more."""
    lines = scene.content.reminders.lines
    place = wish.rung % (len(lines) + 1)
    return (said(f"reminder.line.{lines[place - 1]}"),) if place else _goal(scene)


def _goal(scene: Scene) -> tuple[Said, ...]:
    """Name what the user wants to do again; their own words may tell of health, so no typed one."""
    goal = next(iter(scene.aims.activities), None)
    if goal is None or goal.text:
        return ()
    return (said("reminder.goal", activity=said(f"activity.{goal.id}")),)


def _later_row(scene: Scene) -> Row:
    rules = scene.content.reminders
    return (
        choice(said("button.snooze", n=rules.snooze_min), Snoozed()),
        choice("button.this_evening", ThisEvening()),
        choice("button.not_today", NotToday()),
    )


def _question() -> Show:
    row = (
        choice("button.pause_reminders", Paused(why="asked")),
        choice("button.keep_reminders", WentOn()),
    )
    return _shown((said("reminder.pause_ask"),), (row,))


def _shown(text: tuple[Said, ...], rows: tuple[Row, ...]) -> Show:
    return Show(slot="screen", how="fresh", rank="reminder", silent=False, text=text, rows=rows)


def _armed(wish: Wish, scene: Scene, *effects: Effect) -> Move:
    """Arm the next one: after three that nobody answered, only every third day."""
    alarm, kept = arm(wish, following(wish, scene.at, scene.content.reminders))
    shown = any(isinstance(effect, Show) for effect in effects)
    return Move(None, (*effects, alarm), (Set(fields={"wish": kept}),), free=not shown)


def _noted(wish: Wish, scene: Scene) -> tuple[Effect, ...]:
    """Note one that was skipped because the program was away when it was due."""
    if not _is_late(wish, scene):
        return ()
    return (Record(kind="reminder", entry={"skipped": "late", "due_at": f"{wish.next_at}"}),)


def _seen(wish: Wish, scene: Scene) -> Wish:
    """Count a session since the last reminder as an answer to it."""
    rung = wish.rung_at
    if rung is None or not any(brief.at >= rung for brief in scene.sessions):
        return wish
    return wish.model_copy(update={"ignored": 0, "asking": False})


def _is_late(wish: Wish, scene: Scene) -> bool:
    late = scene.at - wish.next_at if wish.next_at else timedelta(0)
    return late > MINUTE * scene.content.reminders.late_at_most_min


def _is_barred(scene: Scene) -> bool:
    """Whether no session is wanted now: the "seen?" check comes instead, or there is a rest."""
    verdict = scene.verdict
    if any(left.what == "all" for left in scene.left_out):
        return True
    if verdict is None:
        return False
    calm = HOUR * scene.content.reminders.none_after_crisis_h
    return verdict.stretch == "blocked" or (verdict.crisis and scene.at - verdict.at < calm)


def _is_done(brief: Brief, wish: Wish, scene: Scene) -> bool:
    done = brief.ended in {"done", "finished_early"}
    return done and is_same_day(brief.at, scene.at, wish.zone)


def _is_fresh_stop(brief: Brief, scene: Scene) -> bool:
    quiet = HOUR * scene.content.reminders.none_after_stop_h
    return brief.ended == "stopped" and scene.at - brief.at < quiet


def _unfinished(scene: Scene) -> Brief | None:
    """Find the last session, if it was left lying and can be gone on with."""
    last = scene.sessions[-1] if scene.sessions else None
    return last if last and last.ended == "paused" and 0 < last.moves_done < last.moves else None
