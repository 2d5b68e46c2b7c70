"""Where a stop leads: back into the session, or to the danger questions."""

from __future__ import annotations

from typing import Any

from flows.base import HandOver
from flows.stop.path import offered
from flows.stop.vocabulary import Stop


def resumed(state: Stop) -> HandOver:
    """Go on as far as was allowed; the rest has been taken already."""
    way = state.onward
    args: dict[str, Any] = {"session": state.session}
    if way is not None:
        args |= way.model_dump(mode="json", exclude={"easier", "wait_s"})
    return HandOver(to="session", why="resume", args=args)


def to_triage(state: Stop, *, typed: bool = False) -> HandOver:
    """Ask the danger questions; where the session might go on after them, the way back goes along.

    `facts` are judged before anything is asked.  Of what is handed on with the outcome, `today` is
    False when nothing more may be done today whatever it is, and `back` brings the stop back.
    """
    handed_on: dict[str, Any] = {"today": state.onward is not None}
    if typed:
        handed_on["typed"] = True
    if state.level:  # what the stop itself found, no answer lowers
        handed_on["at_least"] = state.level
    if state.onward is not None:
        waiting: dict[str, Any] = {
            "phase": offered(state.onward),
            "triage": (),
            "told_triage": {},
        }
        handed_on["back"] = state.model_copy(update=waiting).model_dump_json()
    args = {
        "screens": list(state.triage),
        "facts": dict(state.told_triage),
        "args": handed_on,
    }
    return HandOver(to="triage", why="part", args=args)
