"""A short teaching after a session: each once, only beside good news, and never before one."""

from __future__ import annotations

from collections.abc import Iterable

from flows import aiming
from flows.base import Brief, News, Said, Scene, said

BEGIN = 2  # sessions: after the first one there is enough to read


def tip_after(brief: Brief, news: Iterable[News], scene: Scene) -> tuple[Said, ...]:
    """Give today's, where nothing else is to be said: no flare, no advice, no further question."""
    verdict = scene.verdict
    calm = verdict is not None and verdict.level.startswith("SELF_CARE")
    if not (scene.settings.tips and calm and brief.ended == "done") or any(news):
        return ()
    if aiming.is_due(scene):
        return ()
    tips = tuple(scene.content.tips)
    number = scene.sessions_done - BEGIN
    return (said(f"tip.{tips[number]}"),) if 0 <= number < len(tips) else ()
