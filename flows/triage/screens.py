"""A screen of a check as it is shown: its question, its options, its buttons.

Every option stands whole and numbered in the text; its button is short.  A tick's button carries
the state it wants.  "None of these" gives way to Done while anything is ticked.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from content.catalogue import Catalogue
from content.schema import Part, Screen, Value
from flows.base import Row, Said, Scene, Show
from flows.triage.buttons import (
    BACK,
    DONE,
    NONE,
    UNSURE,
    WHY,
    grid,
    line,
    pick,
    rows,
    sentence,
    tick,
    yes_or_no,
)
from flows.triage.path import spoken_of
from flows.triage.vocabulary import Answer, Triage

Body = tuple[tuple[Said, ...], tuple[Row, ...]]  # what is said, and the buttons that answer it


def offered(screen: Screen, facts: Mapping[str, Value], content: Catalogue) -> Screen:
    """Leave out the parts and options that do not apply to this user."""
    if not choosy(screen):
        return screen
    parts = tuple(
        part.model_copy(
            update={"options": tuple(o for o in part.options if content.holds(o.when, facts))}
        )
        for part in screen.parts
        if content.holds(part.when, facts)
    )
    return screen.model_copy(update={"parts": parts})


def choosy(screen: Screen) -> bool:
    """Whether any of it is asked of some users only."""
    return any(part.when or any(o.when for o in part.options) for part in screen.parts)


def toggles(screen: Screen) -> bool:
    """Whether it is ticked until Done, or one tap answers it."""
    return len(screen.parts) > 1 or screen.parts[0].kind == "ticks"


def only_opens(screen: Screen) -> bool:
    """Whether its options only lead to other screens: not to be sure then opens them all."""
    return all(o.opens and not o.set for part in screen.parts for o in part.options)


def items(screen: Screen) -> tuple[str, ...]:
    """Name what is asked one at a time: each option of ticks, and a choice as a whole."""
    return tuple(
        ref for part in screen.parts for ref in (refs(part) if part.kind == "ticks" else (part.id,))
    )


def refs(part: Part) -> tuple[str, ...]:
    return tuple(f"{part.id}.{option.id}" for option in part.options)


def next_item(state: Triage, screen: Screen) -> str | None:
    """Name the item to be asked: not asked yet, and not ticked before the walk began."""
    ticked = {*state.ticked, *(ref.split(".")[0] for ref in state.ticked)}
    done = {*state.walked, *ticked}
    return next((item for item in items(screen) if item not in done), None)


def answer(state: Triage, screen: Screen, numbers: Mapping[str, Value] | None = None) -> Answer:
    """Put what was tapped on the screen that stands into an answer."""
    about = (fact for part in screen.parts for fact in spoken_of(part))
    return Answer(
        screen=screen.id,
        about=tuple(dict.fromkeys(about)),
        ticked=state.ticked,
        numbers=dict(numbers or {}),
        unsure=state.unsure,
    )


# ---- the question


def shown(state: Triage, screen: Screen, scene: Scene, before: Said | None = None) -> Show:
    """Show the screen that stands; `before` is said first, of an answer that did not fit."""
    text, above = _body(state, screen, scene)
    first = (before,) if before else ()
    why = (sentence(f"screen.{screen.id}.why"),) if state.explaining else ()
    return Show(
        slot="screen",
        how="change",
        text=(*first, *why, *text),
        rows=(*above, *_last_row(state, screen)),
    )


def _body(state: Triage, screen: Screen, scene: Scene) -> Body:
    item = next_item(state, screen) if state.phase == "walking" else None
    if item and "." in item:
        return (sentence(f"option.{item}.again"),), (yes_or_no(item),)
    if item:
        part = next(part for part in screen.parts if part.id == item)
        text, above = _one_of(_alone(part, screen, scene), part)
        return text, (*above, (NONE,))
    if toggles(screen):
        return _list(state, screen, scene)
    ask = _again(screen, scene) if state.phase == "again" else sentence(f"screen.{screen.id}.ask")
    text, above = _one(ask, screen.parts[0], scene)
    return (*text, *_if_worded(f"screen.{screen.id}.help", scene)), above


def _one(ask: Said, part: Part, scene: Scene) -> Body:
    if part.kind != "grid":
        return _one_of(ask, part)
    fact = scene.content.facts[str(part.fact)]
    return (ask,), grid(fact.low or 0, fact.high or 0)


def _one_of(ask: Said, part: Part) -> Body:
    """One tap answers."""
    if part.kind == "number":
        return (ask,), rows([pick(None, ref) for ref in refs(part)])
    numbered = list(enumerate(refs(part), 1))
    buttons = [pick(n, ref) for n, ref in numbered]
    return (ask, *(line(n, ref) for n, ref in numbered)), rows(buttons)


def _list(state: Triage, screen: Screen, scene: Scene) -> Body:
    text = [sentence(f"screen.{screen.id}.ask")]
    above: list[Row] = []
    number = count(1)
    for part in screen.parts:
        if len(screen.parts) > 1:
            text += _if_worded(f"part.{part.id}.ask", scene)
        numbered = [(next(number), ref) for ref in refs(part)]
        text += [line(n, ref) for n, ref in numbered]
        above += rows([tick(n, ref, "on" if ref in state.ticked else "off") for n, ref in numbered])
    text += _if_worded(f"screen.{screen.id}.help", scene)
    end = NONE if screen.none and not state.ticked else DONE
    return tuple(text), (*above, (end,))


def _last_row(state: Triage, screen: Screen) -> tuple[Row, ...]:
    """Show what stands under every question; Back also leaves an explanation."""
    inside = state.explaining or state.phase != "asking"
    row = (
        *([UNSURE] if screen.unsure else ()),
        *([] if state.explaining else [WHY]),
        *([BACK] if screen.back or inside else ()),
    )
    return (row,) if row else ()


# ---- simpler words


def _again(screen: Screen, scene: Scene) -> Said:
    again = _if_worded(f"screen.{screen.id}.again", scene)
    return again[0] if again else sentence(f"screen.{screen.id}.ask")


def _alone(part: Part, screen: Screen, scene: Scene) -> Said:
    """Ask one part of a screen by itself."""
    keys = (f"part.{part.id}.ask", f"screen.{screen.id}.again", f"screen.{screen.id}.ask")
    return next(sentence(key) for key in keys if key in scene.content.words["en"])


def _if_worded(key: str, scene: Scene) -> tuple[Said, ...]:
    """Say it where there are words for it: helps and simpler words are not for every screen."""
    return (sentence(key),) if key in scene.content.words["en"] else ()
