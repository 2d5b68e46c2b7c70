"""Receipts on their way into the diary, where they are written out, and back.

What is kept is text as it was told: nothing in it depends on the words or rules of a later day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Protocol

from bot.render.message import Voice, without_marks
from content.catalogue import Catalogue
from flows.base import Effect, Recall, Record, Said, Show
from flows.heard import Recalled
from flows.receipt.vocabulary import Question, Reason, Receipt, Text
from flows.talk import Talk

KIND = "receipt"


class Entry(Protocol):
    @property
    def entry(self) -> bytes: ...


def written_out(
    effects: tuple[Effect, ...], talk: Talk, at: datetime, content: Catalogue
) -> tuple[Effect, ...]:
    """Put the sentences of every receipt in the place of their keys; all else stays."""
    if not any(_is_receipt(effect) for effect in effects):
        return effects
    helper = talk.settings.helper
    voice = Voice(talk.language, content.words, at, "plain", talk.zone, helper=helper)
    return tuple(_written(each, effects, voice) for each in effects)


def found(entries: Iterable[Entry], wish: Recall) -> Recalled:
    """Find the receipt of a code among the entries of a diary, or the last one."""
    fitting = [r for r in _receipts(entries) if wish.code in {"", r.code}]
    return Recalled(code=wish.code, receipt=fitting[-1] if fitting else None)


def _receipts(entries: Iterable[Entry]) -> Iterator[Receipt]:
    for each in entries:
        yield Receipt.model_validate(Record.model_validate_json(each.entry).entry)


def _is_receipt(effect: Effect) -> bool:
    return isinstance(effect, Record) and effect.kind == KIND


def _written(effect: Effect, effects: tuple[Effect, ...], voice: Voice) -> Effect:
    if not isinstance(effect, Record) or effect.kind != KIND:
        return effect
    draft = Receipt.model_validate(effect.entry)
    kept = _in_words(draft.model_copy(update={"told": _shown(draft, effects)}), voice)
    return Record(kind=KIND, entry=kept.model_dump(mode="json"))


def _shown(draft: Receipt, effects: Iterable[Effect]) -> tuple[Text, ...]:
    """Give the advice as the very message says it: that which carries the code."""
    for effect in effects:
        told = (*effect.text, *effect.fold) if isinstance(effect, Show) else ()
        if any(_has_code(piece, draft.code) for piece in told):
            return told
    return draft.told


def _has_code(piece: Said, code: str) -> bool:
    return piece.args.get("code") == code


def _in_words(draft: Receipt, voice: Voice) -> Receipt:
    def out(text: Text) -> str:
        return text if isinstance(text, str) else without_marks(voice.told(text)).strip()

    def question(asked: Question) -> Question:
        offered, answers = tuple(map(out, asked.offered)), tuple(map(out, asked.answers))
        changes = {"ask": out(asked.ask), "offered": offered, "answers": answers}
        return asked.model_copy(update=changes)

    def reason(fired: Reason) -> Reason:
        changes = {"why": out(fired.why), "answers": tuple(map(out, fired.answers))}
        return fired.model_copy(update=changes)

    changes = {
        "path": tuple(map(question, draft.path)),
        "fired": tuple(map(reason, draft.fired)),
        "told": tuple(map(out, draft.told)),
        "program": _program(),
    }
    return draft.model_copy(update=changes)


@cache
def _program() -> str:
    return version("limber")
