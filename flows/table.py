"""One row of a machine's table, so that tables read aloud."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transitions.core import TransitionConfigDict


def on(
    trigger: str,
    source: str | list[str],
    dest: str,
    *,
    when: Sequence[Callable[..., bool]] = (),
    do: Sequence[Callable[..., None]] = (),
) -> TransitionConfigDict:
    """Write one row; of those for one trigger and source the first whose `when` holds counts."""
    return {
        "trigger": trigger,
        "source": source,
        "dest": dest,
        "conditions": list(when),
        "before": list(do),
    }
