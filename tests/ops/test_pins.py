"""The pins: what an image gets is part of what was tested, and no file names an index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PIN = re.compile(
    r"^([A-Za-z0-9._-]+)==(\S+)(?: ;.*)? \\$((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+)",
    re.MULTILINE,
)
FILES = ("constraints.txt", "deploy/constraints.txt")


def pins_of(name: str) -> dict[str, tuple[str, frozenset[str]]]:
    text = (TOP / name).read_text("utf-8")
    return {
        plain(found[1]): (found[2], frozenset(re.findall(r"[0-9a-f]{64}", found[3])))
        for found in PIN.finditer(text)
    }


def names_of(requirements: list[str]) -> set[str]:
    return {plain(re.split(r"[\[><=; ]", each)[0]) for each in requirements}


def plain(name: str) -> str:
    """Write a project's name the one way of the many."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_an_image_gets_versions_that_were_tested() -> None:
    tested, served = (pins_of(name) for name in FILES)
    assert {} == {name: pin for name, pin in served.items() if tested.get(name, ("",))[0] != pin[0]}


@pytest.mark.parametrize("name", FILES)
def test_everything_needed_is_pinned(name: str) -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    needed = names_of(project["dependencies"]) | {"setuptools"}
    if name == "constraints.txt":
        needed |= names_of(project["optional-dependencies"]["dev"])
    assert set() == needed - set(pins_of(name))


def test_an_image_has_no_tools_of_developers() -> None:
    assert set() == {"pytest", "mypy", "ruff", "z3-solver", "hypothesis"} & set(pins_of(FILES[1]))


@pytest.mark.parametrize("name", FILES)
def test_no_pin_names_an_index(name: str) -> None:
    text = (TOP / name).read_text("utf-8")
    assert [] == re.findall(r"(?m)^--?(?:index-url|extra-index-url|find-links|i|f)\b.*$", text)
    assert [] == re.findall(r"\w+://", text)
