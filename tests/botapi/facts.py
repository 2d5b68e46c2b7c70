"""What each method takes.  `facts.json` is the table; a request that does not fit is refused.

Stricter than Telegram on purpose: an unknown parameter or field is an error, because a misspelt
one would be ignored in silence there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.botapi.refusal import Refused

FACTS = json.loads(Path(__file__).with_name("facts.json").read_text("utf-8"))
METHODS: Mapping[str, Mapping[str, str]] = FACTS["methods"]
TYPES: Mapping[str, Mapping[str, str]] = FACTS["types"]
SUBTYPES: Mapping[str, list[str]] = FACTS["subtypes"]
CONST: Mapping[str, Mapping[str, str]] = FACTS["const"]
SCALARS = {"Integer", "Float", "String", "Boolean", "InputFile"}


def checked(method: str, raw: Mapping[str, Any], files: Mapping[str, Any]) -> dict[str, Any]:
    """Give the parameters with their types, or refuse."""
    wanted = {name.rstrip("!"): kind for name, kind in METHODS[method].items()}
    if strange := sorted(set(raw) - set(wanted)):
        raise Refused(f"unknown parameter {strange[0]!r} of {method}")
    for name in METHODS[method]:
        bare = name.rstrip("!")
        if name.endswith("!") and bare not in raw and bare not in files:
            raise Refused(f"parameter {bare!r} of {method} is missing")
    return {name: from_outside(value, wanted[name], name) for name, value in raw.items()}


def from_outside(value: Any, kind: str, where: str) -> Any:  # noqa: ANN401 - JSON has any shape
    """Urlencoded and multipart bodies, and many JSON ones, carry each value as a string."""
    if not isinstance(value, str) or "String" in kind.split("|"):
        if isinstance(value, str) and "Integer" in kind.split("|") and is_integer(value):
            return int(value)
        return fitting(value, kind, where)
    if kind == "Integer" and is_integer(value):
        return int(value)
    if kind == "Boolean" and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    try:
        return fitting(json.loads(value), kind, where)
    except ValueError:
        raise Refused(f"can't parse {where}: {kind} expected as JSON") from None


def is_integer(text: str) -> bool:
    return text.removeprefix("-").isdecimal() and text.isascii()


def fitting(value: Any, kind: str, where: str) -> Any:  # noqa: ANN401 - JSON has any shape
    """Give the value back if it is of this kind."""
    kinds = kind.split("|")
    if len(kinds) > 1:
        kind = chosen(value, kinds, where)
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            raise Refused(f"can't parse {where}: {kind} expected")
        inner = kind.removeprefix("Array of ")
        return [fitting(one, inner, f"{where}[{at}]") for at, one in enumerate(value)]
    if kind in SCALARS:
        return scalar(value, kind, where)
    if not isinstance(value, dict):
        raise Refused(f"can't parse {where}: object expected ({kind})")
    return fields(value, subtype(value, kind, where), where)


def chosen(value: Any, kinds: list[str], where: str) -> str:  # noqa: ANN401 - JSON has any shape
    if isinstance(value, dict):
        for kind in kinds:
            if all(need in value for need in required(kind)):
                return kind
        raise Refused(f"can't parse {where}: none of {', '.join(kinds)}")
    if isinstance(value, int) and "Integer" in kinds:
        return "Integer"
    return "String" if "String" in kinds else kinds[0]


def required(kind: str) -> list[str]:
    return [name.rstrip("!") for name in TYPES.get(kind, ()) if name.endswith("!")]


def subtype(value: dict[str, Any], kind: str, where: str) -> str:
    if kind not in SUBTYPES:
        return kind
    for candidate in SUBTYPES[kind]:
        const = CONST.get(candidate, {})
        if const and all(value.get(name) == told for name, told in const.items()):
            return candidate
    raise Refused(f"can't parse {where}: unknown kind of {kind}")


def fields(value: dict[str, Any], kind: str, where: str) -> dict[str, Any]:
    wanted = {name.rstrip("!"): inner for name, inner in TYPES[kind].items()}
    if strange := sorted(set(value) - set(wanted)):
        raise Refused(f"can't parse {where}: unknown field {strange[0]!r} of {kind}")
    if missing := [need for need in required(kind) if need not in value]:
        raise Refused(f"can't parse {where}: field {missing[0]!r} of {kind} is missing")
    return {n: fitting(inner, wanted[n], f"{where}.{n}") for n, inner in value.items()}


def scalar(value: Any, kind: str, where: str) -> Any:  # noqa: ANN401 - JSON has any shape
    python: dict[str, tuple[type, ...]] = {
        "Integer": (int,), "Float": (int, float), "String": (str,), "Boolean": (bool,),
        "InputFile": (str,),
    }  # fmt: skip
    if isinstance(value, bool) != (kind == "Boolean") or not isinstance(value, python[kind]):
        raise Refused(f"can't parse {where}: {kind} expected")
    return value
