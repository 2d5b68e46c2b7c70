"""Typed numbers, labels and whole options against the answers on offer."""

# ruff: noqa: RUF001 - as people type

from __future__ import annotations

import pytest

from flows.base import Choice, Event, choice, said
from flows.text import matches
from tests.flows.text.scenes import scene

WORDS = {
    "o.chest": "New chest pain, pressure or tightness", "o.chest.short": "Chest",
    "o.breath": "New trouble breathing", "o.breath.short": "Breath",
    "o.faint": "Fainted or nearly", "o.faint.short": "Faint",
    "b.none": "None of these", "b.unsure": "Not sure", "b.why": "Why do you ask?",
    "b.back": "‹ Back",
    "b.stop": "It hurts – stop", "b.pause": "Pause", "b.yes": "Yes", "b.no": "No",
    "b.start": "Start {minutes} min", "b.today": "Not today", "b.easy": "Too easy",
    "b.much": "Too much",
}  # fmt: skip


def button(label: str, number: int | None = None, *, option: str = "", minutes: int = 0) -> Choice:
    words = (said(option),) if option else ()
    told = said(label, minutes=minutes) if minutes else said(label)
    return choice(told, Event(trigger=label), number=number, words=words)


QUESTION = (
    button("o.chest.short", 1, option="o.chest"), button("o.breath.short", 2, option="o.breath"),
    button("o.faint.short", 3, option="o.faint"), button("b.none"), button("b.unsure"),
    button("b.why"), button("b.back"),
)  # fmt: skip
OTHERS = (
    button("b.stop"), button("b.pause"), button("b.start", minutes=8), button("b.today"),
    button("b.easy"), button("b.much"),
)  # fmt: skip
ASKED = (button("b.yes"), button("b.unsure"), button("b.no"))


@pytest.mark.parametrize(("text", "meant"), [
    ("1", "o.chest.short"), ("2.", "o.breath.short"), ("number 3", "o.faint.short"),
    ("Chest", "o.chest.short"), ("1 Chest", "o.chest.short"), ("chest!", "o.chest.short"),
    ("new trouble breathing", "o.breath.short"), ("New trouble breathing.", "o.breath.short"),
    ("new trouble", "o.breath.short"), ("cehst", "o.chest.short"), ("breth", "o.breath.short"),
    ("none of these", "b.none"), ("none", "b.none"), ("nothing", "b.none"), ("nichts davon",
    "b.none"),
    ("not sure", "b.unsure"), ("dunno", "b.unsure"), ("why", None), ("why do you ask", "b.why"),
    ("back", "b.back"), ("< back", "b.back"),
])  # fmt: skip
def test_an_option_is_known_by_number_label_and_text(text: str, meant: str | None) -> None:
    found = matches(QUESTION, text, scene(words=WORDS))
    assert meant == (found and found.tap)


@pytest.mark.parametrize(("text", "meant"), [
    ("it hurts - stop", "b.stop"), ("It hurts – stop", "b.stop"), ("pause", "b.pause"),
    ("puase", "b.pause"), ("start 8 min", "b.start"), ("start", "b.start"), ("too easy", "b.easy"),
    ("too", None), ("too ", None), ("too mcuh", "b.much"), ("not today", "b.today"),
])  # fmt: skip
def test_a_label_may_be_shortened_or_slightly_misspelt(text: str, meant: str | None) -> None:
    found = matches(OTHERS, text, scene(words=WORDS))
    assert meant == (found and found.tap)


@pytest.mark.parametrize(("text", "meant"), [
    ("yep", "b.yes"), ("nope", "b.no"), ("no idea", "b.unsure"), ("no but my leg is numb", None),
    ("I think so", None), ("I don't think so", None), ("yes but not for this", None),
])  # fmt: skip
def test_another_yes_or_no_than_the_button_says_is_understood(text: str, meant: str | None) -> None:
    found = matches(ASKED, text, scene(words=WORDS))
    assert meant == (found and found.tap)


@pytest.mark.parametrize("text", ["", "4", "99", "noen of these", "nnoe of these", "non of thes",
                                  "qwerty",
                                  "chest and breath", "none but my chest hurts"])  # fmt: skip
def test_what_is_not_on_offer_or_a_guess_toward_safety_is_nothing(text: str) -> None:
    assert matches(QUESTION, text, scene(words=WORDS)) is None


def test_two_answers_alike_are_neither() -> None:
    twins = (button("b.today"), button("b.today").model_copy(update={"tap": "other"}))
    assert matches(twins, "not today", scene(words=WORDS)) is None


def test_a_digit_is_never_a_slip_of_another() -> None:
    clock = choice(said("b.clock", hour="20:00"), Event(trigger="b.clock"))
    here = scene(words={"b.clock": "{hour}"})
    assert (clock, None) == tuple(matches((clock,), text, here) for text in ("20:00", "23:00"))
