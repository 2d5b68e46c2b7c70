"""The diagrams in the README are those of the machines."""

from __future__ import annotations

from pathlib import Path

from flows.diagram import FLOWS, README, diagrams, drawn_into

ROOM = README.parent


def test_every_flow_with_a_machine_is_drawn() -> None:
    machines = {path.parent.name for path in ROOM.glob("*/machine.py")}

    assert machines == set(FLOWS)


def test_a_diagram_has_the_rows_of_its_table() -> None:
    drawn = diagrams()["session"]

    assert "stateDiagram" in drawn
    assert "active --> stopped: hurts" in drawn
    assert "is_current & is_in_time" in drawn


def test_the_readme_is_up_to_date() -> None:
    readme = Path(README).read_text(encoding="utf-8")

    assert readme == drawn_into(readme), "run: python -m flows.diagram"
