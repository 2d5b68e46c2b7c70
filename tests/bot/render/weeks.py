"""Six weeks of somebody who gets better, as the diary keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.content_tools.chat import Chat
from bot.render.held import Held
from content.catalogue import Catalogue
from flows.base import Known, Left
from flows.diary import Entry
from flows.talk import Talk
from tests.transcript import replay

END = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PARTS = ["advice", "pain", "activities", "sessions", "stops", "left_out"]
WAVE = (0, 1, 0, -1, 1, 0, -1)  # better is no straight line
TYPED = "Play with the grandchildren"


def held(content: Catalogue, days: int = 42, *, language: str = "en") -> Held:
    entries = [entry for n in range(days, -1, -1) for entry in day(n, days)]
    checked = played(content, "@ urgent\n")
    receipts = [
        Entry(each.kind, END - DAY * min(20, days), each.told)
        for each in checked.entries
        if each.kind == "receipt"
    ]
    return Held(talk(language), tuple(sorted([*entries, *receipts], key=at_of)), content, END)


def at_of(entry: Entry) -> datetime:
    return entry.at


def talk(language: str = "en") -> Talk:
    told = {"age": 41, "sex": "male", "country": "DE", "pain_now": 3, "duration_days": 30}
    left = Left(what="exercise", id="cat_cow", until=END + DAY, why="sharp_pain", at=END - 5 * DAY)
    return Talk(
        talk="talk", language=language, zone="Europe/Berlin", left_out=(left,),
        facts={name: Known(value=value, at=END) for name, value in told.items()},
    )  # fmt: skip


def day(n: int, days: int) -> Iterator[Entry]:
    """Tell one day, `n` days before the end; one in seven is a day of rest."""
    if n % 7 == 5:
        return
    at, begun = END - DAY * n - timedelta(hours=8), days - n
    pain = max(1, round(6 - 4 * begun / max(1, days)) + WAVE[n % 7])
    yield Entry("mark", at, {"when": "before", "pain": pain})
    yield Entry("session", at + timedelta(minutes=9), session(at, pain))
    yield Entry("mark", at + timedelta(minutes=10), {"when": "after", "pain": pain - 1})
    if n == 5 + 7:
        yield Entry("stop", at, {"event": "sharp_pain", "exercise": "cat_cow"})
    if begun % 7 == 0:
        score = min(10, 2 + begun // 8)
        yield rating(at, {"id": "shoes", "score": score})
        yield rating(at, {"id": "own1", "text": TYPED, "score": min(10, score + 2)})


def session(at: datetime, pain: int) -> dict[str, Any]:
    return {
        "at": at.isoformat(), "program": "gentle_start", "minutes": 8, "moves_done": 6, "moves": 6,
        "ended": "done", "pain_before": pain, "pain_after": pain - 1, "of_another_release": True,
    }  # fmt: skip


def rating(at: datetime, told: dict[str, Any]) -> Entry:
    return Entry("rating", at, {"what": "activity", **told})


def played(content: Catalogue, transcript: str) -> Held:
    """Give what is held after a conversation."""
    chat = Chat(content)
    replay(transcript, chat)
    return chat.held()
