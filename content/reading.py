"""YAML text to plain data, with the line of every entry and field.

Only `true` and `false` are a yes or no here, and only plain digits a number: `no`, NO (Norway),
`on`, 18:00 and 000 stay the words that their author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import yaml

from content.errors import ContentFault, Where, fault

Path = tuple[str | int, ...]

MOST_OPENED = 1000  # brackets, before anybody counts how deep they stand

_PLAIN = {
    "bool": (r"^(?:true|false)$", "tf"),
    "int": (r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    "float": (r"^-?[0-9]+\.[0-9]+$", "-0123456789"),
    "null": (r"^(?:~|null|)$", ("~", "n", "")),
    "timestamp": (r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "0123456789"),
}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # C where built
    """Composes nodes; the library's own look-up of tags takes a third of the time it needs."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: Any) -> str:  # noqa: ANN401 - the library's
        if kind is not yaml.ScalarNode:
            return "seq" if kind is yaml.SequenceNode else "map"
        if isinstance(implicit, tuple) and implicit[0]:
            for tag, form in _BY_FIRST.get(value[:1], ()):
                if form.match(value):
                    return tag
        return "str"

    def descend_resolver(self, *_: object) -> None:
        """Nothing here depends on where a node stands."""

    def ascend_resolver(self) -> None:
        """As above."""


_BY_FIRST: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
for _tag, (_pattern, _first) in _PLAIN.items():
    for _letter in _first:
        _BY_FIRST.setdefault(_letter, []).append((_tag, re.compile(_pattern)))


_SCALARS: dict[str, Callable[[str], Any]] = {
    "str": str,
    "bool": "true".__eq__,
    "int": int,
    "float": float,
    "null": lambda _: None,
    "timestamp": date.fromisoformat,
}


@dataclass(frozen=True)
class Document:
    """One file: its data, and the lines of paths into it, looked up once somebody asks."""

    file: str
    data: Any
    text: str = field(default="", repr=False)
    faults: tuple[ContentFault, ...] = ()

    def line(self, path: Path) -> int | None:
        """Find the line of a path, or of the nearest entry around it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path)

    @cached_property
    def _lines(self) -> Mapping[Path, int]:
        """Read the text anew: content in order has faults nowhere, and needs no lines."""
        try:
            node = _composed(self.text)
        except yaml.YAMLError:
            return {}
        return dict(_lines_of(node, ())) if node is not None else {}


def read_yaml(text: str, file: str) -> Document:
    builder = _Builder(file)
    try:
        node = _composed(text)
        data = None if node is None else builder.build(node)
    except yaml.YAMLError as problem:
        return Document(file, None, text, faults=(_not_yaml(problem, file),))
    except RecursionError:  # also of an entry that contains itself
        too_deep = yaml.YAMLError("its entries stand in each other without end")
        return Document(file, None, text, faults=(_not_yaml(too_deep, file),))
    return Document(file, data, text, tuple(builder.faults))


def _composed(text: str) -> yaml.Node | None:
    if text.count("[") + text.count("{") > MOST_OPENED and _depth(text) > MOST_OPENED:
        raise RecursionError  # the library in C would go down until the process breaks
    loader = _Loader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
    finally:
        loader.dispose()
    return node


def _depth(text: str) -> int:
    level = deepest = 0
    for event in yaml.parse(text, _Loader):
        level += isinstance(event, yaml.CollectionStartEvent)
        level -= isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, level)
    return deepest


def _lines_of(node: yaml.Node, path: Path) -> Iterator[tuple[Path, int]]:
    """Tell where every entry begins; a field begins with its name."""
    if not path:
        yield path, _line(node)
    match node:
        case yaml.SequenceNode(value=items):
            for index, item in enumerate(items):
                yield (*path, index), _line(item)
                yield from _lines_of(item, (*path, index))
        case yaml.MappingNode(value=pairs):
            for key, value in pairs:
                yield (*path, str(key.value)), _line(key)
                yield from _lines_of(value, (*path, str(key.value)))
        case _:
            pass


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _not_yaml(problem: yaml.YAMLError, file: str) -> ContentFault:
    mark = getattr(problem, "problem_mark", None)
    what = getattr(problem, "problem", None) or str(problem).replace("\n", " ")
    return fault("not_yaml", Where(file, mark.line + 1 if mark else None), problem=what)


class _Builder:
    """Nodes to data in one pass, noting keys that stand twice on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[ContentFault] = []

    def build(self, node: yaml.Node) -> Any:  # noqa: ANN401 - raw data
        if isinstance(node, yaml.ScalarNode):
            return node.value if node.tag == "str" else self.scalar(node, node.value)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node.value)
        return [self.build(item) for item in node.value]

    def mapping(self, pairs: list[tuple[yaml.Node, yaml.Node]]) -> dict[str, Any]:
        entry: dict[str, Any] = {}
        for key, value in pairs:
            name = str(key.value)
            if name in entry:
                self.faults.append(fault("key_twice", Where(self.file, _line(key)), key=name))
            entry[name] = self.build(value)
        return entry

    def scalar(self, node: yaml.ScalarNode, text: str) -> Any:  # noqa: ANN401 - raw data
        read = _SCALARS.get(node.tag.rsplit(":", 1)[-1])
        if read is None:
            problem = f"`{node.tag}` is no tag here"
            self.faults.append(fault("not_yaml", Where(self.file, _line(node)), problem=problem))
            return text
        try:
            return read(text)
        except ValueError:  # 2026-13-01: what admits the entry will say what it should be
            return text
