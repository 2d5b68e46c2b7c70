"""What is said to helpers, in the first message, and in what rings: gaps, lengths, plain words."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from bot.content_tools.grade import grade, words_of
from bot.render.message import without_marks
from content.load import load
from content.schema import Words

CONTENT = load()
HELPER = "helper."
MANNERS = ("helper.", "manners.", "settings.", "profile.", "clinic.", "talk.knock", "card.quiet")
GRADE, FEW_WORDS, FIRST_MESSAGE_WORDS, WATCH = 8.0, 8, 110, 40
RUNG = re.compile(r"session\.bell_|session\.slow")


def texts(language: str, starts: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in CONTENT.words[language].items():
        if key.startswith(starts):
            found[key] = (
                [value] if isinstance(value, str)
                else list(value.values()) if isinstance(value, dict) else list(value)
            )  # fmt: skip
    return found


def worded(language: str) -> Words:
    """Give a language as users meet it: what it lacks is said in English."""
    return {**CONTENT.words["en"], **CONTENT.words[language]}


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", CONTENT.words)
def test_what_is_said_to_a_helper_fills_the_place_of_what_is_said_to_others(language: str) -> None:
    words = worded(language)
    for key, each in texts(language, (HELPER,)).items():
        instead_of = words[key.removeprefix(HELPER)]
        assert isinstance(instead_of, str), key
        assert [gaps(instead_of)] == [gaps(text) for text in each], key


@pytest.mark.parametrize("language", CONTENT.words)
def test_the_first_message_is_short(language: str) -> None:
    words = worded(language)
    told = f"{words['welcome.hello']} {words['consent.text']}"
    assert len(told.split()) <= FIRST_MESSAGE_WORDS


def test_it_reads_as_easily_as_the_rest() -> None:
    for key, each in texts("en", MANNERS).items():
        for text in each:
            plain = without_marks(text.format_map(dict.fromkeys(gaps(text), "1")))
            assert len(words_of(plain)) < FEW_WORDS or grade(plain) <= GRADE, key


@pytest.mark.parametrize("language", CONTENT.words)
def test_every_bell_is_told_whole_on_a_watch(language: str) -> None:
    words = worded(language)
    sides = [str(words[f"session.{side}"]) for side in ("left", "right")]
    limbs = [str(words.get(f"exercise.{name}.limb", "")) for name in CONTENT.exercises]
    longest = {
        "side": max(sides, key=len), "limb": max(limbs, key=len),
        "seconds": 600, "reps": 12, "n": 600,
    }  # fmt: skip
    rung = {key: each for key, each in texts(language, ("session.",)).items() if RUNG.match(key)}
    rung |= {f"exercise.{name}.bell": [str(words[f"exercise.{name}.bell"])]
             for name in CONTENT.exercises}  # fmt: skip
    long = {key for key, each in rung.items() for t in each if len(t.format(**longest)) > WATCH}
    assert set() == long
