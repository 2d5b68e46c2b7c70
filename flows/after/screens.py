"""What stands on the screen after a session."""

from __future__ import annotations

from flows.after.vocabulary import (
    After,
    Evening,
    Morning,
    NoReminders,
    OtherTime,
    Pain,
    PassedOver,
)
from flows.base import Row, Said, Scene, Show, choice, said

GRID = (range(6), range(6, 11))


def shown(state: After, scene: Scene) -> Show:
    del scene
    text, rows = _shown(state)
    return Show(slot="screen", how="change", text=text, rows=rows)


def _shown(state: After) -> tuple[tuple[Said, ...], tuple[Row, ...]]:
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
        case _:
            return state.lines or (said("after.thanks"),), ()


def _finished(state: After) -> Said:
    brief = state.brief
    minutes = said("offer.minutes", n=brief.minutes)
    key = "session.finished_star" if brief.ended == "done" else "session.finished"
    return said(key, n=brief.moves_done, time=minutes)


def _grid() -> tuple[Row, ...]:
    return tuple(
        tuple(choice(said("asking.point", n=n), Pain(n=n), number=n) for n in row) for row in GRID
    )


def _skip() -> Row:
    return (choice("button.skip_question", PassedOver()),)
