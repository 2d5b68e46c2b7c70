"""The page: one sheet of A4 that can be searched, copied and printed in grey."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from bot.render.held import Held
from bot.render.ink.shapes import DEEP, FAINT, INK, PAPER, SOFT, WARM
from bot.render.page import Covered, page_told, sections
from bot.render.page.pdf import page_pdf
from content.catalogue import Catalogue
from flows.diary import Entry
from tests.bot.render.weeks import DAY, END, PARTS, TYPED, held

BYTES = 200_000
ALL = {"weeks": 0, "parts": PARTS}


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def told(of: Held, args: dict[str, object] = ALL) -> str:
    return "\n".join(of.all_told(page_told(Covered.of(of, args))))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_page_is_one_light_sheet_of_a4(catalogue: Catalogue) -> None:
    covered = Covered.of(held(catalogue), ALL)
    pdf = page_pdf(covered)
    assert len(pdf) < BYTES
    document = pypdfium2.PdfDocument(pdf)
    assert 1 == len(document)
    assert (595, 842) == tuple(round(side) for side in document[0].get_size())
    document.close()


def test_what_the_page_says_can_be_selected(catalogue: Catalogue) -> None:
    story = held(catalogue)
    text = flat(text_of(page_pdf(Covered.of(story, ALL))))
    for section in sections(Covered.of(story, ALL)):
        for line in (section.title, *section.lines):
            assert flat(story.told(line)) in text


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_pdftotext_finds_it_too(catalogue: Catalogue, tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    file.write_bytes(page_pdf(Covered.of(held(catalogue), ALL)))
    found = subprocess.run(  # noqa: S603 - a fixed program and our own file
        [str(shutil.which("pdftotext")), str(file), "-"], capture_output=True, check=True, text=True
    ).stdout
    assert "Fever with back pain needs a same-day check" in flat(found)
    assert TYPED in flat(found)


def test_it_says_what_limber_is_and_by_which_rules(catalogue: Catalogue) -> None:
    text = told(held(catalogue))
    assert "examines nobody and makes no diagnosis" in text
    assert f"Rules {catalogue.version}. Receipt " in text


def test_parts_left_out_are_nowhere(catalogue: Catalogue) -> None:
    story = held(catalogue)
    only = {"weeks": 0, "parts": ["sessions"]}
    text = text_of(page_pdf(Covered.of(story, only)))
    assert "Sessions" in text
    for absent in (TYPED, "Fever", "Sharp", "Pain, 0 to 10"):
        assert absent not in text
    for part, here, absent in (
        ("pain", "Pain, 0 to 10", "What you can do"), ("activities", TYPED, "Pain, 0 to 10"),
    ):  # fmt: skip
        text = flat(text_of(page_pdf(Covered.of(story, {"weeks": 0, "parts": [part]}))))
        assert here in text
        assert absent not in text


def test_a_page_of_two_weeks_knows_nothing_older(catalogue: Catalogue) -> None:
    story = held(catalogue)
    assert "Fever with back pain" in told(story)
    recent = {"weeks": 2, "parts": PARTS}
    assert "Fever with back pain" not in told(story, recent)
    assert Covered.of(story, recent).begin == story.day(END - timedelta(days=14))


def test_nothing_kept_makes_a_page_that_says_so(catalogue: Catalogue) -> None:
    empty = replace(held(catalogue, 0), entries=())
    assert "Nothing in this time." in told(empty)
    assert "Nothing in this time." in text_of(page_pdf(Covered.of(empty, ALL)))


def test_very_much_still_fits_one_page(catalogue: Catalogue) -> None:
    story = held(catalogue, 180)
    many = tuple(
        Entry("rating", END - DAY * n, {"what": "activity", "id": f"own{n}", "score": 3,
                                        "text": f"{n} " + "a very long activity " * 4})
        for n in range(60)
    )  # fmt: skip
    story = replace(story, entries=(*story.entries, *many))
    pdf = page_pdf(Covered.of(story, ALL))
    document = pypdfium2.PdfDocument(pdf)
    assert 1 == len(document)
    document.close()
    text = text_of(pdf)
    assert re.search(r"and \d+ more", text)
    assert "makes no diagnosis" in text
    assert len(pdf) < BYTES


def test_what_stands_beside_each_other_is_apart_in_grey() -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    for colour in (INK, DEEP, WARM, SOFT):
        assert grey(PAPER) - grey(colour) > 120, "readable on paper"
    assert grey(FAINT) - grey(SOFT) > 80, "lines behind are not lines in front"
