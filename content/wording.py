"""Whether every entry has its words, and every word its entry; and whether words can be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Literal

from content import schema
from content.admit import Placed
from content.conditions import nearest
from content.errors import ContentFault, Where, fault
from content.reading import Document
from content.schema import Words

REFERENCE = "en"  # the language that has every sentence; others fall back to it
AWAITING = "_awaiting"  # key patterns written here and not signed off yet
ASKED = "_asked"  # keys that code puts together, for `limber content check`: no words
PLURALS = {"zero", "one", "two", "few", "many", "other"}
BUTTON, LONE_BUTTON = 18, 30  # characters: in a row of several, alone in its row

# First parts of keys that belong to entries alone, and how many parts such a key has at least; the
# rest are the program's own sentences.
FAMILIES = {
    "rule": 3, "screen": 3, "option": 3, "part": 3, "fact": 3, "level": 3, "exercise": 3,
    "program": 3, "condition": 3, "extra": 2, "equipment": 2, "choice": 2, "event": 2,
    "outcome": 2, "progress": 2, "ladder": 3, "activity": 2, "tip": 2,
}  # fmt: skip

Shape = Literal["sentence", "sentences"]


@dataclass
class Spoken:
    """The words of all languages, and where each stands."""

    words: dict[str, Words] = field(default_factory=dict)
    stands: dict[tuple[str, str], Document] = field(default_factory=dict)
    awaiting: tuple[str, ...] = ()

    def where(self, language: str, key: str) -> Where:
        return _where(self.stands[language, key], key)


def spoken(documents: Iterable[Document]) -> tuple[Spoken, list[ContentFault]]:
    """Merge the files of each language: en.yaml, en.session.yaml … are one."""
    merged = Spoken()
    faults: list[ContentFault] = []
    for document in documents:
        language = document.file.rsplit("/", 1)[-1].split(".")[0]
        words = merged.words.setdefault(language, {})
        faults += document.faults
        if not isinstance(document.data, dict):
            if not document.faults:
                faults.append(fault("not_a_map", Where(document.file)))
            continue
        for key, value in document.data.items():
            if key == AWAITING:
                merged.awaiting += tuple(value)
            elif key == ASKED:
                continue
            elif key in words:
                other = merged.where(language, key)
                faults.append(fault("words_twice", _where(document, key), key=key, other=other))
            elif problem := _unspeakable(key, value):
                faults.append(fault(problem[0], _where(document, key), key=key, **problem[1]))
            else:
                words[key] = tuple(value) if isinstance(value, list) else value
                merged.stands[language, key] = document
    return merged, faults


def _where(document: Document, key: str) -> Where:
    return Where(document.file, document.line((key,)))


def _unspeakable(key: str, value: object) -> tuple[str, dict[str, object]] | None:
    match value:
        case str():
            return _unshowable(key, value)
        case list() if value and all(isinstance(each, str) for each in value):
            return next(filter(None, (_unshowable(key, each) for each in value)), None)
        case dict() if all(isinstance(each, str) for each in value.values()):
            if "other" not in value or not PLURALS.issuperset(value):
                return "words_plural", {}
            return next(filter(None, (_unshowable(key, each) for each in value.values())), None)
        case _:
            return "words_shape", {"shape": "a sentence, a plural map or a list of sentences"}


def _unshowable(key: str, text: str) -> tuple[str, dict[str, object]] | None:
    try:
        list(Formatter().parse(text))
    except ValueError as problem:
        return "words_gaps", {"problem": problem}
    marks = re.findall(r"</?[^>]*>|<", text)
    open_marks: list[str] = []
    for mark in marks:
        if mark in {"<b>", "<i>"}:
            open_marks.append(mark)
        elif mark not in {"</b>", "</i>"} or not open_marks or open_marks.pop()[1] != mark[2]:
            return "words_marks", {}
    if open_marks:
        return "words_marks", {}
    limit = _limit(key)
    if limit and len(text) > limit:
        return "words_long", {"length": len(text), "limit": limit}
    return None


def _limit(key: str) -> int | None:
    if key.startswith(("option.", "exercise.")) and key.endswith(".short"):
        return BUTTON
    return LONE_BUTTON if key.startswith("button.") else None


def worded(placed: Iterable[Placed], said: Spoken, *, whole: bool) -> Iterator[ContentFault]:
    """Find sentences that an entry needs and lacks, and, of a whole content, those none needs."""
    words = said.words.get(REFERENCE, {})
    wanted: dict[str, Placed] = {}
    for each in placed:
        for key, shape in needed(each.entry):
            wanted.setdefault(key, each)
            if key not in words:
                where = Where(f"words/{REFERENCE}.yaml")
                yield fault("words_missing", where, key=key, other=each.where())
            elif (shape == "sentences") != isinstance(words[key], tuple):
                shown = "a list of sentences" if shape == "sentences" else "one sentence"
                where = said.where(REFERENCE, key)
                yield fault("words_shape", where, key=key, shape=shown)
        wanted.update(dict.fromkeys(welcome(each.entry), each))
    for language, key in said.stands:
        if whole and _is_an_entrys(key) and key not in wanted:
            near = nearest(key, _near(key, wanted))
            yield fault("words_unused", said.where(language, key), key=key, nearest=near)


def _is_an_entrys(key: str) -> bool:
    parts = key.split(".")
    return len(parts) >= FAMILIES.get(parts[0], len(parts) + 1)


def _near(key: str, wanted: Mapping[str, object]) -> list[str]:
    """Keep the comparison small: only keys of the same family can have been meant."""
    family = key.split(".", maxsplit=1)[0] + "."
    return [each for each in wanted if each.startswith(family)]


def needed(entry: schema.Entry) -> Iterator[tuple[str, Shape]]:
    match entry:
        case schema.Rule(id=rule):
            yield f"rule.{rule}.why", "sentence"
        case schema.Screen():
            yield from _screen(entry)
        case schema.Fact(clinical=True):
            yield from ((key, "sentence") for key in _told(entry))
        case schema.LevelText(id=level, words=words):
            yield from ((f"level.{level}.{word}", "sentence") for word in words)
        case schema.Extra(id=extra):
            yield f"extra.{extra}", "sentence"
        case schema.Consent():
            yield "consent.text", "sentence"
        case _:
            yield from _needed_to_stretch(entry)


def _needed_to_stretch(  # noqa: C901 - one case for each kind of entry
    entry: schema.Entry,
) -> Iterator[tuple[str, Shape]]:
    match entry:
        case schema.Exercise(id=name, equipment=equipment):
            for word in ("name", "short", "cue", "bell", "feel", "picture"):
                yield f"exercise.{name}.{word}", "sentence"
            for word in ("steps", "mistakes", "cautions"):
                yield f"exercise.{name}.{word}", "sentences"
            yield from ((f"equipment.{thing}", "sentence") for thing in equipment)
        case schema.Program(id=name):
            yield f"program.{name}.name", "sentence"
            yield f"program.{name}.for", "sentence"
        case schema.Condition(id=name):
            yield f"condition.{name}.note", "sentence"
        case schema.Choice(reason=reason):
            yield f"choice.{reason}", "sentence"
        case schema.SessionEvent(advice=advice, outcomes=outcomes):
            yield from ((f"event.{told.say}", "sentence") for told in advice)
            yield from ((f"outcome.{outcome.say}", "sentence") for outcome in outcomes)
        case schema.Progress(rules=rules):
            yield from ((f"progress.{rule.id}", "sentence") for rule in rules)
        case schema.Freshness(remarks=remarks):
            yield from ((f"remark.{remark.id}", "sentence") for remark in remarks)
        case schema.StopRules(after=after):
            yield from ((f"after.{rule.id}", "sentence") for rule in after)
        case _:
            yield from _needed_to_own(entry)


def _needed_to_own(entry: schema.Entry) -> Iterator[tuple[str, Shape]]:
    match entry:
        case schema.OwnRules():
            yield "program.routine.name", "sentence"
            yield "program.routine.for", "sentence"
            yield "choice.own", "sentence"
        case schema.Ladder(id=name, steps=steps):
            yield f"ladder.{name}.name", "sentence"
            yield from ((f"ladder.{name}.{step.id}", "sentence") for step in steps)
        case schema.Activity(id=name):
            yield f"activity.{name}", "sentence"
        case schema.Tip(id=name):
            yield f"tip.{name}", "sentence"
        case schema.ReminderRules(lines=lines):
            yield from ((f"reminder.line.{line}", "sentence") for line in lines)
        case _:
            return


def _screen(screen: schema.Screen) -> Iterator[tuple[str, Shape]]:
    yield f"screen.{screen.id}.ask", "sentence"
    yield f"screen.{screen.id}.why", "sentence"
    alone = len(screen.parts) == 1 and screen.parts[0].kind != "ticks"
    if screen.unsure and alone:
        yield f"screen.{screen.id}.again", "sentence"
    for part in screen.parts:
        for option in part.options:
            yield f"option.{part.id}.{option.id}", "sentence"
            yield f"option.{part.id}.{option.id}.short", "sentence"
            if screen.unsure and not alone:
                yield f"option.{part.id}.{option.id}.again", "sentence"


def _told(fact: schema.Fact) -> Iterator[str]:
    match fact.type:
        case "enum":
            values = (value for value in fact.values if value != fact.default)
            yield from (f"fact.{fact.id}.{value}.told" for value in values)
        case "bool" | "int" | "text":
            yield f"fact.{fact.id}.told"


def welcome(entry: schema.Entry) -> Iterator[str]:
    """Name the sentences that an entry may have and need not."""
    match entry:
        case schema.Screen(id=screen, parts=parts):
            yield from (f"screen.{screen}.{word}" for word in ("help", "again"))
            yield from (f"part.{part.id}.ask" for part in parts)
            yield from (f"option.{p.id}.{o.id}.again" for p in parts for o in p.options)
        case schema.Fact(id=fact, values=values):
            yield from _told(entry)
            yield from (f"fact.{fact}.{value}.told" for value in values)
        case schema.Exercise(id=name):
            yield f"exercise.{name}.limb"
        case schema.Program(id=name):
            yield f"program.{name}.order"
        case _:
            return
