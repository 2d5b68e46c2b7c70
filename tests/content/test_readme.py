"""The worked examples of content/README.md are true: each can be put into the content as it is."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from bot.command_line.content import content as commands
from bot.content_tools.lint import awaiting_in, linted
from bot.content_tools.walk import Walker
from bot.phrases import phrase
from bot.render.message import Voice
from bot.triage_cases import cases_in, judge_case
from content.catalogue import Catalogue
from content.load import CONTENT, load
from content.schema import Case
from flows.base import Said
from tests.content.test_lint import TODAY

README = (CONTENT / "README.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"```yaml\n# (\S+)\n(.*?)```", re.DOTALL)
EXAMPLES: list[tuple[str, str]] = EXAMPLE.findall(README)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the content with every example in it, as a clinician would put it there."""
    folder = tmp_path_factory.mktemp("content") / "content"
    shutil.copytree(CONTENT, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for number, (file, text) in enumerate(EXAMPLES):
        path = folder / file
        if file.startswith("danger/"):
            _add_phrases(path, text)
        elif path.exists():  # any file may hold any section, and a language many files
            path.with_name(f"{path.name.split('.')[0]}.example{number}.yaml").write_text(text)
        else:
            path.write_text(text, encoding="utf-8")
    return folder


def _add_phrases(path: Path, text: str) -> None:
    """Add what an example adds to a slot at the head of the list that is there."""
    for slot, phrases in yaml.safe_load(text).items():
        danger = path.read_text(encoding="utf-8")
        head = re.compile(rf"^(\s+{slot}: \[)", re.MULTILINE)
        assert head.search(danger), f"danger has no slot {slot}"
        path.write_text(head.sub(rf"\g<1>{', '.join(phrases)}, ", danger, count=1), "utf-8")


@pytest.fixture(scope="module")
def grown(folder: Path) -> Catalogue:
    return load(folder)


def test_there_are_examples_of_each_kind() -> None:
    files = {file for file, _ in EXAMPLES}
    assert {"exercises.yaml", "rules.yaml", "danger/en.yaml", "words/nl.yaml"} <= files


def test_the_examples_have_nothing_to_mend(grown: Catalogue, folder: Path) -> None:
    assert () == linted(grown, awaiting_in(folder), TODAY).faults


def test_the_exercise_of_the_example_can_be_shown(grown: Catalogue) -> None:
    assert "shoulder_roll" in grown.exercises
    assert "shoulder_roll" in {item.ex for item in grown.programs["desk_break"].items}


def test_the_red_flag_of_the_example_fires_on_its_smallest_case(
    grown: Catalogue, folder: Path
) -> None:
    (case,) = _cases_of(folder, "U90")
    result = judge_case(case, grown)
    assert (True, "URGENT", "blocked") == (result.ok, result.level, result.stretch)


def _cases_of(folder: Path, rule: str) -> list[Case]:
    paths = folder.glob("cases/*.yaml")
    return [case for path in paths for case in cases_in(path) if case.rule == rule]


def test_the_red_flag_is_reached_by_the_questions_and_told(grown: Catalogue, folder: Path) -> None:
    (case,) = _cases_of(folder, "U90")
    said = [each for each in Walker(case, grown).lines() if isinstance(each, str)]
    assert any("Night sweats and your health history" in line for line in said)


def test_the_danger_phrase_of_the_example_interrupts(grown: Catalogue) -> None:
    told = phrase("it feels like cotton wool between my legs", grown)
    assert ("EMERGENCY_INTERRUPT", True) == (told["action"], told["facts"]["saddle_numbness"])


@pytest.mark.parametrize("text", ["I packed it like cotton wool", "no cotton wool between my legs"])
def test_the_danger_phrase_leaves_others_alone(grown: Catalogue, text: str) -> None:
    assert "NONE" == phrase(text, grown)["action"]


def test_the_language_of_the_example_speaks_and_falls_back_to_english(grown: Catalogue) -> None:
    voice = Voice("nl", grown.words, datetime(2026, 11, 23, tzinfo=UTC), "plain")
    assert "Goed, vandaag niet. Blijf rustig bewegen." == voice.told(Said(key="home.not_today"))
    assert grown.words["en"]["home.ready"] == voice.told(Said(key="home.ready"))


def test_commands_named_in_the_readme_exist() -> None:
    named = set(re.findall(r"`limber content (\w+)", README))
    assert {"check", "preview"} <= named <= {each.name for each in commands.registered_commands}
