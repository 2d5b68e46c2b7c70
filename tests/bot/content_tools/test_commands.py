"""What the commands say: mistakes apart from what is only to be known."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.content_tools.commands import checked, previewed
from bot.content_tools.preview import NoSuchCase
from bot.proofs.certificate import Certificate, hash_of, write_certificate
from content.catalogue import Catalogue
from content.load import CONTENT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the words, beside which a certificate may stand."""
    shutil.copytree(CONTENT / "words", tmp_path / "words")
    return tmp_path


def test_content_that_was_not_proved_is_to_be_mended(catalogue: Catalogue, folder: Path) -> None:
    to_mend, _ = checked(catalogue, folder)
    assert ["limber content prove" in line for line in to_mend] == [True]


def test_content_that_was_proved_has_nothing_to_mend(catalogue: Catalogue, folder: Path) -> None:
    certificate = Certificate(hash_of(catalogue), ())
    write_certificate(certificate, folder / "proved.json")
    assert [] == checked(catalogue, folder)[0]


def test_what_is_to_be_known_begins_with_the_release(catalogue: Catalogue, folder: Path) -> None:
    _, to_know = checked(catalogue, folder)
    assert to_know[0].startswith(f"Content {catalogue.version}: {len(catalogue.rules)} rules")


def test_a_language_that_is_not_whole_is_counted(catalogue: Catalogue, folder: Path) -> None:
    grown = replace(catalogue, words={**catalogue.words, "nl": {"home.ready": "Klaar."}})
    _, to_know = checked(grown, folder)
    missing = len(catalogue.words["en"]) - 1
    expected = f"Language nl: {missing} of {missing + 1} sentences are said in English."
    assert expected in to_know


def test_with_no_name_the_stored_cases_are_listed(catalogue: Catalogue) -> None:
    lines: list[str] = []
    previewed(None, catalogue, lines.append)
    assert any(line.startswith("D01  ") for line in lines)


def test_a_name_of_no_case_is_told(catalogue: Catalogue) -> None:
    with pytest.raises(NoSuchCase):
        previewed("nobody", catalogue, print)
