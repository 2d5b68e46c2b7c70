"""What is held as an HL7 FHIR R4 bundle: the gate, the answers to it, pain, function, advice.

Plain dicts: what is written here is a small, fixed part of FHIR, and a library that knows all of
it is needed by the tests alone.  No name, no chat, no number of a phone: the subject is a random
id, another in every bundle.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from bot.render.export.answers import response
from bot.render.export.gate import gate
from bot.render.held import Held
from flows import diary
from flows.base import said
from flows.diary import Mark, Score
from flows.receipt.vocabulary import Receipt

LOINC = "http://loinc.org"
PAIN = "Pain severity - 0-10 verbal numeric rating [Score] - Reported"
SURVEY = {
    "coding": [
        {
            "system": "http://terminology.hl7.org/CodeSystem/observation-category",
            "code": "survey",
        }
    ]
}
OURS = "urn:x-limber"
LEVEL, RULE, MEASURE = f"{OURS}:level", f"{OURS}:rule", f"{OURS}:measure"

Resource = dict[str, Any]


def bundle(held: Held, subject: UUID) -> Resource:
    """Put everything into one bundle; ids are drawn from the subject's."""
    resources = list(_resources(held, f"urn:uuid:{subject}", subject))
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": held.at.isoformat(timespec="seconds"),
        "entry": [{"fullUrl": url, "resource": resource} for url, resource in resources],
    }


def _resources(held: Held, patient: str, subject: UUID) -> Iterator[tuple[str, Resource]]:
    def url(*parts: object) -> str:
        return f"urn:uuid:{uuid5(subject, '|'.join(map(str, parts)))}"

    yield patient, {"resourceType": "Patient", "id": str(subject)}
    yield url("gate"), gate(held)
    for receipt in diary.advices(held.entries):
        answers = url("answers", receipt.code)
        yield answers, response(receipt, patient, held)
        yield url("advice", receipt.code), advice(receipt, patient, answers)
    for number, mark in enumerate(diary.marks(held.entries)):
        yield url("pain", number), pain(mark, patient, held)
    for number, score in enumerate(diary.scores(held.entries)):
        yield url("activity", number), activity(score, patient, held)


def pain(mark: Mark, patient: str, held: Held) -> Resource:
    """Give a number, not LOINC's coded answers: of those one reads "2 or more"."""
    measure = held.content.measures.pain
    coding = {"system": LOINC, "code": measure.loinc, "display": PAIN}
    when = "before" if mark.when == "before" else "after"
    code = {"coding": [coding], "text": held.told(said(f"chart.{when}"))}
    return observation(code, mark.at, patient) | {"valueInteger": mark.pain}


def activity(score: Score, patient: str, held: Held) -> Resource:
    name = held.told(diary.activity_name(score.id, score.text, held.content))
    code = {"coding": [{"system": MEASURE, "code": "own-activity"}], "text": name}
    return observation(code, score.at, patient) | {"valueInteger": score.score}


def advice(receipt: Receipt, patient: str, answers: str) -> Resource:
    """Say what was advised, and each rule that fired, in the version that was in force."""
    code = {"coding": [{"system": MEASURE, "code": "advice"}]}
    level = {"system": LEVEL, "version": receipt.content, "code": receipt.level}
    told = observation(code, receipt.at, patient)
    told["derivedFrom"] = [{"reference": answers}]
    told["valueCodeableConcept"] = {"coding": [level]}
    rules = [
        {
            "code": {
                "coding": [
                    {
                        "system": RULE, "version": receipt.content, "code": reason.rule,
                        "display": str(reason.why),
                    }
                ]
            },
            "valueBoolean": True,
        }
        for reason in receipt.fired
    ]  # fmt: skip
    return told | ({"component": rules} if rules else {})


def observation(code: Resource, at: datetime, patient: str) -> Resource:
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [SURVEY],
        "code": code,
        "subject": {"reference": patient},
        "effectiveDateTime": at.isoformat(timespec="seconds"),
    }
