"""Conditions as functions: a tree becomes a closure once, and judges complete facts ever after.

Speed is the point here: all rules are judged after every screen, so the common shapes (two or
three parts) are spelt out, and nothing is built while judging.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from content.conditions import All, Any, Compare, Count, Flag, Is, Not, Tree, Within

Facts = Mapping[str, bool | int | str]
Test = Callable[[Facts], bool]


def closure_of(tree: Tree) -> Test:  # noqa: PLR0911 - one return for each kind of node
    """Turn a tree into a closure; facts must be complete, rules that have not fired may lack."""
    match tree:
        case Flag(fact):
            return lambda facts: facts.get(fact) is True
        case Is(fact, values):
            return lambda facts: facts[fact] in values
        case Within(of, low, high):
            return _within(of, low, high)
        case Compare(fact, by, other):
            return lambda facts: int(facts[fact]) + by <= int(facts[other])
        case Not(inner):
            test = closure_of(inner)
            return lambda facts: not test(facts)
        case All(inners):
            return _all(tuple(closure_of(part) for part in inners))
        case Any(inners):
            return _any(tuple(closure_of(part) for part in inners))


def _within(of: str | Count, low: int | None, high: int | None) -> Test:
    number = _fact(of) if isinstance(of, str) else _count(of)
    match low, high:
        case int(least), None:
            return lambda facts: number(facts) >= least
        case None, int(most):
            return lambda facts: number(facts) <= most
        case int(least), int(most):
            return lambda facts: least <= number(facts) <= most
        case _:
            return lambda _: True


def _fact(fact: str) -> Callable[[Facts], int]:
    return lambda facts: int(facts[fact])


def _count(count: Count) -> Callable[[Facts], int]:
    tests = tuple(closure_of(part) for part in count.of)

    def how_many(facts: Facts) -> int:
        total = 0
        for test in tests:
            if test(facts):
                total += 1
        return total

    return how_many


def _all(tests: tuple[Test, ...]) -> Test:
    def every(facts: Facts) -> bool:
        for test in tests:  # noqa: SIM110 - `all` would build a generator at every judgement
            if not test(facts):
                return False
        return True

    match tests:
        case (one,):
            return one
        case (one, two):
            return lambda facts: one(facts) and two(facts)
        case (one, two, three):
            return lambda facts: one(facts) and two(facts) and three(facts)
        case _:
            return every


def _any(tests: tuple[Test, ...]) -> Test:
    def some(facts: Facts) -> bool:
        for test in tests:  # noqa: SIM110 - as above
            if test(facts):
                return True
        return False

    match tests:
        case (one,):
            return one
        case (one, two):
            return lambda facts: one(facts) or two(facts)
        case (one, two, three):
            return lambda facts: one(facts) or two(facts) or three(facts)
        case _:
            return some
