"""Which sentences the code asks for, read from the code itself: none may be missing, none idle.

A key that stands whole in the code is found there.  One that is put together there, such as
f"day.{number}", stands under `_asked` beside the words, with all that can come of it; what belongs
to entries of the content is checked where they are admitted.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.content_tools.lint import Finding
from content.conditions import nearest
from content.load import CONTENT, read_document
from content.wording import ASKED, FAMILIES, REFERENCE

ROOMS = ("flows", "bot")
WORDS = CONTENT / "words"
KEY = re.compile(r"\w+(\.\w+)+", re.ASCII)
FILES = {"ogg", "json", "png", "pdf", "csv"}  # endings of names that look like keys and are none
GAP = "{}"
ANY = "*"  # whatever is itself a key: the same sentence, said otherwise
SAYS = "said"  # what is given to it is a key, whatever it looks like


@dataclass
class Asked:
    """Keys, and patterns of keys with gaps; each with the place in the code that asks first."""

    keys: dict[str, str] = field(default_factory=dict)  # some are file names that look like them
    sure: set[str] = field(default_factory=set)
    patterns: dict[str, str] = field(default_factory=dict)


@cache
def asked_in(root: Path = CONTENT.parent) -> Asked:
    """Read all of the code below a folder."""
    asked = Asked()
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            look(ast.parse(path.read_text("utf-8")), path.relative_to(root).as_posix(), asked)
    return asked


def look(tree: ast.AST, file: str, asked: Asked) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            asked.sure.update(_told(node))
        elif isinstance(node, ast.JoinedStr):
            pattern = "".join(_piece(each) for each in node.values)
            if KEY.fullmatch(pattern.replace(GAP, "x")) and not pattern.startswith(GAP):
                asked.patterns.setdefault(pattern, f"{file}:{node.lineno}")
            for each in node.values:  # the walk comes to them as well, and they are no keys
                if isinstance(each, ast.Constant):
                    each.value = ""
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_key(node.value):
            asked.keys.setdefault(node.value, f"{file}:{node.lineno}")


def _is_key(text: str) -> bool:
    return bool(KEY.fullmatch(text)) and text.rpartition(".")[2] not in FILES


def _told(call: ast.Call) -> Iterator[str]:
    """Give the key in `said("…")`."""
    first = call.args[0] if call.args else None
    if isinstance(call.func, ast.Name) and call.func.id == SAYS and isinstance(first, ast.Constant):
        yield str(first.value)


def _piece(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else GAP


def declared_in(folder: Path = WORDS) -> dict[str, tuple[str, ...]]:
    """Read what comes of patterns: everything behind their first words, `*` for any key."""
    declared: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob(f"{REFERENCE}.*yaml")):
        for pattern, ends in (read_document(path).data.get(ASKED) or {}).items():
            declared[pattern] = tuple(str(ends).split())
    return declared


def looked_at(
    words: Iterable[str], asked: Asked, declared: Mapping[str, tuple[str, ...]]
) -> list[Finding]:
    known = set(words)
    wanted = dict(_wanted(known, asked, declared))
    missing = (
        Finding(place, f"it asks for `{key}`, which has no words. {nearest(key, known)}", mend=True)
        for key, place in wanted.items()
        if key not in known
    )
    return [*missing, *_unlike(known, asked, declared), *_idle(known, wanted)]


def _wanted(
    known: set[str], asked: Asked, declared: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    """Name all keys that the code may ask for, each with its place."""
    families = {_family(key) for key in known}
    for key, place in asked.keys.items():
        if key in asked.sure or _family(key) in families:
            yield key, place
    for pattern, ends in declared.items():
        place = asked.patterns.get(pattern, ASKED)
        head = pattern.partition(GAP)[0]
        for end in ends:
            if end != ANY:
                yield head + end, place
                continue
            for key in known:
                if key.startswith(head):
                    yield from ((key, place), (key.removeprefix(head), f"words/{key}"))


def _unlike(
    known: set[str], asked: Asked, declared: Mapping[str, tuple[str, ...]]
) -> Iterator[Finding]:
    """Find patterns that stand in the code or under `_asked`, and not in the other."""
    families = {_family(key) for key in known} - FAMILIES.keys()
    for pattern, place in asked.patterns.items():
        if _family(pattern) in families and pattern not in declared:
            told = f"it puts keys together as `{pattern}`. Add them to `{ASKED}` in words/en.yaml."
            yield Finding(place, told, mend=True)
    for pattern in declared.keys() - asked.patterns.keys():
        yield Finding(ASKED, f"no code puts `{pattern}` together. Remove it.", mend=True)


def _idle(known: set[str], wanted: Mapping[str, str]) -> Iterator[Finding]:
    for key in sorted(known - wanted.keys()):
        if _family(key) not in FAMILIES:
            yield Finding(key, "nobody asks for this sentence. Use it or remove it.", mend=False)


def _family(key: str) -> str:
    return key.partition(".")[0]
