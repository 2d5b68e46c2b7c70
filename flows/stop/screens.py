"""What stands on the screen after a stop: at each phase one text and its buttons."""

from __future__ import annotations

from content.schema import Option, Part, Screen
from flows.base import Choice, Row, Said, Scene, Show, Style, choice, said
from flows.stop import asking
from flows.stop.path import back, facts_of
from flows.stop.vocabulary import (
    AskedWhy,
    Finished,
    NoneOfThese,
    NotSure,
    Picked,
    Rested,
    Stop,
    Strength,
    Ticked,
    TicksDone,
    TookEasier,
    Understood,
    WentBack,
    WentOn,
)

IN_A_ROW = 3
GRID = (range(6), range(6, 11))
MINUTE_S = 60


def shown(state: Stop, scene: Scene) -> Show:
    """Show the place; what was advised stays above what is asked."""
    text, rows = _asked(state, scene) if state.phase.startswith("asking") else _told(state, scene)
    return Show(slot="screen", how="change", text=(*state.lines, *text), rows=rows)


def _told(state: Stop, scene: Scene) -> tuple[tuple[Said, ...], tuple[Row, ...]]:
    finish = choice("button.finish", Finished())
    match state.phase:
        case "settling":
            event = scene.content.events[state.event or scene.content.stop.unanswered]
            return (said("stop.wait", n=_minutes(event.wait_s)),), ((finish,),)
        case "resting":
            return _resting(state), ((finish,),)
        case "offering_same":
            go = choice("button.go_on", WentOn(), style="success")
            return (said("stop.what_now"),), ((go, finish),)
        case "offering_easier":
            easier = choice("button.easier", TookEasier(), style="success")
            minutes = _minutes(scene.content.stop.rest_s)
            rest = choice(said("button.rest", n=minutes), Rested())
            return _easier(state), ((easier, rest, finish),)
        case "advised":
            return (said("stop.more"),), ((choice("button.go_on", Understood(), style="success"),),)
        case _:
            return (), ((choice("button.ok", Understood()),),)


def _resting(state: Stop) -> tuple[Said, ...]:
    """Say how long, where the outcome has not said it."""
    way = state.onward
    return (said("stop.rest", n=_minutes(way.wait_s)),) if way and way.easier else ()


def _easier(state: Stop) -> tuple[Said, ...]:
    instead = state.onward.instead if state.onward else None
    if instead is None:
        return (said("stop.what_now"),)
    return (said("stop.easier_move", exercise=said(f"exercise.{instead}.name")),)


def _minutes(seconds: int) -> int:
    return max(1, seconds // MINUTE_S)


def _asked(state: Stop, scene: Scene) -> tuple[tuple[Said, ...], tuple[Row, ...]]:
    screen = scene.content.screens[state.asks[state.step]]
    why = (said(f"screen.{screen.id}.why"),) if state.explaining else ()
    ask = (*why, said(f"screen.{screen.id}.ask"))
    last = _last_row(screen, state, scene)
    if screen.parts[0].kind == "grid":
        return (*ask, said("after.grid")), (*_grid(), *last)
    options = _offered(screen, state, scene)
    buttons = [_button(n, *each, screen, state, scene) for n, each in enumerate(options, start=1)]
    rows = [tuple(buttons[i : i + IN_A_ROW]) for i in range(0, len(buttons), IN_A_ROW)]
    return (*ask, *_listed(options, scene)), (*rows, *_done(screen, state), *last)


def _listed(options: list[tuple[Part, Option]], scene: Scene) -> tuple[Said, ...]:
    """List the options whole and numbered, unless each button says all there is to say."""
    words = scene.content.words.get(scene.language, {})
    keys = [_key(part, option) for part, option in options]
    if all(words.get(key) == words.get(f"{key}.short") for key in keys):
        return ()
    return tuple(said("option.line", n=n, text=said(key)) for n, key in enumerate(keys, start=1))


def _offered(screen: Screen, state: Stop, scene: Scene) -> list[tuple[Part, Option]]:
    facts, content = facts_of(state, scene), scene.content
    return [
        (part, option)
        for part in asking.parts_of(screen, facts, content)
        for option in asking.options_of(part, facts, content)
    ]


def _button(
    n: int, part: Part, option: Option, screen: Screen, state: Stop, scene: Scene
) -> Choice:
    label, words = said(_key(part, option) + ".short"), (said(_key(part, option)),)
    if not asking.is_toggled(screen):
        event = Picked(part=part.id, option=option.id)
        style: Style = "danger" if _is_danger(option, state, scene) else "plain"
        return choice(label, event, style=style, number=n, words=words)
    is_on = f"{part.id}.{option.id}" in state.ticked
    tick = Ticked(part=part.id, option=option.id, mark="off" if is_on else "on")
    return choice(label, tick, number=n, mark="on" if is_on else "off", words=words)


def _is_danger(option: Option, state: Stop, scene: Scene) -> bool:
    """Whether it is the plain yes of the danger check: the gravest value there is."""
    facts = scene.content.facts
    orders = ((facts[name].toward_danger, value) for name, value in option.set.items())
    return state.phase == "asking_check" and any(
        isinstance(order, tuple) and order[-1] == value for order, value in orders
    )


def _grid() -> tuple[Row, ...]:
    return tuple(
        tuple(choice(said("asking.point", n=n), Strength(n=n), number=n) for n in row)
        for row in GRID
    )


def _done(screen: Screen, state: Stop) -> tuple[Row, ...]:
    if asking.is_toggled(screen) and (state.ticked or not screen.none):
        return ((choice("button.done", TicksDone()),),)
    return ((choice("button.none", NoneOfThese()),),) if screen.none else ()


def _last_row(screen: Screen, state: Stop, scene: Scene) -> tuple[Row, ...]:
    unsure = (choice("button.not_sure", NotSure()),) if screen.unsure else ()
    why = () if state.explaining else (choice("button.why", AskedWhy()),)
    goes_back = screen.back and back(state, scene) is not None
    back_ = (choice("button.back", WentBack()),) if goes_back else ()
    return tuple(row for row in ((*unsure, *why, *back_),) if row)


def _key(part: Part, option: Option) -> str:
    return f"option.{part.id}.{option.id}"
