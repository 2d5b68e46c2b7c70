"""What a change of content changes for users is told; what changes nothing is not."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from bot.content_tools.diff import differences
from bot.content_tools.preview import stored
from bot.content_tools.releases import CannotCompare, release
from content.catalogue import Catalogue
from content.load import CONTENT

CASES = stored(CONTENT)
GIT = shutil.which("git")


@pytest.fixture
def transcripts(tmp_path: Path) -> Path:
    talk = "> /start\n> [I understand, go on]\n> /safety\n"
    (tmp_path / "short.chat").write_text(talk, "utf-8")
    return tmp_path


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Copy the content as shipped, to be changed."""
    folder = tmp_path / "release" / "content"
    shutil.copytree(CONTENT, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder


def told(old: Catalogue, new: Catalogue, transcripts: Path) -> str:
    return "\n".join(differences(old, new, CASES, transcripts))


def reworded(catalogue: Catalogue, key: str, text: str) -> Catalogue:
    return replace(catalogue, words={"en": {**catalogue.words["en"], key: text}})


def without_rule(catalogue: Catalogue, gone: str) -> Catalogue:
    return replace(catalogue, rules=tuple(rule for rule in catalogue.rules if rule.id != gone))


def test_the_same_content_has_no_differences(catalogue: Catalogue, transcripts: Path) -> None:
    changes = told(catalogue, catalogue, transcripts).splitlines()
    assert [True] * 3 == [line.endswith("changes: 0") for line in changes]


def test_a_rule_that_is_gone_shows_in_its_cases(catalogue: Catalogue, transcripts: Path) -> None:
    changes = told(catalogue, without_rule(catalogue, "E08"), transcripts)
    assert "E08: was EMERGENCY, blocked because of E08" in changes
    assert "now SELF_CARE" in changes or "now S" in changes


def test_a_new_sentence_shows_where_it_is_said(catalogue: Catalogue, transcripts: Path) -> None:
    new = reworded(catalogue, "screen.A1.why", "Because.")
    changes = told(catalogue, new, transcripts)
    assert "+Because." in changes.replace("  ", "")


def test_a_sentence_in_many_messages_is_told_once(catalogue: Catalogue, transcripts: Path) -> None:
    new = reworded(catalogue, "extra.safety_net", "Get help.")
    changes = told(catalogue, new, transcripts)
    assert 1 == changes.split("Conversations")[0].count("+Get help.")
    assert " more:" in changes


def test_a_conversation_shows_how_it_goes_now(catalogue: Catalogue, transcripts: Path) -> None:
    new = reworded(catalogue, "extra.safety_net", "Get help.")
    assert "short:" in told(catalogue, new, transcripts)


def test_a_button_that_is_gone_ends_the_conversation_and_says_so(
    catalogue: Catalogue, transcripts: Path
) -> None:
    new = reworded(catalogue, "button.agree", "Fine")
    old_label = catalogue.words["en"]["button.agree"]
    assert "I understand, go on" == old_label
    assert "(ends here: no button [I understand, go on]" in told(catalogue, new, transcripts)


# ---- other releases


def test_a_folder_is_read(copied: Path, catalogue: Catalogue) -> None:
    assert catalogue.version == release(str(copied)).version
    assert catalogue.version == release(str(copied.parent)).version  # of a whole checkout


def test_a_folder_that_cannot_be_read_says_why(copied: Path) -> None:
    (copied / "rules.yaml").write_text("rules: [\n", "utf-8")
    with pytest.raises(CannotCompare, match=r"(?s)cannot be read with today's schema.*rules\.yaml"):
        release(str(copied))


@pytest.fixture
def committed(copied: Path) -> Path:
    """Commit the content to a repository, and then lose its rules."""
    if GIT is None:
        pytest.skip("git is not here")
    root = copied.parent
    for command in (
        ["init", "--quiet"], ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", "first"],
    ):  # fmt: skip
        subprocess.run([GIT, "-C", str(root), *command], check=True)  # noqa: S603 - a list
    (copied / "rules.yaml").write_text("rules: []\n", "utf-8")
    return copied


def test_a_revision_is_read_as_it_was(committed: Path, catalogue: Catalogue) -> None:
    assert catalogue.version == release("HEAD", committed).version


def test_what_is_neither_folder_nor_revision_is_told(committed: Path) -> None:
    with pytest.raises(CannotCompare, match="nonsense is no folder, and git does not know it"):
        release("nonsense", committed)
