"""A session led by sound: to whom it may be offered (clinical 9), and the message with the track.

A track that plays on a phone cannot be stopped from here, so it is only for those who know the
moves and had no pain in them lately; and its message says what to do when something hurts.
"""

from __future__ import annotations

from datetime import timedelta

from flows.base import Scene, Show, Sound, said
from flows.session import plan
from flows.session.cues import cues

SESSIONS_KEPT = 14  # briefs; what was before them is not known here
TAIL_S = 2.0  # for the last tone to fade


def may_listen(sequence: plan.Sequence, scene: Scene) -> bool:
    rules = scene.content.stop
    return (
        sequence.hands_free
        and not sequence.leg_question  # it wants an answer after each exercise
        and scene.sessions_done + 1 >= rules.hands_free_from_session
        and not _has_stopped_lately(scene)
    )


def _has_stopped_lately(scene: Scene) -> bool:
    """Whether a session of the last days was stopped, or may have been: fell out of the list."""
    since = scene.at - timedelta(days=scene.content.stop.hands_free_after_stop_days)
    lately = [brief for brief in scene.sessions if brief.at > since]
    return len(lately) >= SESSIONS_KEPT or any(brief.ended == "stopped" for brief in lately)


def track(sequence: plan.Sequence, scene: Scene) -> Show:
    """Make the message that carries the track of a sequence."""
    tones = cues(sequence, scene.settings, scene.content)
    minutes = said("offer.minutes", n=plan.minutes(sequence))
    sound = Sound(
        cues=tones,
        seconds=tones[-1].at_s + TAIL_S,
        title=said("listen.title", time=minutes),
        lost=said("listen.lost"),
    )
    text = (said("listen.play"), said("listen.sharp"), said("listen.tones"))
    return Show(slot="sound", how="fresh", text=text, fold=(said("listen.alone"),), sound=sound)
