"""What a typed answer says to the question that stands, where no button's words were typed.

Words may raise a danger and never lower it: a hedged answer on the harmless side is "not sure".
"""

from __future__ import annotations

from typing import Literal

from content.schema import Part, Screen
from flows.base import Event, Scene
from flows.leaning import answered
from flows.text import OutOfRange, days, is_none, normalise, numbers_list, whole_number, yes_no
from flows.text.listed import is_listed
from flows.triage.run import standing_screen
from flows.triage.screens import next_item, refs, toggles
from flows.triage.vocabulary import (
    Grid,
    Item,
    Name,
    NoneOfThese,
    Number,
    Pick,
    Ticks,
    Triage,
    Unsure,
)

A_WEEK = 7


def read(state: Triage, text: str, scene: Scene) -> Event | None:
    """Read the answer; None when it says nothing here."""
    screen = standing_screen(state, scene)
    part = screen.parts[0]
    if state.phase == "walking":
        return _item(str(next_item(state, screen)), text, scene)
    if toggles(screen):
        return _list(screen, text, scene)
    if part.kind in {"grid", "number"}:
        return _number(part, text, scene)
    if part.fact is not None:
        return _country(text, scene)
    return _yes_or_no(part, text, scene)


def _item(item: str, text: str, scene: Scene) -> Event | None:
    answer = yes_no(text, scene)
    if answer == "unsure":
        return Unsure()
    if "." not in item:
        return NoneOfThese() if answer == "no" else None
    part, option = item.split(".", 1)
    return Item(part=part, option=option, answer=answer) if answer else None


def _list(screen: Screen, text: str, scene: Scene) -> Event | None:
    """Read "1 3", or a no to the whole list."""
    numbered = [ref for part in screen.parts for ref in refs(part)]
    numbers = numbers_list(text, scene)
    if numbers and all(0 < n <= len(numbered) for n in numbers):
        return Ticks(refs=",".join(numbered[n - 1] for n in numbers))
    answer = yes_no(text, scene)
    if is_none(text, scene) or answer == "no":
        return NoneOfThese()
    return Unsure() if answer == "unsure" and screen.unsure else None


def _number(part: Part, text: str, scene: Scene) -> Event | None:
    """Read a number; one out of range is handed on, to be answered with the range."""
    fact = scene.content.facts[str(part.fact)]
    low, high = fact.low or 0, fact.high or 0
    graver: Literal["up", "down"] = "down" if fact.toward_danger == "down" else "up"
    number: int | OutOfRange | None = None
    if part.unit == "days":
        number = days(text, scene.at, scene, graver=graver)
    if part.kind == "grid" and is_listed(text, "typed.no_pain", scene):
        return Grid(number=low)
    if number is None:
        number = whole_number(text, low, high, scene, graver=graver)
    if number is None and part.unit == "weeks":
        span = days(text, scene.at, scene, graver=graver)
        number = None if span is None else span // A_WEEK
    if number is None:
        return Unsure() if yes_no(text, scene) == "unsure" else None
    value = number.value if isinstance(number, OutOfRange) else number
    return Grid(number=value) if part.kind == "grid" else Number(number=value)


def _country(text: str, scene: Scene) -> Event | None:
    said = normalise(text)
    for place in scene.content.places:
        if said in {normalise(name) for name in (place.country, *place.names)}:
            return Name(value=place.country)
    return None


def _yes_or_no(part: Part, text: str, scene: Scene) -> Event | None:
    match answered(part, text, scene):
        case "unsure":
            return Unsure()
        case "yes" | "no" as answer:
            return Pick(part=part.id, option=answer)
        case _:
            return None
