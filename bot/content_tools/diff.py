"""What a change of content changes for users: cases judged, messages, whole conversations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path

from bot.content_tools.chat import Chat, NoSuchButton
from bot.content_tools.messages import messages
from bot.content_tools.replay import replay
from bot.triage_cases import CaseResult, judge_case
from content.catalogue import Catalogue
from content.schema import Case
from flows.session.plan import program_for

CODE = re.compile(r"\b[0-9A-F]{4}-[0-9A-F]{2}\b")  # of a receipt: other rules, another code


def differences(
    old: Catalogue, new: Catalogue, cases: Iterable[Case], transcripts: Path
) -> Iterator[str]:
    """Tell what comes out differently with `new` than with `old`, and how much was looked at."""
    told = tuple(cases)
    sections = (
        ("Cases", len(told), list(_cases(old, new, told))),
        ("Messages", *_messages(old, new)),
        ("Conversations", *_conversations(old, new, transcripts)),
    )
    for name, count, found in sections:
        changed = [lines for lines in found if lines]
        yield f"{name}: {count} looked at, changes: {len(changed)}"
        for lines in changed:
            yield from (f"  {line}" for line in lines)


# ---- cases


def _cases(old: Catalogue, new: Catalogue, cases: Iterable[Case]) -> Iterator[list[str]]:
    for case in cases:
        was, becomes = (_judged(case, content) for content in (old, new))
        if was != becomes:
            yield [f"{case.id or case.rule}: was {was}", f"  now {becomes}"]


def _judged(case: Case, content: Catalogue) -> str:
    """Say what a case gets; one that a release cannot read has a fact that it does not know."""
    try:
        result = judge_case(case, content, program_for)
    except ValueError as problem:
        return f"not judged ({problem})"
    return _told(result, content)


def _told(result: CaseResult, content: Catalogue) -> str:
    leading = [rule for rule in result.rules if content.rule(rule).level == result.level]
    because = f" because of {', '.join(leading)}" if leading else ""
    plan = f", {result.program}" if result.program else ""
    return f"{result.level}, {result.stretch}{plan}{because}"


# ---- messages


def _messages(old: Catalogue, new: Catalogue) -> tuple[int, list[list[str]]]:
    before = {(each.kind, each.name): each.text for each in messages(old)}
    after = {(each.kind, each.name): each.text for each in messages(new)}
    both = dict.fromkeys((*before, *after))
    alike: dict[tuple[str, ...], list[str]] = {}  # one sentence stands in many messages
    for kind, name in both:
        was, becomes = before.get((kind, name), ""), after.get((kind, name), "")
        changes = _changes(_sentences(was), _sentences(becomes), around=0)
        alike.setdefault(tuple(changes), []).append(f"{kind} {name}")
    alike.pop((), None)
    return len(both), [_grouped(names, changes) for changes, names in alike.items()]


def _grouped(names: list[str], changes: Iterable[str]) -> list[str]:
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return [f"{names[0]}{more}:", *(f"  {line}" for line in changes)]


def _sentences(text: str) -> list[str]:
    return [line for line in re.split(r"(?<=[.!?])\s+|\n", text) if line]


# ---- conversations


def _conversations(old: Catalogue, new: Catalogue, folder: Path) -> tuple[int, list[list[str]]]:
    paths = sorted(folder.glob("*.chat"))
    found = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        was, becomes = (_replayed(text, content, folder) for content in (old, new))
        found.append(_lines(path.stem, was, becomes))
    return len(paths), found


def _replayed(text: str, content: Catalogue, folder: Path) -> str:
    """Play a conversation as far as it goes: a button may be another by now."""
    lines = text.splitlines()
    chat = Chat(content)
    told = ""
    for line in lines:
        try:
            told += replay(line, chat, folder)
        except NoSuchButton as problem:
            return f"{told}{line}\n(ends here: {problem})\n"
        except (LookupError, ValueError) as problem:
            return f"{told}{line}\n(cannot be played on: {problem!r})\n"
    return CODE.sub("…", told)


def _lines(name: str, was: str, becomes: str) -> list[str]:
    changes = _changes(was.splitlines(), becomes.splitlines(), around=1)
    return [f"{name}:", *(f"  {line}" for line in changes)] if changes else []


def _changes(was: list[str], becomes: list[str], *, around: int) -> list[str]:
    """Show what differs, with so many lines around it; nothing where nothing does."""
    changed = unified_diff(was, becomes, lineterm="", n=around)
    return [line for line in changed if not line.startswith(("---", "+++", "@@"))]
