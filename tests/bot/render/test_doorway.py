"""The card for the desk: large, in two languages, and its code needs no network."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import import_module
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from bot.render.doorway import card_png, card_told, found
from bot.render.doorway.compact import compact
from bot.render.doorway.telling import languages
from bot.render.held import Held
from content.catalogue import Catalogue
from flows.base import Known
from flows.diary import advices
from flows.receipt import Receipt
from tests.bot.render.weeks import END, played

TOLD = (
    "41 years old", "male", "fever, or hot and shivery, in the last 4 weeks",
    "back pain for 3 days",
)  # fmt: skip
QR_MOST = 2953  # bytes: what the largest code holds


def told(story: Held) -> Receipt:
    return advices(story.entries)[-1]


@pytest.mark.parametrize("name", ["urgent", "emergency", "danger_typed", "pain_chest"])
def test_any_phone_reads_the_advice_out_of_the_picture(catalogue: Catalogue, name: str) -> None:
    story = played(catalogue, f"@ {name}\n")
    receipt = next(r for r in advices(story.entries) if r.level in {"URGENT", "EMERGENCY"})
    card = found(story, receipt.code)
    with Image.open(BytesIO(card_png(card, story))) as picture:
        (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    bundle = json.loads(code.text)
    import_module("fhir.resources.R4B.bundle").Bundle.model_validate(bundle)
    observation = bundle["entry"][0]["resource"]
    assert receipt.level == observation["valueCodeableConcept"]["coding"][0]["code"]
    assert receipt.code == observation["identifier"][0]["value"]
    coded = [part["code"]["coding"][0]["code"] for part in observation["component"]]
    assert set(receipt.reasons) <= set(coded)
    assert "http" not in code.text, "it holds the answers, and leads nowhere"


def test_the_fullest_receipt_still_fits_a_code(catalogue: Catalogue) -> None:
    story = played(catalogue, "@ emergency\n")
    receipt = told(story)
    facts = {name: Known(value=3, at=END) for name in catalogue.facts}
    full = replace(found(story, receipt.code), facts=dict(list(facts.items())[:12]))
    assert len(compact(full).encode()) <= QR_MOST


def test_staff_are_told_what_decided_since_when_and_what_was_advised(
    catalogue: Catalogue,
) -> None:
    story = played(catalogue, "@ urgent\n")
    code = told(story).code
    assert [
        f"I was told: {', '.join(TOLD)}.",
        "Advice: be seen the same day",
        f"Receipt {code}",
    ] == story.all_told(card_told(found(story, code)))


def in_german(catalogue: Catalogue) -> Catalogue:
    german = {"doorway.title": "Bitte lesen: Rückenschmerzen", "doorway.told": "Gesagt wurde:"}
    return replace(catalogue, words={**catalogue.words, "de": german})


def test_the_language_of_the_place_comes_first(catalogue: Catalogue) -> None:
    story = played(catalogue, "@ emergency\n")  # in Germany, in English
    assert ("en",) == languages(story)
    both = replace(story, content=in_german(catalogue))
    assert ("de", "en") == languages(both)
    code = told(story).code
    with Image.open(BytesIO(card_png(found(both, code), both))) as larger:
        tall = larger.size[1]
    with Image.open(BytesIO(card_png(found(story, code), story))) as smaller:
        assert tall > smaller.size[1]


def test_a_rule_that_has_left_speaks_in_the_words_of_then(catalogue: Catalogue) -> None:
    story = played(catalogue, "@ emergency\n")
    receipt = told(story)
    later = replace(story, content=replace(catalogue, rules=()))
    card = found(later, receipt.code)
    assert [str(reason.why) for reason in receipt.fired] == later.all_told(card.answers)


def test_a_receipt_that_is_not_there_is_an_error_for_whoever_draws(catalogue: Catalogue) -> None:
    with pytest.raises(LookupError):
        found(played(catalogue, "@ urgent\n"), "NONE-00")
