"""The manners of every screen that a transcript passes through: what holds of all of them.

A `Manners` is a chat that looks at each message as it is shown; `faults` says what is amiss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content_tools.chat import Chat
from bot.render.message import without_marks
from content.catalogue import Catalogue
from flows.base import Choice, Show
from flows.conversation import Conversation
from flows.heard import Heard, Rang

TOGETHER, ALONE, IN_A_ROW = 18, 30, 3
GRID = [[str(n) for n in range(6)], [str(n) for n in range(6, 11)]]
RED = re.compile(r"hurts|dyes|bdelete|xpick\|\w+\|yes")
LOCKED = 100  # characters that a lock screen may show
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u26ff]")  # boxes, bars and arrows are none
BOXES = "☐☑"
HEALTH = re.compile(
    r"\b(back|spine|pain\w*|hurt\w*|sore\w*|ache\w*|leg|legs|knee|hip|hips|muscle|numb\w*|stretch\w*"
    r"|exercis\w*|physio\w*|doctor|clinic\w*|pee|bowel\w*|bladder|pregnan\w*|symptom\w*|fever"
    r"|injur\w*|die|suicid\w*|session|stopp\w*|seen)\b",
    re.IGNORECASE,
)
SEEN: set[tuple[str, ...]] = set()  # screens whose numbers were typed already


class Manners(Chat):
    """A chat that looks at each message as it is shown."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(catalogue)
        self.faults: list[str] = []
        self.heard: Heard | None = None

    def feed(self, heard: Heard) -> Iterator[str]:
        self.heard = heard
        yield from super().feed(heard)
        self._numbers()

    def show(self, show: Show) -> Iterator[str]:
        self.faults += [f"{fault}: {self._told(show)[:60]!r}" for fault in self._looked_at(show)]
        yield from super().show(show)

    def _told(self, show: Show) -> str:
        return without_marks(self.voice().page(show).text)

    def _looked_at(self, show: Show) -> Iterator[str]:
        labels = [[self.voice().label(choice) for choice in row] for row in show.rows]
        yield from _rows(labels)
        yield from _colours(show)
        flat = [label for row in labels for label in row]
        if len(flat) != len(set(flat)) or not all(re.search(r"\w", label) for label in flat):
            yield "two buttons that words do not tell apart"
        if show.slot == "card" and any(c.tap == "hurts" for row in show.rows for c in row):
            first = [choice.tap for choice in show.rows[0]]
            if first != ["hurts"]:
                yield "the way out of pain is not the first row, alone"
        emoji = len(EMOJI.findall("".join(c for c in self._told(show) if c not in BOXES)))
        if emoji > (show.slot != "emergency"):
            yield "too many pictures for words"
        if show.pin != (show.slot == "emergency"):
            yield "pinned, or not, against the manners"
        if self._knocks(show) and (word := HEALTH.search(self._on_a_lock_screen(show))):
            yield f"a lock screen shows {word[0]!r}"

    def _knocks(self, show: Show) -> bool:
        """Whether nobody has asked for it: a clock rang, and no session leads to it."""
        own = show.slot in {"card", "bell", "emergency"} or show.rank in {"bell", "stop"}
        return isinstance(self.heard, Rang) and not own and self.talk.floor.flow != "stop"

    def _on_a_lock_screen(self, show: Show) -> str:
        seen = show.text if show.veil is None else show.text[: show.veil]
        return without_marks("\n".join(map(self.voice().told, seen)))[:LOCKED]

    def _numbers(self) -> None:
        """Type the number of every button of the screen that stands, once for each screen."""
        aloud = self.talk.settings.model_copy(update={"screen_reader": True})
        talk = self.talk.model_copy(update={"settings": aloud})
        step = Conversation(talk, self.now, self.content, typed=True)
        rows = step.on_offer()[0]
        labels = tuple(self.voice().label(choice) for row in rows for choice in row)
        if labels in SEEN:
            return
        SEEN.add(labels)
        choices = [choice for row in rows for choice in row]
        for key, choice in zip(step.keys_of(rows), choices, strict=True):
            if _typed(step, key) != choice.tap:
                self.faults.append(f"{key} is not {choice.label.key}: {labels}")


def _typed(step: Conversation, key: str) -> str | None:
    meant = step.meant(key)
    return meant.code() if meant else None


def _rows(labels: list[list[str]]) -> Iterator[str]:
    grid = [row for row in labels if all(label.isdecimal() for label in row)]
    if grid and grid != GRID:
        yield "a grid that is not 6 and 5"
    for row in labels:
        most = ALONE if len(row) == 1 else TOGETHER
        if row not in GRID and len(row) > IN_A_ROW:
            yield f"{len(row)} buttons in a row"
        bare = (label.lstrip(f"{BOXES} ") for label in row)
        yield from (f"a label of {len(label)}: {label}" for label in bare if len(label) > most)


def _colours(show: Show) -> Iterator[str]:
    """Red for stop, delete and a yes to danger; green for the one next act."""
    choices: list[Choice] = [choice for row in show.rows for choice in row]
    if [c for c in choices if c.style == "danger" and not RED.match(c.tap)]:
        yield "red where there is no danger"
    if len([c for c in choices if c.style == "success"]) > 1:
        yield "more than one next act"
