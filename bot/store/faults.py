"""What can be wrong with the store, told to whoever runs it: one sentence and its remedy."""

from __future__ import annotations


class StoreFault(Exception):  # noqa: N818 - it is told as a sentence, never shown as an error
    """A sentence that names the setting or file, what is wrong with it, and what helps."""


class KeyFault(StoreFault):
    """The same for the master key."""


class Unreached(StoreFault):
    """The database cannot be used for now: nothing here is wrong, and later it may be there."""


class OneUsers(StoreFault):
    """Something with one user's rows; everybody else's are well, and nobody need wait for it."""


class BrokenSeal(OneUsers):
    """A row that does not open under its own key and place: copied, swapped or damaged."""


def is_everybodys(fault: Exception) -> bool:
    """Tell whether the store itself fails: then nothing can be kept, and an update waits."""
    return isinstance(fault, StoreFault) and not isinstance(fault, OneUsers)
