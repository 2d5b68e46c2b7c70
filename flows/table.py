"""One row of a machine's table, so that tables read aloud."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from transitions.core import Machine, TransitionConfigDict


class Triggered(Protocol):
    @property
    def trigger(self) -> str: ...


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


def fires(machine: Machine, run: object, event: Triggered) -> bool:
    """Let a flat machine take an event, as `trigger_event` lets a nested one."""
    rows = machine.events.get(event.trigger)
    return rows is not None and bool(rows.trigger(run, run, event))
