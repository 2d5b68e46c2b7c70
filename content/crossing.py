"""Whether entries fit each other: ids once, names defined, values possible, conditions read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import get_args, get_type_hints

from pydantic import BaseModel

from content import schema
from content.admit import MANY, Placed
from content.conditions import (
    ConditionError,
    Count,
    Names,
    Tree,
    nearest,
    parse,
    parse_derived,
)
from content.errors import ContentFault, fault
from content.reading import Path
from content.schema import Concept, Cond, DangerWords, Derived, Fact, Part, Screen, Value

# Which field names which kind of entry; a name in a dict's key counts as well as one in a list.
REFERENCES: dict[tuple[type[BaseModel], str], str] = {
    (schema.Fact, "same_as"): "facts",
    (schema.Option, "set"): "facts",
    (schema.Option, "opens"): "screens",
    (schema.Part, "fact"): "facts",
    (schema.Part, "also"): "facts",
    (schema.Route, "screens"): "screens",
    (schema.Rule, "say"): "extras",
    (schema.Promise, "unsure"): "facts",
    (schema.Exempt, "facts"): "facts",
    (schema.Condition, "never"): "exercises",
    (schema.Condition, "caution"): "exercises",
    (schema.Condition, "replace"): "exercises",
    (schema.Resolution, "fallback"): "exercises",
    (schema.Resolution, "extension"): "exercises",
    (schema.Resolution, "head_down"): "exercises",
    (schema.Resolution, "instead"): "programs",
    (schema.Resolution, "check"): "screens",
    (schema.Resolution, "gate"): "conditions",
    (schema.Exercise, "progression"): "exercises",
    (schema.Exercise, "regression"): "exercises",
    (schema.Exercise, "contraindicated_by"): "conditions",
    (schema.Exercise, "caution_by"): "conditions",
    (schema.Dose, "ex"): "exercises",
    (schema.Choice, "program"): "programs",
    (schema.Limit, "exercises"): "exercises",
    (schema.Timing, "first_session_without"): "exercises",
    (schema.Progress, "strength"): "programs",
    (schema.Directions, "programs"): "programs",
    (schema.Freshness, "full_on_change"): "facts",
    (schema.Freshness, "after_mistake"): "screens",
    (schema.CheckIn, "route"): "routes",
    (schema.Recheck, "screens"): "screens",
    (schema.Recheck, "route"): "routes",
    (schema.Recheck, "say"): "extras",
    (schema.Timing, "short_fallback"): "exercises",
    (schema.SessionEvent, "ask"): "screens",
    (schema.SessionEvent, "triage"): "screens",
    (schema.Outcome, "treat_as"): "events",
    (schema.Outcome, "sets"): "facts",
    (schema.Outcome, "triage"): "screens",
    (schema.Outcome, "only"): "exercises",
    (schema.AfterRule, "sets"): "facts",
    (schema.StopRules, "check"): "screens",
    (schema.StopRules, "danger_check"): "screens",
    (schema.StopRules, "what"): "screens",
    (schema.StopRules, "leg"): "screens",
    (schema.StopRules, "leg_event"): "events",
    (schema.StopRules, "unanswered"): "events",
    (schema.StopRules, "unanswered_check"): "screens",
    (schema.StopRules, "check_in"): "screens",
    (schema.StopRules, "asked_again"): "screens",
    (schema.Apart, "exercises"): "exercises",
    (schema.OwnRules, "unless"): "programs",
    (schema.Concept, "facts"): "facts",
    (schema.Concept, "past"): "facts",
    (schema.Concept, "number"): "facts",
    (schema.Concept, "ago"): "facts",
}
SINGULAR = {section: section.removesuffix("s") for section in MANY} | {"activities": "activity"}
ALL = "all"  # Condition.never: every exercise


class Defined:
    """All entries of a folder by kind and id, and the names that conditions may use."""

    def __init__(self, placed: Iterable[Placed], mentioned: Mapping[str, set[str]]) -> None:
        """Take the entries that were admitted, and all ids, also of those that were not."""
        self.placed = tuple(placed)
        self.mentioned = mentioned
        self._known: dict[str, set[str]] = {}
        self.by_id: dict[str, dict[str, Placed]] = {section: {} for section in MANY}
        for each in self.placed:
            name = getattr(each.entry, "id", None)
            if isinstance(name, str) and name:
                self.by_id[each.section].setdefault(name, each)

    def knows(self, section: str) -> set[str]:
        """Name all ids of a section; asked of each name in each entry, so gathered once."""
        if section not in self._known:
            self._known[section] = {*self.by_id[section], *self.mentioned.get(section, ())}
        return self._known[section]

    def broken(self) -> set[str]:
        """Name the facts and derived names that were not admitted: judged when these are mended."""
        sections = ("facts", "derived")
        return {name for each in sections for name in self.knows(each) - self.by_id[each].keys()}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        return {n: p.entry for n, p in self.by_id["facts"].items() if isinstance(p.entry, Fact)}

    @cached_property
    def slots(self) -> frozenset[str]:
        words = (placed.entry for placed in self.placed)
        return frozenset(
            slot for entry in words if isinstance(entry, DangerWords) for slot in entry.slots
        )

    def names(self, derived: Mapping[str, Tree | Count]) -> Names:
        facts = self.facts
        return Names(
            flags=frozenset(name for name, fact in facts.items() if fact.type == "bool"),
            enums={name: fact.values for name, fact in facts.items() if fact.type == "enum"},
            numbers=frozenset(name for name, fact in facts.items() if fact.type == "int"),
            rules=frozenset(self.by_id["rules"]),
            derived=derived,
        )


def crossed(defined: Defined) -> Iterator[ContentFault]:
    yield from _twice(defined)
    for placed in defined.placed:
        yield from _referred(placed, defined)
        match placed.entry:
            case Fact() as fact:
                yield from _fact(placed, fact)
            case Screen() as screen:
                yield from _screen(placed, screen, defined)
            case Concept() as concept:
                yield from _slots(placed, concept, defined)
            case _:
                pass


def _slots(placed: Placed, concept: Concept, defined: Defined) -> Iterator[ContentFault]:
    """Find slots of a concept that no language has words for."""
    known = defined.slots
    named = (*(slot for slots in concept.any for slot in slots), *concept.unless, *concept.softer)
    for name in dict.fromkeys(named):
        if name not in known:
            near = nearest(name, known)
            yield fault(
                "reference", placed.where(), field="`any`", kind="slot", name=name, nearest=near
            )


def _twice(defined: Defined) -> Iterator[ContentFault]:
    """Find ids defined again, parts among them, and names that conditions could read as two."""
    parts: dict[str, Placed] = {}
    for placed in defined.placed:
        name = getattr(placed.entry, "id", None)
        first = defined.by_id[placed.section].get(name) if isinstance(name, str) else None
        if first is not None and first is not placed:
            kind, other = SINGULAR[placed.section], first.where()
            yield fault("id_twice", placed.where(), kind=kind, name=name, other=other)
        for part in placed.entry.parts if isinstance(placed.entry, Screen) else ():
            owner = parts.setdefault(part.id, placed)
            if owner is not placed:
                where, other = placed.where(), owner.where()
                yield fault("id_twice", where, kind="part", name=part.id, other=other)
    for section, other_section in (("derived", "facts"), ("rules", "facts"), ("rules", "derived")):
        for name in defined.by_id[section].keys() & defined.by_id[other_section].keys():
            where = defined.by_id[section][name].where()
            yield fault("name_taken", where, name=name, kind=SINGULAR[other_section])


def _referred(placed: Placed, defined: Defined) -> Iterator[ContentFault]:
    facts = defined.facts
    for path, owner, field, value in fields_of(placed.entry):
        section = REFERENCES.get((type(owner), field)) or ("sources" if field == "src" else None)
        if section is None or value is None or value == ALL:
            continue
        known = defined.knows(section)
        for name in _named(value, section):
            if name not in known:
                yield fault(
                    "reference",
                    placed.where(*path),
                    field=_spoken(path),
                    kind=SINGULAR[section],
                    name=name,
                    nearest=nearest(name, known),
                )
        if section == "facts" and isinstance(value, dict):
            yield from _values(placed, path, value, facts)


def _named(value: object, section: str) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from value
            if section == "exercises":
                yield from value.values()
        case tuple():
            yield from value
        case _:
            pass


def _spoken(path: Path) -> str:
    """Tell a path as people do: `items.2.ex` is `item 3`, and more than that `items 3: ex`."""
    match path:
        case ("items", int(index), "ex"):
            return f"item {index + 1}"
        case (str(field), int(index)):
            return f"{field} {index + 1}"
        case _:
            pass
    told = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    return f"`{told}`"


# ---- facts and their values


def _values(
    placed: Placed, path: Path, values: Mapping[str, Value], facts: Mapping[str, Fact]
) -> Iterator[ContentFault]:
    for name, value in values.items():
        if name in facts and (remedy := _cannot_be(facts[name], value)):
            where = placed.where(*path, name)
            field = _spoken(path)
            yield fault(
                "value_wrong", where, field=field.strip("`"), fact=name, value=value, remedy=remedy
            )


def _cannot_be(fact: Fact, value: Value) -> str | None:
    """Say why a fact cannot have a value, as what to write instead; None: it can."""
    match fact.type:
        case "bool":
            return None if isinstance(value, bool) else "Write true or false."
        case "enum":
            known = f"Its values are: {', '.join(fact.values)}."
            return None if value in fact.values else known
        case "int":
            fits = isinstance(value, int) and not isinstance(value, bool)
            return None if fits else "Write a whole number."
        case "text":
            return None if isinstance(value, str) else "Write a text in quotes."


def _fact(placed: Placed, fact: Fact) -> Iterator[ContentFault]:
    if fact.type == "enum" and not fact.values:
        yield fault("values_missing", placed.where())
        return
    if fact.default is None and fact.same_as is None and not fact.lasting:
        yield fault("default_missing", placed.where())
    for field in ("default", "unsure_as"):
        value = getattr(fact, field)
        if value is not None and (remedy := _cannot_be(fact, value)):
            where = placed.where(field)
            yield fault("value_wrong", where, field=field, fact=fact.id, value=value, remedy=remedy)
    if isinstance(fact.toward_danger, tuple) and sorted(fact.toward_danger) != sorted(fact.values):
        yield fault("order_wrong", placed.where("toward_danger"))


def _screen(placed: Placed, screen: Screen, defined: Defined) -> Iterator[ContentFault]:
    facts = defined.facts
    for index, part in enumerate(screen.parts):
        for code, gaps in _wrong_in(part, facts):
            yield fault(code, placed.where("parts", index), part=part.id, **gaps)


def _wrong_in(part: Part, facts: Mapping[str, Fact]) -> Iterator[tuple[str, dict[str, str]]]:
    if part.kind in {"choice", "ticks"} and not part.options:
        yield "options_missing", {"kind": part.kind}
    filled = facts.get(part.fact) if part.fact else None
    if part.kind in {"grid", "number"} and (filled is None or filled.type != "int"):
        yield "fact_missing", {"kind": part.kind}
    names = [option.id for option in part.options]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield "option_twice", {"option": name}


# ---- conditions


def trees_of(defined: Defined) -> tuple[dict[str, Tree], list[ContentFault]]:
    """Parse every condition, the derived names first, in their order."""
    faults: list[ContentFault] = []
    derived: dict[str, Tree | Count] = {}
    for name, placed in defined.by_id["derived"].items():
        if isinstance(placed.entry, Derived):
            try:
                derived[name] = parse_derived(placed.entry.cond, defined.names(derived))
            except ConditionError as problem:
                faults.append(_unread(placed, ("cond",), problem))
    names, broken = defined.names(derived), defined.broken()
    trees: dict[str, Tree] = {}
    for placed in defined.placed:
        if isinstance(placed.entry, Derived):
            continue
        for path, owner, field, text in fields_of(placed.entry):
            if field in _conditions(type(owner)) and isinstance(text, str) and text not in trees:
                if any(name in text for name in broken):
                    continue
                try:
                    trees[text] = parse(text, names)
                except ConditionError as problem:
                    faults.append(_unread(placed, path, problem))
    return trees, faults


def _unread(placed: Placed, path: Path, problem: ConditionError) -> ContentFault:
    where = placed.where(*path)
    field = _spoken(path)
    return fault("condition", where, field=field, problem=problem, remedy=problem.remedy)


@cache
def _conditions(kind: type[BaseModel]) -> frozenset[str]:
    """Name the fields of a class that hold conditions."""
    hints = get_type_hints(kind, include_extras=True)
    return frozenset(n for n, hint in hints.items() if hint == Cond or Cond in get_args(hint))


# ---- walking


def fields_of(entry: BaseModel, path: Path = ()) -> Iterator[tuple[Path, BaseModel, str, object]]:
    """Yield every field of an entry and of the entries inside it, with its path."""
    for field, value in entry:
        here = (*path, field)
        yield here, entry, field, value
        if isinstance(value, schema.Entry) and not isinstance(value, schema.Pose):
            yield from fields_of(value, here)
        if type(value) is not tuple:
            continue
        for index, inner in enumerate(value):
            if isinstance(inner, BaseModel) and not isinstance(inner, schema.Pose):
                yield from fields_of(inner, (*here, index))
