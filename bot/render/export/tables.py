"""Tables of what was told, as CSV: one row a thing, moments in UTC."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from bot.render.held import Held
from flows import diary
from flows.diary import Entry

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would reckon with what begins so

Row = Mapping[str, Any]

SESSION = (
    "at", "program", "minutes", "moves_done", "moves", "ended", "event", "exercise",
    "pain_before", "pain_after", "flare", "leg", "next_day",
)  # fmt: skip
RATING = ("at", "exercise", "effort", "what", "id", "text", "score")
ANSWER = ("at", "receipt", "question", "answers")
FACT = ("at", "fact", "value", "not_sure", "source")


def tables(held: Held) -> dict[str, str]:
    """Give every table by its name."""
    entries = held.entries
    return {
        "sessions": _written(SESSION, _told(entries, "session")),
        "pain": _written(("at", "when", "pain"), _told(entries, "mark")),
        "ratings": _written(RATING, _told(entries, "rating")),
        "stops": _written(("at", "event", "outcome", "exercise"), _told(entries, "stop")),
        "answers": _written(ANSWER, _answers(entries)),
        "facts": _written(FACT, _facts(held)),
    }


def _told(entries: Iterable[Entry], kind: str) -> Iterator[Row]:
    for entry in entries:
        if entry.kind == kind:
            yield {**entry.told, "at": entry.at.isoformat()}


def _answers(entries: Iterable[Entry]) -> Iterator[Row]:
    for receipt in diary.advices(entries):
        for question in receipt.path:
            answers = "; ".join(map(str, question.answers))
            yield {
                "at": receipt.at.isoformat(), "receipt": receipt.code,
                "question": str(question.ask), "answers": answers,
            }  # fmt: skip


def _facts(held: Held) -> Iterator[Row]:
    for name, known in held.talk.facts.items():
        yield {
            "at": known.at.isoformat(), "fact": name, "value": known.value,
            "not_sure": known.unsure, "source": known.source,
        }  # fmt: skip


def _written(columns: tuple[str, ...], rows: Iterable[Row]) -> str:
    target = StringIO()
    writer = csv.writer(target)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return target.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) and not isinstance(value, int) else text
