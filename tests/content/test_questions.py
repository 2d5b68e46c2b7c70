"""The questions fit the rules: every fact is asked, ranges respect cut-offs, the well are quick."""

import re
from collections.abc import Iterator

import pytest

from content.conditions import Compare, Count, Flag, Is, Not, Tree, Within
from content.load import load
from content.schema import Part, Screen

CONTENT = load()
FULL = CONTENT.routes["full"].screens
FITNESS = CONTENT.routes["fitness"].screens
WELL_MAN = {"age": 30, "sex": "male", "pain_now": 3}
WELL_WOMAN = {"age": 30, "sex": "female", "pain_now": 3}

PARTS = [(screen, part) for screen in CONTENT.screens.values() for part in screen.parts]
NUMBERS = [part for _, part in PARTS if part.kind == "number" and part.options]


def named(part: Part) -> str:
    return part.id


def opened(screens: Iterator[str]) -> set[str]:
    """Follow what options open, from these screens on."""
    seen: set[str] = set()
    waiting = list(screens)
    while waiting:
        screen = waiting.pop()
        if screen not in seen:
            seen.add(screen)
            options = (o for part in CONTENT.screens[screen].parts for o in part.options)
            waiting += [name for option in options for name in option.opens]
    return seen


def limits(tree: Tree | Count, fact: str) -> Iterator[int]:
    """Find where a number begins, or has just ceased, to make a difference."""
    match tree:
        case Within(of=of, low=low, high=high) if of == fact:
            yield from (low,) if low is not None else ()
            yield from (high + 1,) if high is not None else ()
        case Within(of=Count() as count):
            yield from limits(count, fact)
        case Flag() | Is() | Compare() | Within():
            return
        case Not(of=inner):
            yield from limits(inner, fact)
        case _:
            for inner in tree.of:
                yield from limits(inner, fact)


def spans(part: Part) -> list[tuple[int, int]]:
    """Read each range from its own words: (first, last) in the part's unit."""
    unit = {"days": {"day": 1, "week": 7, "month": 30}, "weeks": {"week": 1}, "years": {"": 1}}
    found = []
    for option in part.options:
        words = str(CONTENT.words["en"][f"option.{part.id}.{option.id}"])
        numbers = [int(number) for number in re.findall(r"\d+", words)]
        size = next((s for u, s in unit[part.unit].items() if u and u in words), 1)
        found.append((numbers[0] * size if numbers else 0, numbers[-1] * size if numbers else 0))
    return found


def test_every_fact_that_a_rule_reads_can_be_told() -> None:
    asked = {fact for screen in CONTENT.screens for fact in CONTENT.asked_on(screen)}
    read = {fact for rule in CONTENT.rules for fact in CONTENT.facts_of(rule.cond)}
    assert set() == read - asked


def test_every_screen_can_be_reached() -> None:
    routes = (screen for route in CONTENT.routes.values() for screen in route.screens)
    stop = CONTENT.stop
    others = {
        *stop.check, *stop.danger_check, *stop.check_in, *stop.unanswered_check,
        *stop.asked_again, stop.what, stop.leg, CONTENT.resolution.check,
    }  # fmt: skip
    for event in CONTENT.events.values():
        others.update(event.ask, event.triage, *(each.triage for each in event.outcomes))
    assert set(CONTENT.screens) == opened(iter([*routes, *others]))


@pytest.mark.parametrize("part", NUMBERS, ids=named)
def test_a_range_to_tap_never_straddles_a_cut_off_of_the_rules(part: Part) -> None:
    assert part.fact is not None
    values = sorted(int(option.set[part.fact]) for option in part.options)
    trees = [CONTENT.trees[rule.cond] for rule in CONTENT.rules]
    cuts = {cut for tree in trees for cut in limits(tree, part.fact)}
    assert set() == {cut for cut in cuts if cut > 0 and not _at_an_edge(cut, values)}


def _at_an_edge(cut: int, values: list[int]) -> bool:
    """Whether a range begins at a cut-off, or within the range's own rounding of one day."""
    return cut in values or cut - 1 in values or cut > max(values)


@pytest.mark.parametrize("part", NUMBERS, ids=named)
def test_the_value_of_a_range_lies_in_it(part: Part) -> None:
    assert part.fact is not None
    values = [int(option.set[part.fact]) for option in part.options]
    if part.id == "Q11_age":  # "under 35" and "45 or older" name one end only
        assert [20, 35, 45] == values
        return
    for value, (first, last), option in zip(values, spans(part), part.options, strict=True):
        words = str(CONTENT.words["en"][f"option.{part.id}.{option.id}"])
        low = 0 if re.search(r"(?i)up to|less than|under|today", words) else first
        high = 10**6 if re.search(r"(?i)more|over", words) and "less" not in words else last
        high = 90 if "month" in words and not re.search(r"(?i)more than", words) else high
        assert low <= value <= high, (option.id, low, value, high)


@pytest.mark.parametrize(("facts", "expected"), [(WELL_MAN, 21), (WELL_WOMAN, 22)])
def test_the_well_answer_one_screen_after_another_and_few_of_them(
    facts: dict[str, int | str], expected: int
) -> None:
    known = CONTENT.complete({**facts, "duration_days": 7})
    screens = [CONTENT.screens[name] for name in (*FULL, *FITNESS)]
    assert expected == sum(CONTENT.holds(screen.when, known) for screen in screens)


def test_nobody_sees_more_than_ten_ticks_of_waterworks() -> None:
    (part,) = CONTENT.screens["Q8"].parts
    for sex in CONTENT.facts["sex"].values:
        facts = CONTENT.complete({"age": 40, "sex": sex})
        shown = [option for option in part.options if CONTENT.holds(option.when, facts)]
        assert len(shown) <= 10


def test_what_does_not_apply_is_left_out() -> None:
    (part,) = CONTENT.screens["Q8"].parts
    woman = CONTENT.complete({"age": 40, "sex": "female"})
    shown = {option.id for option in part.options if CONTENT.holds(option.when, woman)}
    assert "pelvis" in shown
    assert "testicle" not in shown


@pytest.mark.parametrize(
    ("age", "expected"), [(64, {"big", "small"}), (65, {"big", "small", "jolt"}),
                          (70, {"big", "small", "jolt", "lift"})]
)  # fmt: skip
def test_a_jolt_counts_from_65_and_a_lift_from_70(age: int, expected: set[str]) -> None:
    part = CONTENT.screens["Q4"].parts[0]
    facts = CONTENT.complete({"age": age})
    assert expected == {o.id for o in part.options if CONTENT.holds(o.when, facts)}


def test_what_a_follow_up_may_change_is_said_by_its_opener_with_care() -> None:
    """Until the follow-up is answered, the opener's cautious reading has to stand."""
    adds_only = {
        "urinary_burning", "seen_since_injury", "pregnancy_weeks", "self_harm", "wants_support",
    }  # fmt: skip
    for _, part in PARTS:
        for option in part.options:
            for name in set(option.opens) - {*FULL, *FITNESS}:  # those ask for themselves
                later = CONTENT.asked_on(name) - adds_only
                asked_before = name == "Q5_lift"  # the cause, which Q4 has asked of everyone
                assert asked_before or later <= set(option.set), (part.id, option.id, name)


def test_choosing_nothing_is_offered_wherever_things_are_ticked() -> None:
    def ticks(screen: Screen) -> bool:
        return any(part.kind == "ticks" for part in screen.parts)

    lacking = {
        screen.id for screen in CONTENT.screens.values() if ticks(screen) and not screen.none
    }
    assert {"F48"} >= {name for name in lacking if not name.startswith("STOP")}
