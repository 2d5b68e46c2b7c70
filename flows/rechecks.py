"""What is asked again over the weeks, and when: content says, the past of this user decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from content.schema import Recheck
from flows import barred
from flows.base import Said, Scene, said


def before_session(scene: Scene) -> tuple[str, ...]:
    """Name the screens to be asked in front of the next short check."""
    again = [screen for each in _due(scene, after=False) for screen in each.screens]
    first = (*scene.checked.open_with, *barred.to_be_asked(scene))
    return tuple(dict.fromkeys((*first, *again)))


def after_session(scene: Scene) -> Recheck | None:
    """Find what may be asked at the end of a session, if the user likes."""
    return next(_due(scene, after=True), None)


def check_in(scene: Scene) -> tuple[str, ...]:
    """Name the screens of the questions some days after an advice."""
    content = scene.content
    lines = content.freshness.check_in
    line = next(each for each in lines if content.holds(each.cond, scene.facts))
    return content.routes[line.route].screens


def screens_of(recheck: Recheck, scene: Scene) -> tuple[str, ...]:
    if recheck.route is None:
        return recheck.screens
    return scene.content.routes[recheck.route].screens


def remarks(scene: Scene) -> tuple[Said, ...]:
    holds = scene.content.holds
    rules = scene.content.freshness.remarks
    return tuple(said(f"remark.{each.id}") for each in rules if holds(each.cond, scene.facts))


def _due(scene: Scene, *, after: bool) -> Iterator[Recheck]:
    if not scene.sessions:
        return
    for each in scene.content.freshness.rechecks:
        wanted = each.after == after and _is_time(each, scene)
        if wanted and scene.content.holds(each.cond, scene.facts):
            yield each


def _is_time(recheck: Recheck, scene: Scene) -> bool:
    """Whether it was not asked yet; or not since the last session, nor within its days.

    A full check asks most of it as well, and counts as well.
    """
    before = scene.rechecked.get(recheck.id)
    if recheck.once and before is not None:
        return False
    if recheck.after:
        return True
    asked = max((at for at in (before, scene.checked.full_at) if at is not None), default=None)
    if asked is None:
        return True
    days = timedelta(days=recheck.every_days or 0)
    return asked < scene.sessions[-1].at and scene.at - asked >= days
