"""What the code asks for has words: a key taken away is told with its place in the code."""

from __future__ import annotations

import ast

import pytest

from bot.content_tools.asked import Asked, asked_in, declared_in, look, looked_at
from content.catalogue import Catalogue


def told(code: str, words: set[str], **declared: str) -> list[tuple[str, str]]:
    asked = Asked()
    look(ast.parse(code), "flows/x.py", asked)
    patterns = {
        pattern.replace("_", ".", 1) + "{}": tuple(e.split()) for pattern, e in declared.items()
    }
    found = looked_at(words, asked, patterns)
    return [(each.where, each.sentence.partition(",")[0]) for each in found if each.mend]


def test_every_sentence_that_the_code_asks_for_is_there(catalogue: Catalogue) -> None:
    found = looked_at(catalogue.words["en"], asked_in(), declared_in())
    assert [] == [str(each) for each in found if each.mend]


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("talk.choose", "flows/"),  # whole in the code
        ("day.3", "flows/reminder/"),  # put together there
        ("rule.E12.why", ""),  # an entry's, which is checked where it is admitted
    ],
)
def test_a_sentence_taken_away_is_missed_where_the_code_asks_for_it(
    key: str, place: str, catalogue: Catalogue
) -> None:
    words = set(catalogue.words["en"])
    found = looked_at(words - {key}, asked_in(), declared_in())
    told = [each for each in found if each.mend and f"`{key}`" in each.sentence]
    assert bool(place) == len(told)
    assert all(each.where.startswith(place) for each in told)


def test_a_sentence_of_no_family_is_missed_too() -> None:
    assert [("flows/x.py:2", "it asks for `new.one`")] == told("\nsaid('new.one')", {"old.one"})
    assert [] == told("open('new.one')", {"old.one"})
    assert [] == told("open('old.ogg')", {"old.one"})


def test_keys_put_together_are_declared_and_all_of_them_there() -> None:
    code = "said(f'day.{number}')"
    assert "puts keys together" in told(code, {"day.1"})[0][1]
    assert [] == told(code, {"day.1"}, day_="1")
    assert [("flows/x.py:1", "it asks for `day.2`")] == told(code, {"day.1"}, day_="1 2")
    assert "no code puts" in told("", {"day.1"}, day_="1")[0][1]


def test_what_is_said_otherwise_is_said_of_something() -> None:
    code, words = "said(f'helper.{key}')", {"day.1", "helper.day.1"}
    assert [] == told(code, words, helper_="*")
    missed = told(code, {*words, "helper.day.2"}, helper_="*")
    assert [("words/helper.day.2", "it asks for `day.2`")] == missed


def test_a_sentence_that_nobody_asks_for_is_told_and_fails_nothing(catalogue: Catalogue) -> None:
    found = looked_at({*catalogue.words["en"], "talk.idle"}, asked_in(), declared_in())
    assert ["talk.idle"] == [each.where for each in found if each.where == "talk.idle"]
    assert not any(each.mend for each in found if each.where == "talk.idle")
