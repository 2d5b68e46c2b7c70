"""P11: the core alone: a snapshot read, all rules judged, the snapshot written."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bot.content_tools.chat import Chat
from bot.premises import CONTENT
from content.load import load as load_content
from flows.conversation import advance
from flows.heard import Heard
from flows.triage.rules import advice_for
from flows.upgrades import lifted
from tests.bench.measure import Finding, at_most, load
from tests.transcript import replay

TIMES, ROUNDS = 100, 9
PEOPLE = {"a first check": "@ well_adult_to_the_offer", "weeks of sessions": "@ weeks_growing"}


class Listening(Chat):
    """A chat that keeps every snapshot with what was heard on it."""

    kept: list[tuple[bytes, Heard]]

    def feed(self, heard: Heard):  # noqa: ANN201 - as the chat's own
        self.kept.append((self.talk.model_dump_json().encode(), heard))
        yield from super().feed(heard)


async def run(_: Path) -> list[Finding]:
    return [finding for who, lines in PEOPLE.items() for finding in _measured(who, lines)]


def _measured(who: str, lines: str) -> list[Finding]:
    content = load_content(CONTENT)
    chat = Listening(content)
    chat.kept = []
    replay(lines, chat)
    steps = [
        (kept, heard) for kept, heard in chat.kept
        if heard.heard == "tapped" and lifted(kept).floor.flow == "triage"
    ]  # fmt: skip
    kept, _ = steps[-1]
    known = {name: k.value for name, k in lifted(kept).facts.items() if name in content.facts}
    facts = content.complete(known)

    def judged() -> None:
        talk = lifted(kept)
        advice_for(facts, content)
        talk.model_dump_json()

    def moved(kept: bytes, heard: Heard) -> Callable[[], None]:
        def move() -> None:
            after, _ = advance(lifted(kept), heard, chat.now, content)
            after.model_dump_json()

        return move

    moves = median(_cpu_us(moved(*step)) for step in steps)
    under = f"{who}, {len(kept)} bytes; a whole move, question and buttons and all: {moves:.0f} us"
    return [at_most("P11", "load, judge, dump", _cpu_us(judged), 150, " us", f"{under}; {load()}")]


def _cpu_us(work: Callable[[], None]) -> float:
    """Give the least of some rounds: what disturbs only ever adds."""
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(TIMES):
            work()
        rounds.append((time.process_time() - begun) / TIMES * 1e6)
    return min(rounds)
