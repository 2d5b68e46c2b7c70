"""Typed answers: what is read, and what is not."""

# ruff: noqa: RUF001 - as people type

from __future__ import annotations

from datetime import time as clock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text import (
    OutOfRange,
    days,
    is_none,
    is_stop_word,
    normalise,
    numbers_list,
    time_of_day,
    whole_number,
    yes_no,
)
from tests.flows.text.scenes import NOW, scene
from tests.growth import growth

YES_NO = {
    "yes": ["yes", "Yes!", "y", "yep", "yeah", "I think so", "yes a bit", "yes I do", "👍", "sure",
            "ja",
            "jawohl", "sí", "Si", "claro que sí", "oui", "ouais", "sim", "pois", "a little",
            "yes, since Monday"],
    "no": ["no", "nope", "No.", "not really", "no, thanks", "no I don't", "no I haven't", "nah",
           "not at all", "nein", "nö", "nee", "non", "pas du tout", "não", "nao", "👎", "none"],
    "unsure": ["dunno", "not sure", "I don't know", "maybe", "I don’t think so", "probably not",
               "?",
               "weiß nicht", "keine Ahnung", "weiss nicht", "no sé", "je ne sais pas", "não sei",
               "yes and no", "idk", "hopefully not"],
}  # fmt: skip
NO_ANSWERS = ["", "   ", "my left leg is numb", "no but my leg is numb", "yes no", "banana", "7",
              "no feeling in my foot", "not since the fall", "nobody", "well " * 60]  # fmt: skip


@pytest.mark.parametrize(
    ("meaning", "text"), [(meaning, text) for meaning, texts in YES_NO.items() for text in texts]
)
def test_yes_no_and_not_sure_are_read(meaning: str, text: str) -> None:
    assert meaning == yes_no(text, scene())


@pytest.mark.parametrize("text", NO_ANSWERS)
def test_what_says_more_or_nothing_is_no_answer(text: str) -> None:
    assert yes_no(text, scene()) is None


@pytest.mark.parametrize(("text", "meaning"), [
    ("I think so", "unsure"), ("probably", "unsure"), ("I don't think so", "no"), ("yes", "yes"),
    ("yes but it got worse", None), ("no, he said rest", "no"), ("yes maybe", "unsure"),
    ("yes I think", "unsure"),
])  # fmt: skip
def test_where_yes_is_harmless_a_hedged_yes_is_not_sure(text: str, meaning: str | None) -> None:
    assert meaning == yes_no(text, scene(), harmless="yes")


@pytest.mark.parametrize("text", ["none of these", "None", "nothing", "nichts davon", "ninguno",
                                  "aucun",
                                  "nenhum", "nothing new"])  # fmt: skip
def test_none_of_these_is_read(text: str) -> None:
    assert is_none(text, scene())


@pytest.mark.parametrize(("text", "number"), [
    ("3", 3), ("three", 3), ("about 3", 3), ("8/10", 8), ("8 / 10", 8), ("7 out of 10", 7), ("0",
    0),
    ("between 3 and 4", 4), ("3-4", 4), ("3–4", 4), ("3 or 4", 4), ("3.5", 4), ("3½", 4), ("3 1/2",
    4),
    ("three and a half", 4), ("zero", 0), ("it's a 5", 5), ("a 6 or so", 6), ("Ten!", 10),
    ("pain 7", 7),
    ("vier von zehn", 4), ("zwischen 3 und 4", 4), ("siete", 7), ("sept sur dix", 7), ("oito", 8),
    ("ungefähr fünf", 5), ("fuenf", 5), ("entre 5 y 6", 6), ("level 2", 2),
])  # fmt: skip
def test_a_strength_of_pain_is_read(text: str, number: int) -> None:
    assert number == whole_number(text, 0, 10, scene())


@pytest.mark.parametrize(("text", "number"), [
    ("34", 34), ("I'm 34 years old", 34), ("thirty five", 35), ("thirty-five", 35),
    ("fünfunddreißig", 35),
    ("fuenfunddreissig", 35), ("treinta y cinco", 35), ("quatre-vingt-dix-sept", 97),
    ("soixante-dix", 70),
    ("trinta e cinco", 35), ("ninety nine", 99), ("one hundred and five", 105), ("vingt et un", 21),
    ("tengo 40 años", 40), ("ich bin 28 Jahre alt", 28), ("34yo", 34),
])  # fmt: skip
def test_an_age_is_read(text: str, number: int) -> None:
    assert number == whole_number(text, 0, 120, scene())


@pytest.mark.parametrize(("text", "number"), [("11", 11), ("-1", -1), ("300", 300), ("eleven", 11)])
def test_a_number_out_of_range_is_told_as_such(text: str, number: int) -> None:
    assert OutOfRange(number, 0, 10) == whole_number(text, 0, 10, scene())


@pytest.mark.parametrize("text", ["", "abc", "not 7", "7 weeks", "7 kg", "7 years ago", "my L4",
                                  "3/4",
                                  "2 legs are numb", "5 minutes of walking"])  # fmt: skip
def test_a_number_of_something_else_is_no_answer(text: str) -> None:
    assert whole_number(text, 0, 10, scene()) is None


def test_where_less_is_graver_the_lower_number_counts() -> None:
    assert 3 == whole_number("3 or 4", 0, 10, scene(), graver="down")


@pytest.mark.parametrize(("text", "numbers"), [
    ("1 3", (1, 3)), ("1,3 and 4", (1, 3, 4)), ("1, 3", (1, 3)), ("2", (2,)), ("1+2", (1, 2)),
    ("1;2", (1, 2)), ("1 und 3", (1, 3)), ("two and five", (2, 5)), ("1 1", (1,)),
])  # fmt: skip
def test_numbers_of_options_are_read(text: str, numbers: tuple[int, ...]) -> None:
    assert numbers == numbers_list(text, scene())


@pytest.mark.parametrize("text", ["none", "1 3 leg", "", "not 1", "1.5"])
def test_what_is_more_than_numbers_is_no_list(text: str) -> None:
    assert numbers_list(text, scene()) is None


# It is Sunday, 22 November 2026.
@pytest.mark.parametrize(("text", "number"), [
    ("about two weeks", 14), ("since Monday", 6), ("3 months", 90), ("yesterday", 1), ("today", 0),
    ("since 3 March", 264), ("since the 3rd of March", 264), ("March 3", 264), ("a couple of days",
    2),
    ("10d", 10), ("half a year", 182), ("1 1/2 years", 547), ("1½ years", 547), ("3", 3),
    ("2-3 weeks", 21),
    ("between 3 and 4 weeks", 28), ("since 3.3.", 264), ("2026-03-03", 264), ("since March", 266),
    ("a fortnight", 14), ("for years", 730), ("about 6 months now", 180), ("a week and a half", 10),
    ("since last week", 7), ("two weeks and 3 days", 17), ("since 2019", 2882), ("last monday", 6),
    ("two and a half years", 912), ("36 hours", 1), ("20 minutes", 0), ("3 days ago", 3),
    ("a year", 365),
    ("12 Nov 2025", 375), ("on 12 November", 10), ("1/2 year", 182), ("since Sunday", 7),
    ("3 days in a row", 3), ("this morning", 0), ("the day before yesterday", 2), ("03.03.2026",
    264),
    ("seit drei Wochen", 21), ("vor 3 Tagen", 3), ("gestern", 1), ("anderthalb Jahre", 547),
    ("ein halbes Jahr", 182), ("letzte Woche", 7), ("seit Montag", 6), ("seit März", 266),
    ("hace dos semanas", 14), ("desde el lunes", 6), ("10 días", 10), ("medio año", 182), ("ayer",
    1),
    ("depuis 3 mois", 90), ("il y a 3 jours", 3), ("hier", 1), ("15 jours", 15), ("depuis lundi",
    6),
    ("há duas semanas", 14), ("desde segunda", 6), ("ontem", 1), ("3 meses", 90), ("0", 0),
    ("03/04/2026", 263),  # 3 April would be 233 days: the graver reading
])  # fmt: skip
def test_a_length_of_time_is_read_in_days(text: str, number: int) -> None:
    assert number == days(text, NOW, scene())


@pytest.mark.parametrize("text", ["", "my dog", "since tomorrow", "in 3 days", "-3 days",
                                  "since 2027",
                                  "since last summer", "99999 years", "since 31 February 2026",
                                  "may be",
                                  "30.11.2026", "3 kg", "w" * 200])  # fmt: skip
def test_what_is_no_past_time_is_not_read(text: str) -> None:
    assert days(text, NOW, scene()) is None


def test_where_sooner_is_graver_the_shorter_time_counts() -> None:
    assert [14, 0, 202] == [
        days(text, NOW, scene(), graver="down")
        for text in ("2-3 weeks", "on Sunday", "between 5/4/2026 and now")
    ]


@pytest.mark.parametrize(("text", "told"), [
    ("8", "08:00"), ("8:30", "08:30"), ("8.30", "08:30"), ("half past seven", "07:30"),
    ("20 Uhr", "20:00"), ("20 Uhr 15", "20:15"), ("evening", "19:00"), ("7pm", "19:00"),
    ("7:15 am", "07:15"), ("6 p.m.", "18:00"), ("8h30", "08:30"), ("20h", "20:00"), ("halb acht",
    "07:30"),
    ("quarter to 8", "07:45"), ("viertel nach sieben", "07:15"), ("las ocho y media", "08:30"),
    ("huit heures et demie", "08:30"), ("às oito e meia", "08:30"), ("noon", "12:00"), ("12 am",
    "00:00"),
    ("at 7 in the evening", "19:00"), ("7 in the morning", "07:00"), ("abends", "19:00"),
    ("every day at 18:00", "18:00"), ("a las 8 de la tarde", "20:00"), ("0830", "08:30"),
    ("8 o'clock", "08:00"), ("in the morning, please", "08:00"), ("18 heures", "18:00"),
    ("nove menos um quarto", "08:45"),
])  # fmt: skip
def test_a_time_of_day_is_read(text: str, told: str) -> None:
    assert clock.fromisoformat(told) == time_of_day(text, scene())


@pytest.mark.parametrize(
    "text", ["", "25:00", "8:75", "banana", "7 days", "24", "-8", "99", "soon"]
)
def test_what_is_no_time_of_day_is_not_read(text: str) -> None:
    assert time_of_day(text, scene()) is None


@pytest.mark.parametrize(("text", "plain"), [
    ("Can’t", "cant"), ("J’ai mal à l’anus", "j ai mal a l anus"), ("señor", "senor"), ("groß",
    "gross"),
    ("nooooo", "no"), ("1000", "1000"), ("  a \n b ", "a b"), ("ﬁne", "fine"),
    ("hurts 🙂", "hurts"),
    ("ÜBEL", "ubel"), ("d'accord", "d accord"), ("3–4", "3-4"),
])  # fmt: skip
def test_text_is_made_plain(text: str, plain: str) -> None:
    assert plain == normalise(text)


def test_the_users_own_language_is_asked_first() -> None:
    assert [1, 11] == [whole_number("once", 0, 20, scene(language)) for language in ("en", "es")]


@given(st.text(max_size=300))
def test_nothing_typed_breaks_a_reader(text: str) -> None:
    here = scene("fr")
    yes_no(text, here)
    whole_number(text, 0, 10, here)
    numbers_list(text, here)
    time_of_day(text, here)
    is_stop_word(text, here)
    if not any(mark.isdigit() for mark in text):  # else dateparser may be asked: slow
        days(text, NOW, here)


def test_a_long_answer_costs_as_much_more_as_it_is_longer() -> None:
    here = scene("pt")

    def read(times: int) -> None:
        text = "yes I do since 3 of monday half past " * times
        yes_no(text, here)
        whole_number(text, 0, 10, here)
        time_of_day(text, here)

    read(1)
    assert growth(read, 12, 8) < 12
