"""Drawings leave like any message: kept, paced, and never in the way when they fail."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.outbox.easel import Easel, Made, held_of, make
from bot.outbox.letter import Letter
from bot.ports import Outgoing, WallClock
from bot.render.held import File, Held
from bot.render.message import Page
from bot.service import Chat as Someone
from bot.service import hear
from bot.store.keys import keys_from_text
from bot.store.store import Store
from content.catalogue import Catalogue
from flows.base import Draw, said
from flows.heard import Command, Typed
from flows.talk import Talk

KEYS = keys_from_text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
ADA = Someone("telegram", 7)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EXPORT = Draw(what="export", caption=(said("report.export"),), lost=said("report.export_lost"))
CHART = Draw(what="chart", caption=(said("report.chart"),), lost=said("report.chart_lost"))
EMPTY = Outgoing(chat_id=7, page=Page("", ()))
FILE = File("photo", "limber.png", b"PNG")


@dataclass
class Way:
    """A way out that only shows that we are at it."""

    busied: list[int] = field(default_factory=list)

    async def busy(self, chat_id: int) -> None:
        self.busied.append(chat_id)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(f"sqlite:///{tmp_path / 'limber.db'}", KEYS)
    yield store
    await store.close()


async def drawn(
    store: Store, content: Catalogue, draw: Draw, make: Callable[[Draw, Held], Made], way: Way,
    busy_after_s: float = 30.0,
) -> Outgoing:  # fmt: skip
    await store.run(hear, ADA, Command(name="start"), NOW, content)
    user = await store.run(lambda unit: unit.user_of("telegram", 7, day=NOW.date()))
    easel = Easel(store, way, WallClock(), content,  # type: ignore[arg-type]  # a double
                  make=make, busy_after_s=busy_after_s)  # fmt: skip
    letter = Letter.of_drawing(draw, Talk(talk="talk"))
    return await easel.drawn(EMPTY, letter, draw, user)


async def test_a_drawing_goes_out_with_its_words(store: Store, catalogue: Catalogue) -> None:
    way = Way()
    message = await drawn(store, catalogue, CHART, make, way)
    assert message.file is not None
    assert "photo" == message.file.kind
    lines = message.page.text.splitlines()
    assert "Your pain and what you do, over time." == lines[0]
    assert "It is too early to tell how the pain changes." == lines[1]
    assert [] == way.busied, "no theatre for what is quick"


def broken(draw: Draw, held: Held) -> Made:
    raise ValueError(f"{draw.what} of somebody with fever: {held}")


async def test_what_fails_is_said_and_the_log_learns_nothing_of_health(
    store: Store, catalogue: Catalogue
) -> None:
    with capture_logs() as logged:
        message = await drawn(store, catalogue, EXPORT, broken, Way())
    assert message.file is None
    assert "I could not make the files just now." in message.page.text
    (line,) = [each for each in logged if each["event"] == "not_drawn"]
    assert {"event", "log_level", "what", "error", "where"} == set(line)
    assert "fever" not in str(line)


def slow(draw: Draw, held: Held) -> Made:
    del draw, held
    time.sleep(0.03)
    return (), FILE


async def test_what_takes_long_shows_that_we_are_at_it(store: Store, catalogue: Catalogue) -> None:
    way = Way()
    message = await drawn(store, catalogue, CHART, slow, way, busy_after_s=0.01)
    assert [7] == way.busied
    assert FILE == message.file


def talkative(draw: Draw, held: Held) -> Made:
    del draw, held
    return tuple(said("report.typed", text="so " * 60) for _ in range(10)), FILE


async def test_words_that_no_caption_holds_stay_away_and_the_file_goes(
    store: Store, catalogue: Catalogue
) -> None:
    message = await drawn(store, catalogue, CHART, talkative, Way())
    assert FILE == message.file
    assert "Your pain and what you do, over time." == message.page.text


def long(draw: Draw, held: Held) -> Made:
    del draw, held
    return tuple(said("report.typed", text=f"{n} " + "so " * 60) for n in range(50)), None


async def test_a_text_that_no_message_holds_loses_its_end(
    store: Store, catalogue: Catalogue
) -> None:
    text = Draw(what="text", caption=(), lost=said("report.page_lost"))
    message = await drawn(store, catalogue, text, long, Way())
    assert message.file is None
    assert 3500 < len(message.page.text) <= 4096
    assert message.page.text.startswith("0 so")


async def test_the_whole_diary_is_read_unsealed(store: Store, catalogue: Catalogue) -> None:
    await store.run(hear, ADA, Command(name="start"), NOW, catalogue)
    await store.run(hear, ADA, Typed(text="I understand, go on"), NOW, catalogue)
    user = await store.run(lambda unit: unit.user_of("telegram", 7, day=NOW.date()))
    held = await store.run(held_of, user, EXPORT, catalogue, NOW)
    assert ["consent"] == [entry.kind for entry in held.entries]
    assert NOW == held.entries[0].at
    assert NOW == held.talk.consent_at
    only = await store.run(held_of, user, CHART, catalogue, NOW)
    assert () == only.entries


async def test_drawing_leaves_the_loop_free(store: Store, catalogue: Catalogue) -> None:
    drew: list[int] = []

    def beside(draw: Draw, held: Held) -> Made:
        drew.append(threading.get_ident())
        return make(draw, held)

    for draw in (CHART, EXPORT):
        await drawn(store, catalogue, draw, beside, Way())
    assert 2 == len(drew)
    assert threading.get_ident() not in drew
