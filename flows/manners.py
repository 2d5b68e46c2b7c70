"""How what a step asks for is fitted to the one it is for: screen readers, quiet, lock screens.

The flows say what is shown; here it becomes what this user's settings make of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from flows.base import Effect, Move, Settings, Show, Toast, said

Listed = Callable[[Show], Show]


def fitted(
    effects: Iterable[Effect], settings: Settings, *, typed: bool, listed: Listed
) -> tuple[Effect, ...]:
    """Fit all effects of a step; `typed`: it answers a text, not a button."""
    return tuple(_fitted(effect, settings, typed=typed, listed=listed) for effect in effects)


def _fitted(effect: Effect, settings: Settings, *, typed: bool, listed: Listed) -> Effect:
    match effect:
        case Toast() if settings.screen_reader:
            return effect.model_copy(update={"alert": True})  # a toast is gone before it is read
        case Show():
            return _shown(effect, settings, typed=typed, listed=listed)
        case _:
            return effect


def _shown(show: Show, settings: Settings, *, typed: bool, listed: Listed) -> Show:
    fresh: dict[str, object] = {}
    if show.how == "change" and (typed or settings.screen_reader):
        # The edited one would stand above what was typed; and no screen reader reads an edit.
        fresh["how"] = "fresh"
    if show.rank == "bell" and settings.quiet:
        fresh["silent"] = True
    if fresh:
        show = show.model_copy(update=fresh)
    return listed(show) if settings.screen_reader else show


def yielding(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """Let the card follow as room allows where a bell has told all: in a crowd bells go first."""
    if not any(isinstance(effect, Show) and effect.slot == "bell" for effect in effects):
        return effects
    return tuple(
        effect.model_copy(update={"rank": "tick"}) if _may_yield(effect) else effect
        for effect in effects
    )


def _may_yield(effect: Effect) -> bool:
    return isinstance(effect, Show) and (effect.slot, effect.how, effect.rank) == (
        "card",
        "change",
        "reply",
    )


def opened(move: Move, settings: Settings) -> Move:
    """Say once, where a session opens, that its bells make no sound."""
    if not settings.quiet:
        return move
    told = [_noted(e) if isinstance(e, Show) and e.slot == "card" else e for e in move.effects]
    return replace(move, effects=tuple(told))


def _noted(card: Show) -> Show:
    return card.model_copy(update={"text": (said("card.quiet"), *card.text)})


def knocking(effects: Iterable[Effect], since: int = 0) -> list[Effect]:
    """Let what nobody asked for knock: from paragraph `since` on, no lock screen shows it."""
    return [_knock(effect, since) if isinstance(effect, Show) else effect for effect in effects]


def _knock(show: Show, since: int) -> Show:
    if since:
        return show.model_copy(update={"veil": since})
    return show.model_copy(update={"text": (said("talk.knock"), *show.text), "veil": 1})
