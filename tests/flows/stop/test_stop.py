"""A stop as the user lives it: the words first, then two questions, then what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from flows import stop
from flows.base import (
    Brief,
    DropAlarm,
    Ended,
    Hurts,
    Judged,
    Learned,
    Move,
    Record,
    Set,
    SetAlarm,
    Show,
    Verdict,
)
from flows.stop.vocabulary import SilenceHeard, Strength
from tests.flows.stop.driver import AT, Driver, content, hours, scene


def alarm(driver: Driver) -> SetAlarm:
    return [e for e in driver.effects if isinstance(e, SetAlarm)][-1]


def fields(driver: Driver) -> dict[str, Any]:
    return {k: v for n in driver.news if isinstance(n, Set) for k, v in n.fields.items()}


def test_stopped_is_said_first_in_a_new_message_that_rings() -> None:
    driver = Driver(scene()).begin()

    show = driver.shows[0]
    assert ("screen", "fresh", "stop", False) == (show.slot, show.how, show.rank, show.silent)
    assert ["stop.stopped", "screen.STOP_PAIN.ask", "after.grid"] == driver.said
    assert [6, 5] == [len(row) for row in show.rows[:2]]
    assert isinstance(driver.effects[0], Show)


def test_every_stop_puts_a_check_in_in_place_of_the_next_reminder() -> None:
    driver = Driver(scene()).begin()

    assert AT + timedelta(hours=24) == fields(driver)["check_in_at"]


def test_the_questions_after_it_change_the_same_message() -> None:
    driver = Driver(scene()).begin().check(2)

    assert ["fresh", "change", "change"] == [show.how for show in driver.shows]
    assert "asking_what" == driver.state.phase if driver.state else None


@pytest.mark.parametrize("new", ["yes", "unsure"])
def test_something_new_or_not_sure_leads_to_the_danger_questions_and_no_more_today(
    new: str,
) -> None:
    driver = Driver(scene()).begin().check(2, new)

    assert driver.left is not None
    assert ("triage", "part") == (driver.left.to, driver.left.why)
    assert ["Q2", "Q3", "Q1"] == driver.left.args["screens"]
    assert {"today": False} == driver.left.args["args"]
    assert {("all", "triage"), ("all", "time")} <= {(b.what, b.lifted_by) for b in driver.blocks}
    assert driver.state is None


def test_the_plain_yes_is_red_and_the_others_are_not() -> None:
    driver = Driver(scene()).begin()
    driver.tap("xnum|3")

    assert ["danger", "plain", "plain"] == [c.style for c in driver.shows[-1].rows[0]]


def test_a_strong_stretch_goes_on_at_half_the_range() -> None:
    driver = Driver(scene()).begin().check(2).tell("stretch")

    driver.tap("xgo")

    assert driver.left is not None
    assert ("session", "resume") == (driver.left.to, driver.left.why)
    assert driver.left.args["half"]
    assert driver.left.args["drop"] is None
    assert {"seq": 7} == driver.left.args["session"]
    assert () == driver.blocks


def test_medium_pain_offers_the_easier_move_and_never_the_same() -> None:
    driver = Driver(scene()).begin(exercise="press_up").check(5).tell("other", was_body=False)

    assert {"xeasier", "xrest", "xfinish"} == driver.offered
    driver.tap("xeasier")
    assert driver.left is not None
    regression = content().exercises["press_up"].regression
    assert ("press_up", regression) == (driver.left.args["drop"], driver.left.args["instead"])


def test_with_no_easier_sibling_medium_pain_finishes_here() -> None:
    lone = next(ex.id for ex in content().exercises.values() if ex.regression is None)

    driver = Driver(scene()).begin(exercise=lone).check(5).tell("other", was_body=False)

    assert driver.state is not None
    assert "over" == driver.state.phase
    assert "stop.no_easier" in driver.said
    assert "all" not in {block.what for block in driver.blocks}


def test_an_easier_move_that_is_barred_is_not_offered() -> None:
    hurt = scene(facts={"dp_worse": "extension"})

    driver = Driver(hurt).begin(exercise="press_up").check(5).tell("other", was_body=False)

    assert driver.state is not None
    assert "over" == driver.state.phase


def test_a_rest_leads_back_to_the_same_offer() -> None:
    driver = Driver(scene()).begin(exercise="press_up").check(4).tell("other", was_body=False)

    driver.tap("xrest")
    assert driver.state is not None
    assert "resting" == driver.state.phase
    assert ("session", AT + timedelta(seconds=60)) == (alarm(driver).name, alarm(driver).due_at)
    assert {"xfinish"} == driver.offered
    driver.wait()

    assert {"xeasier", "xrest", "xfinish"} == driver.offered
    assert ("fresh", True) == (driver.shows[-1].how, driver.shows[-1].silent)


def test_strong_pain_ends_the_day_until_midnight_where_the_user_is() -> None:
    driver = Driver(scene()).begin().check(7).tell("cramp", gone=True)

    assert driver.state is not None
    assert "over" == driver.state.phase
    today = [block for block in driver.blocks if block.what == "all"]
    assert [datetime(2026, 11, 2, 23, tzinfo=UTC)] == [block.until for block in today]


def test_the_second_stop_of_a_session_ends_it() -> None:
    driver = Driver(scene()).begin(stops=2).check(1).tell("stretch")

    assert driver.state is not None
    assert "over" == driver.state.phase


def test_sharp_pain_that_settled_leaves_rest_and_walk_after_the_danger_questions() -> None:
    driver = Driver(scene()).begin().check(2)
    driver.tell("sharp", settled=True, settled_pain=2, popped=False)
    driver.tap("xok")

    assert driver.left is not None
    assert ["Q2", "Q3", "SORE_BONE"] == driver.left.args["screens"]
    back = Driver(driver.scene)
    back.keep(stop.begin("back", driver.left.args["args"], back.scene))
    back.tap("xgo")
    assert back.left is not None
    assert ("session", ["rest_90_90", "walk"]) == (back.left.to, back.left.args["only"])


def test_the_way_back_is_shut_when_the_danger_questions_blocked() -> None:
    driver = Driver(scene()).begin().check(2)
    driver.tell("sharp", settled=True, settled_pain=2, popped=False)
    driver.tap("xok")
    assert driver.left is not None
    verdict = Verdict(level="URGENT", stretch="blocked", fired=(), reasons=(), at=AT)

    back = Driver(scene(verdict=verdict))
    back.keep(stop.begin("back", driver.left.args["args"], back.scene))

    assert {"xok"} == back.offered


def test_what_takes_minutes_to_settle_is_asked_after_them() -> None:
    driver = Driver(scene()).begin().check(2)

    driver.tap("xpick|happened|sharp")

    assert driver.state is not None
    assert "settling" == driver.state.phase
    assert AT + timedelta(minutes=5) == alarm(driver).due_at
    driver.wait()
    assert "screen.SETTLED.ask" in driver.said


def test_a_pop_with_age_tells_the_rules_of_a_sudden_onset() -> None:
    driver = Driver(scene(facts={"age": 70})).begin().check(2).tell("sharp", popped=True)

    driver.tap("xok")

    assert driver.left is not None
    assert {"sudden_onset_pain": True} == driver.left.args["facts"]
    learned = {
        k: v.value for n in driver.news if isinstance(n, Learned) for k, v in n.facts.items()
    }
    assert learned["sudden_onset_pain"] is True


def test_chest_pain_is_an_emergency_at_once_whatever_the_number() -> None:
    driver = Driver(scene()).begin().check(0)

    driver.tap("xpick|happened|chest")

    assert driver.left is not None
    assert [] == driver.left.args["screens"]
    assert {"chest_pain": True, "breathless": True} == driver.left.args["facts"]
    assert driver.state is None


def test_a_joint_that_takes_no_weight_is_told_to_be_seen_today() -> None:
    driver = Driver(scene()).begin().check(2).tell("joint", joint_no_weight=True)

    assert ["URGENT"] == [n.verdict.level for n in driver.news if isinstance(n, Judged)]
    assert "outcome.joint_today" in driver.said


def test_a_verdict_that_was_graver_stays_so() -> None:
    verdict = Verdict(level="URGENT", stretch="gentle", fired=("U01",), reasons=("U01",), at=AT)

    driver = Driver(scene(verdict=verdict)).begin().check(2).tell("joint", joint_swollen=True)

    judged = [n.verdict for n in driver.news if isinstance(n, Judged)]
    assert [("URGENT", "blocked", ("U01",))] == [(v.level, v.stretch, v.fired) for v in judged]


def stopped(event: str, days: int, exercise: str = "bird_dog") -> Brief:
    return Brief(
        at=AT - timedelta(days=days), program="mixed", minutes=3, moves_done=2, moves=6,
        ended="stopped", event=event, exercise=exercise,
    )  # fmt: skip


def done(days: int) -> Brief:
    return stopped("", days).model_copy(update={"ended": "done", "event": None, "exercise": None})


def test_the_leg_further_down_twice_in_a_week_is_soon_and_ends_all_exercise() -> None:
    driver = Driver(scene(sessions=(stopped("leg_symptom_further", 6), done(4), done(3), done(2))))

    driver.begin().check(2).tell("leg")

    assert "outcome.leg_twice" in driver.said
    assert ["SOON"] == [n.verdict.level for n in driver.news if isinstance(n, Judged)]
    assert ("all", "clinician") in {(block.what, block.lifted_by) for block in driver.blocks}


def test_the_danger_questions_after_the_leg_twice_may_not_lower_what_was_found() -> None:
    driver = Driver(scene(sessions=(stopped("leg_symptom_further", 6), done(4), done(3), done(2))))

    driver.begin().check(2).tell("leg").tap("xok")

    assert driver.left is not None
    assert {"today": False, "at_least": "SOON"} == driver.left.args["args"]


def test_the_leg_further_down_once_more_after_a_week_is_not_twice() -> None:
    driver = Driver(scene(sessions=(stopped("leg_symptom_further", 8), done(4), done(3), done(2))))

    driver.begin().check(2).tell("leg")

    assert "outcome.leg_twice" not in driver.said


def test_two_grave_stops_of_three_sessions_ask_for_a_proper_look() -> None:
    driver = Driver(scene(sessions=(stopped("electric_pain", 2), done(1))))

    driver.begin().check(2).tell("sharp")

    assert "after.see_someone" in driver.said
    assert ["SOON"] == [n.verdict.level for n in driver.news if isinstance(n, Judged)]


def test_two_grave_stops_with_two_good_sessions_between_do_not() -> None:
    driver = Driver(scene(sessions=(stopped("electric_pain", 3), done(2), done(1))))

    driver.begin().check(2).tell("sharp")

    assert "after.see_someone" not in driver.said


def test_a_cramp_does_not_repeat_what_two_grave_stops_said() -> None:
    driver = Driver(scene(sessions=(stopped("electric_pain", 3), stopped("sharp_pain", 2))))

    driver.begin().check(2).tell("cramp", gone=True)

    assert "after.see_someone" not in driver.said


def test_an_exercise_that_caused_a_second_stop_is_left_out_for_good() -> None:
    driver = Driver(scene(sessions=(stopped("joint_pain", 9, "cat_cow"), done(1))))

    driver.begin().check(2).tell("joint")

    removed = [b for b in driver.blocks if b.lifted_by == "clinician"]
    assert [("exercise", "cat_cow", None)] == [(b.what, b.id, hours(b)) for b in removed]
    assert "stop.removed" in driver.said


def test_a_sore_joint_may_have_all_that_loads_it_swapped_from_now_on() -> None:
    driver = Driver(scene()).begin().check(2)

    driver.tell("joint", which_joint="knee", swap_joint=True, knee_problem=True)

    learned = {n: k.value for each in driver.news if isinstance(each, Learned)
               for n, k in each.facts.items()}  # fmt: skip
    assert learned["knee_problem"] is True
    assert "wrist_problem" not in learned
    assert "outcome.without_it" in driver.said


@pytest.mark.parametrize(
    ("known", "joint"),
    [
        ({}, {"which_joint": "hip"}),  # no row of its own
        ({}, {"which_joint": "knee", "joint_swollen": True}),  # to be looked at first
        ({"knee_problem": True}, {"which_joint": "knee"}),  # swapped already
    ],
)
def test_no_swap_is_offered_where_there_is_none_to_make(
    known: dict[str, Any], joint: dict[str, Any]
) -> None:
    driver = Driver(scene(facts=known)).begin().check(2).tell("joint", **joint)

    assert "screen.JOINT_SWAP.ask" not in {line.key for show in driver.shows for line in show.text}


def test_what_was_not_the_body_blames_no_exercise() -> None:
    driver = Driver(scene(sessions=(stopped("joint_pain", 9, "cat_cow"), done(1))))

    driver.begin().check(1).tell("other", was_body=False)

    assert () == driver.blocks
    assert driver.brief.exercise is None
    driver.tap("xgo")


def test_every_stop_is_written_down_once_with_its_event_and_pain() -> None:
    driver = Driver(scene()).begin().check(6).tell("cramp", gone=True)

    assert 1 == sum(isinstance(n, Ended) for n in driver.news)
    assert 1 == sum(isinstance(e, Record) for e in driver.effects)
    assert ("stopped", "cramp", 6, "some") == (
        driver.brief.ended, driver.brief.event, driver.brief.pain_after, driver.brief.flare,
    )  # fmt: skip


def test_a_grave_stop_wants_a_full_check_before_the_next_session() -> None:
    driver = Driver(scene()).begin().check(2).tell("electric")

    assert fields(driver)["wants_full"]


def test_silence_asks_if_you_are_ok_and_then_gives_the_safety_net() -> None:
    driver = Driver(scene()).begin()
    assert ("silence", AT + timedelta(seconds=60)) == (alarm(driver).name, alarm(driver).due_at)

    driver.silence()
    assert ["stop.are_you_ok", "screen.STOP_PAIN.ask", "after.grid"] == driver.said
    assert ("fresh", "stop", False) == (
        driver.shows[-1].how, driver.shows[-1].rank, driver.shows[-1].silent,
    )  # fmt: skip
    assert AT + timedelta(minutes=5) == alarm(driver).due_at
    driver.silence()

    assert ["stop.marked", "extra.safety_net"] == driver.said
    assert ("stopped", "other") == (driver.brief.ended, driver.brief.event)
    assert ("Q1", "Q2", "Q3") == fields(driver)["open_with"]


def test_an_answer_after_are_you_ok_sets_the_clock_back() -> None:
    driver = Driver(scene()).begin()
    driver.silence()

    driver.tap("xnum|2")
    driver.silence()

    assert "stop.are_you_ok" == driver.said[0]


def test_a_silence_of_an_earlier_question_changes_nothing() -> None:
    driver = Driver(scene()).begin()
    assert driver.state is not None
    old = SilenceHeard(seq=driver.state.seq)
    driver.tap("xnum|2")

    assert not driver.hear(old).moved


def test_hurting_again_says_stopped_once_more_and_keeps_the_answers() -> None:
    driver = Driver(scene()).begin()
    driver.tap("xnum|2")

    driver.hear(Hurts())

    assert ["stop.stopped", "screen.STOP_NEW.ask"] == driver.said
    assert ("fresh", "stop", False) == (
        driver.shows[-1].how, driver.shows[-1].rank, driver.shows[-1].silent,
    )  # fmt: skip
    assert driver.state is not None
    assert 2 == driver.state.facts["stop_pain"]


def test_hurting_again_while_an_offer_stands_begins_the_check_anew_and_nothing_goes_on() -> None:
    driver = Driver(scene()).begin().check(2).tell("stretch")

    driver.hear(Hurts())
    assert {f"xnum|{n}" for n in range(11)} <= driver.offered
    driver.check(0).tell("stretch")

    assert {"xok"} == driver.offered
    assert [False, True] == [n.brief.continues for n in driver.news if isinstance(n, Ended)]


def test_a_number_where_none_is_asked_changes_nothing() -> None:
    driver = Driver(scene()).begin().check(2)

    assert not driver.hear(Strength(n=1)).moved


def test_back_returns_to_the_number_and_a_new_one_counts() -> None:
    driver = Driver(scene()).begin()
    driver.tap("xnum|9")
    driver.tap("xback")
    driver.check(1).tell("stretch")

    driver.tap("xgo")


def test_back_from_a_question_of_the_event_forgets_the_event() -> None:
    driver = Driver(scene()).begin().check(1)
    driver.tap("xpick|happened|cramp")
    driver.tap("xback")

    assert driver.state is not None
    assert (None, "asking_what") == (driver.state.event, driver.state.phase)
    driver.tell("stretch")
    driver.tap("xgo")


def test_why_is_told_above_the_same_question_and_takes_no_turn() -> None:
    driver = Driver(scene()).begin()

    move = driver.tap("xwhy")

    assert move.free
    assert ["screen.STOP_PAIN.why", "screen.STOP_PAIN.ask", "after.grid"] == driver.said


def test_ticks_carry_the_state_they_want_so_a_doubled_tap_is_right() -> None:
    driver = Driver(scene()).begin().check(1)
    driver.tap("xpick|happened|joint")
    driver.tap("xpick|which_joint|hip")

    code = "xtick|joint_signs|swollen|on"
    driver.tap(code)
    assert "xnone" not in driver.offered
    trigger = driver.offered
    assert "xdone" in trigger
    assert "xtick|joint_signs|swollen|off" in trigger


def test_not_sure_of_the_joint_is_read_with_care() -> None:
    driver = Driver(scene()).begin().check(1)
    driver.tap("xpick|happened|joint")
    driver.tap("xpick|which_joint|hip")

    driver.tap("xunsure")

    assert "outcome.joint_today" in driver.said


def test_the_leg_question_of_a_session_brings_its_event_along() -> None:
    driver = Driver(scene()).begin(event="leg_symptom_further").check(2)

    assert driver.state is not None
    assert ("leg_symptom_further", "settling") == (driver.state.event, driver.state.phase)


def test_danger_that_was_typed_stops_and_asks_at_once() -> None:
    driver = Driver(scene()).begin("danger")

    assert ["stop.stopped"] == driver.said
    assert driver.left is not None
    assert ["Q2", "Q3", "Q1"] == driver.left.args["screens"]
    assert {"session", "silence"} == {e.name for e in driver.effects if isinstance(e, DropAlarm)}


def test_what_is_not_understood_keeps_the_question() -> None:
    driver = Driver(scene()).begin()
    assert driver.state is not None

    driver.keep(stop.odd(driver.state, driver.scene))

    assert ["talk.choose", "screen.STOP_PAIN.ask", "after.grid"] == driver.said


def test_a_floor_taken_away_leaves_the_stop_written_down() -> None:
    driver = Driver(scene()).begin()
    assert driver.state is not None

    driver.keep(stop.abandoned(driver.state, driver.scene))

    assert "other" == driver.brief.event


@pytest.mark.parametrize("leave", [lambda d: d.tap("xok"), Driver.silence], ids=["ok", "silence"])
def test_the_end_gives_up_the_floor_by_ok_or_by_itself(leave: Callable[[Driver], Move]) -> None:
    driver = Driver(scene()).begin().check(8).tell("cramp")

    leave(driver)

    assert driver.left is not None
    assert ("idle", "silent") == (driver.left.to, driver.left.why)
