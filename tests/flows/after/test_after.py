"""The time after a session: one number, what it comes to, and a wish that is asked for once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.catalogue import Catalogue
from content.load import load
from flows import after
from flows.after import EVENTS, MACHINE, After
from flows.after.vocabulary import (
    Evening,
    Later,
    Morning,
    NoReminders,
    OtherTime,
    Pain,
    PassedOver,
    Phase,
)
from flows.base import (
    Brief,
    Event,
    HandOver,
    Judged,
    LeftOut,
    Marked,
    Move,
    Scene,
    Set,
    SetAlarm,
    Show,
    Veiled,
)

AT = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)


@cache
def content() -> Catalogue:
    return load()


def brief(**fields: object) -> Brief:
    told = Brief(
        at=AT, program="mixed", minutes=5, moves_done=6, moves=6, ended="done", pain_before=4
    )
    return told.model_copy(update=fields)


def scene(*earlier: Brief) -> Scene:
    facts = content().complete({"age": 30, "sex": "male", "pain_before": 4})
    return Scene(
        at=AT, content=content(), facts=facts, sessions=(*earlier, brief()), zone="Europe/Berlin"
    )


def begun(at: Scene) -> Move:
    return after.begin("done", {"brief": brief().model_dump(mode="json")}, at)


def said(move: Move) -> list[str]:
    return [line.key for effect in move.effects if isinstance(effect, Show) for line in effect.text]


def heard(move: Move, event: Event, at: Scene) -> Move:
    state = After.model_validate_json(move.state.model_dump_json())
    return after.advance(state, type(event).of(event.code().split("|")[1:]), at)


def test_the_end_is_told_and_the_number_asked_in_one_new_message() -> None:
    move = begun(scene())

    show = move.effects[0]
    assert isinstance(show, Show)
    assert ("screen", "fresh", True) == (show.slot, show.how, show.silent)
    assert ["session.finished_star", "after.pain", "after.grid"] == said(move)
    assert [6, 5, 1] == [len(row) for row in show.rows]


def test_it_is_asked_once_more_two_hours_on() -> None:
    alarms = [effect for effect in begun(scene()).effects if isinstance(effect, SetAlarm)]

    assert [("later", AT + timedelta(hours=2))] == [(a.name, a.due_at) for a in alarms]


def test_a_number_is_marked_compared_and_followed_by_the_wish() -> None:
    move = heard(begun(scene()), Pain(n=3), scene())

    assert ["after.change", "reminder.ask"] == said(move)
    assert (Marked(when="after", pain=3),) == move.news
    show = move.effects[0]
    assert isinstance(show, Show)
    hidden = {"before": Veiled(veiled=4), "after": Veiled(veiled=3)}
    assert hidden == show.text[0].args, "pain is for no lock screen"


def test_the_number_may_be_passed_over() -> None:
    move = heard(begun(scene()), PassedOver(), scene())

    assert ["after.thanks", "reminder.ask"] == said(move)
    assert () == move.news


@pytest.mark.parametrize(
    "known", [{"wish": brief()}, {"reminders_asked": True}], ids=["set", "declined"]
)
def test_the_wish_is_not_asked_for_where_it_is_known(known: dict[str, Any]) -> None:
    at = replace(scene(), **known)

    move = heard(begun(at), Pain(n=3), at)

    assert ["after.change"] == said(move)


@pytest.mark.parametrize(
    ("event", "args"),
    [(Morning(), {"time": "08:00"}), (Evening(), {"time": "19:00"}), (OtherTime(), {})],
    ids=["morning", "evening", "other"],
)
def test_a_wish_is_handed_over_with_its_time(event: Event, args: dict[str, str]) -> None:
    rules = content().reminders
    times = {"08:00": rules.morning, "19:00": rules.evening}
    asked = heard(begun(scene()), Pain(n=3), scene())

    move = heard(asked, event, scene())

    wanted = {name: times[time] for name, time in args.items()}
    assert HandOver(to="reminders", why="wish", args=wanted) in move.news
    assert Set(fields={"reminders_asked": True}) in move.news


def test_no_reminders_is_taken_for_an_answer() -> None:
    asked = heard(begun(scene()), Pain(n=3), scene())

    move = heard(asked, NoReminders(), scene())

    assert ["reminder.none"] == said(move)
    assert (Set(fields={"reminders_asked": True}),) == move.news


def left_out(move: Move) -> list[tuple[str, datetime | None, str]]:
    blocks = (b for n in move.news if isinstance(n, LeftOut) for b in n.blocks)
    return [(block.why, block.until, block.lifted_by) for block in blocks]


def test_two_points_more_are_a_flare_with_no_session_before_the_next_day() -> None:
    move = heard(begun(scene()), Pain(n=6), scene())

    assert ["after.change", "after.flare", "reminder.ask"] == said(move)
    midnight = datetime(2026, 11, 2, 23, tzinfo=UTC)
    assert [("flare", midnight, "time")] == left_out(move)


def test_seven_or_more_is_a_strong_flare() -> None:
    move = heard(begun(scene()), Pain(n=7), scene())

    assert "after.flare_strong" in said(move)


def test_one_point_more_is_none() -> None:
    move = heard(begun(scene()), Pain(n=5), scene())

    assert [] == left_out(move)


def test_two_flares_in_a_row_ask_for_a_proper_look_and_pause_the_sessions() -> None:
    at = scene(brief(at=AT - timedelta(days=1), flare="some"))

    move = heard(begun(at), Pain(n=6), at)

    assert "after.see_someone" in said(move)
    assert ("see_someone", None, "clinician") in left_out(move)
    judged = [n.verdict for n in move.news if isinstance(n, Judged)]
    assert [("SOON", "blocked")] == [(v.level, v.stretch) for v in judged]


def test_a_good_session_after_grave_stops_repeats_nothing() -> None:
    stop = {"ended": "stopped", "event": "sharp_pain"}
    at = scene(brief(at=AT - timedelta(days=2), **stop), brief(at=AT - timedelta(days=1), **stop))

    move = heard(begun(at), Pain(n=3), at)

    assert (Marked(when="after", pain=3),) == move.news


def later_of(move: Move) -> Later:
    alarm = next(effect for effect in move.effects if isinstance(effect, SetAlarm))
    return Later.of(alarm.then.split("|")[1:])


def test_two_hours_on_a_new_flare_counts_and_an_old_one_is_not_told_twice() -> None:
    start = begun(scene())
    calm = heard(start, Pain(n=4), scene())
    sore = heard(start, Pain(n=6), scene())

    told = [
        heard(heard(move, later_of(start), scene()), Pain(n=6), scene()) for move in (calm, sore)
    ]

    assert [["after.change", "after.flare"], ["after.change"]] == [said(move) for move in told]
    assert [Marked(when="later", pain=6)] * 2 == [move.news[0] for move in told]


def test_the_late_question_is_silent_and_new() -> None:
    start = begun(scene())

    move = heard(start, later_of(start), scene())

    show = move.effects[0]
    assert isinstance(show, Show)
    assert ("fresh", True) == (show.how, show.silent)
    assert ["after.pain_later", "after.grid"] == said(move)


def test_the_late_question_of_another_session_is_not_asked() -> None:
    assert not heard(begun(scene()), Later(session=1), scene()).moved


def test_when_the_floor_was_left_the_late_question_takes_it_back() -> None:
    move = after.later(scene())
    assert (HandOver(to="after", why="later"),) == move.news

    asked = after.begin("later", {}, scene())
    told = heard(asked, Pain(n=3), scene())

    assert ["after.pain_later", "after.grid"] == said(asked)
    assert Marked(when="later", pain=3) in told.news


def test_every_event_is_a_trigger_and_every_trigger_an_event() -> None:
    assert {kind.model_fields["trigger"].default for kind in EVENTS} == set(MACHINE.events)


def test_every_row_joins_states_that_exist_and_every_leaf_is_a_phase() -> None:
    for row in MACHINE.get_transitions():
        MACHINE.get_state(row.source)
        assert row.dest is not None
        MACHINE.get_state(row.dest)
    names = MACHINE.get_nested_state_names()

    leaves = {n for n in names if not any(m.startswith(n + "_") for m in names)}
    assert leaves == set(get_args(Phase))


ANY = st.one_of(
    st.builds(Pain, n=st.integers(0, 10)),
    st.sampled_from([PassedOver(), Morning(), Evening(), OtherTime(), NoReminders()]),
    st.builds(Later, session=st.sampled_from([1, int(AT.timestamp())])),
)


@given(st.lists(ANY, max_size=12))
def test_whatever_is_pressed_nothing_rings_and_each_number_is_marked_once(
    events: list[Event],
) -> None:
    move = begun(scene())
    for event in events:
        before = move
        after_it = heard(move, event, scene())
        marks = [n for n in after_it.news if isinstance(n, Marked)]
        assert len(marks) <= isinstance(event, Pain)
        shows = [e for e in after_it.effects if isinstance(e, Show)]
        assert all(show.silent and show.slot == "screen" for show in shows)
        assert not any(isinstance(n, HandOver) and n.to != "reminders" for n in after_it.news)
        move = after_it if after_it.moved else before
