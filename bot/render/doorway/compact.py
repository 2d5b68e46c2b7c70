"""The same as a small FHIR bundle, made to fit a code that any phone reads without a network.

Codes and no sentences: the answers by the names of our facts, the rules by theirs, with the version
of both.  The subject has no name here at all.
"""

from __future__ import annotations

import json
from typing import Any

from bot.render.doorway.telling import PERSON, SINCE, Told
from bot.render.export.fhir import LEVEL, MEASURE, OURS, RULE
from flows.base import Known

FACT = f"{OURS}:fact"
ALWAYS = (*PERSON, "pain_now", SINCE)

Resource = dict[str, Any]


def compact(told: Told) -> str:
    receipt = told.receipt
    facts = {name: receipt.facts[name] for name in ALWAYS if name in receipt.facts} | told.facts
    advice = {
        "resourceType": "Observation",
        "identifier": [{"value": receipt.code}],
        "status": "final",
        "code": _coded(MEASURE, "advice"),
        "effectiveDateTime": receipt.at.isoformat(timespec="seconds"),
        "valueCodeableConcept": {
            "coding": [{"system": LEVEL, "version": receipt.content, "code": receipt.level}]
        },
        "component": [
            *({"code": _coded(RULE, name), "valueBoolean": True} for name in receipt.reasons),
            *({"code": _coded(FACT, name)} | _value(known) for name, known in facts.items()),
        ],
    }
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": advice}]}
    return json.dumps(bundle, separators=(",", ":"), ensure_ascii=True)


def _coded(system: str, code: str) -> Resource:
    return {"coding": [{"system": system, "code": code}]}


def _value(known: Known) -> Resource:
    if known.unsure:
        return {"dataAbsentReason": {"text": "not sure"}}
    match known.value:
        case bool():
            return {"valueBoolean": known.value}
        case int():
            return {"valueInteger": known.value}
        case _:
            return {"valueString": str(known.value)}
