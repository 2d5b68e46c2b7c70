"""One user's conversation in memory: no store, no front end, a clock that moves only when told to.

Snapshot and effects pass through JSON at every move, as the database makes them do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from bot import receipts
from bot.frontends.printer import Sign, lines_of
from bot.frontends.ptb import command_of
from bot.render.drawing import words_of
from bot.render.held import Held
from bot.render.message import Voice
from content.catalogue import Catalogue
from flows import diary
from flows.base import Draw, DropAlarm, Effect, Erase, Recall, Record, SetAlarm, Show, Toast
from flows.conversation import advance
from flows.heard import Blocked, Heard, Odd, Rang, Tapped, Typed, Unblocked
from flows.talk import Talk
from flows.upgrades import lifted

CLOCK = ZoneInfo("Europe/Berlin")  # where the user sits
EFFECT: TypeAdapter[Effect] = TypeAdapter(Effect)
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday
NUMBERED = re.compile(r"^([☐☑] )?(\d+ (?!s$|min$))?")
VERSION = "0123456789ab"
BUTTON = re.compile(r"\[(.+)\]( \(old\))?")


class NoSuchButton(LookupError):  # noqa: N818 - it says what is so
    """A button that was to be tapped has stood nowhere yet."""


class Entry(NamedTuple):
    """An entry of the diary."""

    kind: str
    entry: bytes
    at: datetime = START


class Chat:
    """What a user says and what they see; `content` may be that of any release."""

    def __init__(self, content: Catalogue, start: datetime = START) -> None:
        self.content, self.now = content, start
        self.talk = Talk(talk="talk")
        self.alarms: dict[str, tuple[datetime, str]] = {}
        self.diary: list[Entry] = []
        self.slots: dict[str, int] = {}
        self.taps: dict[str, list[Tapped]] = {}
        self.effects: list[Effect] = []
        self.shown = 0

    # ---- the user

    def hear(self, line: str) -> Iterator[str]:
        yield from self.feed(self.meant(line))

    def meant(self, line: str) -> Heard:
        if line == "(blocks)":
            return Blocked()
        if line == "(returns)":
            return Unblocked()
        if line.startswith("("):
            kind: Any = line.strip("()")
            return Odd(kind=kind)
        if found := BUTTON.fullmatch(line):
            made = self.taps.get(found[1]) or self.taps.get(NUMBERED.sub("", found[1]))
            if not made:
                raise NoSuchButton(f"no button [{found[1]}] has stood anywhere yet")
            return made[0] if found[2] else made[-1]
        return command_of(line) or Typed(text=line)

    def wait(self, span: timedelta) -> Iterator[str]:
        until = self.now + span
        while due := [(at, name) for name, (at, _) in self.alarms.items() if at <= until]:
            at, name = min(due)
            self.now = max(self.now, at)
            _, then = self.alarms.pop(name)
            yield from self.feed(Rang(alarm=name, then=then))
        self.now = until

    def miss(self, span: timedelta) -> Iterator[str]:
        """Be away: the clock goes on, and what came due meanwhile rings afterwards."""
        self.now += span
        yield from self.wait(timedelta(0))

    # ---- the core

    def feed(self, heard: Heard) -> Iterator[str]:
        before = lifted(self.talk.model_dump_json().encode())
        self.talk, effects = advance(before, heard, self.now, self.content)
        effects = receipts.written_out(effects, self.talk, self.now, self.content)
        self.effects = [EFFECT.validate_json(EFFECT.dump_json(effect)) for effect in effects]
        for effect in self.effects:
            yield from self.carry_out(effect)

    def carry_out(self, effect: Effect) -> Iterator[str]:
        match effect:
            case Show():
                yield from self.show(effect)
            case SetAlarm(name=name, due_at=due_at, then=then):
                self.alarms[name] = (due_at, then)
            case DropAlarm(name=name):
                self.alarms.pop(name, None)
            case Record(kind=kind):
                self.diary.append(Entry(kind, effect.model_dump_json().encode(), self.now))
            case Recall():
                kept = (entry for entry in self.diary if entry.kind == receipts.KIND)
                yield from self.feed(receipts.found(kept, effect))
            case Draw():
                yield from self.draw(effect)
            case Toast(text=text, alert=alert):
                yield f"  ({'! ' if alert else ''}{self.voice().told(text)})"
            case Erase(farewell=farewell):
                if farewell is not None:
                    yield from self.show(farewell)
                self.talk = Talk(talk="next")
                self.alarms, self.slots, self.diary = {}, {}, []
            case _:
                return

    def show(self, show: Show) -> Iterator[str]:
        changed = show.how == "change" and show.slot in self.slots
        if not changed:
            self.shown += 1
            self.slots[show.slot] = self.shown
        page = self.voice().page(show)
        for row in page.buttons:
            for button in row:
                tap = Tapped(talk=self.talk.talk, turn=self.talk.turn, tap=button.tap)
                bare = NUMBERED.sub("", button.label)
                for name in {button.label, bare}:  # `[Sore spot]` does for `[☐ 4 Sore spot]`
                    self.taps.setdefault(name, []).append(tap)
        sign: Sign = "<*" if changed else "<." if show.silent else "<"
        sound = f"{show.sound.seconds:.0f} s" if show.sound else None
        yield from lines_of(page, sign, show.figure, sound)

    def draw(self, draw: Draw) -> Iterator[str]:
        """Say what goes with a drawing, and name the file; it is drawn in other tests.

        The content's version, another with each change of content, is no part of a conversation.
        """
        self.shown += 1
        self.slots[draw.slot] = self.shown
        words = (*draw.caption, *words_of(draw, self.held()))
        page = self.voice().page(Show(slot=draw.slot, how="fresh", text=words))
        page = replace(page, text=page.text.replace(self.content.version, VERSION))
        yield from lines_of(page, "<.", file=None if draw.what == "text" else draw.what)

    def held(self) -> Held:
        told = (
            diary.Entry(each.kind, each.at, Record.model_validate_json(each.entry).entry)
            for each in self.diary
        )
        return Held(self.talk, tuple(told), self.content, self.now)

    def voice(self) -> Voice:
        settings = self.talk.settings
        return Voice(
            self.talk.language, self.content.words, self.now, "plain", self.talk.zone,
            bars=settings.pictures and not settings.screen_reader, helper=settings.helper,
            clock=CLOCK,
        )  # fmt: skip

    # ---- where everything stands

    def status(self) -> str:
        floor = self.talk.floor
        over = f", over it {self.talk.over.flow}" if self.talk.over else ""
        timer = self.alarms.get("session")
        left = f"{round((timer[0] - self.now) / timedelta(seconds=1))} s" if timer else "none"
        return f"{floor.flow} {floor.phase}{over}, timer: {left}"
