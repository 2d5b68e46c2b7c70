"""What stands on the screen after a session."""

from __future__ import annotations

from content.schema import Recheck
from flows import rechecks
from flows.after.vocabulary import (
    After,
    AsBefore,
    Enough,
    Evening,
    Less,
    More,
    Morning,
    NoReminders,
    OtherTime,
    Pain,
    PassedOver,
)
from flows.base import Row, Said, Scene, Show, choice, said

GRID = (range(6), range(6, 11))


def shown(state: After, scene: Scene) -> Show:
    if state.phase == "worrying" and (recheck := rechecks.after_session(scene)) is not None:
        return _more_shown(state, recheck)
    text, rows = _shown(state, scene)
    return Show(slot="screen", how="change", text=text, rows=rows)


def _more_shown(state: After, recheck: Recheck) -> Show:
    yes = choice(f"button.{recheck.id}_yes", More(), style="success")
    row = (yes, choice(f"button.{recheck.id}_no", Enough()))
    text = (*state.lines, said(f"recheck.{recheck.id}"))
    return Show(slot="screen", how="change", text=text, rows=(row,))


def _shown(state: After, scene: Scene) -> tuple[tuple[Said, ...], tuple[Row, ...]]:
    match state.phase:
        case "rating_now":
            ask = said("after.pain")
            return (_finished(state), ask, said("after.grid")), (*_grid(), _skip())
        case "rating_later":
            return (said("after.pain_later"), said("after.grid")), (*_grid(), _skip())
        case "wishing":
            return (*state.lines, said("reminder.ask")), (
                (
                    choice("button.yes_morning", Morning(), style="success"),
                    choice("button.evening", Evening()),
                    choice("button.other_time", OtherTime()),
                ),
                (choice("button.no_reminders", NoReminders()),),
            )
        case "fading":
            return (*state.lines, *_less_asked(state, scene)), (_less_row(state),)
        case _:
            return state.lines or (said("after.thanks"),), ()


def _less_asked(state: After, scene: Scene) -> tuple[Said, ...]:
    if state.fading == "free":
        return (said("reminder.free_ask"),)
    return (said("reminder.less_ask", n=scene.content.reminders.fading.good_weeks),)


def _less_row(state: After) -> Row:
    yes = "button.go_alone" if state.fading == "free" else "button.remind_less"
    return (choice(yes, Less(), style="success"), choice("button.remind_same", AsBefore()))


def _finished(state: After) -> Said:
    brief = state.brief
    if not brief.moves_done:
        return said("session.finished_none")
    minutes = said("offer.minutes", n=brief.minutes)
    key = "session.finished_star" if brief.ended == "done" else "session.finished"
    return said(key, n=brief.moves_done, time=minutes)


def _grid() -> tuple[Row, ...]:
    return tuple(
        tuple(choice(said("asking.point", n=n), Pain(n=n), number=n) for n in row) for row in GRID
    )


def _skip() -> Row:
    return (choice("button.skip_question", PassedOver()),)
