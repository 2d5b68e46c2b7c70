"""What is given back on the screen: its table, its steps, and that it forgives."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

from flows.base import Draw, HandOver, Show, Verdict
from flows.report import EVENTS, MACHINE, Opened, Report, advance, begin, view
from flows.report.vocabulary import (
    PARTS,
    ChartAsked,
    Closed,
    PageAsked,
    PartSet,
    Phase,
    PreviewAsked,
    StartAsked,
    WeeksPicked,
)
from tests.flows.reminder.scenes import NOW, keys, scene, shown, taps

PAGE = Report(phase="parts", weeks=2)
EXPORT = "export"


class TestTable:
    """`transitions` checks no name when it is built, so we do."""

    def test_every_event_is_a_trigger_and_every_trigger_an_event(self) -> None:
        assert {kind.model_fields["trigger"].default for kind in EVENTS} == set(MACHINE.events)

    def test_every_state_is_a_phase(self) -> None:
        assert set(get_args(Phase)) == set(MACHINE.get_nested_state_names())


def test_everything_as_files_needs_no_screen_and_takes_no_turn() -> None:
    move = begin(EXPORT, {}, scene())
    (draw,) = move.effects
    assert isinstance(draw, Draw)
    assert (EXPORT, None, True) == (draw.what, move.state, move.free)


def test_the_chart_goes_out_above_its_screen() -> None:
    move = advance(Report(phase="progress"), ChartAsked(), scene())
    draw, show = move.effects
    assert isinstance(draw, Draw)
    assert isinstance(show, Show)
    assert ("chart", "fresh") == (draw.what, show.how)


def test_a_part_is_left_out_by_a_tap_that_may_come_twice() -> None:
    off = PartSet(part="pain", to="off")
    once = advance(PAGE, off, scene())
    twice = advance(once.state, off, scene())
    assert once.state == twice.state
    assert tuple(part for part in PARTS if part != "pain") == once.state.parts
    assert once.free
    assert PAGE == advance(once.state, PartSet(part="pain", to="on"), scene()).state


def test_an_empty_page_is_not_made() -> None:
    empty = Report(phase="parts", parts=())
    move = advance(empty, PreviewAsked(), scene())
    assert "parts" == move.state.phase
    assert "report.no_part" == keys(shown(move)[0])[0]


def test_a_page_is_seen_before_it_is_sent() -> None:
    assert not advance(PAGE, PageAsked(), scene()).moved
    seen = advance(PAGE, PreviewAsked(), scene())
    preview = seen.effects[0]
    assert isinstance(preview, Draw)
    assert ("text", {"weeks": 2, "parts": list(PARTS)}) == (preview.what, preview.args)
    (page,) = advance(seen.state, PageAsked(), scene()).effects
    assert isinstance(page, Draw)
    assert ("page", preview.args) == (page.what, page.args)


def test_weeks_that_are_not_on_offer_are_none() -> None:
    assert not advance(Report(phase="weeks"), WeeksPicked(weeks=3), scene()).moved


def test_closing_leaves_nothing_standing() -> None:
    move = advance(Report(), Closed(), scene())
    assert (None, ()) == (move.state, move.effects)


def test_the_start_button_hands_over_to_the_offer_and_to_nothing_else() -> None:
    move = advance(Report(), StartAsked(), scene())
    assert (HandOver(to="offer", why="start"),) == move.news


def test_nobody_who_may_not_stretch_is_offered_a_start() -> None:
    verdict = Verdict(level="URGENT", stretch="blocked", fired=(), reasons=(), at=NOW)
    blocked = scene(verdict=verdict)
    assert "pstart" not in taps(view(Report(), blocked))
    assert "pstart" in taps(view(Report(), scene()))


def test_a_first_day_is_no_day_lost() -> None:
    said = keys(view(Report(phase="progress"), scene()))
    assert "report.count" not in said
    assert "report.pain_early" in said


def test_days_are_counted_with_dots_for_those_who_see_them() -> None:
    from flows.progress import Day, Rest  # noqa: PLC0415 - these two alone

    today = NOW.date()
    days = tuple(Day(on=today - timedelta(days=n), moved=True) for n in (6, 3, 0))
    rest = Rest(why="ill", begin=today - timedelta(days=2), end=today - timedelta(days=1))
    first = NOW - timedelta(days=20)
    seeing = scene(days=days, rests=(rest,), first_at=first)
    text = {piece.key: piece.args for piece in view(Report(phase="progress"), seeing).text}
    assert {"held": 4, "n": 7} == text["report.count"]
    assert "●○○●●○●" == text["report.dots"]["dots"]
    reading = scene(
        days=days, first_at=first,
        settings=seeing.settings.model_copy(update={"screen_reader": True}),
    )  # fmt: skip
    assert "report.dots" not in keys(view(Report(phase="progress"), reading))


def test_it_opens_from_a_button_of_any_screen() -> None:
    move = advance(Report(phase="today"), Opened(what="progress"), scene())
    assert "progress" == move.state.phase
