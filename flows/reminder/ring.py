"""A reminder falls due, and what is answered to it.

It speaks only when nothing stands against it, and always arms the next: a reminder that was kept
back is not the last.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flows.base import (
    Brief,
    DropAlarm,
    Event,
    HandOver,
    Hurts,
    Move,
    Row,
    Said,
    Scene,
    Set,
    SetAlarm,
    Show,
    choice,
    said,
)
from flows.reminder.schedule import (
    evening_of,
    is_quiet,
    is_same_day,
    last_moment,
    next_due,
    next_on_third_day,
)
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


def due(wish: Wish, scene: Scene, *, busy: bool) -> Move:
    """Answer the alarm: a reminder, or nothing; and the next one armed."""
    wish = _seen(wish, scene)
    if wish.paused is not None:
        return Move(None, free=True)
    if busy or wish.asking or not may_speak(wish, scene):
        return _armed(wish, scene)
    asking = wish.ignored >= scene.content.reminders.ask_after
    rung = wish.model_copy(
        update={"ignored": wish.ignored + 1, "rung_at": scene.at, "asking": asking}
    )
    return _armed(rung, scene, _question(scene) if asking else reminder(scene))


def may_speak(wish: Wish, scene: Scene) -> bool:
    """Whether nothing stands against a reminder now."""
    rules = scene.content.reminders
    late = scene.at - wish.next_at if wish.next_at else timedelta(0)
    return not (
        late > MINUTE * rules.late_at_most_min
        or is_quiet(scene.at, wish.zone, rules)
        or _is_barred(scene)
        or any(_is_done(brief, wish, scene) for brief in scene.sessions)
        or any(_is_fresh_stop(brief, scene) for brief in scene.sessions)
    )


def answered(event: Event, wish: Wish | None, scene: Scene) -> Move:
    """Take an answer to a reminder; any answer shows that it was not ignored."""
    if wish is not None:
        wish = wish.model_copy(update={"ignored": 0, "asking": False})
    match event:
        case Started(how=how):
            args = {"short": how == "short", "go_on": how == "go_on"}
            return _handed_over(wish, scene, HandOver(to="offer", why="start", args=args))
        case Paused(why=why) if wish is not None:
            paused = wish.model_copy(update={"paused": why, "next_at": None})
            return Move(None, (_line("reminder.paused"), DropAlarm(name=ALARM)), (_kept(paused),))
        case Snoozed() | ThisEvening() | NotToday() | WentOn() if wish is not None:
            return _later(event, wish, scene)
        case _:
            return Move(None, moved=False)


def arm(wish: Wish, due_at: datetime) -> tuple[SetAlarm, Set]:
    """Arm the alarm, and keep when it is due: one that comes too late is not sent."""
    alarm = SetAlarm(name=ALARM, due_at=due_at, then=Due().code())
    return alarm, _kept(wish.model_copy(update={"next_at": due_at}))


def reminder(scene: Scene) -> Show:
    """Say that it is time; nothing in it may tell of health."""
    begun = _unfinished(scene)
    minutes = _minutes(scene)
    text = said("reminder.due", n=minutes) if minutes else said("reminder.due_plain")
    start = said("button.start_min", n=minutes) if minutes else said("button.start")
    first: Row = (
        choice(start, Started(how="whole"), style="success"),
        choice("button.short_one", Started(how="short")),
    )
    lines: tuple[Said, ...] = (text,)
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


def _later_row(scene: Scene) -> Row:
    rules = scene.content.reminders
    return (
        choice(said("button.snooze", n=rules.snooze_min), Snoozed()),
        choice("button.this_evening", ThisEvening()),
        choice("button.not_today", NotToday()),
    )


def _question(scene: Scene) -> Show:
    del scene
    row = (
        choice("button.pause_reminders", Paused(why="asked")),
        choice("button.keep_reminders", WentOn()),
    )
    return _shown((said("reminder.pause_ask"),), (row,))


def _shown(text: tuple[Said, ...], rows: tuple[Row, ...]) -> Show:
    return Show(slot="screen", how="fresh", rank="reminder", silent=False, text=text, rows=rows)


def _line(key: str, at: datetime | None = None) -> Show:
    text = said(key, at=at) if at is not None else said(key)
    return Show(slot="screen", how="change", text=(text,))


def _kept(wish: Wish) -> Set:
    return Set(fields={"wish": wish})


def _armed(wish: Wish, scene: Scene, *shown: Show) -> Move:
    """Arm the next one: after three that nobody answered, only every third day."""
    sparse = wish.ignored >= scene.content.reminders.every_third_after
    following = next_on_third_day if sparse else next_due
    alarm, kept = arm(wish, following(wish, wish.zone, scene.at))
    return Move(None, (*shown, alarm), (kept,), free=not shown)


def _handed_over(wish: Wish | None, scene: Scene, to: HandOver) -> Move:
    if wish is None or wish.paused is not None:
        return Move(None, (), (to,))
    alarm, kept = arm(wish, next_due(wish, wish.zone, scene.at))
    return Move(None, (alarm,), (kept, to))


def _later(event: Event, wish: Wish, scene: Scene) -> Move:
    wish = wish.model_copy(update={"paused": None})
    following = next_due(wish, wish.zone, scene.at)
    match event:
        case NotToday():
            due_at = next_due(wish, wish.zone, last_moment(scene.at, wish.zone))
            line = _line("reminder.not_today")
        case WentOn():
            due_at, line = following, _line("reminder.snoozed", following)
        case _:
            due_at = min(_wished(event, wish, scene), following)
            if due_at <= scene.at or is_quiet(due_at, wish.zone, scene.content.reminders):
                due_at = following
            line = _line("reminder.snoozed", due_at)
    alarm, kept = arm(wish, due_at)
    return Move(None, (line, alarm), (kept,))


def _wished(event: Event, wish: Wish, scene: Scene) -> datetime:
    rules = scene.content.reminders
    if isinstance(event, ThisEvening):
        return evening_of(scene.at, wish.zone, rules)
    return scene.at + MINUTE * rules.snooze_min


def _seen(wish: Wish, scene: Scene) -> Wish:
    """Count a session since the last reminder as an answer to it."""
    rung = wish.rung_at
    if rung is None or not any(brief.at >= rung for brief in scene.sessions):
        return wish
    return wish.model_copy(update={"ignored": 0, "asking": False})


def _is_barred(scene: Scene) -> bool:
    """Whether the last advice wants no session: the "seen?" check comes instead."""
    verdict = scene.verdict
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


def _minutes(scene: Scene) -> int | None:
    """How long today's session will be, as far as the last one tells."""
    if not scene.sessions:
        return None
    program = scene.content.programs.get(scene.sessions[-1].program)
    return program.total_min if program else None
