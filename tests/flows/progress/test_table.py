"""The six-week table: when a plan grows, stays, or steps back."""

from __future__ import annotations

import pytest

from flows import progress
from flows.base import Brief, Settings
from flows.progress import Growth, Past
from flows.session.plan import sequence_for
from tests.flows.progress.weeks import DAY, NOW, brief, content, day, facts, grown, own, past, turn

THREE_WELL = (brief(3, 0), brief(2, -1), brief(1, 0))


def test_three_easy_sessions_grow_the_plan_by_a_step() -> None:
    found = turn(past(*THREE_WELL))

    assert ("mixed", 0, 1, "well") == (found.program, found.before, found.steps, found.rule)
    assert 1 == own(past(*THREE_WELL))["progress_steps"]


@pytest.mark.parametrize(
    "sessions",
    [
        (brief(2), brief(1)),
        (brief(3), brief(2, 1), brief(1)),
        (brief(3), brief(2), brief(1, None)),  # nobody knows how the last one was borne
        (brief(3), brief(2), brief(1, moves_done=0, ended="finished_early")),
        (brief(3), brief(2), brief(1, ended="stopped", event="cramp")),
        (brief(3), brief(2, ended="paused"), brief(1)),
    ],
    ids=["two", "sore", "no number", "nothing done", "stopped", "left"],
)
def test_less_than_that_leaves_it_as_it_is(sessions: tuple[Brief, ...]) -> None:
    found = turn(past(*sessions, growth=grown(mixed=2)))

    assert (2, None) == (found.steps, found.rule)


def test_a_rise_of_two_takes_a_step_back() -> None:
    found = turn(past(brief(3), brief(2), brief(1, 2), growth=grown(mixed=2)))

    assert (1, "risen") == (found.steps, found.rule)


@pytest.mark.parametrize(
    ("days", "steps", "rule"),
    [(6, 3, "well"), (7, 1, "away"), (20, 1, "away"), (21, -1, "away_long")],
)
def test_days_away_take_it_back(days: int, steps: int, rule: str) -> None:
    sessions = (brief(days + 2), brief(days + 1), brief(days))

    declined = Growth(steps={"mixed": 2}, strength_days=0)
    found = turn(past(*sessions, weeks=6, growth=declined))

    assert (steps, rule) == (found.steps, found.rule)


def test_a_plan_without_a_step_goes_back_to_the_gentle_start_and_comes_up_again() -> None:
    low = past(brief(6), brief(5), brief(4, 2))
    assert -1 == own(low)["progress_steps"]
    assert "gentle_start" == program(low)

    began = progress.begun(Growth(), turn(low), low.sessions)
    still = past(*low.sessions, growth=began)
    assert ("gentle_start", -1) == (program(still), own(still)["progress_steps"])

    easy = [brief(n, program="gentle_start") for n in (3, 2, 1)]
    up = past(*easy, growth=began)
    assert ("mixed", 0) == (program(up), own(up)["progress_steps"])


def test_a_step_is_taken_once_for_a_session() -> None:
    before = past(*THREE_WELL)
    growth = progress.begun(Growth(), turn(before), before.sessions)

    again = turn(past(*THREE_WELL, growth=growth))

    assert (1, 1, None) == (again.before, again.steps, again.rule)


def test_the_old_plan_may_be_kept_until_the_next_session() -> None:
    kept = Growth(kept_at=THREE_WELL[-1].at)
    stays = turn(past(*THREE_WELL, growth=kept))
    assert (0, None) == (stays.steps, stays.rule)

    later = past(*THREE_WELL, brief(0), growth=kept)
    assert 1 == turn(later).steps


def test_keeping_the_plan_does_not_hold_off_a_step_back() -> None:
    sessions = (brief(3), brief(2), brief(1, 2))

    found = turn(past(*sessions, growth=Growth(steps={"mixed": 2}, kept_at=sessions[-1].at)))

    assert 1 == found.steps


def test_a_program_and_its_doses_never_grow_in_the_same_session() -> None:
    """At 65 the first four sessions are gentle ones: all well, and then the matched program."""
    gentle = [brief(n, program="gentle_start") for n in (4, 3, 2, 1)]
    before = Past(sessions=gentle, sessions_done=4, first_at=NOW - 4 * DAY)

    found = turn(before, age=66)

    assert ("mixed", 0) == (found.program, found.steps)


def test_where_the_gentler_plan_is_asked_for_nothing_grows() -> None:
    sessions = [brief(n, program="bone_safe") for n in (3, 2, 1)]

    gentler = turn(past(*sessions), stretch="gentle", osteoporosis_known=True)
    allowed = turn(past(*sessions), osteoporosis_known=True)

    assert (0, 1) == (gentler.steps, allowed.steps)


def test_steps_end_where_no_dose_can_grow() -> None:
    most = 6  # 30 s in steps of 5, 12 repeats in steps of 2

    assert most == turn(past(*THREE_WELL, growth=grown(mixed=most))).steps


def test_two_calm_days_lead_from_the_ease_plan_to_the_gentle_start() -> None:
    sessions = (brief(1, program="acute_ease"),)
    one, two = past(*sessions, days=[day(0, 5)]), past(*sessions, days=[day(1, 6), day(0, 5)])

    assert "acute_ease" == program(one)
    found = turn(two)
    assert "settled" == found.rule
    assert 2 == own(two)["calm_days"]


def test_three_days_of_an_easier_leg_lead_to_the_matched_program() -> None:
    sessions = tuple(brief(n, program="leg_calm") for n in (3, 2, 1))
    two = past(*sessions, days=[day(n, leg="higher") for n in (2, 1)])
    three = past(*sessions, days=[day(n, leg="higher") for n in (3, 2, 1)])

    assert "leg_calm" == program(two, radiation="below_knee")
    assert ("mixed", "leg_easier") == (
        program(three, radiation="below_knee"), turn(three, radiation="below_knee").rule,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("weeks", "days", "told", "expected"),
    [
        (2, [day(10, 6), day(0, 3)], {}, None),
        (3, [day(10, 6), day(0, 3)], {}, 3),
        (5, [], {"pain_now": 2, "function_limit": "none"}, 2),
    ],
)
def test_strength_is_offered_from_the_third_week_on(
    weeks: int, days: list[progress.Day], told: dict[str, int | str], expected: int | None
) -> None:
    sessions = (brief(3), brief(2, None), brief(1, 0))  # not steady: a number is missing

    assert expected == turn(past(*sessions, days=days, weeks=weeks), **told).offers


def test_strength_declined_is_not_offered_again() -> None:
    declined = past(*THREE_WELL, weeks=4, growth=Growth(strength_days=0))

    assert None is turn(declined).offers
    assert 1 == turn(declined).steps


@pytest.mark.parametrize(
    ("days_ago", "expected"), [((), True), ((1,), False), ((2,), True), ((2, 4, 6), False)]
)
def test_strength_is_on_three_days_a_week_and_never_on_two_running(
    days_ago: tuple[int, ...], *, expected: bool
) -> None:
    done = [brief(n, program="strength") for n in sorted(days_ago, reverse=True)]
    before = [brief(7)] if done else [brief(7), brief(1)]
    taken = past(*before, *done, weeks=4, growth=Growth(strength_days=3))

    assert expected == own(taken)["strength_today"]
    assert expected == (program(taken) == "strength")


def test_doses_stay_inside_their_limits_whatever_the_steps() -> None:
    told = {**facts(), "sessions_done": 9, "progress_steps": 100, "days_since_first": 400}
    sequence = sequence_for(told, "allowed", (), Settings(), content())
    assert sequence is not None

    for move in sequence.moves:
        assert 30 >= move.hold_s
        assert 12 >= move.reps


def test_walking_grows_every_third_day_only() -> None:
    told = {**facts(dp_worse="flexion"), "sessions_done": 9, "progress_steps": 3}

    assert [300, 420, 660] == [walk_s({**told, "days_since_first": days}) for days in (2, 5, 30)]


def walk_s(told: dict[str, bool | int | str]) -> int:
    sequence = sequence_for(told, "allowed", (), Settings(), content())
    assert sequence is not None
    return next(move.hold_s for move in sequence.moves if move.exercise == "walk")


def program(of: Past, **told: bool | int | str) -> str:
    known = own(of, **told)
    return next(line.program for line in content().choices if content().holds(line.cond, known))
