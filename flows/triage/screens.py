"""A screen of a check as it is shown: its question, its options, its buttons.

Every option stands whole and numbered in the text; its button is short.  A tick's button carries
the state it wants.  "None of these" gives way to Done while anything is ticked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from content.catalogue import Catalogue
from content.schema import Option, Part, Screen, Value
from flows.base import Choice, Row, Said, Scene, Show, choice, said
from flows.triage.path import option_at, spoken_of
from flows.triage.vocabulary import (
    Answer,
    Back,
    Done,
    Grid,
    Item,
    NoneOfThese,
    Pick,
    Tick,
    Triage,
    Unsure,
    Why,
)

A_ROW = 3
GRID_ROW = 6


def offered(screen: Screen, facts: Mapping[str, Value], content: Catalogue) -> Screen:
    """Leave out the parts and options that do not apply to this user."""
    parts = tuple(
        part.model_copy(
            update={"options": tuple(o for o in part.options if content.holds(o.when, facts))}
        )
        for part in screen.parts
        if content.holds(part.when, facts)
    )
    return screen.model_copy(update={"parts": parts})


def toggles(screen: Screen) -> bool:
    """Whether it is ticked until Done, or one tap answers it."""
    return len(screen.parts) > 1 or screen.parts[0].kind == "ticks"


def only_opens(screen: Screen) -> bool:
    """Whether its options only lead to other screens: not to be sure then opens them all."""
    return all(o.opens and not o.set for part in screen.parts for o in part.options)


def items(screen: Screen) -> tuple[str, ...]:
    """Name what is asked one at a time: each option of ticks, and a choice as a whole."""
    return tuple(
        ref
        for part in screen.parts
        for ref in (refs(part) if part.kind == "ticks" else (part.id,))
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


def shown(state: Triage, screen: Screen, scene: Scene, line: Said | None = None) -> Show:
    """Show the screen that stands; `line` is what to say first about an answer that did not fit."""
    text, rows = _body(state, screen, scene)
    first = (line,) if line else ()
    why = (said(f"screen.{screen.id}.why"),) if state.explaining else ()
    return Show(
        slot="screen",
        how="change",
        text=(*first, *why, *text),
        rows=(*rows, _last_row(state, screen, scene)),
    )


def _body(
    state: Triage, screen: Screen, scene: Scene
) -> tuple[tuple[Said, ...], tuple[Row, ...]]:
    item = next_item(state, screen) if state.phase == "walking" else None
    if item and "." in item:
        return _yes_or_no(item)
    if item:
        part = next(part for part in screen.parts if part.id == item)
        return _one_of(_alone(part, screen, scene), part, scene)
    if toggles(screen):
        return _list(state, screen, scene)
    part = screen.parts[0]
    ask = _again(screen, scene) if state.phase == "again" else said(f"screen.{screen.id}.ask")
    help_ = _if_worded(f"screen.{screen.id}.help", scene)
    if part.kind == "grid":
        return (ask, *help_), _grid(part, scene)
    text, rows = _one_of(ask, part, scene)
    return (*text, *help_), rows


def _yes_or_no(item: str) -> tuple[tuple[Said, ...], tuple[Row, ...]]:
    part, option = item.split(".", 1)
    yes = Item(part=part, option=option, answer="yes")
    no = Item(part=part, option=option, answer="no")
    return (said(f"option.{item}.again"),), ((choice("button.yes", yes), choice("button.no", no)),)


def _one_of(
    ask: Said, part: Part, scene: Scene
) -> tuple[tuple[Said, ...], tuple[Row, ...]]:
    """One tap answers.  Ranges of a number are not numbered: a typed 3 means three days."""
    events = [(o, Pick(part=part.id, option=o.id)) for o in part.options]
    if part.kind == "number":
        return (ask,), _rows([choice(_short(part, o), e, words=(_whole(part, o),)) for o, e in events])
    buttons = [_numbered(n, part, o, event) for n, (o, event) in enumerate(events, 1)]
    del scene
    return (ask, *(_line(n, part, o) for n, (o, _) in enumerate(events, 1))), _rows(buttons)


def _list(
    state: Triage, screen: Screen, scene: Scene
) -> tuple[tuple[Said, ...], tuple[Row, ...]]:
    text: list[Said] = [said(f"screen.{screen.id}.ask")]
    rows: list[Row] = []
    number = count(1)
    for part in screen.parts:
        if len(screen.parts) > 1:
            text += _if_worded(f"part.{part.id}.ask", scene)
        buttons = []
        for option in part.options:
            n = next(number)
            text.append(_line(n, part, option))
            buttons.append(_toggle(n, part, option, state))
        rows += _rows(buttons)
    text += _if_worded(f"screen.{screen.id}.help", scene)
    end = choice("button.none", NoneOfThese()) if _takes_none(state, screen) else _done()
    return tuple(text), (*rows, (end,))


def _takes_none(state: Triage, screen: Screen) -> bool:
    return screen.none and not state.ticked


def _done() -> Choice:
    return choice("button.done", Done())


def _toggle(n: int, part: Part, option: Option, state: Triage) -> Choice:
    on = f"{part.id}.{option.id}" in state.ticked
    event = Tick(part=part.id, option=option.id, to="off" if on else "on")
    return choice(
        _short(part, option),
        event,
        number=n,
        mark="on" if on else "off",
        words=(_whole(part, option),),
    )


def _numbered(n: int, part: Part, option: Option, event: Pick) -> Choice:
    return choice(_short(part, option), event, number=n, words=(_whole(part, option),))


def _line(n: int, part: Part, option: Option) -> Said:
    return said("option.line", n=n, text=_whole(part, option))


def _whole(part: Part, option: Option) -> Said:
    return said(f"option.{part.id}.{option.id}")


def _short(part: Part, option: Option) -> Said:
    return said(f"option.{part.id}.{option.id}.short")


def _grid(part: Part, scene: Scene) -> tuple[Row, ...]:
    fact = scene.content.facts[str(part.fact)]
    low, high = fact.low or 0, fact.high or 0
    buttons = [choice(said("asking.point", n=n), Grid(number=n)) for n in range(low, high + 1)]
    return _rows(buttons, GRID_ROW)


def _rows(buttons: Sequence[Choice], a_row: int = A_ROW) -> tuple[Row, ...]:
    return tuple(tuple(buttons[i : i + a_row]) for i in range(0, len(buttons), a_row))


def _last_row(state: Triage, screen: Screen, scene: Scene) -> Row:
    unsure = (choice("button.not_sure", Unsure()),) if screen.unsure else ()
    why = () if state.explaining else (choice("button.why", Why(), words=(said("asking.why"),)),)
    back = (choice("button.back", Back(), words=(said("asking.back"),)),)
    del scene
    return (*unsure, *why, *back)


# ---- simpler words


def _again(screen: Screen, scene: Scene) -> Said:
    again = _if_worded(f"screen.{screen.id}.again", scene)
    return again[0] if again else said(f"screen.{screen.id}.ask")


def _alone(part: Part, screen: Screen, scene: Scene) -> Said:
    """Ask one part of a screen by itself."""
    keys = (f"part.{part.id}.ask", f"screen.{screen.id}.again")
    for key in keys:
        if found := _if_worded(key, scene):
            return found[0]
    return said(f"screen.{screen.id}.ask")


def _if_worded(key: str, scene: Scene) -> tuple[Said, ...]:
    """Say it where there are words for it: helps and simpler words are not for every screen."""
    return (said(key),) if key in scene.content.words["en"] else ()


def is_option(ref: str, screen: Screen) -> bool:
    try:
        option_at(ref, screen)
    except (KeyError, StopIteration, ValueError):
        return False
    return True
