"""One receipt as a FHIR QuestionnaireResponse.

A receipt keeps what was said in words; where these are still the content's own, the answer gets its
code, and else it stands there as it was said.
"""

from __future__ import annotations

from typing import Any

from bot.render.export.gate import NONE, NUMBERS, OPTION, UNSURE, URL, link_of
from bot.render.held import Held
from bot.render.message import without_marks
from content.schema import Part, Screen
from flows.base import said
from flows.receipt.vocabulary import Question, Receipt

Item = dict[str, Any]


def response(receipt: Receipt, patient: str, held: Held) -> Item:
    reader = _Reader(receipt, held)
    items = [item for question in receipt.path for item in reader.items(question)]
    told = {
        "resourceType": "QuestionnaireResponse",
        "identifier": {"system": "urn:x-limber:receipt", "value": receipt.code},
        "questionnaire": f"{URL}|{receipt.content}",
        "status": "completed",
        "subject": {"reference": patient},
        "authored": receipt.at.isoformat(timespec="seconds"),
    }
    return told | ({"item": items} if items else {})


class _Reader:
    def __init__(self, receipt: Receipt, held: Held) -> None:
        self.receipt, self.held = receipt, held
        known = receipt.language if receipt.language in held.content.words else "en"
        self.voice = held.voice_in(known)

    def items(self, question: Question) -> list[Item]:
        text = str(question.ask)
        screen = self.held.content.screens.get(question.screen)
        if screen is None:  # asked by an older content
            said_so = [{"valueString": str(answer)} for answer in question.answers]
            return [{"linkId": question.screen, "text": text, "answer": said_so}]
        parts = {link_of(part, screen): self.answers(part, screen, question)
                 for part in screen.parts}  # fmt: skip
        if len(screen.parts) == 1:
            return [{"linkId": screen.id, "text": text, "answer": parts[screen.id]}]
        nested = [{"linkId": link, "answer": each} for link, each in parts.items() if each]
        return [{"linkId": screen.id, "text": text, "item": nested}] if nested else []

    def answers(self, part: Part, screen: Screen, question: Question) -> list[Item]:
        """Give what was answered to one part of a screen; what fits none belongs to the first."""
        if part.kind in NUMBERS or not part.options:
            return self.typed(part, question)
        own, others = self.options(part), self.others(part, screen)
        first = part is screen.parts[0]
        codings = []
        for answer in map(str, question.answers):
            if answer in own:
                codings.append({"system": OPTION, "code": own[answer], "display": answer})
            elif first and answer not in others:
                codings.append(self.unnamed(answer))
        return [{"valueCoding": coding} for coding in codings]

    def typed(self, part: Part, question: Question) -> list[Item]:
        known = self.receipt.facts.get(part.fact or "")
        if known is None or known.unsure:
            return []
        if isinstance(known.value, int) and not isinstance(known.value, bool):
            return [{"valueInteger": known.value}]
        return [{"valueString": str(answer)} for answer in question.answers]

    def options(self, part: Part) -> dict[str, str]:
        return {
            self.told(f"option.{part.id}.{option.id}"): f"{part.id}.{option.id}"
            for option in part.options
        }

    def others(self, part: Part, screen: Screen) -> set[str]:
        return {text for each in screen.parts if each is not part for text in self.options(each)}

    def unnamed(self, answer: str) -> dict[str, str]:
        for code, key in ((NONE, "button.none"), (UNSURE, "button.not_sure")):
            if answer == self.told(key):
                return {"system": OPTION, "code": code, "display": answer}
        return {"display": answer}

    def told(self, key: str) -> str:
        return without_marks(self.voice.told(said(key))).strip()
