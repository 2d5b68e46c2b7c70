"""What the editor of an own list shows in each of its phases."""

from __future__ import annotations

from collections.abc import Sequence

from content.schema import Position
from flows.base import Choice, Own, Row, Said, Scene, Show, choice, said
from flows.routine.list import (
    barred_now,
    is_left_out,
    minutes,
    name,
    neighbour,
    next_holds,
)
from flows.routine.vocabulary import (
    AimsAsked,
    Exchanged,
    Finished,
    Grouped,
    HadBack,
    Held,
    LadderLeft,
    LaddersAsked,
    LadderTaken,
    Opened,
    Picked,
    Returned,
    Routine,
    Shifted,
    TakenOut,
    WhereAsked,
)
from flows.session.own import may_have_routine, own_dose
from flows.session.plan import program_for

IN_A_ROW = 3
LONG_S = 120  # from here on minutes read better
Screen = tuple[tuple[Said, ...], tuple[Row, ...]]


def shown(state: Routine, scene: Scene) -> Show:
    text, rows = _screen(state, scene)
    return Show(slot="screen", how="change", text=(*state.lines, *text), rows=rows)


def _screen(state: Routine, scene: Scene) -> Screen:
    match state.phase:
        case "open":
            return _open(scene)
        case "where":
            return _where(scene)
        case "group":
            return _group(state.position, scene)
        case "move":
            return _move(state.exercise, scene)
        case "ladders":
            return _ladders(scene)
        case "closed":
            return (said("routine.closed" if scene.own.routine else "routine.nothing"),), ()


BACK: Row = (choice("button.back", Returned()),)


def _open(scene: Scene) -> Screen:
    own = scene.own
    text = [said("routine.title"), *_listed(own, scene)] if own.routine else []
    text.append(_summed(own, scene) if own.routine else said("routine.empty"))
    text += _remarks(own, scene)
    moves = [
        choice(_short(ex), Opened(exercise=ex), number=number)
        for number, ex in enumerate(own.routine, 1)
    ]
    again = [
        (choice(said("button.routine_return", exercise=_short(ex)), HadBack(exercise=ex)),)
        for ex in own.instead
        if ex in scene.content.exercises
    ]
    last = (
        (choice("button.routine_ladder", LaddersAsked()),),
        (choice("button.routine_aims", AimsAsked()),),
        (choice("button.routine_done", Finished()),),
    )
    add = (choice("button.routine_add", WhereAsked(), style="success"),)
    return tuple(text), (*_rows(moves), add, *again, *last)


def _listed(own: Own, scene: Scene) -> list[Said]:
    return [
        said("routine.move", number=number, exercise=name(ex), dose=_dose(ex, scene))
        for number, ex in enumerate(own.routine, 1)
    ]


def _dose(exercise: str, scene: Scene) -> Said:
    dose = own_dose(exercise, scene.own, scene.content)
    told = said("routine.dose", n=dose.hold_s)
    if dose.hold_s >= LONG_S and dose.hold_s % 60 == 0:
        told = said("offer.minutes", n=dose.hold_s // 60)
    elif dose.reps > 1:
        told = said("routine.dose_times", n=dose.reps, seconds=dose.hold_s)
    return said("routine.dose_sides", dose=told) if dose.sides == "both" else told


def _summed(own: Own, scene: Scene) -> Said:
    return said("routine.minutes", time=said("offer.minutes", n=minutes(own, scene)))


def _remarks(own: Own, scene: Scene) -> list[Said]:
    """Say what of the list is not for today, and what sessions have changed."""
    told: list[Said] = []
    if own.routine and _waits(scene):
        told.append(said("routine.not_now"))
    if barred := [ex for ex in own.routine if ex in barred_now(scene)]:
        told.append(said("routine.not_today", exercises=tuple(map(name, barred))))
    if changed := [ex for ex in own.instead if ex in scene.content.exercises]:
        told.append(said("routine.changed", exercises=tuple(map(name, changed))))
    return told


def _waits(scene: Scene) -> bool:
    """Whether today's plan leaves no room for an own list."""
    if scene.verdict is None:
        return False
    content, stretch = scene.content, scene.verdict.stretch
    chosen = program_for(scene.facts, stretch, content)
    known = {**scene.facts, "stretch": stretch}
    return chosen is None or not may_have_routine(content.programs[chosen.program], known, content)


def _where(scene: Scene) -> Screen:
    entries = scene.content.exercises.values()
    places = list(dict.fromkeys(entry.position for entry in entries))
    picks = [choice(f"position.{place}", Grouped(position=place)) for place in places]
    return (said("routine.where"),), (*_rows(picks), BACK)


def _group(position: Position | None, scene: Scene) -> Screen:
    """Tick what is allowed; what is not stands in the text, with the reason."""
    out, own = barred_now(scene), scene.own
    here = [ex for ex, entry in scene.content.exercises.items() if entry.position == position]
    free = [ex for ex in here if ex not in out]
    lines = [
        said("routine.move", number=number, exercise=name(ex), dose=_dose(ex, scene))
        for number, ex in enumerate(free, 1)
    ]
    reasons = [
        said("routine.left_out" if is_left_out(ex, scene) else "routine.unfit", exercise=name(ex))
        for ex in here
        if ex in out
    ]
    ticks = [
        choice(
            _short(ex),
            Picked(exercise=ex, mark="off" if ex in own.routine else "on"),
            number=number,
            mark="on" if ex in own.routine else "off",
        )
        for number, ex in enumerate(free, 1)
    ]
    return (said("routine.pick"), *lines, *reasons), (*_rows(ticks, 2), BACK)


def _move(exercise: str, scene: Scene) -> Screen:
    own = scene.own
    at = own.routine.index(exercise)
    shifts = [
        choice("button.routine_up", Shifted(exercise=exercise, to=at - 1)) if at else None,
        choice("button.routine_down", Shifted(exercise=exercise, to=at + 1))
        if at + 1 < len(own.routine)
        else None,
    ]
    now = own_dose(exercise, own, scene.content).hold_s
    less, more = next_holds(exercise, scene)
    holds = [
        choice(said("button.routine_less", n=now - less), Held(exercise=exercise, seconds=less))
        if less
        else None,
        choice(said("button.routine_more", n=more - now), Held(exercise=exercise, seconds=more))
        if more
        else None,
    ]
    others = [
        choice("button.routine_easier", Exchanged(exercise=exercise, how="easier"))
        if neighbour(exercise, "easier", scene)
        else None,
        choice("button.routine_harder", Exchanged(exercise=exercise, how="harder"))
        if neighbour(exercise, "harder", scene)
        else None,
    ]
    rows = [tuple(each for each in row if each) for row in (shifts, holds, others)]
    out = (choice("button.routine_out", TakenOut(exercise=exercise)),)
    line = said("routine.one", exercise=name(exercise), dose=_dose(exercise, scene))
    place = said("routine.place", number=at + 1, count=len(own.routine))
    return (line, place), (*(row for row in rows if row), out, BACK)


def _ladders(scene: Scene) -> Screen:
    """Offer the ladders that suit; the one that is climbed can be left."""
    content, climb = scene.content, scene.aims.climb
    fit = [
        ladder
        for ladder in content.ladders.values()
        if ladder.unless is None or not content.holds(ladder.unless, scene.facts)
    ]
    text = [said("climb.which" if fit else "climb.none")]
    rows = [
        (choice(f"ladder.{ladder.id}.name", LadderTaken(ladder=ladder.id)),)
        for ladder in fit
        if climb is None or climb.ladder != ladder.id
    ]
    if climb is not None and climb.ladder in content.ladders:
        count = len(content.ladders[climb.ladder].steps)
        ladder = said(f"ladder.{climb.ladder}.name")
        text.insert(0, said("climb.taken", ladder=ladder, number=climb.step + 1, count=count))
        rows.append((choice("button.climb_leave", LadderLeft()),))
    return tuple(text), (*rows, BACK)


def _short(exercise: str) -> Said:
    return said(f"exercise.{exercise}.short")


def _rows(picks: Sequence[Choice], width: int = IN_A_ROW) -> tuple[Row, ...]:
    return tuple(tuple(picks[start : start + width]) for start in range(0, len(picks), width))
