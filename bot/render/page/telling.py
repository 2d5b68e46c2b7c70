"""What the page says, section by section: the same for the PDF, the preview and the copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.render.held import Held
from bot.render.page.names import event_name, left_name
from flows import diary
from flows.base import Left, Said, said
from flows.offer import advice
from flows.receipt.vocabulary import Receipt

MILD = "SELF_CARE"  # what adapts a plan is no reason to tell a professional
MOST = 6  # advices and stops: the newest

Part = str


@dataclass(frozen=True)
class Covered:
    """Which days and parts the page is about."""

    held: Held
    begin: date
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, held: Held, args: Mapping[str, Any]) -> Covered:
        weeks = int(args.get("weeks", 0))
        since = held.at - timedelta(weeks=weeks) if weeks else None
        recent = held.since(since)
        first = min((entry.at for entry in recent.entries), default=held.at)
        begin = held.day(since or first)
        return cls(recent, begin, tuple(map(str, args.get("parts", ()))))


@dataclass(frozen=True)
class Section:
    part: Part
    title: Said
    lines: tuple[Said, ...]


def page_told(covered: Covered) -> tuple[Said, ...]:
    """Write the page as a message that can be copied."""
    lines = [said("page.head", title=said("page.title"), period=period(covered))]
    for section in sections(covered):
        lines.append(said("page.section", title=section.title))
        lines += [said("page.item", text=line) for line in section.lines]
    return (*lines, said("page.limber"), version(covered.held))


def period(covered: Covered) -> Said:
    held = covered.held
    return said("page.period", begin=held.on(covered.begin), end=held.on(held.today))


def version(held: Held) -> Said:
    advices = diary.advices(held.entries)
    if not advices:
        return said("page.no_receipt", content=held.content.version)
    return said("page.version", content=held.content.version, code=advices[-1].code)


def sections(covered: Covered) -> tuple[Section, ...]:
    """Tell the parts that were asked for, in their order; an empty one says so."""
    tellers = {
        "advice": _advice, "pain": _pain, "activities": _activities, "sessions": _sessions,
        "stops": _stops, "left_out": _left_out,
    }  # fmt: skip
    nothing = (said("page.nothing"),)
    return tuple(
        Section(part, said(f"page.{part}"), tuple(teller(covered.held)) or nothing)
        for part, teller in tellers.items()
        if part in covered.parts
    )


# ---- the parts


def _advice(held: Held) -> Iterator[Said]:
    about = advice.summary(held.scene)
    if about:
        yield said("page.about_line", told=about)
    for receipt in reversed(_different(diary.advices(held.entries))[-MOST:]):
        level = said("advice.crisis" if receipt.crisis else f"advice.level.{receipt.level}")
        whys = "" if receipt.level.startswith(MILD) else _whys(receipt)
        key = "page.advice_line" if whys else "page.advice_plain"
        yield said(key, on=held.on(receipt.at), level=level, why=whys, code=receipt.code)


def _whys(receipt: Receipt) -> str:
    return " ".join(str(each.why) for each in receipt.fired if each.rule in receipt.reasons)


def _different(advices: tuple[Receipt, ...]) -> list[Receipt]:
    """Leave out what only says once more what the one before it said."""
    kept: list[Receipt] = []
    for receipt in advices:
        if kept and (kept[-1].level, kept[-1].reasons) == (receipt.level, receipt.reasons):
            kept.pop()
        kept.append(receipt)
    return kept


def _pain(held: Held) -> Iterator[Said]:
    marks = diary.marks(held.entries)
    if not marks:
        return
    pains = [mark.pain for mark in marks]
    yield said("page.pain_marks", n=len(pains), low=min(pains), high=max(pains))
    days = diary.by_day(marks, held.talk.zone)
    yield from diary.pain_told(diary.pain_change(days, held.today, held.content.measures))


def _activities(held: Held) -> Iterator[Said]:
    for line in diary.activities(diary.scores(held.entries), held.content.measures):
        yield diary.activity_told(line, held.content)


def _sessions(held: Held) -> Iterator[Said]:
    briefs = diary.sessions(held.entries)
    if not briefs:
        return
    days = len({held.day(brief.at) for brief in briefs})
    minutes = sum(brief.minutes for brief in briefs)
    yield said(
        "page.sessions_line", n=len(briefs), days=said("page.days", n=days),
        time=said("offer.minutes", n=minutes),
    )  # fmt: skip
    ends = Counter(brief.ended for brief in briefs)
    yield said(
        "page.session_kinds", done=ends["done"],
        early=ends["finished_early"] + ends["paused"], stopped=ends["stopped"],
    )  # fmt: skip
    for program, times in Counter(brief.program for brief in briefs).most_common():
        yield said("page.program", n=times, what=_program(program, held))


def _program(program: str, held: Held) -> Said:
    key = f"program.{program}.name"
    return said(key) if key in held.content.words["en"] else said("report.typed", text=program)


def _stops(held: Held) -> Iterator[Said]:
    for stop in reversed(diary.stops(held.entries)[-MOST:]):
        event, on = event_name(stop.event, held.content), held.on(stop.at)
        if stop.exercise in held.content.exercises:
            name = said(f"exercise.{stop.exercise}.name")
            yield said("page.stop_line", on=on, event=event, exercise=name)
        else:
            yield said("page.stop_plain", on=on, event=event)


def _left_out(held: Held) -> Iterator[Said]:
    for left in held.scene.left_out:
        yield _left(left, held)


def _left(left: Left, held: Held) -> Said:
    what, event = left_name(left), event_name(left.why, held.content)
    since = held.on(left.at)
    if left.may_return(held.at):
        return said("page.left_waits", what=what, event=event, on=since)
    if left.until is None:
        return said("page.left_line", what=what, event=event, on=since)
    return said("page.left_until", what=what, event=event, on=since, until=held.on(left.until))
