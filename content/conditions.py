"""The small language of conditions: text to a typed tree, once, when content is read.

The syntax is that of Python expressions, read with `ast` and a fixed list of nodes; nothing is
ever evaluated.  A tree has two interpreters: the closures of `closures`, which judge, and a
solver, which proves.  So a tree holds no Python functions, only what it says.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Flag:
    """A yes-or-no fact, or the id of a rule that has fired; absent is no."""

    fact: str


@dataclass(frozen=True, slots=True)
class Is:
    """An enum fact has one of these values."""

    fact: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Count:
    """How many of these hold."""

    of: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """A whole number lies in a range, both ends included; `None` leaves an end open."""

    of: str | Count
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Compare:
    """A whole-number fact lies at most, or at least, so far from another: `of + by <= other`."""

    of: str
    by: int
    other: str


@dataclass(frozen=True, slots=True)
class All:
    of: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Any:
    of: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Not:
    of: Tree


Tree = Flag | Is | Within | Compare | All | Any | Not

ALWAYS = All(())


@dataclass(frozen=True)
class Names:
    """What a condition may speak of: facts by type, and names derived from them."""

    flags: frozenset[str] = frozenset()
    enums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    derived: Mapping[str, Tree | Count] = field(default_factory=dict)

    def all(self) -> list[str]:
        return sorted({*self.flags, *self.enums, *self.numbers, *self.derived})


def nearest(name: str, known: Iterable[str]) -> str:
    """Ask whether a name that nobody knows was meant to be one that is near."""
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f"Did you mean `{near[0]}`?" if near else "Nothing known is spelt like it."


class ConditionError(ValueError):
    """A condition that cannot be read; `remedy` tells its author what to write."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def parse(text: str, names: Names) -> Tree:
    """Read one condition; raises ConditionError with a remedy for its author."""
    tree = _read(text, names)
    if isinstance(tree, Count):
        raise ConditionError(
            f"`{text}` is a number, not a yes or no",
            "Compare it, for example `>= 3`.",
        )
    return tree


def parse_derived(text: str, names: Names) -> Tree | Count:
    """Read the definition of a derived name: a condition, or `count(a, b, ...)`."""
    return _read(text, names)


def _read(text: str, names: Names) -> Tree | Count:
    try:
        body = ast.parse(text.strip(), mode="eval").body
    except SyntaxError as fault:
        raise ConditionError(
            f"`{text}` cannot be read: {fault.msg}",
            "Use `and`, `or`, `not`, `==`, `in [...]`, `<`, `<=`, `>`, `>=` and fact names only.",
        ) from None
    return _Reader(names).tree(body)


class _Reader:
    def __init__(self, names: Names) -> None:
        self.names = names

    def tree(self, node: ast.expr) -> Tree | Count:  # noqa: PLR0911 - one return for each node
        match node:
            case ast.Name(id=name):
                return self.name(name)
            case ast.BoolOp(op=ast.And(), values=values):
                return All(tuple(self.yes_no(v) for v in values))
            case ast.BoolOp(op=ast.Or(), values=values):
                return Any(tuple(self.yes_no(v) for v in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.yes_no(operand))
            case ast.Compare():
                return self.compare(node)
            case ast.Call(func=ast.Name(id="count"), args=args, keywords=[]):
                return Count(tuple(self.yes_no(a) for a in args))
            case ast.Call(func=ast.Name(id="fired"), args=args, keywords=[]):
                return Any(tuple(Flag(self.rule(a)) for a in args))
            case _:
                raise ConditionError(
                    f"`{ast.unparse(node)}` is more than a condition may say",
                    "Use `and`, `or`, `not`, comparisons, `count(...)` and `fired(...)` only.",
                )

    def yes_no(self, node: ast.expr) -> Tree:
        tree = self.tree(node)
        if isinstance(tree, Count):
            raise ConditionError(
                f"`{ast.unparse(node)}` is a number, not a yes or no",
                "Compare it, for example `>= 1`.",
            )
        return tree

    def name(self, name: str) -> Tree | Count:
        if name in self.names.derived:
            return self.names.derived[name]
        if name in self.names.flags:
            return Flag(name)
        if name in self.names.enums or name in self.names.numbers:
            raise ConditionError(
                f"`{name}` is not a yes-or-no fact", "Compare it, for example with `==` or `>=`."
            )
        raise self.unknown(name)

    def unknown(self, name: str) -> ConditionError:
        return ConditionError(f"`{name}` is no fact", nearest(name, self.names.all()))

    def rule(self, node: ast.expr) -> str:
        match node:
            case ast.Constant(value=str(rule)) if rule in self.names.rules:
                return rule
            case _:
                name = ast.unparse(node)
                raise ConditionError(
                    f"`{name}` is no rule",
                    nearest(name.strip("'"), self.names.rules) + " Write it in quotes.",
                )

    def compare(self, node: ast.Compare) -> Tree:
        sides = [node.left, *node.comparators]
        pairs = [
            self.pair(left, op, right)
            for left, op, right in zip(sides, node.ops, sides[1:], strict=False)
        ]
        return pairs[0] if len(pairs) == 1 else All(tuple(pairs))

    def pair(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Tree:
        match left, right:
            case ast.Constant(value=int()), _:
                return self.pair(right, _MIRROR.get(type(op), op), left)
            case ast.Name(id=fact), _ if fact in self.names.enums:
                return self.enum(fact, op, right)
            case ast.Name(id=fact), ast.Name(id=other) if {fact, other} <= self.names.numbers:
                return self.between(fact, op, other)
            case (
                ast.Name(id=fact),
                ast.BinOp(left=ast.Name(id=other), op=ast.Add(), right=ast.Constant(value=int(by))),
            ) if {fact, other} <= self.names.numbers:
                return self.between(fact, op, other, by)
            case _, ast.Constant(value=int(number)) if not isinstance(number, bool):
                return self.number(left, op, number)
            case ast.Name(id=fact), _ if fact not in self.names.all():
                raise self.unknown(fact)
            case _:
                raise ConditionError(
                    f"`{ast.unparse(left)}` cannot be compared with `{ast.unparse(right)}`",
                    "Compare an enum fact with its values, a number with a whole number.",
                )

    def enum(self, fact: str, op: ast.cmpop, right: ast.expr) -> Tree:
        known = self.names.enums[fact]
        values = _strings(right)
        if strange := values - set(known):
            raise ConditionError(
                f"`{fact}` has no value {', '.join(f'`{value}`' for value in sorted(strange))}",
                f"Its values are: {', '.join(known)}.",
            )
        match op:
            case ast.Eq() | ast.In():
                return Is(fact, values)
            case ast.NotEq() | ast.NotIn():
                return Not(Is(fact, values))
            case _:
                raise ConditionError(
                    f"`{fact}` has no order to compare by", "Use `==`, `!=`, `in` or `not in`."
                )

    def number(self, left: ast.expr, op: ast.cmpop, number: int) -> Tree:
        subject = self.subject(left)
        match op:
            case ast.GtE():
                return Within(subject, number, None)
            case ast.Gt():
                return Within(subject, number + 1, None)
            case ast.LtE():
                return Within(subject, None, number)
            case ast.Lt():
                return Within(subject, None, number - 1)
            case ast.Eq():
                return Within(subject, number, number)
            case ast.NotEq():
                return Not(Within(subject, number, number))
            case _:
                raise ConditionError(
                    f"`{ast.unparse(left)}` cannot be compared so",
                    "Use `<`, `<=`, `==`, `>=`, `>`.",
                )

    def between(self, fact: str, op: ast.cmpop, other: str, by: int = 0) -> Tree:
        match op:
            case ast.LtE():
                return Compare(fact, -by, other)
            case ast.Lt():
                return Compare(fact, 1 - by, other)
            case ast.GtE():
                return Compare(other, by, fact)
            case ast.Gt():
                return Compare(other, by + 1, fact)
            case _:
                raise ConditionError(
                    f"`{fact}` and `{other}` cannot be compared so", "Use `<`, `<=`, `>=` or `>`."
                )

    def subject(self, node: ast.expr) -> str | Count:
        match node:
            case ast.Name(id=name) if name in self.names.numbers:
                return name
            case ast.Name(id=name):
                derived = self.names.derived.get(name)
                if isinstance(derived, Count):
                    return derived
                raise ConditionError(
                    f"`{name}` is not a number", "Compare numbers and counts only."
                )
            case ast.Call():
                tree = self.tree(node)
                if isinstance(tree, Count):
                    return tree
            case _:
                pass
        raise ConditionError(f"`{ast.unparse(node)}` is not a number", "Compare numbers only.")


_MIRROR: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.Gt(), ast.Gt: ast.Lt(), ast.LtE: ast.GtE(), ast.GtE: ast.LtE(),
}  # fmt: skip


def _strings(node: ast.expr) -> frozenset[str]:
    match node:
        case ast.Constant(value=str(value)):
            return frozenset({value})
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            return frozenset().union(*(_strings(item) for item in items))
        case _:
            raise ConditionError(
                f"`{ast.unparse(node)}` is no list of values", "Write 'a' or ['a', 'b']."
            )


def facts_of(tree: Tree | Count) -> frozenset[str]:
    """Name all facts, and fired rules, that a condition reads."""
    match tree:
        case Flag(fact) | Is(fact, _):
            return frozenset({fact})
        case Within(of=of):
            return frozenset({of}) if isinstance(of, str) else facts_of(of)
        case Compare(of=fact, other=other):
            return frozenset({fact, other})
        case Not(of=inner):
            return facts_of(inner)
        case All(of=inners) | Any(of=inners) | Count(of=inners):
            return frozenset().union(*(facts_of(inner) for inner in inners))
