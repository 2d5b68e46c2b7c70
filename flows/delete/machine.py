"""Two steps to erase everything: the command asks, one button does it.

Only the button or its own words erase; a yes does not, for it may be meant for something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from transitions.extensions import HierarchicalMachine

from flows.base import Draw, Effect, Erase, Event, Move, Scene, Show, choice, said
from flows.delete.vocabulary import Confirmed, CopyAsked, Delete, Kept, Phase
from flows.table import on


@dataclass
class Run:
    state: Delete
    scene: Scene
    phase: Phase
    effects: list[Effect] = field(default_factory=list)

    def erase(self, _: Event) -> None:
        code = receipt(self.state.talk, self.scene.at)
        text = (said("delete.erased", at=self.scene.at, code=code), said("delete.farewell"))
        farewell = Show(slot="screen", how="change", text=text)
        self.effects.append(Erase(farewell=farewell))

    def copy(self, _: Event) -> None:
        caption, lost = (said("report.export"),), said("report.export_lost")
        question = view(self.state, self.scene).model_copy(update={"how": "fresh"})
        self.effects += [Draw(what="export", caption=caption, lost=lost), question]

    def keep(self, _: Event) -> None:
        show = Show(slot="screen", how="change", text=(said("delete.kept"),))
        self.effects.append(show)


# fmt: off
STATES = [
    "asking",
    {"name": "kept",   "on_enter": Run.keep},
    {"name": "erased", "on_enter": Run.erase},
]
TRANSITIONS = [
    on("dyes",  "asking", "erased"),
    on("dkeep", "asking", "kept"),
    on("dcopy", "asking", "asking", do=[Run.copy]),
]
# fmt: on

MACHINE = HierarchicalMachine(
    model=None, model_attribute="phase", states=STATES, transitions=TRANSITIONS,
    initial="asking", auto_transitions=False, ignore_invalid_triggers=True,
)  # fmt: skip


def begin(why: str, args: Mapping[str, Any], scene: Scene) -> Move:
    """Ask, with what is held counted in `args`: sessions, facts, reminders; and the talk's name."""
    del why
    state = Delete(
        talk=str(args.get("talk", "")),
        sessions=int(args.get("sessions", 0)),
        facts=int(args.get("facts", 0)),
        reminders=int(args.get("reminders", 0)),
    )
    return Move(state, (view(state, scene).model_copy(update={"how": "fresh"}),))


def advance(state: Delete, event: Event, scene: Scene) -> Move:
    run = Run(state, scene, state.phase)
    if not MACHINE.trigger_event(run, event.trigger, run, event):
        return Move(state, moved=False)
    return Move(state if run.phase == "asking" else None, tuple(run.effects))


def view(state: Delete, scene: Scene) -> Show:
    del scene
    counted = said(
        "delete.ask",
        sessions=said("delete.sessions", n=state.sessions),
        facts=said("delete.facts", n=state.facts),
        reminders=said("delete.reminders", n=state.reminders),
    )
    copy = (choice("button.send_copy", CopyAsked()),)
    row = (choice("button.delete_all", Confirmed(), style="danger"), choice("button.keep", Kept()))
    text = (counted, said("delete.no_undo"))
    return Show(slot="screen", how="change", text=text, rows=(copy, row))


def read(state: Delete, text: str, scene: Scene) -> Event | None:
    del state, text, scene
    return None


def odd(state: Delete, scene: Scene) -> Move:
    show = view(state, scene)
    return Move(state, (show.model_copy(update={"text": (said("talk.choose"), *show.text)}),))


def receipt(talk: str, at: datetime) -> str:
    """Make a short code from the talk and the moment: the same two always give the same."""
    digest = sha256(f"{talk}|{at.isoformat()}".encode()).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:6]}"
