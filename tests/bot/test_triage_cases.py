"""Case files: what is written wrong is told, and a result says whether it is right."""

import json
from pathlib import Path

import pytest

from bot.triage_cases import CaseError, cases_in, judge_case, judged_lines
from content.errors import ContentFaults
from content.load import load
from content.schema import Case

CONTENT = load()


def test_a_case_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text("mine:\n- {id: X1, age: old, expected: SOON}\n", "utf-8")
    with pytest.raises(ContentFaults) as found:
        cases_in(path)
    expected = (
        f"{path}, line 2, *X1*: the case cannot be read: `age`: Input should be a valid "
        "integer, unable to parse string as an integer. Mend it."
    )
    assert expected == str(found.value)


def test_a_file_that_is_a_list_is_told(tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text("- 1\n", "utf-8")
    with pytest.raises(ContentFaults) as found:
        cases_in(path)
    assert ["not_a_map"] == [fault.code for fault in found.value.faults]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("cases: nothing\n", "there is none"),
        ("cases: [1]\n", "it is no map of fields"),
        ("a: &x [*x]\n", "without end"),
        ("a: " + "[" * 20_000 + "]" * 20_000, "without end"),
        (None, "No such file"),
    ],
)
def test_a_file_without_a_case_that_can_be_read_is_told(
    text: str | None, wanted: str, tmp_path: Path
) -> None:
    path = tmp_path / "cases.yaml"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(ContentFaults, match=wanted):
        cases_in(path)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"fewer": "yes"}, "`fewer` is no fact. Did you mean `fever`?"),
        ({"fever": "perhaps"}, "`fever` cannot be `perhaps`."),
        ({"trauma": "huge"}, "`trauma` cannot be `huge`; its values are: none, minor, major."),
        ({"pain_now": "strong"}, "`pain_now` cannot be `strong`."),
    ],
)
def test_a_fact_that_cannot_be_read_is_told(facts: dict[str, str], sentence: str) -> None:
    with pytest.raises(CaseError) as found:
        judge_case(Case(id="X1", age=30, sex="male", facts=facts), CONTENT)
    assert sentence == str(found.value)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (Case(age=30, sex="male"), None),
        (Case(age=30, sex="male", narrative="My back aches."), None),
        (Case(age=30, sex="male", expected="SELF_CARE"), True),
        (Case(age=30, sex="male", expected="SOON"), False),
        (Case(age=30, sex="male", expected="SOON", acceptable=("SELF_CARE",)), True),
        (Case(age=30, sex="male", expected="SELF_CARE", stretching="gentle"), False),
        (Case(age=30, sex="male", expected="SELF_CARE", rule="M01"), False),
    ],
)
def test_a_result_says_whether_it_is_right(case: Case, expected: bool | None) -> None:  # noqa: FBT001 - parametrised
    assert expected is judge_case(case, CONTENT).ok


# ---- files judged line by line


FILE = """
mine:
- {id: X1, age: 30, sex: male, facts: {fever: yes}, expected: URGENT}
- {id: X2, age: 30, sex: male, facts: {}, expected: SOON}
- {id: X3, age: 30, sex: male, facts: {}}
- {id: X4, age: 40, sex: female, narrative: "I have a fever of 39 and my back hurts."}
"""


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.yaml"
    path.write_text(FILE, "utf-8")
    return path


def test_as_json_each_case_is_one_object_a_line(cases: Path) -> None:
    lines, _ = judged_lines(cases, CONTENT, as_json=True)
    first, second, third, fourth = map(json.loads, lines)
    expected = {
        "id": "X1", "level": "URGENT", "stretch": "blocked", "rules": ["U01"], "program": None,
        "ok": True,
    }  # fmt: skip
    assert expected == first
    assert ("gentle_start", False, None) == (second["program"], second["ok"], third["ok"])
    assert "URGENT" == fourth["level"]


def test_to_be_read_each_case_has_a_line_and_the_file_a_summary(cases: Path) -> None:
    lines, _ = judged_lines(cases, CONTENT, as_json=False)
    assert "ok   X1: URGENT, blocked  (U01)" == lines[0]
    assert lines[1].startswith("MISS X2: SELF_CARE, allowed, gentle_start")
    expected = "4 cases: 1 as they should be, 1 miss, 2 do not say what they should get."
    assert expected == lines[-1]


def test_a_file_is_good_when_no_case_misses(cases: Path) -> None:
    assert not judged_lines(cases, CONTENT, as_json=True)[1]
    cases.write_text(FILE.replace("expected: SOON", "expected: SELF_CARE"), "utf-8")
    assert judged_lines(cases, CONTENT, as_json=True)[1]


def test_all_facts_that_cannot_be_read_are_told_at_once(cases: Path) -> None:
    cases.write_text(FILE.replace("fever: yes", "fewer: yes").replace("{}", "{a: b}"), "utf-8")
    with pytest.raises(ContentFaults) as found:
        judged_lines(cases, CONTENT, as_json=False)
    assert ["X1", "X2", "X3"] == sorted(str(each.where.entry) for each in found.value.faults)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentFaults, match="this cannot be read"):
        judged_lines(tmp_path / "none.yaml", CONTENT, as_json=False)
