"""The settings screen, held to its table and its manners."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.base import Event, HandOver, Learned, Left, Said, Scene, Settings, Show
from flows.settings import EVENTS, MACHINE, SettingsScreen, advance, begin, odd, read, view
from flows.settings.vocabulary import (
    CountryAsked,
    CountryPicked,
    Finished,
    LanguagePicked,
    LeadInSet,
    LeftOutAsked,
    OfferedAgain,
    Phase,
    RemindersAsked,
    SpeedSet,
    Switched,
)
from tests.flows.reminder.scenes import NOW, content, kept, keys, scene, shown, taps

OPEN = SettingsScreen()
DAY = timedelta(days=1)


def left(**fields: Any) -> Left:  # noqa: ANN401
    told = {"what": "exercise", "id": "cat_cow", "until": NOW + DAY, "why": "sharp_pain", "at": NOW}
    return Left.model_validate({**told, **fields})


class TestTable:
    """`transitions` checks no name when it is built, so we do."""

    def test_every_event_is_a_trigger_and_every_trigger_an_event(self) -> None:
        names = {kind.model_fields["trigger"].default for kind in EVENTS}
        assert names == set(MACHINE.events)

    def test_every_row_joins_states_that_exist(self) -> None:
        for row in MACHINE.get_transitions():
            MACHINE.get_state(row.source)
            assert row.dest is not None, "an internal row shows nothing; we have none"
            MACHINE.get_state(row.dest)

    def test_every_state_is_a_phase(self) -> None:
        assert set(get_args(Phase)) == set(MACHINE.get_nested_state_names())


@pytest.mark.parametrize(("event", "name", "value"), [
    (LeadInSet(seconds=15), "lead_in_s", 15), (LeadInSet(seconds=0), "lead_in_s", 0),
    (SpeedSet(percent=200), "speed_percent", 200), (SpeedSet(percent=50), "speed_percent", 50),
    (Switched(what="pictures", mark="off"), "pictures", False),
    (Switched(what="helper", mark="on"), "helper", True),
])  # fmt: skip
def test_a_change_counts_at_once_and_takes_no_turn(event: Event, name: str, value: int) -> None:
    move = advance(OPEN, event, scene())
    assert (value, True) == (kept(move, name), move.free)


@pytest.mark.parametrize("event", [LeadInSet(seconds=65), SpeedSet(percent=40),
                                   SpeedSet(percent=210), LanguagePicked(language="tlh"),
                                   CountryPicked(country="XX")])  # fmt: skip
def test_what_lies_outside_the_limits_changes_nothing(event: Event) -> None:
    for phase in get_args(Phase):
        move = advance(SettingsScreen(phase=phase), event, scene())
        assert (False, ()) == (move.moved, move.news)


@given(presses=st.lists(st.sampled_from([0, 1, 2, 3]), max_size=60))
def test_the_buttons_never_leave_the_limits(presses: list[int]) -> None:
    here = scene()
    kinds = {kind.model_fields["trigger"].default: kind for kind in EVENTS}
    for press in presses:
        pace = [tap for tap in taps(view(OPEN, here)) if tap.startswith(("tlead", "tspeed"))]
        trigger, value = pace[press % len(pace)].split("|")
        move = advance(OPEN, kinds[trigger].of([value]), here)
        assert move.moved
        name = "lead_in_s" if trigger == "tlead" else "speed_percent"
        settings = here.settings.model_copy(update={name: kept(move, name)})
        here = replace(here, settings=settings)
        assert 0 <= settings.lead_in_s <= 60
        assert 50 <= settings.speed_percent <= 200


def test_at_the_end_of_a_range_only_the_way_back_is_offered() -> None:
    here = scene(settings=Settings(lead_in_s=60, speed_percent=50))
    assert ["tlead|55", "tspeed|60"] == [
        tap for tap in taps(view(OPEN, here)) if tap.startswith(("tlead", "tspeed"))
    ]


@pytest.mark.parametrize(("text", "country"), [
    ("Germany", "DE"), ("deutschland", "DE"), ("Untied Kingdom", "GB"), ("brasil", "BR"),
])  # fmt: skip
def test_a_typed_country_is_learned(text: str, country: str) -> None:
    here = scene()
    asking = advance(OPEN, CountryAsked(), here).state
    event = read(asking, text, here)
    assert event is not None
    move = advance(asking, event, here)
    (learned,) = [piece for piece in move.news if isinstance(piece, Learned)]
    assert country == learned.facts["country"].value


def test_an_unknown_country_is_told_and_the_place_kept() -> None:
    here = scene()
    asking = SettingsScreen(phase="country")
    event = read(asking, "qwertyuiop", here)
    assert event is not None
    move = advance(asking, event, here)
    assert "settings.country_unknown" == keys(shown(move)[0])[0]
    assert "country" == move.state.phase


def test_only_languages_with_words_are_offered() -> None:
    show = view(SettingsScreen(phase="language"), scene())
    languages = {tap.split("|")[1] for tap in taps(show) if tap.startswith("tlang|")}
    assert set(content().words) == languages


def test_what_is_left_out_is_told_with_its_end_and_cannot_be_had_back_before() -> None:
    here = scene(left_out=(left(), left(id="press_up", until=None, lifted_by="clinician")))
    listed = advance(OPEN, LeftOutAsked(), here)

    title, *lines = shown(listed)[0].text
    told = [text.key for line in lines if isinstance(text := line.args["text"], Said)]
    assert "settings.left_out_title" == title.key
    assert ["settings.left_out_until", "settings.left_out_clinician"] == told
    assert ["tback"] == taps(shown(listed)[0])
    assert not advance(listed.state, OfferedAgain(id="cat_cow"), here).moved
    assert not advance(listed.state, OfferedAgain(id="press_up"), here).moved


def test_what_has_had_its_time_comes_back_if_asked_for() -> None:
    over = left(until=NOW - DAY)
    barred = left(id="all", what="all", until=None, lifted_by="triage")
    here = scene(left_out=(over, barred))
    listed = SettingsScreen(phase="barred")
    assert "tlift|cat_cow" in taps(view(listed, here))
    assert (barred,) == kept(advance(listed, OfferedAgain(id="cat_cow"), here), "left_out")


def test_reminders_are_one_tap_away() -> None:
    move = advance(OPEN, RemindersAsked(), scene())
    assert HandOver(to="reminders", why="show") in move.news


def test_done_gives_up_the_floor() -> None:
    assert advance(OPEN, Finished(), scene()).state is None


def test_what_is_not_understood_keeps_the_place() -> None:
    move = odd(OPEN, scene())
    assert (OPEN, "talk.choose") == (move.state, keys(shown(move)[0])[0])


def screens() -> list[tuple[Scene, Show]]:
    here = scene(left_out=(left(), left(id="hip", what="family")), country="DE")
    begun = shown(begin("", {}, here))
    states = [SettingsScreen(phase=phase) for phase in get_args(Phase)]
    return [(here, show) for show in (*begun, *(view(state, here) for state in states))]


def test_every_row_is_short_and_every_word_is_there() -> None:
    words = content().words["en"]
    for _, show in screens():
        assert all(1 <= len(row) <= 3 for row in show.rows)
        assert all(key in words for key in keys(show))
        assert all(choice.label.key in words for row in show.rows for choice in row)


def test_every_way_of_being_left_out_has_its_words() -> None:
    words = content().words["en"]
    families = {exercise.family for exercise in content().exercises.values()}
    names = [f"settings.family_{family}" for family in families]
    names += [f"settings.what_{what}" for what in ("all", "head_down")]
    names += [f"settings.left_out_{by}" for by in ("time", "triage", "asked", "clinician")]
    assert [] == [name for name in names if name not in words]


def test_the_state_survives_the_database() -> None:
    state = SettingsScreen(phase="country", countries=("DE", "AT"), line="settings.country_unknown")
    assert state == SettingsScreen.model_validate_json(state.model_dump_json())
