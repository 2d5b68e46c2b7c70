"""What goes out: lines on standard output; faults in sentences, each once, and the exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

from bot.settings import SettingsFault
from bot.store.faults import StoreFault, Unreached
from content.errors import ContentFaults

FAULT = 2  # somebody has to mend it: a setting, a key, content, a database
PASSING = 75  # nothing to mend here: the same command may succeed later (EX_TEMPFAIL)

Fault = SettingsFault | ContentFaults | StoreFault
FAULTS = (SettingsFault, ContentFaults, StoreFault)


@contextmanager
def told_in_sentences(others: Callable[[], list[Fault]] = list) -> Iterator[None]:
    """Turn faults that somebody can mend into sentences and an exit code; `others` finds more."""
    try:
        yield
    except FAULTS as fault:
        refuse_for([fault, *others()])


def refuse_for(faults: Sequence[Fault]) -> NoReturn:
    """Tell all of them and end; one that has to be mended outweighs any that may pass."""
    may_pass = all(isinstance(fault, Unreached) for fault in faults)
    sentences = [sentence for fault in faults for sentence in str(fault).splitlines()]
    refuse(sentences, PASSING if may_pass else FAULT)


def refuse(sentences: Iterable[str], code: int = FAULT) -> NoReturn:
    for sentence in dict.fromkeys(sentences):  # each once, in their order
        sys.stderr.write(f"{sentence}\n")
    sys.exit(code)


def write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
