"""Everything as files: complete, nameless, and valid where others have to read it."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID

import pytest

from bot.render.export import zipped
from bot.render.export.fhir import bundle
from bot.render.held import Held
from content.catalogue import Catalogue
from flows import diary
from tests.bot.render.r4 import CODES, R4
from tests.bot.render.weeks import END, TYPED, held, played, rating

SUBJECT, ANOTHER = UUID(int=7), UUID(int=8)
RESOURCES = ("Bundle", "Patient", "Questionnaire", "QuestionnaireResponse", "Observation")

Json = dict[str, Any]


@pytest.fixture(scope="module")
def story(catalogue: Catalogue) -> Held:
    """Tell a life with every kind of question answered, stopped and scored."""
    told = held(catalogue)
    checks = [
        entry
        for name in ("emergency", "well_adult_to_the_offer", "severe_pain_for_days")
        for entry in played(catalogue, f"@ {name}\n").entries
        if entry.kind == "receipt"
    ]
    return replace(told, entries=(*told.entries, *checks))


@pytest.fixture(scope="module")
def made(story: Held) -> Json:
    return json.loads(json.dumps(bundle(story, SUBJECT)))  # as it leaves


def files(packed: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(packed)) as folder:
        return {name: folder.read(name).decode("utf-8-sig") for name in folder.namelist()}


def of(made: Json, kind: str) -> list[Json]:
    every = [entry["resource"] for entry in made["entry"]]
    return [resource for resource in every if resource["resourceType"] == kind]


# ---- FHIR


@cache
def model(name: str) -> Any:  # noqa: ANN401 - a class of the library
    base = max((each for each in RESOURCES if name.startswith(each)), key=len, default=name)
    return getattr(import_module(f"fhir.resources.R4B.{base.lower()}"), name)


def test_the_library_finds_no_fault_with_the_bundle(made: Json) -> None:
    model("Bundle").model_validate(made)


@pytest.mark.parametrize("fault", ["status", "subject"])
def test_the_library_would_find_one(made: Json, fault: str) -> None:
    broken = json.loads(json.dumps(made))
    of(broken, "Observation")[0][fault] = 3
    with pytest.raises(ValueError, match=fault):
        model("Bundle").model_validate(broken)


def walked(value: Any, kind: str) -> Iterator[tuple[str, str, Any]]:  # noqa: ANN401 - JSON
    """Give each element with the type that it stands in, as R4 names it."""
    kind = value.get("resourceType", kind)
    for name, each in value.items():
        if name == "resourceType":
            continue
        yield kind, name, each
        for part in each if isinstance(each, list) else [each]:
            if isinstance(part, dict):
                yield from walked(part, R4[kind].get(name, f"{kind}.{name}").removesuffix("[]"))


def test_every_element_we_write_is_one_of_r4(made: Json) -> None:
    written = {(kind, name) for kind, name, _ in walked(made, "Bundle")}
    assert set() == {f"{kind}.{name}" for kind, name in written if name not in R4[kind]}


def test_every_code_of_a_required_set_is_one_of_r4(made: Json) -> None:
    for kind, name, value in walked(made, "Bundle"):
        if (allowed := CODES.get(f"{kind}.{name}")) is not None:
            assert value in allowed


@pytest.mark.parametrize("kind", R4)
def test_r4_and_r4b_have_these_elements_of_the_same_type(kind: str) -> None:
    fields = model(kind).model_fields
    for name, told in R4[kind].items():
        typed = str(fields[name].annotation)
        one = "bool" if told == "boolean" else told.removesuffix("[]")
        assert one.lower() in typed.lower(), f"{kind}.{name}"
        assert told.endswith("[]") == ("List[" in typed), f"{kind}.{name}"


def test_pain_is_a_whole_number_under_its_loinc_code(story: Held, made: Json) -> None:
    coded = [r for r in of(made, "Observation") if "loinc" in str(r["code"])]
    assert [m.pain for m in diary.marks(story.entries)] == [r["valueInteger"] for r in coded]
    assert {"72514-3"} == {r["code"]["coding"][0]["code"] for r in coded}


def test_advice_carries_its_rules_and_their_version(story: Held, made: Json) -> None:
    advices = [r for r in of(made, "Observation") if "valueCodeableConcept" in r]
    levels = [r["valueCodeableConcept"]["coding"][0]["code"] for r in advices]
    assert [receipt.level for receipt in diary.advices(story.entries)] == levels
    urgent = advices[levels.index("EMERGENCY")]
    rule = urgent["component"][0]["code"]["coding"][0]
    assert ("urn:x-limber:rule", "E12", story.content.version) == (
        rule["system"], rule["code"], rule["version"],
    )  # fmt: skip


def test_the_gate_has_every_question_under_the_version_of_the_content(
    story: Held, made: Json
) -> None:
    (gate,) = of(made, "Questionnaire")
    assert story.content.version == gate["version"]
    assert list(story.content.screens) == [item["linkId"] for item in gate["item"]]


def options(items: list[Json]) -> Iterator[tuple[str, str]]:
    for item in items:
        for option in item.get("answerOption", []):
            yield item["linkId"], option["valueCoding"]["code"]
        yield from options(item.get("item", []))


def test_the_gate_has_every_option_that_can_be_taken(story: Held, made: Json) -> None:
    (gate,) = of(made, "Questionnaire")
    known = {code for _, code in options(gate["item"])}
    taken = {
        f"{part.id}.{option.id}"
        for screen in story.content.screens.values()
        for part in screen.parts
        if part.kind in {"choice", "ticks"}
        for option in part.options
    }
    assert taken | {"none", "unsure"} == known


def answers(items: list[Json]) -> Iterator[tuple[str, Json]]:
    for item in items:
        yield from ((item["linkId"], answer) for answer in item.get("answer", []))
        yield from answers(item.get("item", []))


def test_answers_have_the_codes_of_the_gate(made: Json) -> None:
    (gate,) = of(made, "Questionnaire")
    known = set(options(gate["item"]))
    told = [each for r in of(made, "QuestionnaireResponse") for each in answers(r.get("item", []))]
    coded = [(link, answer["valueCoding"]) for link, answer in told if "valueCoding" in answer]
    assert len(coded) > 30
    assert [] == [each for each in coded if (each[0], each[1].get("code")) not in known]
    assert any("valueInteger" in answer for _, answer in told)


def test_what_is_referred_to_is_in_the_bundle(made: Json) -> None:
    urls = {entry["fullUrl"] for entry in made["entry"]}
    assert len(urls) == len(made["entry"])
    referred = {v for _, name, v in walked(made, "Bundle") if name == "reference"}
    assert referred <= urls


def test_the_subject_is_a_number_drawn_anew(story: Held, made: Json) -> None:
    (patient,) = of(made, "Patient")
    assert {"resourceType": "Patient", "id": str(SUBJECT)} == patient
    other = bundle(story, ANOTHER)
    first = {entry["fullUrl"] for entry in made["entry"]}
    assert not first & {entry["fullUrl"] for entry in other["entry"]}


# ---- tables, and all of it


def test_the_zip_holds_all(story: Held) -> None:
    told = files(zipped(story, SUBJECT))
    everything = json.loads(told["everything.json"])
    assert len(story.entries) == len(everything["diary"])
    assert story.talk.model_dump(mode="json") == everything["snapshot"]
    assert json.loads(told["fhir.json"]) == json.loads(json.dumps(bundle(story, SUBJECT)))
    rows = {
        name: list(csv.DictReader(StringIO(text)))
        for name, text in told.items()
        if name.endswith(".csv")
    }
    assert len(diary.marks(story.entries)) == len(rows["pain.csv"])
    assert len(diary.sessions(story.entries)) == len(rows["sessions.csv"])
    assert TYPED in [row["text"] for row in rows["ratings.csv"]]
    assert "41" in [row["value"] for row in rows["facts.csv"] if row["fact"] == "age"]


def test_what_was_typed_is_no_formula_in_a_spreadsheet(catalogue: Catalogue) -> None:
    typed = '=HYPERLINK("x")'
    story = held(catalogue, 0)
    story = replace(story, entries=(rating(END, {"id": "own1", "text": typed, "score": 3}),))
    (row,) = csv.DictReader(StringIO(files(zipped(story, SUBJECT))["ratings.csv"]))
    assert f"'{typed}" == row["text"]
