"""YAML text to plain data, with the line of every entry and field.

Only `true` and `false` are a yes or no here, and only plain digits a number: `no`, NO (Norway),
`on`, 18:00 and 000 stay the words that their author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
        data = None if node is None else loader.construct_document(node)
    except yaml.YAMLError as problem:
        return Document(file, None, faults=(_not_yaml(problem, file),))
    finally:
        loader.dispose()
    lines: dict[Path, int] = {}
    twice = tuple(_walk(node, (), file, lines)) if node is not None else ()
    return Document(file, data, lines, twice)


def _not_yaml(problem: yaml.YAMLError, file: str) -> ContentFault:
    mark = getattr(problem, "problem_mark", None)
    what = getattr(problem, "problem", None) or str(problem).replace("\n", " ")
    return fault("not_yaml", Where(file, mark.line + 1 if mark else None), problem=what)


def _walk(node: yaml.Node, path: Path, file: str, lines: dict[Path, int]) -> Iterator[ContentFault]:
    """Note the lines of all that is named, and find keys that stand twice."""
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                where = Where(file, key.start_mark.line + 1)
                yield fault("key_twice", where, key=name)
            seen.add(name)
            yield from _walk(value, (*path, name), file, lines)
            lines[(*path, name)] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _walk(value, (*path, index), file, lines)
