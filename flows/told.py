"""Facts in plain words: what was told, as staff are told it and as a story is confirmed."""

from __future__ import annotations

from collections.abc import Mapping

from content.catalogue import Catalogue
from content.schema import Value
from flows.base import Said, said


def told(facts: Mapping[str, Value], content: Catalogue) -> tuple[Said, ...]:
    """Say the facts that are not as usual, in the order of the questions."""
    lines = []
    for fact in content.facts.values():
        value = facts.get(fact.id)
        if value is None or not fact.clinical or value == fact.default:
            continue
        plain = isinstance(value, bool | int)
        key = f"fact.{fact.id}.told" if plain else f"fact.{fact.id}.{value}.told"
        if key in content.words["en"]:
            lines.append(said(key, n=_count(value)))
    return tuple(lines)


def _count(value: Value) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 1
