"""The only reader of content files: a folder in, a catalogue or all its faults out.

Any file of the folder may hold any section, so content can be split as its authors like.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from content import schema
from content.admit import MANY, ONE, Placed, admit
from content.catalogue import Catalogue, Danger
from content.closures import closure_of
from content.conditions import Tree
from content.crossing import Defined, crossed, trees_of
from content.errors import ContentFault, ContentFaults, Where, fault
from content.reading import Document, read_yaml
from content.schema import Entry, Fact, Value, Words
from content.wording import spoken, worded

CONTENT = Path(__file__).parent

WORDS = {"concepts", "danger_words", "reach"}  # no part of what is proved
UNREADABLE = {"not_yaml", "not_a_map"}

E = TypeVar("E", bound=Entry)


def load(folder: Path = CONTENT) -> Catalogue:
    """Read all content of a folder; raises ContentFaults with every fault at once."""
    paths = [*sorted(folder.glob("*.yaml")), *sorted(folder.glob("danger/*.yaml"))]
    documents = [_read(path, folder) for path in paths]
    words, faults = spoken(_read(path, folder) for path in sorted(folder.glob("words/*.yaml")))
    found = [each for document in documents for each in admit(document)]
    placed = [each for each in found if isinstance(each, Placed)]
    refused = [each for each in found if isinstance(each, ContentFault)]
    faults += refused
    if any(each.code in UNREADABLE for each in faults):
        raise ContentFaults(tuple(faults))  # what a lost file defines would look missing elsewhere
    defined = Defined(placed, _mentioned(documents))
    trees, unread = trees_of(defined)
    faults += [*_sections(documents), *crossed(defined), *unread]
    faults += worded(placed, words, whole=not refused)
    if faults:
        raise ContentFaults(tuple(faults))
    return _catalogue(defined, trees, words.words)


def read_document(path: Path) -> Document:
    """Read one file of the same make that is no content of a release, such as a file of cases."""
    return read_yaml(path.read_text("utf-8"), str(path))


def _read(path: Path, folder: Path) -> Document:
    return read_yaml(path.read_text("utf-8"), path.relative_to(folder).as_posix())


def _mentioned(documents: Iterable[Document]) -> dict[str, set[str]]:
    """Name all ids, also of entries that will not be admitted: to name them is no second fault."""
    mentioned: dict[str, set[str]] = {section: set() for section in MANY}
    for document in documents:
        for section, entries in document.data.items() if isinstance(document.data, dict) else ():
            if section in MANY and isinstance(entries, list):
                ids = (each.get("id") for each in entries if isinstance(each, dict))
                mentioned[section].update(name for name in ids if isinstance(name, str))
    return mentioned


def _sections(documents: Iterable[Document]) -> list[ContentFault]:
    """Each section has to be there, and those of one entry once."""
    faults: list[ContentFault] = []
    found: dict[str, Document] = {}
    for document in documents:
        for section in document.data if isinstance(document.data, dict) else ():
            if section in ONE and section in found:
                here, other = _where(document, section), _where(found[section], section)
                faults.append(fault("section_twice", here, key=section, other=other))
            found.setdefault(section, document)
    missing = [section for section in (*MANY, *ONE) if section not in found]
    return faults + [fault("section_missing", Where("content"), key=each) for each in missing]


def _where(document: Document, section: str) -> Where:
    return Where(document.file, document.line((section,)))


def _catalogue(
    defined: Defined, trees: Mapping[str, Tree], words: Mapping[str, Words]
) -> Catalogue:
    def every(kind: type[E]) -> tuple[E, ...]:
        return tuple(p.entry for p in defined.placed if isinstance(p.entry, kind))

    def one(kind: type[E]) -> E:
        return every(kind)[0]

    return Catalogue(
        facts={fact.id: fact for fact in every(Fact)},
        derived={each.id: each for each in every(schema.Derived)},
        screens={screen.id: screen for screen in every(schema.Screen)},
        routes={route.id: route for route in every(schema.Route)},
        rules=every(schema.Rule),
        promises=every(schema.Promise),
        exempt=every(schema.Exempt),
        levels={level.id: level for level in every(schema.LevelText)},
        extras=every(schema.Extra),
        consent=one(schema.Consent),
        conditions=every(schema.Condition),
        resolution=one(schema.Resolution),
        exercises={exercise.id: exercise for exercise in every(schema.Exercise)},
        programs={program.id: program for program in every(schema.Program)},
        choices=every(schema.Choice),
        limits=every(schema.Limit),
        timing=one(schema.Timing),
        progress=one(schema.Progress),
        events={event.id: event for event in every(schema.SessionEvent)},
        stop=one(schema.StopRules),
        own=one(schema.OwnRules),
        ladders={ladder.id: ladder for ladder in every(schema.Ladder)},
        climbing=one(schema.Climbing),
        activities={activity.id: activity for activity in every(schema.Activity)},
        aims=one(schema.AimRules),
        tips={tip.id: tip for tip in every(schema.Tip)},
        freshness=one(schema.Freshness),
        reminders=one(schema.ReminderRules),
        phones=one(schema.Phones),
        measures=one(schema.Measures),
        places=every(schema.Place),
        reading=one(schema.TypedWords),
        danger=Danger(
            concepts=every(schema.Concept),
            words=every(schema.DangerWords),
            reach=one(schema.Reach),
        ),
        sources={source.id: source for source in every(schema.Source)},
        words=words,
        trees=trees,
        tests={text: closure_of(tree) for text, tree in trees.items()},
        defaults={fact.id: _default(fact) for fact in every(Fact) if fact.same_as is None},
        version=_version(defined.placed),
    )


def _default(fact: Fact) -> Value:
    """Give what holds while nothing was said; what has to be asked is never judged before."""
    nothing: dict[str, Value] = {"bool": False, "int": 0, "enum": "", "text": ""}
    return nothing[fact.type] if fact.default is None else fact.default


def _version(placed: Iterable[Placed]) -> str:
    """Name a release by its content: everything but the words, in a form that never varies."""
    sections: dict[str, list[Any]] = {}
    for each in placed:
        if each.section in WORDS:
            continue
        sections.setdefault(each.section, []).append(each.entry.model_dump(mode="json"))
    canonical = json.dumps(sections, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]
