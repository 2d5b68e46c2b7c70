"""Numbers to be typed: every button of a screen goes by one, in the order in which it is read.

An option that stands numbered in the text keeps its number, and so does a label that begins with
one ("2 min"); the others take the smallest that are free.  Where a bare number is an answer by
itself, all but the numbers themselves go by 01, 02 and so on.  In a session a bare number may tell
how much it hurts: there 1 is the way out of pain, and all others begin with a zero.  It stays so
where a stop offers to go on: no 1 goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

from flows.base.buttons import Choice

STOP = "1"  # what stands first in a session is always the way out of pain
LEADING = re.compile(r"(\d{1,3})(?= |$)")


def numbered(
    choices: Sequence[Choice], labels: Sequence[str], *, counts: bool = False
) -> tuple[str, ...]:
    """Say what to type for each choice; `counts`: a bare number is an answer here."""
    known = [choice.number for choice in choices]
    taken = {number for number in known if number is not None}
    for place, label in enumerate(labels):
        begun = LEADING.fullmatch(label) if counts else LEADING.match(label)
        if known[place] is None and begun and int(begun[1]) not in taken:
            known[place] = int(begun[1])
            taken.add(int(begun[1]))
    free = (f"0{number}" if counts else str(number) for number in count(1)
            if counts or number not in taken)  # fmt: skip
    return tuple(next(free) if number is None else str(number) for number in known)


def in_session(choices: Sequence[Choice]) -> tuple[str, ...]:
    """Say what to type in a session: 1 stops, and no other number without a zero means a thing."""
    return tuple(STOP if place == 1 else f"0{place}" for place in range(1, len(choices) + 1))


def after_stop(choices: Sequence[Choice]) -> tuple[str, ...]:
    """Say what to type where a stop waits or offers: 1 still tells of pain, and is no button's."""
    return tuple(f"0{place}" for place in range(2, len(choices) + 2))
