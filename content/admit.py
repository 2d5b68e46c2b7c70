"""Plain data to entries: each is admitted by its pydantic class, or its faults are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from content import schema
from content.conditions import nearest
from content.errors import ContentFault, Where, fault
from content.reading import Document, Path
from content.schema import Entry

MANY: dict[str, type[Entry]] = {
    "facts": schema.Fact,
    "derived": schema.Derived,
    "screens": schema.Screen,
    "routes": schema.Route,
    "rules": schema.Rule,
    "promises": schema.Promise,
    "exempt": schema.Exempt,
    "levels": schema.LevelText,
    "extras": schema.Extra,
    "conditions": schema.Condition,
    "exercises": schema.Exercise,
    "programs": schema.Program,
    "choices": schema.Choice,
    "limits": schema.Limit,
    "events": schema.SessionEvent,
    "ladders": schema.Ladder,
    "activities": schema.Activity,
    "tips": schema.Tip,
    "places": schema.Place,
    "sources": schema.Source,
    "concepts": schema.Concept,
    "danger_words": schema.DangerWords,
}
ONE: dict[str, type[Entry]] = {
    "consent": schema.Consent,
    "resolution": schema.Resolution,
    "timing": schema.Timing,
    "progress": schema.Progress,
    "stop": schema.StopRules,
    "own": schema.OwnRules,
    "climbing": schema.Climbing,
    "aims": schema.AimRules,
    "freshness": schema.Freshness,
    "reminders": schema.ReminderRules,
    "phones": schema.Phones,
    "measures": schema.Measures,
    "reading": schema.TypedWords,
    "reach": schema.Reach,
}


@dataclass(frozen=True)
class Placed:
    """An entry and where it stands."""

    section: str
    entry: Entry
    document: Document
    path: Path

    @property
    def name(self) -> str:
        return _name(self.entry.model_dump(include={"id", "program", "country"}), self.section)

    def where(self, *inside: str | int) -> Where:
        line = self.document.line((*self.path, *inside))
        return Where(self.document.file, line, self.name)


def admit(document: Document) -> Iterator[Placed | ContentFault]:
    """Read all sections of a file, any of which may stand in any file."""
    yield from document.faults
    if document.data is None and document.faults:
        return
    if not isinstance(document.data, dict):
        yield fault("not_a_map", Where(document.file))
        return
    for section, data in document.data.items():
        yield from _section(document, str(section), data)


def _section(document: Document, section: str, data: Any) -> Iterator[Placed | ContentFault]:  # noqa: ANN401 - raw data
    if section in ONE:
        yield from _entry(document, section, ONE[section], (section,), data)
    elif section in MANY and isinstance(data, list):
        for index, each in enumerate(data):
            yield from _entry(document, section, MANY[section], (section, index), each)
    elif section in MANY:
        where = Where(document.file, document.line((section,)))
        yield fault("field_wrong", where, field=section, value=data, problem="it has to be a list")
    else:
        where = Where(document.file, document.line((section,)))
        near = nearest(section, [*ONE, *MANY])
        yield fault("section_unknown", where, key=section, nearest=near)


def _entry(
    document: Document,
    section: str,
    kind: type[Entry],
    path: Path,
    data: Any,  # noqa: ANN401 - raw data
) -> Iterator[Placed | ContentFault]:
    try:
        yield Placed(section, kind.model_validate(data), document, path)
    except ValidationError as problem:
        name = _name(data, section)
        for error in problem.errors(include_url=False):
            line = document.line((*path, *error["loc"]))
            yield _told(error, Where(document.file, line, name))


def _name(data: Any, section: str) -> str:  # noqa: ANN401 - raw data
    known = data if isinstance(data, dict) else {}
    return str(known.get("id") or known.get("program") or known.get("country") or section)


def _told(error: ErrorDetails, where: Where) -> ContentFault:
    """Say what pydantic found in the words of the content's author."""
    names = [str(part) for part in error["loc"] if not _is_machinery(part)]
    field = ".".join(names) or "the entry"
    match error["type"]:
        case "extra_forbidden":
            near = nearest(str(error["loc"][-1]), _fields())
            return fault("field_unknown", where, field=field, nearest=near)
        case "missing":
            return fault("field_missing", where, field=field)
        case "string_type":
            return fault("field_text", where, field=field, value=error["input"])
        case _:
            problem = error["msg"][:1].lower() + error["msg"][1:]
            value = error["input"]
            return fault("field_wrong", where, field=field, value=value, problem=problem)


def _is_machinery(part: str | int) -> bool:
    """Tell pydantic's own words in a path (`literal['all']`, `tuple[...]`) from field names."""
    return isinstance(part, str) and ("[" in part or part in {"bool", "int", "str"})


@cache
def _fields() -> frozenset[str]:
    kinds = [kind for kind in vars(schema).values() if isinstance(kind, type)]
    return frozenset(
        name for kind in kinds if issubclass(kind, Entry) for name in kind.model_fields
    )
