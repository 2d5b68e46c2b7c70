"""Receipts: what one holds, its code, and how it is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from content.catalogue import Catalogue
from flows.base import Asked, Known, Said, Scene, Verdict, said
from flows.receipt import (
    Question,
    Receipt,
    code_in,
    code_of,
    drafted,
    told_whole,
    told_why,
    unknown,
)

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FEVER = {"fever": Known(value=True, at=AT), "age": Known(value=41, at=AT)}


def verdict(**changes: Any) -> Verdict:  # noqa: ANN401 - any field of a verdict
    fields: dict[str, Any] = {
        "level": "URGENT", "stretch": "blocked", "fired": ("U01",), "reasons": ("U01",), "at": AT,
    }  # fmt: skip
    return Verdict(**{**fields, **changes})


def scene(catalogue: Catalogue, known: dict[str, Known]) -> Scene:
    facts = catalogue.complete({name: each.value for name, each in known.items()})
    return Scene(at=AT, content=catalogue, facts=facts, known=known)


def receipt_of(
    catalogue: Catalogue,
    known: dict[str, Known],
    path: tuple[Asked, ...] = (),
    **changes: Any,  # noqa: ANN401
) -> Receipt:
    judged = verdict(receipt="7F3A-21", **changes)
    return drafted(judged, path, (said("level.URGENT.text"),), scene(catalogue, known), 1)


def keys(pieces: tuple[Said, ...]) -> list[str]:
    return [piece.key for piece in pieces]


# ---- the code


def test_the_same_judgement_has_the_same_code() -> None:
    assert code_of(verdict(), FEVER, ()) == code_of(verdict(), FEVER, ())


@pytest.mark.parametrize(
    ("judged", "known", "path"),
    [
        (verdict(level="SOON"), FEVER, ()),
        (verdict(at=AT + timedelta(seconds=1)), FEVER, ()),
        (verdict(fired=("U01", "U02")), FEVER, ()),
        (verdict(), {**FEVER, "fever": Known(value=True, at=AT, unsure=True)}, ()),
        (verdict(), FEVER, (Asked(screen="Q5"),)),
    ],
)
def test_another_judgement_has_another_code(
    judged: Verdict, known: dict[str, Known], path: tuple[Asked, ...]
) -> None:
    assert code_of(verdict(), FEVER, ()) != code_of(judged, known, path)


def test_a_code_stays_the_same_once_it_is_shown() -> None:
    assert code_of(verdict(), FEVER, ()) == code_of(verdict(receipt="7F3A-21"), FEVER, ())


@pytest.mark.parametrize("typed", ["7F3A-21", "7f3a-21", "7f3a21", " 7F3A 21 "])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert "7F3A-21" == code_in(typed)


def test_what_is_no_code_is_not_made_one() -> None:
    assert "" == code_in("")
    assert "last week" == code_in("last week")


# ---- what it holds


def test_a_receipt_holds_its_rules_with_their_conditions_and_sources(catalogue: Catalogue) -> None:
    rule = catalogue.rule("U01")
    (reason,) = receipt_of(catalogue, FEVER).fired
    assert (rule.cond, rule.level, "rule.U01.why") == (reason.cond, reason.level, reason.why.key)
    assert tuple(catalogue.sources[each].title for each in rule.src) == reason.sources


def test_the_deciding_answers_are_those_the_rule_reads(catalogue: Catalogue) -> None:
    (reason,) = receipt_of(catalogue, FEVER).fired
    assert ["fact.fever.told"] == keys(reason.answers)


def test_a_deciding_answer_nobody_was_sure_of_says_so(catalogue: Catalogue) -> None:
    known = {"fever": Known(value=True, at=AT, unsure=True)}
    (reason,) = receipt_of(catalogue, known).fired
    assert (said("receipt.not_sure", of=said("fact.fever.told", n=1)),) == reason.answers


def test_a_rule_that_has_left_the_content_since_is_left_out(catalogue: Catalogue) -> None:
    assert () == receipt_of(catalogue, FEVER, fired=("U999",)).fired


def test_a_question_holds_what_was_on_offer_and_what_was_answered(catalogue: Catalogue) -> None:
    age, fever = receipt_of(catalogue, FEVER, asked_of(catalogue)).path
    assert (said("fact.age.told", n=41),) == age.answers
    assert said("button.none") not in fever.answers
    assert fever.answers == fever.offered[:1]
    assert len(fever.offered) > 1


def asked_of(catalogue: Catalogue) -> tuple[Asked, ...]:
    """Answer the screens that ask for age and fever."""

    def asking(fact: str) -> Any:  # noqa: ANN401
        screens = catalogue.screens.values()
        return next(s for s in screens if fact in catalogue.asked_on(s.id))

    age, fever = asking("age"), asking("fever")
    refs = tuple(f"{part.id}.{option.id}" for part in fever.parts for option in part.options)
    return (
        Asked(screen=age.id, numbers={"age": 41}),
        Asked(screen=fever.id, offered=refs, ticked=refs[:1]),
    )


def test_a_list_with_nothing_ticked_was_answered_with_none(catalogue: Catalogue) -> None:
    (asked,) = receipt_of(catalogue, FEVER, (Asked(screen="Q1"),)).path
    assert (said("button.none"),) == asked.answers


def test_an_option_nobody_was_sure_of_is_named(catalogue: Catalogue) -> None:
    path = (Asked(screen="Q1", unsure=("Q1.chest",)),)
    (asked,) = receipt_of(catalogue, FEVER, path).path
    assert (said("receipt.not_sure", of=said("option.Q1.chest")),) == asked.answers


# ---- how it is told


def test_why_tells_the_deciding_answers_and_their_sources(catalogue: Catalogue) -> None:
    shown = told_why(receipt_of(catalogue, FEVER)).text
    expected = ["receipt.head", "receipt.because", "receipt.sources", "receipt.more"]
    assert expected == keys(shown)


def test_why_names_no_disease(catalogue: Catalogue) -> None:
    """The sentence of a rule may name what it is about; /why keeps to what the user said."""
    shown = told_why(receipt_of(catalogue, FEVER)).text
    assert "rule.U01.why" not in str(shown)


def test_why_of_a_harmless_advice_says_that_nothing_pointed_to_danger(
    catalogue: Catalogue,
) -> None:
    harmless = receipt_of(
        catalogue, FEVER, (Asked(screen="Q1"),), level="SELF_CARE", fired=(), reasons=()
    )
    assert ["receipt.head", "receipt.nothing", "receipt.more"] == keys(told_why(harmless).text)


def test_why_of_an_advice_out_of_a_session_says_so(catalogue: Catalogue) -> None:
    stopped = receipt_of(catalogue, FEVER, fired=(), reasons=())
    assert ["receipt.head", "receipt.session", "receipt.more"] == keys(told_why(stopped).text)


def test_what_waits_for_a_proper_look_is_not_said_to_point_to_no_danger(
    catalogue: Catalogue,
) -> None:
    waiting = receipt_of(
        catalogue, FEVER, (Asked(screen="Q1"),), level="SOON", fired=(), reasons=()
    )
    assert ["receipt.head", "receipt.session", "receipt.more"] == keys(told_why(waiting).text)


def test_the_whole_receipt_tells_each_question_and_rule(catalogue: Catalogue) -> None:
    (shown,) = told_whole(receipt_of(catalogue, FEVER, (Asked(screen="Q1"),)))
    expected = [
        "receipt.head", "receipt.asked", "receipt.question", "receipt.decided", "receipt.rule",
        "receipt.told", "level.URGENT.text", "receipt.versions",
    ]  # fmt: skip
    assert expected == keys(shown.text)


def test_a_long_receipt_is_told_in_several_messages_and_loses_nothing() -> None:
    path = tuple(Question(screen=f"S{n}", ask="a" * 500, answers=("b" * 100,)) for n in range(30))
    long = Receipt(code="7F3A-21", at=AT, level="SOON", stretch="gentle", path=path)
    shown = told_whole(long)
    lengths = [sum(len(str(piece.args)) for piece in show.text) for show in shown]
    assert 30 == sum(piece.key == "receipt.question" for show in shown for piece in show.text)
    assert max(lengths) < 4096


def test_a_code_that_is_not_known_is_told_from_having_no_receipt_at_all() -> None:
    assert ["receipt.unknown", "receipt.none"] == [unknown("7F3A-21").key, unknown("").key]


# ---- kept for years


KEPT = """{"version": 1, "code": "7F3A-21", "at": "2026-11-23T09:00:00Z", "language": "en",
  "level": "URGENT", "stretch": "blocked", "crisis": false, "by_mistake": false,
  "facts": {"fever": {"value": true, "at": "2026-11-23T09:00:00Z", "source": "screen",
    "unsure": false}},
  "path": [{"screen": "Q5", "ask": "A temperature?", "offered": ["Yes", "No"],
    "answers": ["Yes"]}],
  "fired": [{"rule": "U01", "level": "URGENT", "stretch": "blocked", "cond": "fever",
    "why": "Fever needs a check.", "answers": ["fever"], "sources": ["NHS"]}],
  "reasons": ["U01"], "told": ["Please be seen today."], "content": "0a760b05b759",
  "program": "0.1.0", "consent": 1, "something_newer": 5}"""


def test_a_receipt_kept_by_any_release_can_be_read() -> None:
    kept = Receipt.model_validate_json(KEPT)
    assert ("A temperature?", ("fever",)) == (kept.path[0].ask, kept.fired[0].answers)
