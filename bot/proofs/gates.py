"""No way to a hold but with a fresh, passed gate: every state that the gate can tell apart.

The conversation asks `may_begin` whenever a flow hands the floor to a session; here it is asked in
each of these states, for every floor and wish.  Machines are walked over the tables they run on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import product
from typing import Any, Literal

from transitions.extensions import HierarchicalMachine

from bot.proofs.property import Counterexample
from content.catalogue import Catalogue
from content.schema import STRETCHES, Stretch
from flows.base import Brief, Checked, HandOver, Left, Scene, Verdict
from flows.offer import gate
from flows.switchboard import FLOWS

NOW = datetime(2026, 1, 12, 9, tzinfo=UTC)
FLOORS = ("welcome", "triage", "offer", "session", "stop", "after", "idle")
WISHES = ("start", "again", "resume")
LONG = timedelta(days=10_000)
Machine = Any  # transitions has no types
Gate = Callable[[Scene, HandOver, str], bool]


def shut(catalogue: Catalogue, may_begin: Gate = gate.may_begin) -> Iterator[Counterexample]:
    """Find states from which a session may begin although something stands against it."""
    for scene in scenes(catalogue):
        against = _against(scene)
        for floor, why in product(FLOORS, WISHES):
            begins = may_begin(scene, HandOver(to="session", why=why), floor)
            resumes = why == "resume" and floor == "stop"
            wrong = {"blocked", "no advice"} & against if resumes else against
            if begins and (wrong or (floor != "offer" and not resumes)):
                yield Counterexample(f"- {_told(scene)} floor: {floor}, why: {why}: begins\n")


def scenes(catalogue: Catalogue) -> Iterator[Scene]:
    """Give one scene for each combination of what the gate looks at."""
    ages = (None, timedelta(0), LONG)
    rests = (
        (), (_rest("all", NOW + LONG),), (_rest("all", None),), (_rest("session", NOW + LONG),)
    )  # fmt: skip
    for consented, stretch, locked, full, short, last, wants, left, first in product(
        (True, False), (None, *STRETCHES), (False, True), ages, ages, ages, (False, True),
        rests, ((), (catalogue.routes["short"].screens[0],)),
    ):  # fmt: skip
        yield Scene(
            at=NOW,
            content=catalogue,
            facts={},
            consented=consented,
            verdict=_verdict(stretch),
            checked=Checked(
                full_at=_ago(full),
                short_at=_ago(short),
                wants_full=wants,
                open_with=first,
                locked_until=NOW + timedelta(hours=1) if locked else None,
            ),
            sessions=() if last is None else (_brief(NOW - last),),
            left_out=left,
        )


def _against(scene: Scene) -> set[str]:
    """List what stands against a session, told anew and not by the gate's own words."""
    checked, verdict, fresh = scene.checked, scene.verdict, scene.content.freshness
    old = timedelta(days=fresh.full_days)
    seen = [checked.full_at, *(brief.at for brief in scene.sessions)]
    return {
        name
        for name, stands in {
            "no consent": not scene.consented,
            "no advice": verdict is None,
            "blocked": verdict is not None and verdict.stretch == "blocked",
            "locked": checked.locked_until is not None,
            "no full check": checked.full_at is None or checked.wants_full,
            "an old check": any(at is not None and NOW - at >= old for at in seen[:1]),
            "no short check": checked.short_at is None
            or NOW - checked.short_at >= timedelta(minutes=fresh.short_min),
            "a rest": bool(scene.left_out),
            "something to ask first": bool(checked.open_with),
        }.items()
        if stands
    }


def machines() -> dict[str, Machine]:
    return {
        flow: import_module(f"{package.__name__}.machine").MACHINE
        for flow, package in FLOWS.items()
    }


def trapped(walked: Mapping[str, Machine]) -> Iterator[Counterexample]:
    """Find states from which no end is reached, nor the beginning where there is no end."""
    for flow, machine in walked.items():
        ways = _ways(machine)
        states = _states(machine)
        leaves = {s for s in states if not any(other.startswith(f"{s}_") for other in states)}
        ends = {s for s in leaves if not ways.get(s)} or _initial(machine, leaves)
        for state in sorted(leaves - ends):
            if not ends & _reached(state, ways):
                yield Counterexample(f"In the flow {flow} nothing leads on from {state}.\n")


def _ways(machine: Machine) -> Mapping[str, set[str]]:
    """Draw arrows between leaves: a row for a parent holds for its children."""
    states = _states(machine)
    ways: dict[str, set[str]] = {}
    for row in machine.get_transitions():
        sources = {s for s in states if s == row.source or s.startswith(f"{row.source}_")}
        dests = {s for s in states if s == row.dest or s.startswith(f"{row.dest}_")}
        for source in sources:
            ways.setdefault(source, set()).update(dests - {source})
    return ways


def _states(machine: Machine) -> set[str]:
    nested = isinstance(machine, HierarchicalMachine)
    return set(machine.get_nested_state_names() if nested else machine.states)


def _initial(machine: Machine, leaves: set[str]) -> set[str]:
    return {s for s in leaves if s == machine.initial or s.startswith(f"{machine.initial}_")}


def _reached(state: str, ways: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    ahead = [state]
    while ahead:
        for other in ways.get(ahead.pop(), set()) - reached:
            reached.add(other)
            ahead.append(other)
    return reached


# ---- parts of a scene


def _verdict(stretch: Stretch | None) -> Verdict | None:
    if stretch is None:
        return None
    level = "SOON" if stretch == "blocked" else "SELF_CARE"
    return Verdict(level=level, stretch=stretch, fired=(), reasons=(), at=NOW)


def _ago(age: timedelta | None) -> datetime | None:
    return None if age is None else NOW - min(age, timedelta(days=365))


def _brief(at: datetime) -> Brief:
    return Brief(at=at, program="chair", minutes=5, moves_done=3, moves=3, ended="done")


def _rest(what: Literal["all", "session"], until: datetime | None) -> Left:
    return Left(what=what, id=what, until=until, why="sharp_pain", at=NOW)


def _told(scene: Scene) -> str:
    checked = scene.checked.model_dump(mode="json", exclude_defaults=True)
    verdict = scene.verdict.stretch if scene.verdict else None
    return f"stretch: {verdict}, checks: {checked}, consented: {scene.consented}, "
