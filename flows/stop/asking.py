"""What a screen of the stop offers, and which facts an answer to it tells.

The screens are content; nothing here knows what they ask.  "Not sure" tells the cautious reading
of every fact that the screen speaks of and that was not ticked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from content.catalogue import Catalogue
from content.schema import Option, Part, Screen, Value
from flows.base import Event
from flows.stop.vocabulary import NoneOfThese, NotSure, Picked, Strength, Ticked, TicksDone

Facts = Mapping[str, Value]


def parts_of(screen: Screen, facts: Facts, content: Catalogue) -> tuple[Part, ...]:
    return tuple(part for part in screen.parts if content.holds(part.when, facts))


def options_of(part: Part, facts: Facts, content: Catalogue) -> tuple[Option, ...]:
    return tuple(option for option in part.options if content.holds(option.when, facts))


def is_toggled(screen: Screen) -> bool:
    """Whether it is answered by ticks and Done, and not by one tap."""
    return len(screen.parts) > 1 or screen.parts[0].kind == "ticks"


def toggled(screen: Screen, ticked: tuple[str, ...], event: Ticked) -> tuple[str, ...] | None:
    """Say what is ticked after a tap; None when no such box stands there."""
    part = next((p for p in screen.parts if p.id == event.part), None)
    if part is None or event.option not in {option.id for option in part.options}:
        return None
    box = f"{event.part}.{event.option}"
    others = {f"{part.id}.{o.id}" for o in part.options} if part.kind == "choice" else {box}
    kept = tuple(each for each in ticked if each not in others)
    return (*kept, box) if event.mark == "on" else kept


def told(
    screen: Screen, ticked: tuple[str, ...], event: Event, facts: Facts, content: Catalogue
) -> dict[str, Value] | None:
    """Say what an answer tells; None when it does not answer this screen."""
    match event:
        case Strength(n=n) if screen.parts[0].kind == "grid" and screen.parts[0].fact:
            return {screen.parts[0].fact: n}
        case Picked(part=part, option=option) if not is_toggled(screen):
            return _set(screen, {f"{part}.{option}"}, facts, content) or None
        case TicksDone() if is_toggled(screen) and (ticked or not screen.none):
            return _defaults(screen, content) | _set(screen, set(ticked), facts, content)
        case NoneOfThese() if screen.none and not ticked:
            return _defaults(screen, content)
        case NotSure() if screen.unsure:
            return _unsure(screen, content) | _set(screen, set(ticked), facts, content)
        case _:
            return None


def _set(screen: Screen, ticked: set[str], facts: Facts, content: Catalogue) -> dict[str, Value]:
    """Fold the options taken; of several values of one fact the one nearer danger is kept."""
    values: dict[str, Value] = {}
    for option in _taken(screen, ticked, facts, content):
        for name, value in option.set.items():
            values[name] = _graver(name, values.get(name, value), value, content)
    return values


def _taken(screen: Screen, ticked: set[str], facts: Facts, content: Catalogue) -> Iterator[Option]:
    for part in parts_of(screen, facts, content):
        for option in options_of(part, facts, content):
            if f"{part.id}.{option.id}" in ticked:
                yield option


def _graver(name: str, one: Value, other: Value, content: Catalogue) -> Value:
    order = content.facts[name].toward_danger
    if isinstance(order, tuple):
        return max(one, other, key=lambda value: order.index(str(value)))
    return other


def spoken_of(screen: Screen) -> Iterable[str]:
    for part in screen.parts:
        yield from (part.fact,) if part.fact else ()
        for option in part.options:
            yield from option.set


def _defaults(screen: Screen, content: Catalogue) -> dict[str, Value]:
    return {name: content.defaults[name] for name in spoken_of(screen)}


def _unsure(screen: Screen, content: Catalogue) -> dict[str, Value]:
    return {name: _cautious(name, content) for name in spoken_of(screen)}


def _cautious(name: str, content: Catalogue) -> Value:
    unsure_as = content.facts[name].unsure_as
    return content.defaults[name] if unsure_as is None else unsure_as
