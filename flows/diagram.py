"""Draw every flow's machine from the very tables it runs on, as Mermaid text for README.md.

A tool for those who work on the core; no flow imports it.  `python -m flows.diagram` writes the
diagrams into README.md, between their markers; a test says when that was forgotten.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

from transitions.extensions import HierarchicalGraphMachine

README = Path(__file__).with_name("README.md")
FLOWS = (
    "welcome", "triage", "offer", "session", "stop", "after", "home", "settings", "delete", "story",
    "reminder", "report", "routine", "ladder", "aims", "back",
)  # fmt: skip
STYLING = re.compile(r" *(classDef|Class|direction) ")  # colours of a running machine
BEGIN, END = "<!-- diagrams: written by `python -m flows.diagram` -->", "<!-- end of diagrams -->"


def diagrams() -> dict[str, str]:
    """Draw each flow's machine, by the flow's name."""
    return {name: _mermaid(name) for name in FLOWS}


def drawn_into(readme: str) -> str:
    """Put the diagrams of today between the markers of a text."""
    sections = (f"### {name}\n\n```mermaid\n{text}\n```" for name, text in diagrams().items())
    block = "\n\n".join([BEGIN, *sections, END])
    between = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    return between.sub(lambda _: block, readme)


def _mermaid(flow: str) -> str:
    module = import_module(f"flows.{flow}.machine")
    machine = HierarchicalGraphMachine(
        model=SimpleNamespace(),  # a graph machine draws only what has a model
        model_attribute="phase", states=module.STATES, transitions=module.TRANSITIONS,
        initial=module.MACHINE.initial, auto_transitions=False, graph_engine="mermaid",
        show_conditions=True, title=f"title: {flow}",
    )  # fmt: skip
    text = str(machine.get_combined_graph().draw(None))
    drawn = (line.rstrip() for line in text.splitlines())
    return "\n".join(line for line in drawn if line and not STYLING.match(line))


if __name__ == "__main__":
    README.write_text(drawn_into(README.read_text(encoding="utf-8")), encoding="utf-8")
