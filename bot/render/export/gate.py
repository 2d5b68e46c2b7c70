"""Our questions as a FHIR Questionnaire, under the version of the content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.render.held import Held
from content.schema import Part, Screen
from flows.base import said

URL = "urn:x-limber:questionnaire:gate"
OPTION = "urn:x-limber:option"
NONE, UNSURE = "none", "unsure"
NUMBERS = frozenset({"grid", "number"})

Item = dict[str, Any]


def gate(held: Held) -> Item:
    content = held.content
    return {
        "resourceType": "Questionnaire",
        "url": URL,
        "version": content.version,
        "name": "LimberGate",
        "status": "active",
        "subjectType": ["Patient"],
        "item": [_screen(screen, held) for screen in content.screens.values()],
    }


def link_of(part: Part, screen: Screen) -> str:
    """Name the item that a part's answers stand under."""
    return screen.id if len(screen.parts) == 1 else f"{screen.id}.{part.id}"


def _screen(screen: Screen, held: Held) -> Item:
    text = held.told(said(f"screen.{screen.id}.ask"))
    if len(screen.parts) == 1:
        return {"linkId": screen.id, "text": text, **_part(screen.parts[0], held)}
    items = [{"linkId": link_of(part, screen), **_part(part, held)} for part in screen.parts]
    return {"linkId": screen.id, "text": text, "type": "group", "item": items}


def _part(part: Part, held: Held) -> Item:
    if part.kind in NUMBERS:
        return {"type": "integer"}
    if not part.options:
        return {"type": "string"}
    options = [{"valueCoding": each} for each in _codings(part, held)]
    return {"type": "choice", "repeats": part.kind == "ticks", "answerOption": options}


def _codings(part: Part, held: Held) -> Iterator[dict[str, str]]:
    for option in part.options:
        display = held.told(said(f"option.{part.id}.{option.id}"))
        yield {"system": OPTION, "code": f"{part.id}.{option.id}", "display": display}
    yield {"system": OPTION, "code": NONE, "display": held.told(said("button.none"))}
    yield {"system": OPTION, "code": UNSURE, "display": held.told(said("button.not_sure"))}
