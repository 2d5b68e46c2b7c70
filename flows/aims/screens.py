"""What stands on the screen while activities are named and scored."""

from __future__ import annotations

from flows.aims.vocabulary import AimsScreen, Finished, Named, PassedOver, Scored
from flows.base import Activity, Choice, Row, Said, Scene, Show, choice, said

GRID = (range(6), range(6, 11))

Screen = tuple[tuple[Said, ...], tuple[Row, ...]]


def shown(state: AimsScreen, scene: Scene) -> Show:
    text, rows = _screen(state, scene)
    if state.line:
        text = (said(state.line, n=scene.content.aims.most), *text)
    return Show(slot="screen", how="change", text=text, rows=rows)


def named(activity: Activity) -> Said:
    """Say an activity: the user's own words, or the list's."""
    if activity.text:
        return said("aims.typed", text=activity.text)
    return said(f"activity.{activity.id}")


def _screen(state: AimsScreen, scene: Scene) -> Screen:
    match state.phase:
        case "naming":
            return _naming(scene)
        case "scoring":
            return _scoring(scene.aims.activities[state.at])
        case "closed":
            return ((said("aims.kept"),) if scene.aims.activities else ()), ()


def _naming(scene: Scene) -> Screen:
    """Show the list with ticks, and below it what was typed."""
    mine = {each.id for each in scene.aims.activities}
    typed = [each for each in scene.aims.activities if each.text]
    ticks = [
        _tick(said(f"activity.{name}"), name, number, on=name in mine)
        for number, name in enumerate(scene.content.activities, 1)
    ]
    ticks += [
        _tick(said("button.aims_own", n=n), each.id, number, on=True)
        for n, (number, each) in enumerate(enumerate(typed, len(ticks) + 1), 1)
    ]
    own = tuple(said("aims.own", activity=named(each)) for each in typed)
    rows = tuple((tick,) for tick in ticks)
    done = choice("button.aims_done" if mine else "button.aims_no", Finished(), style="success")
    return (said("aims.ask", n=scene.content.aims.most), *own), (*rows, (done,))


def _tick(label: Said, name: str, number: int, *, on: bool) -> Choice:
    return choice(
        label, Named(activity=name, mark="off" if on else "on"), number=number,
        mark="on" if on else "off",
    )  # fmt: skip


def _scoring(activity: Activity) -> Screen:
    grid = tuple(
        tuple(choice(said("asking.point", n=n), Scored(n=n), number=n) for n in row) for row in GRID
    )
    skip = (choice("button.aims_skip", PassedOver()),)
    return (said("aims.score", activity=named(activity)), said("aims.grid")), (*grid, skip)
