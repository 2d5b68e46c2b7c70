"""The card: what stands on the screen in each phase of a session, made from its state alone.

Its first row is always the way out of pain, alone and red.
"""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

from flows.base import Choice, Countdown, Hurts, Row, Said, Scene, Show, choice, said
from flows.session import course
from flows.session.vocabulary import (
    Back,
    Finish,
    LegFelt,
    Pause,
    Plus,
    Rated,
    Redo,
    Resume,
    Session,
    Skip,
    Skipped,
)

STOP: Row = (choice("button.hurts", Hurts(), style="danger"),)
NOT_UNDERSTOOD = said("session.not_understood")


def card(session: Session, scene: Scene, *, fresh: bool = False, first: Said | None = None) -> Show:
    """Show the place as it is now, under a first line if there is one to say."""
    counted = session.phase.startswith("active")
    text = _counted(session, scene) if counted else _asked(session)
    return Show(
        slot="card",
        how="fresh" if fresh else "change",
        text=text if first is None else (first, *text),
        fold=_fold(session) if counted else (),
        rows=(STOP, *_rows(session, scene)),
        silent=session.phase != "waiting_away" or _is_night(scene),
        figure=session.step.exercise if scene.settings.pictures else None,
        motion=scene.settings.motion,
        countdown=_countdown(session) if counted else None,
    )


def over(session: Session) -> Show:
    """Shrink the last card to one line without buttons."""
    line = said("session.over")
    if session.past:
        last = session.past[-1]
        key = "session.card_skipped" if last.how == "skipped" else "session.card_done"
        line = said(key, exercise=_name(last.exercise))
    return Show(slot="card", how="change", text=(line,))


# ---- what it says


def _counted(session: Session, scene: Scene) -> tuple[Said, ...]:
    step = session.step
    cautions = () if step.exercise in session.warned else tuple(map(said, step.cautions))
    half = (said("session.half_range"),) if session.half_range else ()
    cue = said(f"exercise.{step.exercise}.cue")
    return (_title(session), cue, *cautions, *half, _line(session, scene))


def _title(session: Session, *, sided: bool = True) -> Said:
    number, count = session.place.move + 1, len(session.sequence.moves)
    exercise = _name(session.step.exercise)
    if session.side is None or not sided:
        return said("session.title", number=number, count=count, exercise=exercise)
    side = said(f"session.{session.side}")
    return said("session.title_side", number=number, count=count, exercise=exercise, side=side)


GAPS = {
    "active_position": "session.ready",
    "active_between": "session.between",
    "active_change": "session.change",
    "active_rest": "session.rest_then",
}


def _line(session: Session, scene: Scene) -> Said:
    """Say what is counted, and before a hold also how long that will be."""
    step, seconds = session.step, _seconds(session)
    if session.phase in GAPS:
        return said(GAPS[session.phase], n=seconds, hold=_hold(session, scene))
    if step.quick:
        return said("session.repeats", n=step.reps, seconds=step.hold_s)
    return said("session.hold", n=seconds)


def _hold(session: Session, scene: Scene) -> Said:
    step = session.step
    if step.quick:
        return said("session.then_repeats", n=step.reps)
    seconds = course.coming(session, scene.content).total_seconds()
    return said("session.then_hold", n=round(seconds))


def _asked(session: Session) -> tuple[Said, ...]:
    match session.phase:
        case "rating":
            leg = session.sequence.leg_question
            question = said("screen.LEG.ask" if leg else "session.how_was_that")
            return (_title(session, sided=False), question)
        case "waiting_skipping":
            return (_title(session), said("session.skip_why"), *_hush(session))
        case "waiting_asked":
            return (said("session.did_it_hurt"), *_hush(session))
        case "waiting_away":
            return (said("session.away", n=session.away_min),)
        case _:
            return (_pause(session), *_hush(session))


def _hush(session: Session) -> tuple[Said, ...]:
    """Say what a track does not know: that the clock here stands."""
    return (said("session.pause_sound"),) if session.listening else ()


def _pause(session: Session) -> Said:
    if session.by_silence:
        return said("session.still_there")
    if session.left is None:
        return said("session.paused")
    return said("session.paused_left", n=round(session.left.total_seconds()))


def _fold(session: Session) -> tuple[Said, ...]:
    of = f"exercise.{session.step.exercise}"
    return (said(f"{of}.steps"), said("session.feel", text=said(f"{of}.feel")))


def _name(exercise: str) -> Said:
    return said(f"exercise.{exercise}.name")


def _countdown(session: Session) -> Countdown | None:
    if session.begins_at is None or session.ends_at is None:
        return None
    return Countdown(begins_at=session.begins_at, ends_at=session.ends_at)


def _seconds(session: Session) -> int:
    counts = _countdown(session)
    return round((counts.ends_at - counts.begins_at).total_seconds()) if counts else 0


# ---- what it offers


def _rows(session: Session, scene: Scene) -> tuple[Row, ...]:
    back = choice("button.step_back", Back())
    match session.phase:
        case "rating":
            return (_ratings(session), (back, choice("button.pause", Pause())))
        case "waiting_asked":
            yes = choice("button.yes_stop", Hurts(), style="danger")
            return ((yes, choice("button.no_go_on", Resume())),)
        case "waiting_skipping":
            return (
                (
                    choice("button.it_hurts", Hurts(), style="danger"),
                    choice("button.cannot", Skipped(why="cannot")),
                    choice("button.not_today", Skipped(why="today")),
                ),
                (choice("button.step_back", Resume()),),
            )
        case "waiting_away":
            return ((_go_on(session),), (choice("button.finish", Finish()),))
        case "waiting_paused":
            return _paused(session, back)
        case _:
            plus_s = scene.content.timing.plus_s
            plus = (choice(said("button.plus", n=plus_s), Plus()),)
            first = (back, choice("button.pause", Pause()), choice("button.skip", Skip()))
            return (first, plus) if course.has_room(session, scene.content) else (first,)


def _ratings(session: Session) -> Row:
    if session.sequence.leg_question:
        return tuple(
            choice(
                f"option.leg_now.{leg}.short",
                LegFelt(leg=leg),
                words=(said(f"option.leg_now.{leg}"),),
            )
            for leg in ("higher", "same", "further")
        )
    return (
        choice("button.too_easy", Rated(effort="easy")),
        choice("button.right", Rated(effort="right")),
        choice("button.too_much", Rated(effort="much")),
    )


def _paused(session: Session, back: Choice) -> tuple[Row, ...]:
    resume = choice("button.resume", Resume(), style="success")
    last = (back, choice("button.finish", Finish()))
    if session.is_complete:
        return ((resume,), last)
    return ((resume, choice("button.restart_hold", Redo())), last)


def _go_on(session: Session) -> Choice:
    label = said("button.go_on")
    if session.side is not None and not session.is_complete:
        label = said("button.go_on_side", side=said(f"session.{session.side}"))
    return choice(label, Resume(), style="success")


def _is_night(scene: Scene) -> bool:
    """Whether it is quiet where the user is; unknown is no night."""
    if scene.zone is None:
        return False
    now = scene.at.astimezone(ZoneInfo(scene.zone)).time()
    rules = scene.content.reminders
    begins, ends = time.fromisoformat(rules.quiet_from), time.fromisoformat(rules.quiet_until)
    return now >= begins or now < ends
