"""YAML text to plain data, with the line of every entry and field.

Only `true` and `false` are a yes or no here, and only plain digits a number: `no`, NO (Norway),
`on`, 18:00 and 000 stay the words that their author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from content.errors import ContentFault, Where, fault

Path = tuple[str | int, ...]

_PLAIN = {
    "bool": (r"^(?:true|false)$", "tf"),
    "int": (r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    "float": (r"^-?[0-9]+\.[0-9]+$", "-0123456789"),
    "null": (r"^(?:~|null|)$", ("~", "n", "")),
    "timestamp": (r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "0123456789"),
}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # C where built
    yaml_implicit_resolvers: Mapping[str, Any] = {}


_Loader.yaml_implicit_resolvers = {}
for _tag, (_pattern, _first) in _PLAIN.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


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
    """One file: its data, and the line where each path into it begins."""

    file: str
    data: Any
    lines: Mapping[Path, int] = field(default_factory=dict, repr=False)
    faults: tuple[ContentFault, ...] = ()

    def line(self, path: Path) -> int | None:
        """Find the line of a path, or of the nearest entry around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def read_yaml(text: str, file: str) -> Document:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as problem:
        return Document(file, None, faults=(_not_yaml(problem, file),))
    finally:
        loader.dispose()
    builder = _Builder(file)
    data = None if node is None else builder.build(node, ())
    return Document(file, data, builder.lines, tuple(builder.faults))


def _not_yaml(problem: yaml.YAMLError, file: str) -> ContentFault:
    mark = getattr(problem, "problem_mark", None)
    what = getattr(problem, "problem", None) or str(problem).replace("\n", " ")
    return fault("not_yaml", Where(file, mark.line + 1 if mark else None), problem=what)


class _Builder:
    """Nodes to data in one pass, noting lines and keys that stand twice on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.faults: list[ContentFault] = []

    def build(self, node: yaml.Node, path: Path) -> Any:  # noqa: ANN401 - raw data
        self.lines.setdefault(path, node.start_mark.line + 1)
        match node:
            case yaml.ScalarNode(value=text):
                return self.scalar(node, text)
            case yaml.SequenceNode(value=items):
                return [self.build(item, (*path, index)) for index, item in enumerate(items)]
            case yaml.MappingNode(value=pairs):
                return self.mapping(pairs, path)
            case _:
                raise AssertionError(node)  # there are no other nodes

    def mapping(self, pairs: list[tuple[yaml.Node, yaml.Node]], path: Path) -> dict[str, Any]:
        entry: dict[str, Any] = {}
        for key, value in pairs:
            name, line = str(key.value), key.start_mark.line + 1
            if name in entry:
                self.faults.append(fault("key_twice", Where(self.file, line), key=name))
            self.lines[(*path, name)] = line
            entry[name] = self.build(value, (*path, name))
        return entry

    def scalar(self, node: yaml.ScalarNode, text: str) -> Any:  # noqa: ANN401 - raw data
        read = _SCALARS.get(node.tag.rsplit(":", 1)[-1])
        if read is None:
            where = Where(self.file, node.start_mark.line + 1)
            self.faults.append(fault("not_yaml", where, problem=f"`{node.tag}` is no tag here"))
            return text
        try:
            return read(text)
        except ValueError:  # 2026-13-01: what admits the entry will say what it should be
            return text
