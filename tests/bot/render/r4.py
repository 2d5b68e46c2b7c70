"""FHIR R4 (4.0.1), the elements of what we write: name and type, by hand from its own pages.

`[]` stands behind what may be there several times.

The library knows R4B (4.3.0), and no R4.  HL7 changed few resources in R4B, none of these among
them (hl7.org/fhir/R4B, "About the R4B version"): so what is named here is what the library must
have as well, and what we write must be named here.
"""

from __future__ import annotations

from collections.abc import Mapping

R4: Mapping[str, Mapping[str, str]] = {
    "Bundle": {
        "type": "code", "timestamp": "instant", "entry": "BundleEntry[]",
    },
    "BundleEntry": {"fullUrl": "uri", "resource": "Resource"},
    "Patient": {"id": "id"},
    "Questionnaire": {
        "url": "uri", "version": "string", "name": "string", "status": "code",
        "subjectType": "code[]", "item": "QuestionnaireItem[]",
    },
    "QuestionnaireItem": {
        "linkId": "string", "text": "string", "type": "code", "repeats": "boolean",
        "answerOption": "QuestionnaireItemAnswerOption[]", "item": "QuestionnaireItem[]",
    },
    "QuestionnaireItemAnswerOption": {"valueCoding": "Coding"},
    "QuestionnaireResponse": {
        "identifier": "Identifier", "questionnaire": "canonical", "status": "code",
        "subject": "Reference", "authored": "dateTime", "item": "QuestionnaireResponseItem[]",
    },
    "QuestionnaireResponseItem": {
        "linkId": "string", "text": "string", "answer": "QuestionnaireResponseItemAnswer[]",
        "item": "QuestionnaireResponseItem[]",
    },
    "QuestionnaireResponseItemAnswer": {
        "valueCoding": "Coding", "valueInteger": "integer", "valueString": "string",
    },
    "Observation": {
        "identifier": "Identifier[]", "status": "code", "category": "CodeableConcept[]",
        "code": "CodeableConcept", "subject": "Reference", "effectiveDateTime": "dateTime",
        "valueInteger": "integer", "valueCodeableConcept": "CodeableConcept",
        "derivedFrom": "Reference[]", "component": "ObservationComponent[]",
    },
    "ObservationComponent": {
        "code": "CodeableConcept", "valueBoolean": "boolean", "valueInteger": "integer",
        "valueString": "string", "dataAbsentReason": "CodeableConcept",
    },
    "CodeableConcept": {"coding": "Coding[]", "text": "string"},
    "Coding": {"system": "uri", "version": "string", "code": "code", "display": "string"},
    "Identifier": {"system": "uri", "value": "string"},
    "Reference": {"reference": "string"},
}  # fmt: skip

# Codes of value sets that R4 requires.
CODES: Mapping[str, frozenset[str]] = {
    "Bundle.type": frozenset({"collection"}),
    "Questionnaire.status": frozenset({"active"}),
    "QuestionnaireItem.type": frozenset({"group", "choice", "integer", "string"}),
    "QuestionnaireResponse.status": frozenset({"completed"}),
    "Observation.status": frozenset({"final"}),
}
