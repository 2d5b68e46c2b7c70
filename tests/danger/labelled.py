"""The labelled sentences, and how a reading of them is judged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from bot.phrases import phrase
from content.catalogue import Catalogue
from content.reading import read_yaml
from content.schema import Value

ROUNDS = (
    "sentences",
    "sentences_2",
    "sentences_3",
    "sentences_4",
    "sentences_5",
    "sentences_6",
    "near_misses",
    "oblique_1",
    "oblique_2",
    "oblique_3",
    "plain_1",
    "plain_2",
    "families_1",
    "plain_3",
    "plain_4",
    "plain_6",
    "plain_7",
    "families_2",
    "families_3",
    "families_4",
    "ordinary_1",
)
ACTIONS = {
    "E": "EMERGENCY_INTERRUPT",
    "C": "CRISIS",
    "U": "URGENT_CHECK",
    "S": "STOP_EXERCISE",
    "N": "NONE",
}
HARMLESS = "harmless"
NEVER_MISSED = {"saddle", "bladder", "bowel", "sex", "legs", "self_harm"}

Half = Literal["tuning", "check"]


@dataclass(frozen=True)
class Sentence:
    text: str
    lang: str
    state: str
    concept: str
    actions: frozenset[str]
    round: str

    @property
    def half(self) -> Half:
        return "tuning" if hashlib.sha256(self.text.encode()).digest()[0] % 2 else "check"

    @property
    def is_danger(self) -> bool:
        return "NONE" not in self.actions


@dataclass(frozen=True)
class Answer:
    sentence: Sentence
    action: str
    concept: str
    facts: dict[str, Value] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        return self.action in self.sentence.actions

    @property
    def is_missed(self) -> bool:
        return self.sentence.is_danger and self.action == "NONE"


@cache
def sentences() -> tuple[Sentence, ...]:
    """All rounds, each sentence only in the first that has it.

    What a round is worth is told by its first run, noted at its top; since then it only guards.
    """
    every = [each for name in ROUNDS for each in _read(name)]
    first = {(each.text, each.state): each for each in reversed(every)}
    return tuple(each for each in every if each is first[each.text, each.state])


def first_runs() -> dict[str, str]:
    """Tell what each round was worth before anything was learnt from it, as its head says."""
    heads = {name: _file(name).read_text("utf-8").split("\nsentences:")[0] for name in ROUNDS}
    return {
        name: head.split("First run", 1)[1].split("\n")[0].lstrip(": ")
        for name, head in heads.items()
        if "First run" in head
    }


def _file(name: str) -> Path:
    return Path(__file__).with_name(f"{name}.yaml")


def _read(name: str) -> Iterator[Sentence]:
    for group in read_yaml(_file(name).read_text("utf-8"), name).data["sentences"]:
        actions = frozenset(ACTIONS[letter] for letter in group["actions"])
        state = group.get("state", "any")
        for text in group["texts"]:
            yield Sentence(text, group["lang"], state, group["concept"], actions, name)


def answers(catalogue: Catalogue) -> tuple[Answer, ...]:
    return tuple(_answer(each, catalogue) for each in sentences())


def _answer(sentence: Sentence, catalogue: Catalogue) -> Answer:
    told = phrase(sentence.text, catalogue, sentence.lang, sentence.state)
    return Answer(sentence, told["action"], told["concept"], told["facts"])
