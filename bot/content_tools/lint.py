"""What a clinician should know of the content beyond its faults: too long, too hard, too old.

A fault is what its author can mend: it fails the check.  What stands in the clinical specification
word for word, and what only time has made due, is a remark: it is told, and fails nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fnmatch import fnmatchcase
from pathlib import Path

from bot.content_tools.grade import grade, words_of
from bot.content_tools.messages import Message, messages
from content.catalogue import Catalogue
from content.load import read_document
from content.schema import Entry, Reviewed
from content.wording import AWAITING, REFERENCE

QUESTION_WORDS = CUE_WORDS = 25
GRADE = 8.0
QUESTIONS_GRADE = 6.0  # on average
FEW_WORDS = 8  # of fewer, a grade says nothing: "2 minutes" would be for students
REVIEWED_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Finding:
    """Something to look at, in a sentence; `mend`: it fails the check."""

    where: str
    sentence: str
    mend: bool

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


@dataclass(frozen=True)
class Report:
    findings: tuple[Finding, ...]
    facts: tuple[str, ...]  # what to know all the same

    @property
    def faults(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.mend)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if not each.mend)


def linted(content: Catalogue, awaiting: Iterable[str], today: date) -> Report:
    """Look at everything; `awaiting` are patterns of keys that were written here."""
    ours = tuple(awaiting)
    sent = tuple(messages(content))
    findings = (
        *_long(content, ours),
        *_hard(sent, ours),
        *_unsourced(content),
        *_old(content, today),
        *_unverified(content),
    )
    return Report(findings, tuple(_facts(content, sent, ours)))


def awaiting_in(folder: Path) -> tuple[str, ...]:
    """Read which English sentences wait to be signed off, as patterns of their keys."""
    paths = sorted(folder.glob(f"words/{REFERENCE}.*yaml"))
    return tuple(each for path in paths for each in read_document(path).data.get(AWAITING, ()))


def _is_ours(keys: Iterable[str], awaiting: tuple[str, ...]) -> bool:
    return any(fnmatchcase(key, pattern) for key in keys for pattern in awaiting)


# ---- too long


def _long(content: Catalogue, ours: tuple[str, ...]) -> Iterator[Finding]:
    asked = ("ask", "again")
    questions = (f"screen.{screen}.{word}" for screen in content.screens for word in asked)
    cues = (f"exercise.{exercise}.cue" for exercise in content.exercises)
    for what, most, keys in (("question", QUESTION_WORDS, questions), ("cue", CUE_WORDS, cues)):
        for key in keys:
            count = len(words_of(str(content.words[REFERENCE].get(key, ""))))
            if count > most:
                told = f"{count} words; a {what} has {most} at the most. Shorten it."
                yield Finding(key, told, mend=_is_ours((key,), ours))


# ---- too hard


def _hard(sent: Iterable[Message], ours: tuple[str, ...]) -> Iterator[Finding]:
    for message in sent:
        reads = grade(message.text)
        if reads > GRADE and len(words_of(message.text)) >= FEW_WORDS:
            told = f"this {message.kind} reads at grade {reads:.1f}, more than {GRADE:.0f}: "
            advice = "use shorter words and sentences."
            yield Finding(message.name, told + advice, mend=_is_ours(message.keys, ours))
    average = questions_grade(sent)
    if average > QUESTIONS_GRADE:
        told = f"they read at grade {average:.1f} on average, more than {QUESTIONS_GRADE:.0f}."
        yield Finding("questions", told, mend=True)


def questions_grade(sent: Iterable[Message]) -> float:
    grades = [grade(message.text) for message in sent if message.kind == "question"]
    return sum(grades) / len(grades)


# ---- without a source, or with an old one


def _unsourced(content: Catalogue) -> Iterator[Finding]:
    """Find screens that do not say why they are asked; everything else is admitted with one."""
    for screen in content.screens.values():
        if not screen.src:
            yield Finding(f"screen {screen.id}", "it names no source. Add `src`.", mend=True)


def _old(content: Catalogue, today: date) -> Iterator[Finding]:
    dated = [(f"source {each.id}", each.reviewed) for each in content.sources.values()]
    for where, reviewed in [*dated, ("phones", content.phones.checked)]:
        if today - reviewed > REVIEWED_FOR:
            told = f"it was last looked at on {reviewed}, more than 12 months ago. Look again."
            yield Finding(where, told, mend=False)


def _unverified(content: Catalogue) -> Iterator[Finding]:
    """Name the countries whose numbers nobody has checked yet: no release before."""
    if waiting := content.phones.verify_before_release:
        told = f"the numbers of {len(waiting)} countries wait to be verified before a release: "
        yield Finding("phones", told + ", ".join(sorted(waiting)) + ".", mend=False)


# ---- to know


def _facts(content: Catalogue, sent: tuple[Message, ...], ours: tuple[str, ...]) -> Iterator[str]:
    hardest = max(
        (each for each in sent if len(words_of(each.text)) >= FEW_WORDS),
        key=lambda each: grade(each.text),
    )
    yield (
        f"Reading grade: questions {questions_grade(sent):.1f} on average; of {len(sent)} messages "
        f"the hardest is {hardest.name}, {grade(hardest.text):.1f}."
    )
    sentences = [key for key in content.words[REFERENCE] if _is_ours((key,), ours)]
    entries = [entry for entry in _reviewed(content) if entry.review == "awaiting"]
    yield (
        f"Awaiting a clinician's signature: {len(sentences)} sentences, {len(entries)} entries, "
        f"and {_unread(content)} sources known and not yet read."
    )


def _reviewed(content: Catalogue) -> Iterator[Reviewed]:
    kept: tuple[Iterable[Entry], ...] = (
        content.rules, content.conditions, content.exercises.values(), content.programs.values(),
        content.events.values(), content.exempt, (content.own, content.climbing, content.aims),
        (content.reminders.fading,),
        content.ladders.values(), content.activities.values(), content.tips.values(),
    )  # fmt: skip
    for entries in kept:
        yield from (entry for entry in entries if isinstance(entry, Reviewed))


def _unread(content: Catalogue) -> int:
    return sum(source.mark == "known" for source in content.sources.values())
