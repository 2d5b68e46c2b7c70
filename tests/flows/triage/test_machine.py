"""The machine of a check, held to its table and to what each way of waiting promises."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest

from flows import triage
from flows.base import DropAlarm, Known, SetAlarm
from flows.triage.vocabulary import (
    Back,
    Grid,
    Lone,
    Name,
    NoneOfThese,
    Number,
    Phase,
    Pick,
    Settle,
    Tick,
)
from tests.flows.triage.chat import AT, Chat, content, knowing
from tests.flows.triage.driver import Person, asked_of, at, drive

LASTING = knowing(country="GB", age=30, sex="male")


class TestTable:
    """`transitions` checks no name when it is built, so we do."""

    def test_every_event_is_a_trigger_and_every_trigger_an_event(self) -> None:
        names = {kind.model_fields["trigger"].default for kind in triage.EVENTS}

        assert names == set(triage.MACHINE.events)

    def test_every_row_joins_states_that_exist(self) -> None:
        for row in triage.MACHINE.get_transitions():
            triage.MACHINE.get_state(row.source)
            assert row.dest is not None
            triage.MACHINE.get_state(row.dest)

    def test_every_leaf_is_a_phase_and_every_phase_a_leaf(self) -> None:
        assert set(get_args(Phase)) == set(triage.MACHINE.states)

    def test_every_button_of_every_screen_fits_into_a_tap(self) -> None:
        for screen in content().screens.values():
            for part in screen.parts:
                for option in part.options:
                    tap = Tick(part=part.id, option=option.id, to="off").code()
                    assert len(tap) <= 44, tap


class TestWell:
    def test_a_well_man_of_30_gives_21_answers(self) -> None:
        person = Person({"age": 30, "sex": "male", "pain_now": 4}, content())
        chat = drive(Chat(), person)

        assert 21 == chat.moves
        assert ("SELF_CARE", "allowed") == (chat.verdict.level, chat.verdict.stretch)
        assert (True, True) == (chat.judged.full, chat.judged.short)
        assert ["before"] == [mark.when for mark in chat.marked]

    def test_what_is_lasting_and_known_is_not_asked_again(self) -> None:
        assert "Q1" == Chat(known=LASTING).state.screen

    def test_pregnancy_is_asked_again(self) -> None:
        known = knowing(country="GB", age=30, sex="female")

        assert "A3" == Chat(known=known).state.screen

    def test_a_check_that_blocks_stretching_does_not_ask_about_fitness(self) -> None:
        told = {"age": 30, "sex": "male", "cancer_history": "past"}
        chat = drive(Chat(), Person(told, content()))

        assert "C1" not in asked_of(told)
        assert "blocked" == chat.verdict.stretch


class TestTicks:
    def test_a_tick_takes_no_turn_and_is_the_same_when_doubled(self) -> None:
        chat = at("Q1")
        first = chat.give(Tick(part="Q1", option="belly", to="on"))
        again = chat.give(Tick(part="Q1", option="belly", to="on"))

        assert (True, True) == (first.free, again.free)
        assert first.state == again.state
        assert ("Q1.belly",) == chat.state.ticked

    def test_none_of_these_gives_way_to_done_while_anything_is_ticked(self) -> None:
        chat = at("Q1")
        assert {"button.none"} == ends(chat)

        chat.tap("Q1.belly")
        assert {"button.done"} == ends(chat)
        assert not chat.give(NoneOfThese()).moved

        chat.tap("Q1.belly")
        assert {"button.none"} == ends(chat)

    def test_in_a_choice_among_several_parts_one_tick_takes_the_place_of_another(self) -> None:
        chat = at("Q3")
        chat.tap("Q3_pain.thigh", "Q3_weak.mild", "Q3_pain.below")

        assert ("Q3_pain.below", "Q3_weak.mild") == chat.state.ticked

    def test_typed_numbers_tick_the_options_under_them(self) -> None:
        chat = at("Q5")
        chat.type("1 and 3")
        assert ("Q5.steroids", "Q5.fused") == chat.state.ticked

        chat.type("3")
        assert ("Q5.steroids",) == chat.state.ticked

    def test_options_that_do_not_apply_are_left_out(self) -> None:
        labels = {choice.label.key for choice in at("Q8").choices}

        assert "option.Q8.testicle.short" in labels
        assert "option.Q8.pelvis.short" not in labels


def ends(chat: Chat) -> set[str]:
    return {c.label.key for c in chat.choices} & {"button.none", "button.done"}


class TestDanger:
    def test_an_emergency_is_told_right_after_its_screen(self) -> None:
        chat = at("Q2")
        chat.tap("Q2.numb", "button.done")

        assert chat.is_over
        assert ("EMERGENCY", "blocked") == (chat.verdict.level, chat.verdict.stretch)
        assert ("E12",) == chat.verdict.reasons
        assert (False, False) == (chat.judged.full, chat.judged.short)
        assert chat.learned["saddle_numbness"].value is True
        assert ("offer", "advised") == (chat.handed.to, chat.handed.why)

    def test_a_ticked_danger_counts_after_a_minute_without_done(self) -> None:
        chat = at("Q1")
        alarms = [e for e in chat.tap("Q1.chest").effects if isinstance(e, SetAlarm)]

        assert [AT + timedelta(seconds=60)] == [alarm.due_at for alarm in alarms]
        chat.give(Lone(seq=chat.state.seq))
        assert "EMERGENCY" == chat.verdict.level

    def test_more_ticks_do_not_put_the_minute_off(self) -> None:
        chat = at("Q1")
        chat.tap("Q1.chest")
        effects = chat.tap("Q1.faint").effects

        assert not [e for e in effects if isinstance(e, SetAlarm | DropAlarm)]

    def test_a_danger_taken_back_stops_the_minute(self) -> None:
        chat = at("Q1")
        chat.tap("Q1.chest")
        dropped = [e for e in chat.tap("Q1.chest").effects if isinstance(e, DropAlarm)]

        assert ["screen"] == [alarm.name for alarm in dropped]
        assert not chat.give(Lone(seq=chat.state.seq)).moved

    def test_a_minute_that_began_on_an_earlier_screen_is_stale(self) -> None:
        chat = at("Q1")
        stale = chat.state.seq
        chat.tap("button.none", "Q2.numb")

        assert not chat.give(Lone(seq=stale)).moved

    def test_a_tick_that_needs_its_follow_up_starts_no_minute(self) -> None:
        chat = at("Q1")

        assert not [e for e in chat.tap("Q1.belly").effects if isinstance(e, SetAlarm)]

    def test_leaving_half_way_keeps_the_danger_ticked(self) -> None:
        chat = at("Q2")
        chat.tap("Q2.slow")
        left = triage.left(chat.state, chat.scene).facts

        assert "hesitancy" == left["bladder_change"].value
        assert "saddle_numbness" not in left

    def test_leaving_before_the_follow_up_keeps_the_cautious_reading(self) -> None:
        chat = at("Q1")
        chat.tap("Q1.belly", "button.done")

        assert "Q1_belly" == chat.state.screen
        assert "moderate" == triage.left(chat.state, chat.scene).facts["belly_pain"].value


class TestFollowUps:
    def test_a_screen_counts_only_when_its_follow_ups_are_answered(self) -> None:
        chat = at("Q2")
        chat.tap("Q2.leak", "button.done")
        assert "Q2_leak" == chat.state.screen

        chat.tap("Q2_leak.long")
        assert "Q3" == chat.state.screen

    def test_a_follow_up_of_one_tick_does_not_lower_another(self) -> None:
        chat = at("Q2")
        chat.tap("Q2.slow", "Q2.leak", "button.done", "Q2_slow.yes", "Q2_leak.new")

        assert "EMERGENCY" == chat.verdict.level
        assert "new_leak" == chat.learned["bladder_change"].value

    def test_another_tick_on_the_screen_counts_at_once(self) -> None:
        chat = at("Q2")
        chat.tap("Q2.leak", "Q2.cannot", "button.done")

        assert ("E13",) == chat.verdict.reasons

    def test_a_lesser_tick_that_is_certain_counts_before_a_follow_up_of_a_graver_one(self) -> None:
        chat = at("Q2")
        chat.tap("Q2.leak", "Q2.no_feeling", "button.done")

        assert ("E13",) == chat.verdict.reasons

    def test_hesitancy_is_asked_about_burning_at_once(self) -> None:
        chat = at("Q2")
        chat.tap("Q2.slow", "button.done", "Q2_slow.no")
        assert "Q2_burn" == chat.state.screen

        chat.tap("Q2_burn.yes")
        assert "Q3" == chat.state.screen

    def test_a_big_accident_not_seen_by_a_doctor_ends_the_check(self) -> None:
        chat = at("Q4")
        chat.tap("Q4_cause.big", "button.done")
        chat.give(Number(number=2))
        chat.tap("Q4_seen.no")

        assert "EMERGENCY" == chat.verdict.level

    def test_a_big_accident_seen_by_a_doctor_waits_for_the_last_question(self) -> None:
        seen = {"seen_since_injury": True, "trauma": "major", "trauma_days": 2}
        chat = drive(at("Q5", **seen), Person({"age": 30, "sex": "male", **seen}, content()))
        assert "EMERGENCY" == chat.verdict.level
        assert "Q12" in asked_of(seen)

        cleared = {**seen, "cleared_by_clinician": True}
        chat = drive(Chat(), Person({"age": 30, "sex": "male", **cleared}, content()))
        assert "SELF_CARE_MODIFIED" == chat.verdict.level

    def test_a_stiff_spine_after_a_small_fall_is_asked_whether_it_was_seen(self) -> None:
        chat = at("Q5", trauma="minor", trauma_days=2)
        chat.tap("Q5.fused", "button.done")
        assert "Q4_seen" == chat.state.screen

        chat.tap("Q4_seen.no")
        assert ("E38",) == chat.verdict.reasons


class TestNotSure:
    def test_a_list_is_asked_item_by_item_in_simpler_words(self) -> None:
        chat = at("Q5")
        chat.tap("button.not_sure")

        assert "walking" == chat.state.phase
        assert "option.Q5.steroids.again" == chat.show.text[0].key

        chat.tap("button.no", "button.no", "button.not_sure")
        assert "Q6" == chat.state.screen
        assert ("Q5.fused",) == chat.state.path[-1].unsure

    def test_not_sure_of_a_danger_ends_the_check_at_once(self) -> None:
        chat = at("Q1")
        chat.tap("button.not_sure", "button.not_sure")

        assert "EMERGENCY" == chat.verdict.level
        assert Known(value=True, at=AT, unsure=True) == chat.learned["chest_pain"]

    def test_a_yes_on_the_way_opens_its_follow_up(self) -> None:
        chat = at("Q1")
        chat.tap("button.not_sure", *["button.no"] * 4, "button.yes", *["button.no"] * 5)

        assert "Q1_belly" == chat.state.screen

    def test_a_choice_among_parts_is_asked_as_one(self) -> None:
        chat = at("Q4")
        chat.tap("button.not_sure")
        assert "option.Q4_cause.big.short" == chat.choices[0].label.key

        chat.tap("button.none", *["button.no"] * 6)
        assert "Q5" == chat.state.screen

    def test_back_takes_back_one_item(self) -> None:
        chat = at("Q5")
        chat.tap("button.not_sure", "button.yes", "button.back")

        assert ((), (), "walking") == (chat.state.ticked, chat.state.walked, chat.state.phase)
        chat.tap("button.back")
        assert "asking" == chat.state.phase

    def test_a_choice_is_asked_once_more_and_then_read_with_care(self) -> None:
        chat = at("Q10_where")
        chat.tap("button.not_sure")
        assert ("again", "Q10_where") == (chat.state.phase, chat.state.screen)
        assert "screen.Q10_where.again" == chat.show.text[0].key

        chat.tap("button.not_sure")
        assert ("Q10_where",) == chat.state.path[-1].unsure

    def test_not_sure_of_an_injury_is_judged_with_both_readings(self) -> None:
        told = {"age": 45, "sex": "male", "sudden_onset_pain": True, "pain_now": 9}
        high = {**told, "pain_location": "mid_upper", "duration_days": 1}
        chat = drive(Chat(), Person(high, content(), frozenset({"trauma"})))

        assert "E32" in chat.verdict.fired


class TestWhyAndBack:
    @pytest.mark.parametrize("screen", ["Q1", "Q3", "Q9", "Q10_long", "Q12"])
    def test_why_stands_above_the_same_question(self, screen: str) -> None:
        chat = at(screen)
        before = chat.show
        chat.tap("button.why")

        assert f"screen.{screen}.why" == chat.show.text[0].key
        assert before.text == chat.show.text[1:]
        chat.tap("button.back")
        assert before == chat.show

    def test_why_keeps_what_is_ticked(self) -> None:
        chat = at("Q5")
        chat.tap("Q5.brittle", "button.why")

        assert ("Q5.brittle",) == chat.state.ticked

    def test_back_shows_the_question_before_with_its_ticks(self) -> None:
        chat = at("Q6", osteoporosis_known=True)
        assert "Q6" == chat.state.screen
        chat.tap("button.back", "button.back")

        assert ("Q5", ("Q5.brittle",)) == (chat.state.screen, chat.state.ticked)

    def test_a_changed_answer_leaves_nothing_of_the_old_one(self) -> None:
        chat = at("Q8C", cancer_history="past")
        chat.tap("button.back", "button.back")
        assert "Q7" == chat.state.screen
        chat.tap("Q7_cancer.past", "button.none")
        chat = drive(chat, Person({"age": 30, "sex": "male", "pain_now": 4}, content()))

        assert "SELF_CARE" == chat.verdict.level

    def test_back_on_the_first_question_shows_it_again(self) -> None:
        chat = Chat(known=LASTING)
        move = chat.give(Back())

        assert (True, "Q1") == (move.moved, chat.state.screen)


class TestForged:
    @pytest.mark.parametrize(
        "event",
        [
            Pick(part="Q2", option="numb"),
            Pick(part="Q12", option="yes"),
            Tick(part="Q2", option="numb", to="on"),
            Tick(part="Q1", option="nothing", to="on"),
            Grid(number=3),
            Number(number=3),
            Name(value="GB"),
            Settle(),
            Lone(seq=0),
        ],
    )
    def test_what_does_not_stand_on_the_screen_changes_nothing(self, event: object) -> None:
        chat = at("Q1")
        move = triage.advance(chat.state, event, chat.scene)  # type: ignore[arg-type] - any event

        assert (False, chat.state) == (move.moved, move.state)
