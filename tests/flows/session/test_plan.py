"""Today's sequence: the right program, safely swapped, of the right length."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.load import load
from content.schema import Dose, Program, Stretch, Value
from flows.base import Left, Settings
from flows.session.doses import Wanted, dose_for, limited
from flows.session.plan import (
    Sequence,
    minutes,
    needs,
    program_for,
    sequence_for,
    shorter,
)
from flows.session.swaps import barred, rows_for

CONTENT = load()
AT = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
USUAL = Settings()
PRACTISED: Mapping[str, Value] = {"sessions_done": 9, "days_since_session": 1, "age": 40}
FIRST: Mapping[str, Value] = {"sessions_done": 0, "age": 40}


def facts(known: Mapping[str, Value] = PRACTISED, **told: Value) -> dict[str, Value]:
    return CONTENT.complete({**known, **told})


def chosen(
    stretch: Stretch = "allowed", known: Mapping[str, Value] = PRACTISED, **told: Value
) -> str:
    choice = program_for(facts(known, **told), stretch, CONTENT)
    return "" if choice is None else choice.program


def planned(
    known: Mapping[str, Value] = PRACTISED,
    *,
    stretch: Stretch = "allowed",
    left_out: tuple[Left, ...] = (),
    settings: Settings = USUAL,
    in_minutes: int | None = None,
    eased: Mapping[str, float] | None = None,
    **told: Value,
) -> Sequence:
    sequence = sequence_for(
        facts(known, **told), stretch, left_out, settings, CONTENT, minutes=in_minutes, eased=eased
    )
    assert sequence is not None
    return sequence


@pytest.mark.parametrize("pain", range(11))
def test_strong_pain_never_gets_the_long_plan(pain: int) -> None:
    for known in (PRACTISED, {**PRACTISED, "sessions_done": 30, "progress_steps": 6}):
        sequence = planned(known, pain_now=pain)
        assert (pain >= 6) <= (minutes(sequence) <= 10)
        assert sequence.kept_short <= (pain >= 6)
    assert planned(pain_now=5).seconds > planned(pain_now=6).seconds


def names(sequence: Sequence) -> list[str]:
    return [move.exercise for move in sequence.moves]


def left(what: str, name: str) -> Left:
    return Left.model_validate(
        {"what": what, "id": name, "until": AT + timedelta(days=7), "why": "sharp_pain", "at": AT}
    )


# ---- which program


@pytest.mark.parametrize(
    ("worse", "ease", "program"),
    [
        ("flexion", "neither", "extension_bias"),
        ("flexion", "extension", "extension_bias"),
        ("flexion", "flexion", "mixed"),
        ("extension", "neither", "flexion_bias"),
        ("extension", "flexion", "flexion_bias"),
        ("extension", "extension", "mixed"),
        ("neither", "extension", "extension_bias"),
        ("neither", "flexion", "flexion_bias"),
        ("neither", "neither", "mixed"),
        ("both", "neither", "mixed"),
        ("both", "flexion", "mixed"),
        ("both", "extension", "mixed"),
    ],
)
def test_the_direction_that_eases_picks_the_program(worse: str, ease: str, program: str) -> None:
    assert program == chosen(dp_worse=worse, dp_ease=ease)


OVERRIDES: list[tuple[str, dict[str, Value]]] = [
    ("acute_ease", {"pain_now": 7}),
    ("bone_safe", {"osteoporosis_known": True}),
    ("pregnancy", {"pregnant": "yes", "pregnancy_weeks": 20}),
    ("leg_calm", {"radiation": "below_knee"}),
    ("chair", {"cannot_get_to_floor": True}),
]


@pytest.mark.parametrize("rank", range(len(OVERRIDES)))
def test_overrides_decide_in_their_order_also_in_the_first_session(rank: int) -> None:
    program = OVERRIDES[rank][0]
    told = {fact: value for _, each in OVERRIDES[rank:] for fact, value in each.items()}
    assert program == chosen("allowed", **told)
    assert program == chosen("gentle", **told)
    assert program == chosen("allowed", FIRST, **told)


@pytest.mark.parametrize(
    "told",
    [
        {"pain_location": "mid_upper"},
        {"pain_location": "neck"},
        {"trauma": "minor", "trauma_days": 14},
        {"pregnant": "maybe"},
        {"postpartum_weeks": 12},
        {"sessions_done": 1},
        {"age": 65, "sessions_done": 3},
        {"M12": True},
        {"M13": True},
        {"flare": "some"},
        {"days_since_session": 21},
        {"spine_procedure": "older", "days_since_first": 13},
        {"spinal_stenosis": True, "sessions_done": 1},
    ],
)
def test_some_begin_gently_whatever_their_direction(told: dict[str, Value]) -> None:
    assert "gentle_start" == chosen(dp_worse="flexion", **told)


@pytest.mark.parametrize(
    "told",
    [
        {"trauma": "minor", "trauma_days": 15},
        {"postpartum_weeks": 13},
        {"sessions_done": 2},
        {"age": 65, "sessions_done": 4},
        {"M12": True, "cleared_days": 15},
        {"days_since_session": 20},
        {"spine_procedure": "older", "days_since_first": 14},
    ],
)
def test_and_go_on_to_their_own_program_in_time(told: dict[str, Value]) -> None:
    assert "extension_bias" == chosen(dp_worse="flexion", **told)


@pytest.mark.parametrize(
    ("worse", "program"),
    [("neither", "flexion_bias"), ("extension", "flexion_bias"), ("flexion", "mixed")],
)
@pytest.mark.parametrize(
    "known",
    [{"spinal_stenosis": True}, {"spondylolisthesis": True}, {"bilateral_leg": "walking_only"}],
)
def test_some_spines_bend_whatever_the_table_says(
    known: dict[str, Value], worse: str, program: str
) -> None:
    assert program == chosen(dp_worse=worse, **known)


def test_the_wish_for_hips_comes_after_a_direction() -> None:
    assert "hip_focus" == chosen(wants_hips=True)
    assert "extension_bias" == chosen(wants_hips=True, dp_worse="flexion")
    assert "leg_calm" == chosen(wants_hips=True, radiation="below_knee")


def test_the_ease_plan_stays_until_two_calm_days() -> None:
    assert "acute_ease" == chosen(last_program="acute_ease", calm_days=1)
    assert "mixed" == chosen(last_program="acute_ease", calm_days=2)


def test_nothing_is_planned_while_stretching_is_blocked() -> None:
    assert None is program_for(facts(), "blocked", CONTENT)
    assert None is sequence_for(facts(), "blocked", (), USUAL, CONTENT)


def test_doses_never_grow_while_gentle() -> None:
    for told in ({}, *(each for _, each in OVERRIDES)):
        choice = program_for(facts(**told), "gentle", CONTENT)  # type: ignore[arg-type] # dict keys
        assert choice is not None
        assert choice.progress is False
        assert CONTENT.programs[choice.program].gentle


# ---- any person at all

BOOLS = sorted(fact.id for fact in CONTENT.facts.values() if fact.type == "bool")
ENUMS = {fact.id: fact.values for fact in CONTENT.facts.values() if fact.type == "enum"}
NUMBERS = {
    fact.id: (fact.low or 0, fact.high if fact.high is not None else 100)
    for fact in CONTENT.facts.values()
    if fact.type == "int"
}
PEOPLE = st.builds(
    lambda flags, enums, numbers: CONTENT.complete({**flags, **enums, **numbers}),
    st.dictionaries(st.sampled_from(BOOLS), st.booleans()),
    st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in ENUMS.items()}),
    st.fixed_dictionaries({}, optional={k: st.integers(*v) for k, v in NUMBERS.items()}),
)
FAMILIES = sorted({exercise.family for exercise in CONTENT.exercises.values()})
BLOCKS = st.lists(
    st.builds(left, st.just("exercise"), st.sampled_from(sorted(CONTENT.exercises)))
    | st.builds(left, st.just("family"), st.sampled_from(FAMILIES))
    | st.just(left("head_down", "head_down")),
    max_size=4,
).map(tuple)
LENGTHS = st.sampled_from([None, *CONTENT.timing.short_min])
PACES = st.builds(
    Settings,
    lead_in_s=st.integers(0, 60),
    speed_percent=st.sampled_from([50, 75, 100, 150, 200]),
    helper=st.booleans(),
)


@given(PEOPLE, st.sampled_from(["allowed", "gentle"]), BLOCKS, PACES, LENGTHS)
def test_nobody_is_given_what_is_barred_or_outside_the_limits(
    person: dict[str, Value],
    stretch: Stretch,
    blocks: tuple[Left, ...],
    settings: Settings,
    length: int | None,
) -> None:
    sequence = sequence_for(person, stretch, blocks, settings, CONTENT, minutes=length)
    if sequence is None:
        return
    assert barred(person, blocks, CONTENT).isdisjoint(names(sequence))
    assert len(sequence.moves) == len(set(names(sequence)))
    assert sequence.seconds == sum(move.seconds for move in sequence.moves)
    assert stretch == "allowed" or CONTENT.programs[sequence.program].gentle
    for move in sequence.moves:
        dose = Dose(ex=move.exercise, **move.model_dump(include=set(Dose.model_fields) - {"ex"}))
        assert limited(dose, CONTENT) == dose
    assert Sequence.model_validate_json(sequence.model_dump_json()) == sequence


@given(PEOPLE, PACES)
def test_the_same_day_gives_the_same_sequence(person: dict[str, Value], settings: Settings) -> None:
    once = sequence_for(person, "allowed", (), settings, CONTENT)
    assert once == sequence_for(person, "allowed", (), settings, CONTENT)


@given(PEOPLE, BLOCKS)
def test_every_caution_is_shown(person: dict[str, Value], blocks: tuple[Left, ...]) -> None:
    sequence = sequence_for(person, "allowed", blocks, USUAL, CONTENT)
    for move in sequence.moves if sequence else ():
        rows = [row.id for row in rows_for(person, CONTENT) if move.exercise in row.caution]
        assert [f"condition.{row}.note" for row in rows] == list(move.cautions)


# ---- how much


def at_the_specifications_times(program: Program) -> int:
    """Reckon total_min as the specification does: 5 s to change sides, whole minutes up."""
    timing = CONTENT.timing.model_copy(update={"change_s": 5})
    seconds = 0
    for dose in program.items:
        sides = 2 if dose.sides == "both" else 1
        strength = CONTENT.exercises[dose.ex].family == "strength"
        quick = dose.hold_s < timing.quick_below_s
        move = 3 if strength else 2 if quick else 4
        change = timing.change_s if sides == 2 else 0
        seconds += (
            dose.sets * (dose.reps * (dose.hold_s + move) * sides + dose.rest_s) + change + 20
        )
    return ceil(seconds / 60)


@pytest.mark.parametrize("program", CONTENT.programs.values(), ids=lambda program: program.id)
def test_the_formula_gives_the_minutes_of_the_specification(program: Program) -> None:
    assert program.total_min == at_the_specifications_times(program)


@pytest.mark.parametrize("program", CONTENT.programs.values(), ids=lambda program: program.id)
def test_every_dose_as_written_lies_within_the_limits(program: Program) -> None:
    for dose in program.items:
        assert dose == dose_for(dose, Wanted(), CONTENT)


def test_every_exercise_has_one_limit() -> None:
    limited_ones = sorted(ex for limit in CONTENT.limits for ex in limit.exercises)
    assert sorted(CONTENT.exercises) == limited_ones


def test_the_first_session_asks_for_half_the_repeats_rounded_up() -> None:
    sequence = planned(FIRST)
    assert {
        "rest_90_90": 1,
        "pelvic_tilt": 3,
        "knee_rolls": 2,
        "single_knee_to_chest": 1,
        "prone_lying": 1,
        "standing_lunge": 1,
    } == {move.exercise: move.reps for move in sequence.moves}
    assert "first" == sequence.amount


def test_the_first_session_is_without_press_ups() -> None:
    assert "press_up" in barred(facts(FIRST), (), CONTENT)
    assert "press_up" not in barred(facts(PRACTISED), (), CONTENT)


def test_after_a_flare_long_holds_are_halved_too() -> None:
    sequence = planned(flare="some")
    halved = {move.exercise: (move.hold_s, move.reps) for move in sequence.moves}
    assert (30, 1) == halved["rest_90_90"]
    assert (5, 3) == halved["pelvic_tilt"]


def test_steps_of_progress_add_repeats_or_seconds_up_to_the_most() -> None:
    grown = {move.exercise: move for move in planned(progress_steps=1).moves}
    assert 10 == grown["pelvic_tilt"].reps
    assert 25 == grown["childs_pose"].hold_s
    grown = {move.exercise: move for move in planned(progress_steps=9).moves}
    assert 12 == grown["pelvic_tilt"].reps
    assert 30 == grown["childs_pose"].hold_s


def test_no_step_of_progress_counts_on_a_gentle_plan() -> None:
    as_written = planned(stretch="gentle")
    assert as_written == planned(stretch="gentle", progress_steps=5)


@pytest.mark.parametrize(
    ("exercise", "least", "most"),
    [
        ("prone_lying", (5, 99), (120, 99)),
        ("childs_pose", (5, 99), (60, 99)),
        ("press_up", (1, 12), (10, 12)),
        ("bridge", (3, 12), (10, 12)),
        ("rest_90_90", (30, 99), (300, 99)),
        ("walk", (60, 99), (1800, 99)),
    ],
)
def test_nobody_may_set_more_or_less_than_the_limits(
    exercise: str, least: tuple[int, int], most: tuple[int, int]
) -> None:
    dose = CONTENT.exercises[exercise].dose
    low = limited(dose.model_copy(update={"hold_s": 1, "reps": 99}), CONTENT)
    high = limited(dose.model_copy(update={"hold_s": 9999, "reps": 99}), CONTENT)
    assert least == (low.hold_s, low.reps)
    assert most == (high.hold_s, high.reps)


def test_speed_stays_within_the_limits_and_never_takes_the_rest_away() -> None:
    fast = planned(settings=Settings(speed_percent=200))
    slow = planned(settings=Settings(speed_percent=50))
    by_name = {move.exercise: move for move in fast.moves}
    assert 10 == by_name["childs_pose"].hold_s
    assert 5 <= min(move.rest_s for move in fast.moves)
    assert 10 == {move.exercise: move for move in slow.moves}["pelvic_tilt"].hold_s


def test_a_cramp_halves_that_hold_once() -> None:
    eased = {m.exercise: m.hold_s for m in planned(eased={"childs_pose": 0.5}).moves}
    assert 10 == eased["childs_pose"]
    assert 20 == eased["figure_four_supine"]


def test_strength_is_held_shortly_with_high_blood_pressure() -> None:
    sequence = planned(strength_today=True, hypertension_uncontrolled=True)
    assert {"bridge": 5, "bird_dog": 5, "side_plank_knees": 5, "curl_up": 5} == {
        move.exercise: move.hold_s
        for move in sequence.moves
        if CONTENT.exercises[move.exercise].family == "strength"
    }


def test_a_longer_lead_in_takes_longer_and_a_helper_doubles_it() -> None:
    moves = len(planned().moves)
    usual = planned().seconds
    assert usual + 20 * moves == planned(settings=Settings(lead_in_s=30)).seconds
    assert usual + 10 * moves == planned(settings=Settings(helper=True)).seconds


# ---- short versions


def test_a_short_version_is_the_beginning_of_the_list() -> None:
    sequence = planned(dp_worse="flexion", in_minutes=5)
    assert ["prone_lying", "prone_on_elbows"] == names(sequence)
    assert sequence.seconds <= 300


def test_where_the_first_does_not_fit_something_small_does() -> None:
    assert ["pelvic_tilt"] == names(planned(radiation="below_knee", in_minutes=2))
    blocked = (left("exercise", "pelvic_tilt"), left("exercise", "seated_arch"))
    walk = planned(radiation="below_knee", in_minutes=2, left_out=blocked)
    assert ["walk"] == names(walk)
    assert walk.seconds <= 120


@given(PEOPLE, BLOCKS, st.sampled_from(CONTENT.timing.short_min))
def test_a_short_version_fits_at_the_usual_pace(
    person: dict[str, Value], blocks: tuple[Left, ...], length: int
) -> None:
    sequence = sequence_for(person, "allowed", blocks, USUAL, CONTENT, minutes=length)
    whole = sequence_for(person, "allowed", blocks, USUAL, CONTENT)
    assert (sequence is None) == (whole is None)
    if sequence and len(sequence.moves) > 1:
        assert sequence.seconds <= length * 60


def test_what_is_shorter_is_offered() -> None:
    assert (2, 5, 10) == shorter(planned(), CONTENT)
    assert (2, 5) == shorter(planned(FIRST), CONTENT)
    assert 8 == minutes(planned(FIRST))  # 439 s


# ---- order, needs, checks


def test_positions_are_grouped_with_rest_first_and_walk_last() -> None:
    assert [
        "pelvic_tilt",
        "knee_rolls",
        "double_knee_to_chest",
        "figure_four_supine",
        "cat_cow",
        "childs_pose",
        "prone_on_elbows",
        "standing_lunge",
    ] == names(planned())
    assert "walk" == names(planned(osteoporosis_known=True))[-1]


@pytest.mark.parametrize(
    ("program", "told"),
    [("extension_bias", {"dp_worse": "flexion"}), ("leg_calm", {"radiation": "below_knee"})],
)
def test_two_plans_keep_their_order(program: str, told: dict[str, Value]) -> None:
    listed = [item.ex for item in CONTENT.programs[program].items]
    kept = facts(**told)
    out = barred(kept, (), CONTENT)
    sequence = sequence_for(kept, "allowed", (), USUAL, CONTENT)
    assert sequence is not None
    assert [ex for ex in listed if ex not in out] == [n for n in names(sequence) if n in listed]


def test_what_is_needed_is_told_once() -> None:
    assert ("mat", "chair_or_cushions", "pillow", "chair_or_wall") == needs(planned(FIRST), CONTENT)


def test_bending_backwards_waits_for_the_fracture_check() -> None:
    assert planned(dp_worse="flexion").needs_extension_check
    assert not planned(dp_worse="flexion", extension_check="passed").needs_extension_check
    assert not planned(FIRST).needs_extension_check


def test_not_sure_at_the_fracture_check_swaps_those_exercises() -> None:
    sequence = planned(dp_worse="flexion", extension_check="unsure")
    assert set() == set(CONTENT.resolution.extension) & set(names(sequence))
    assert not sequence.needs_extension_check
    assert {
        "prone_on_elbows": "pelvic_tilt",
        "press_up": None,
        "standing_extension": "seated_arch",
    } == {swap.out: swap.into for swap in sequence.swapped}


def test_the_leg_is_asked_about_with_leg_symptoms_whatever_the_plan() -> None:
    assert planned(radiation="below_knee").leg_question
    assert planned(radiation="below_knee", pain_now=8).leg_question
    assert not planned().leg_question


def test_the_chair_plan_does_not_loosen_what_it_replaces() -> None:
    blocked = (left("family", "rest"), left("family", "extension"))
    sequence = planned(radiation="below_knee", left_out=blocked)
    assert "chair" == sequence.program
    assert not sequence.hands_free
    assert sequence.shorten_only
    assert sequence.leg_question


def test_everything_left_out_gives_no_sequence() -> None:
    assert None is sequence_for(facts(), "allowed", (left("all", "all"),), USUAL, CONTENT)


def test_an_open_fracture_gives_no_sequence() -> None:
    assert None is sequence_for(facts(S02=True), "allowed", (), USUAL, CONTENT)
