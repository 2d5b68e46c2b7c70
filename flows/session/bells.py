"""What a bell says: the whole instruction, in the first words a wrist shows."""

from __future__ import annotations

from content.catalogue import Catalogue
from flows.base import Said, said
from flows.session import course
from flows.session.vocabulary import Session

SLOW = said("session.slow")


def hold(session: Session, content: Catalogue) -> Said:
    """Begin: "LEFT knee in. Hold 20 s."; for quick repeats how often and how long."""
    step = session.step
    args = {"seconds": round(course.coming(session, content).total_seconds())}
    if step.quick:
        args = {"seconds": step.hold_s, "n": step.reps}
    key = f"exercise.{step.exercise}.bell"
    return Said(key=key, args={**args, "side": side(session)} if session.side else {**args})


def gap(kind: course.Gap, session: Session, seconds: int) -> Said:
    """Between two holds of a move; `session` stands at the coming one."""
    match kind:
        case "change":
            limb = said(f"exercise.{session.step.exercise}.limb")
            return said("session.bell.change", side=side(session), limb=limb, seconds=seconds)
        case "rest":
            return said("session.bell.rest", seconds=seconds)
        case "between" | "end":
            return said("session.bell.between", seconds=seconds)


def done() -> Said:
    return said("session.bell.done")


def side(session: Session) -> Said:
    return said(f"session.side.{session.side}")
