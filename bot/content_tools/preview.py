"""Any stored case walked through in the terminal, sixty times as fast; no data is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from bot.content_tools.walk import Walker
from bot.triage_cases import cases_in
from content.catalogue import Catalogue
from content.conditions import nearest
from content.schema import Case

SPEED = 60
COLUMN = 72


class NoSuchCase(LookupError):  # noqa: N818 - it says what is so
    """No stored case goes by this name, in a sentence."""


def stored(folder: Path) -> tuple[Case, ...]:
    """Read all cases of a folder of content that can be walked: those with facts."""
    paths = sorted(folder.glob("cases/*.yaml"))
    return tuple(each for path in paths for each in cases_in(path) if each.facts is not None)


def named(name: str, cases: Iterable[Case]) -> Case:
    """Find a case by its id, or by the rule that it is the smallest case of."""
    known = {case.id or str(case.rule): case for case in reversed(tuple(cases))}
    found = known.get(name) or known.get(name.upper())
    if found is None:
        raise NoSuchCase(f"No stored case is called {name}. {nearest(name.upper(), known)}")
    return found


def listed(cases: Iterable[Case]) -> Iterator[str]:
    """Tell which cases there are, one a line."""
    for case in cases:
        who = f"{case.age or '?'} {case.sex or ''}"
        about = case.reason or ", ".join(f"{n}: {v}" for n, v in (case.facts or {}).items())
        yield f"{case.id or case.rule}  {who:10}  {about[:COLUMN]}"


def walked(
    case: Case, content: Catalogue, write: Callable[[str], None], sleep: Callable[[float], None]
) -> None:
    """Walk a case; what takes a minute takes a second."""
    if case.narrative:
        write(f"# {case.narrative}")
    for step in Walker(case, content).lines():
        if isinstance(step, timedelta):
            sleep(step / timedelta(seconds=SPEED))
        else:
            write(step)
