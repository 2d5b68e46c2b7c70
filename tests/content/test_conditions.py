"""The language of conditions: what it reads, what it refuses, and that its closures judge right."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.closures import closure_of
from content.conditions import (
    All,
    Any,
    Compare,
    ConditionError,
    Count,
    Flag,
    Is,
    Names,
    Not,
    Tree,
    Within,
    facts_of,
    parse,
    parse_derived,
)

NAMES = Names(
    flags=frozenset({"fever", "numb", "cleared"}),
    enums={"trend": ("better", "same", "worse"), "sex": ("female", "male")},
    numbers=frozenset({"age", "days", "before"}),
    rules=frozenset({"E01", "E02"}),
    derived={
        "RISK": Count((Flag("fever"), Flag("numb"), Within("age", 65, None))),
        "ILL": Any((Flag("fever"), Is("trend", frozenset({"worse"})))),
    },
)
RISK = "(bool(fever) + bool(numb) + (age >= 65))"
ILL = "(fever or trend == 'worse')"

FACTS = st.fixed_dictionaries(
    {
        "fever": st.booleans(),
        "numb": st.booleans(),
        "cleared": st.booleans(),
        "trend": st.sampled_from(["better", "same", "worse"]),
        "sex": st.sampled_from(["female", "male"]),
        "age": st.integers(0, 120),
        "days": st.integers(0, 50),
        "before": st.integers(0, 10),
    },
    optional=dict.fromkeys(("E01", "E02"), st.just(value=True)),
)

LEAVES = st.one_of(
    st.sampled_from(
        [
            "fever", "numb", "cleared", "ILL", "RISK >= 2", "RISK < 1", "1 <= RISK <= 2",
            "trend == 'worse'", "trend != 'same'", "trend in ['better', 'same']",
            "sex not in ['male']", "days >= before", "days > before + 2",
            "before < days", "before <= days + 1", "fired('E01')", "fired('E01', 'E02')",
            "count(fever, numb, trend == 'same') == 2", "count(fever, ILL) != 1",
        ]
    ),
    st.builds(
        "{} {} {}".format,
        st.sampled_from(["age", "days"]),
        st.sampled_from(["<", "<=", "==", "!=", ">=", ">"]),
        st.integers(0, 70),
    ),
    st.builds("{} < days <= {}".format, st.integers(0, 20), st.integers(20, 50)),
)  # fmt: skip
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("not ({})".format, inner),
        st.lists(inner, min_size=2, max_size=5).map(lambda parts: f"({' and '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=5).map(lambda parts: f"({' or '.join(parts)})"),
    ),
    max_leaves=8,
)


def reference(text: str, facts: dict[str, bool | int | str]) -> bool:
    """Judge the same text as Python does, which the program itself never lets happen."""
    names = {
        **facts,
        "count": lambda *parts: sum(map(bool, parts)),
        "fired": lambda *rules: any(rule in facts for rule in rules),
    }
    text = text.replace("RISK", RISK).replace("ILL", ILL)
    return bool(eval(text, {"__builtins__": {"bool": bool}}, names))  # noqa: S307 - our own text


def tree(text: str) -> Tree:
    return parse(text, NAMES)


@settings(max_examples=400, deadline=None)
@given(text=CONDITIONS, facts=FACTS)
def test_closures_judge_as_python_reads_the_same_text(
    text: str, facts: dict[str, bool | int | str]
) -> None:
    assert reference(text, facts) == closure_of(tree(text))(facts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fever", Flag("fever")),
        ("not fever", Not(Flag("fever"))),
        ("fever and numb", All((Flag("fever"), Flag("numb")))),
        ("trend == 'worse'", Is("trend", frozenset({"worse"}))),
        ("trend != 'worse'", Not(Is("trend", frozenset({"worse"})))),
        ("age > 70", Within("age", 71, None)),
        ("7 < days <= 28", All((Within("days", 8, None), Within("days", None, 28)))),
        ("RISK >= 1", Within(NAMES.derived["RISK"], 1, None)),  # type: ignore[arg-type]  # a Count
        ("days >= before + 2", Compare("before", 2, "days")),
        ("fired('E01', 'E02')", Any((Flag("E01"), Flag("E02")))),
        ("ILL", NAMES.derived["ILL"]),
    ],
)
def test_a_condition_becomes_a_tree_of_what_it_says(text: str, expected: Tree) -> None:
    assert expected == tree(text)


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("fevr", "`fevr` is no fact", "Did you mean `fever`?"),
        ("trend", "`trend` is not a yes-or-no fact", "Compare it, for example with `==` or `>=`."),
        ("RISK", "`RISK` is a number, not a yes or no", "Compare it, for example `>= 3`."),
        ("fever and RISK", "`RISK` is a number, not a yes or no",
         "Compare it, for example `>= 1`."),
        ("trend == 'wors'", "`trend` has no value `wors`",
         "Its values are: better, same, worse."),
        ("trend > 'same'", "`trend` has no order to compare by",
         "Use `==`, `!=`, `in` or `not in`."),
        ("fired('E3')", "`'E3'` is no rule", "Nothing known is spelt like it. Write it in quotes."),
        ("fever >= 1", "`fever` is not a number", "Compare numbers and counts only."),
        ("age ==", "`age ==` cannot be read: invalid syntax",
         "Use `and`, `or`, `not`, `==`, `in [...]`, `<`, `<=`, `>`, `>=` and fact names only."),
        ("age is 3", "`age` cannot be compared so", "Use `<`, `<=`, `==`, `>=`, `>`."),
        ("__import__('os')", "`__import__('os')` is more than a condition may say",
         "Use `and`, `or`, `not`, comparisons, `count(...)` and `fired(...)` only."),
        ("age.real", "`age.real` is more than a condition may say",
         "Use `and`, `or`, `not`, comparisons, `count(...)` and `fired(...)` only."),
        ("trend in sex", "`sex` is no list of values", "Write 'a' or ['a', 'b']."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_a_remedy(text: str, message: str, remedy: str) -> None:
    with pytest.raises(ConditionError) as found:
        tree(text)
    assert (message, remedy) == (str(found.value), found.value.remedy)


def test_a_derived_name_may_be_a_count() -> None:
    expected = Count((Flag("fever"), Flag("numb")))
    assert expected == parse_derived("count(fever, numb)", NAMES)


def test_the_facts_of_a_condition_are_found_behind_names() -> None:
    assert {"fever", "numb", "age", "trend"} == facts_of(tree("RISK >= 1 or trend == 'same'"))
