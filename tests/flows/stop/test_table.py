"""The stop's table: `transitions` checks no name when it is built, so we do."""

from __future__ import annotations

from typing import get_args

from flows.stop import HEARD, MACHINE
from flows.stop.vocabulary import Phase


def test_every_event_is_a_trigger_and_every_trigger_an_event() -> None:
    names = {kind.model_fields["trigger"].default for kind in HEARD}

    assert names == set(MACHINE.events)


def test_every_row_joins_states_that_exist() -> None:
    for row in MACHINE.get_transitions():
        MACHINE.get_state(row.source)
        assert row.dest is not None
        MACHINE.get_state(row.dest)


def test_every_leaf_is_a_phase_and_every_phase_a_leaf() -> None:
    names = MACHINE.get_nested_state_names()
    leaves = {n for n in names if not any(m.startswith(n + "_") for m in names)}

    assert leaves == set(get_args(Phase))
