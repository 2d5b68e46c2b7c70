"""What a bell says: the whole instruction, in the first words a wrist shows."""

from __future__ import annotations

from content.catalogue import Catalogue
from flows.base import Said, said
from flows.session import course
from flows.session.vocabulary import Session

SLOW = said("session.slow")
AT_EASE = {"standing": "session.bell_done_standing", "seated": "session.bell_done_seated"}


def hold(session: Session, seconds: int) -> Said:
    """Begin: "LEFT knee in. Hold 20 s."; for quick repeats how often and how long."""
    step = session.step
    args: dict[str, int | Said] = {
        "seconds": step.hold_s if step.quick else seconds,
        "reps": step.reps,
    }
    if session.side is not None:
        args["side"] = said(f"session.{session.side}")
    return said(f"exercise.{step.exercise}.bell", **args)


def gap(kind: course.Gap, session: Session, seconds: int) -> Said:
    """Between two holds of a move; `session` stands at the coming one."""
    match kind:
        case "change":
            side, limb = said(f"session.{session.side}"), f"exercise.{session.step.exercise}.limb"
            return said("session.bell_switch", side=side, limb=said(limb), seconds=seconds)
        case "rest":
            return said("session.bell_rest", seconds=seconds)
        case "between" | "end":
            return said("session.bell_again")


def done(session: Session, content: Catalogue) -> Said:
    exercise = content.exercises.get(session.step.exercise)
    position = exercise.position if exercise else ""
    return said(AT_EASE.get(position, "session.bell_done"))
