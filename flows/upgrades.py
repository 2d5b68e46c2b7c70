"""Older snapshots, step by step, dict to dict, to today's; a newer one is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from flows.talk import VERSION, Talk

Steps = Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]

NOW = f'{{"version":{VERSION},'.encode()  # how a snapshot of today begins: read in one go


def _to_2(written: dict[str, Any]) -> dict[str, Any]:
    """Own lists, activities, manners, rests: all of them new, and empty until they are told."""
    return {**written, "version": 2}


STEPS: Steps = {1: _to_2}  # from a version to the next


class NewerSnapshot(Exception):  # noqa: N818 - it says what was found
    """The snapshot was written by a newer Limber than this."""


def lifted(kept: bytes) -> Talk:
    """Read a snapshot of any version up to today's; raises NewerSnapshot beyond."""
    if kept.startswith(NOW):
        return Talk.model_validate_json(kept)
    written = json.loads(kept)
    while (version := written.get("version", 1)) < VERSION:
        written = STEPS[version](written)
    if version > VERSION:
        raise NewerSnapshot(f"snapshot version {version}, this Limber knows {VERSION}")
    return Talk.model_validate(written)
