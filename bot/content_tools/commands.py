"""What the commands `limber content check | preview | diff` say, line by line."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from bot.content_tools import asked, diff, lint, preview
from bot.content_tools.releases import release
from bot.proofs.certificate import PROVED, assert_proved
from content.catalogue import Catalogue
from content.errors import ContentFaults
from content.load import CONTENT

TRANSCRIPTS = CONTENT.parent / "tests" / "transcripts"  # in a checkout; else none are played


def checked(content: Catalogue, folder: Path = CONTENT) -> tuple[list[str], list[str]]:
    """Give what to mend, and what to know."""
    report = lint.linted(content, lint.awaiting_in(folder), datetime.now(UTC).date())
    wants = asked.looked_at(content.words["en"], asked.asked_in(), asked.declared_in())
    remarks = [f"To know: {each}" for each in (*report.remarks, *wants) if not each.mend]
    known = [*remarks, *report.facts, *_languages(content)]
    missing = (str(each) for each in wants if each.mend)
    to_mend = [*map(str, report.faults), *missing, *_unproved(content, folder)]
    return to_mend, [_counted(content), *known]


def _unproved(content: Catalogue, folder: Path) -> list[str]:
    """Tell that this very content was not proved; nothing is proved here, that takes minutes."""
    try:
        assert_proved(content, folder / PROVED.name)
    except ContentFaults as fault:
        return str(fault).splitlines()
    return []


def _counted(content: Catalogue) -> str:
    return (
        f"Content {content.version}: {len(content.rules)} rules, {len(content.screens)} questions, "
        f"{len(content.exercises)} exercises, {len(content.programs)} programs, "
        f"{len(content.words['en'])} sentences."
    )


def _languages(content: Catalogue) -> Iterable[str]:
    """Tell how much of the other languages is still said in English."""
    whole = set(content.words["en"])
    for language, words in content.words.items():
        if missing := len(whole - set(words)):
            yield f"Language {language}: {missing} of {len(whole)} sentences are said in English."


def previewed(name: str | None, content: Catalogue, write: Callable[[str], None]) -> None:
    """Walk a case; with no name, tell which there are.  Raises NoSuchCase."""
    cases = preview.stored(CONTENT)
    if name is None:
        for line in preview.listed(cases):
            write(line)
        return
    preview.walked(preview.named(name, cases), content, write, time.sleep)


def compared(name: str, content: Catalogue) -> Iterable[str]:
    """Tell what differs for users from another release; raises CannotCompare."""
    return diff.differences(release(name), content, preview.stored(CONTENT), TRANSCRIPTS)
