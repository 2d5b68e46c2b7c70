"""Case files: what is written wrong is told, and a result says whether it is right."""

from pathlib import Path

import pytest

from bot.triage_cases import CaseError, cases_in, judge_case
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
