"""What can be wrong with the store, told to whoever runs it: one sentence and its remedy."""

from __future__ import annotations


class StoreFault(Exception):  # noqa: N818 - it is told as a sentence, never shown as an error
    """A sentence that names the setting or file, what is wrong with it, and what helps."""


class KeyFault(StoreFault):
    """The same for the master key."""


class BrokenSeal(StoreFault):
    """A row that does not open under its own key and place: copied, swapped or damaged."""
