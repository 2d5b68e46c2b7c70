"""The letters that are embedded write every language that we speak."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.render.ink import cut, font_files, width_of, wrapped
from content.catalogue import Catalogue
from content.schema import Words

WESTERN = "äöüÄÖÜßéèêëàâçîïôûùœŒæñÑáíóú¿¡ãõÃÕºª“”„«»…•·"


@pytest.mark.parametrize("file", font_files())
def test_a_language_that_asks_for_other_letters_asks_for_another_face(
    file: str, catalogue: Catalogue
) -> None:
    from reportlab.pdfbase.ttfonts import TTFontFile  # noqa: PLC0415 - as in the code under test

    known = set(TTFontFile(file).charToGlyph)
    spoken = "".join(sentence for words in catalogue.words.values() for sentence in all_of(words))
    letters = {letter for letter in spoken if letter.isalpha()}
    assert set() == {letter for letter in {*letters, *WESTERN} if ord(letter) not in known}


def all_of(words: Words) -> Iterator[str]:
    for said in words.values():
        match said:
            case str():
                yield said
            case dict():
                yield from said.values()
            case _:
                yield from said


def test_a_long_text_is_broken_and_a_long_word_is_cut() -> None:
    lines = wrapped("one two three four five", 10, 60)
    assert all(width_of(line, 10) <= 60 for line in lines)
    assert "one two three four five" == " ".join(lines)
    (word,) = wrapped("incomprehensibilities", 10, 60)
    assert word.endswith("…")
    assert width_of(word, 10) <= 60
    assert "short" == cut("short", 10, 60)
