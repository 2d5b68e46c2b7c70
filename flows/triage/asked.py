"""The path of a check as it is kept for good: what stood on each screen, and what was answered."""

from __future__ import annotations

from content.schema import Screen
from flows.base import Asked, Scene
from flows.triage.course import base
from flows.triage.path import told
from flows.triage.screens import choosy, offered, refs
from flows.triage.vocabulary import Triage


def asked(state: Triage, scene: Scene) -> tuple[Asked, ...]:
    """Tell the path, each screen with the options that stood on it for this user."""
    return tuple(
        Asked(
            screen=answer.screen,
            offered=tuple(ref for part in _stood(state, number, scene).parts for ref in refs(part)),
            ticked=answer.ticked,
            unsure=answer.unsure,
            numbers=answer.numbers,
        )
        for number, answer in enumerate(state.path)
    )


def _stood(state: Triage, number: int, scene: Scene) -> Screen:
    """Give a screen as it stood; only one with parts for some users wants the facts of then."""
    screen = scene.content.screens[state.path[number].screen]
    if not choosy(screen):
        return screen
    before = told(state.path[:number], base(state, scene), scene.content)
    return offered(screen, before.facts, scene.content)
