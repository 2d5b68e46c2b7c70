"""How a session ends: what is told of it, and who gets the floor."""

from __future__ import annotations

from typing import Any, Literal

from flows.base import Brief, Done, Ended, Event, HandOver, Moved, News, Scene, Set
from flows.progress.days import gravest
from flows.session.course import past_of
from flows.session.vocabulary import LegFelt, Past, Session

End = Literal["done", "stopped", "paused", "finished_early"]


def finished(session: Session, scene: Scene, *, early: bool) -> tuple[News, ...]:
    brief = brief_of(session, scene, "finished_early" if early else "done")
    told = HandOver(to="after", why="done", args={"brief": brief.model_dump(mode="json")})
    return Ended(brief=brief), _moved(session.past[session.past_before :]), told


def closed(session: Session, scene: Scene) -> tuple[News, ...]:
    """Close after a silence: nothing is sent, and the rest is kept to be offered next time."""
    home = HandOver(to="idle", why="silent")
    if is_through(session):  # only how the last move felt is open
        return Ended(brief=brief_of(session, scene, "done")), _so_far(session, scene), home
    kept = Set(fields={"paused_session": session})
    ended = Ended(brief=brief_of(session, scene, "paused"))
    return ended, _so_far(session, scene), kept, home


def hurt(session: Session, event: Event, scene: Scene) -> tuple[News, ...]:
    """Hand over to the stop flow, with all it needs to judge and to go on from here."""
    brief = brief_of(session, scene, "stopped")
    moves = session.sequence.moves
    args: dict[str, Any] = {
        "session": session.model_dump(mode="json"),
        "brief": brief.model_dump(mode="json"),
        "exercise": brief.exercise,
        "exercises_left": [step.exercise for step in moves[session.place.move + 1 :]],
        "side": session.side,
        "stops": session.stops,  # this one among them
    }
    if isinstance(event, LegFelt):
        args["event"] = "leg_symptom_further"
    return _so_far(session, scene), HandOver(to="stop", why="pain", args=args)


def brief_of(session: Session, scene: Scene, end: End) -> Brief:
    """Tell of one run in brief; what an earlier one had done stands in its own."""
    past = session.past[session.past_before :]
    done = sum(one.how == "done" for one in past)
    if len(session.past) == session.place.move < len(session.sequence.moves):
        done += session.is_complete  # only how it felt was not told
    spent = scene.at - session.started_at - session.waited
    return Brief(
        at=scene.at,
        program=session.sequence.program,
        minutes=max(1, round(spent.total_seconds() / 60)),
        moves_done=done,
        moves=len(session.sequence.moves) - min(session.past_before, len(session.past)),
        ended=end,
        pain_before=session.pain_before,
        exercise=session.step.exercise if end == "stopped" else None,
        continues=session.why == "resume",
        leg=gravest(*(one.leg for one in past)),
    )


def is_through(session: Session) -> bool:
    return _open(session) >= len(session.sequence.moves)


def _open(session: Session) -> int:
    """Find the first move that is not done: the present one, or the next."""
    return session.place.move + session.is_complete


def _so_far(session: Session, scene: Scene) -> Moved:
    """Tell of the moves that are over, and of the one that was broken off."""
    here = () if is_through(session) else (past_of(session, scene.at, scene.content),)
    return _moved((*session.past[session.past_before :], *here))


def _moved(past: tuple[Past, ...]) -> Moved:
    """Tell what was done of each move; what could not be done was too much."""
    return Moved(
        done=tuple(
            Done(
                exercise=one.exercise,
                held_s=one.held_s,
                first=one.first,
                effort="much" if one.why == "cannot" else one.effort,
            )
            for one in past
        )
    )
